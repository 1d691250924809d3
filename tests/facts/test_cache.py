"""What is kept: one query when nothing changed, only the rows of newer recordings else, and never a stale fact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.operations import merge_clients
from opstap.facts.selectors import cache
from opstap.facts.selectors.cache import Facts, facts_of, forget_all
from opstap.facts.selectors.export import export_tables
from opstap.facts.selectors.people import Choice, people_on
from opstap.facts.selectors.tables import TABLES, FactTable, read_newer_rows, read_rows
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, followed, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 15)
Queries = Callable[[int], Iterator[object]]


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def tables(facts: Facts) -> dict[str, pl.DataFrame]:
    return {name: facts.table(name).sort("id") for name in TABLES}


def same(found: dict[str, pl.DataFrame], expected: dict[str, pl.DataFrame]) -> None:
    for name, frame in expected.items():
        assert_frame_equal(found[name], frame)


@contextmanager
def rows_read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many rows each read of the database gave."""
    counts: list[int] = []

    def whole(table: FactTable, municipality_id: int) -> pl.DataFrame:
        frame = read_rows(table, municipality_id)
        counts.append(frame.height)
        return frame

    def newer(municipality_id: int, since: Mapping[str, int], until: int) -> dict[str, pl.DataFrame]:
        frames = read_newer_rows(municipality_id, since, until)
        counts.extend(frame.height for frame in frames.values())
        return frames

    with monkeypatch.context() as patch:
        patch.setattr(cache, "read_rows", whole)
        patch.setattr(cache, "read_newer_rows", newer)
        yield counts


def test_one_query_when_nothing_changed(town: Municipality, django_assert_num_queries: Queries) -> None:
    placed(a_client(town), "2", on=DAY)
    tables(facts_of(town.pk))
    with django_assert_num_queries(1):  # type: ignore[attr-defined]  # a context of pytest-django
        tables(facts_of(town.pk))
    facts = facts_of(town.pk)
    with django_assert_num_queries(0):  # type: ignore[attr-defined]
        tables(facts)


def test_a_table_costs_one_query_and_merges_and_erasures_one_each(
    town: Municipality, django_assert_num_queries: Queries
) -> None:
    for number in range(30):
        placed(a_client(town), str(number % 6 + 1), on=DAY)
    with django_assert_num_queries(3):  # type: ignore[attr-defined]  # nobody was merged: nothing is asked for it
        facts_of(town.pk).table("measurements")
    merge_clients(by=command_line(), client=a_client(town), kept=a_client(town), why="dezelfde")
    forget_all()
    with django_assert_num_queries(4):  # type: ignore[attr-defined]
        facts_of(town.pk).table("measurements")


def test_after_a_recording_one_query_says_where_it_wrote(
    town: Municipality, django_assert_num_queries: Queries
) -> None:
    client = a_client(town)
    placed(client, "2", on=DAY)
    tables(facts_of(town.pk))
    placed(client, "3", on=date(2024, 6, 16))
    with django_assert_num_queries(3):  # type: ignore[attr-defined]  # the recording, where it wrote, and that table
        tables(facts_of(town.pk))


def test_what_was_recorded_in_many_tables_is_read_in_one_query(
    town: Municipality, django_assert_num_queries: Queries
) -> None:
    tables(facts_of(town.pk))
    someone = a_client(town)
    on_benefit(someone, date(2023, 1, 1), date(2024, 1, 1))
    with_barrier(someone, "money", DAY)
    placed(someone, "2", on=DAY, growth="yes", expected="3")
    with django_assert_num_queries(3):  # type: ignore[attr-defined]  # the recording, where they wrote, and all rows
        found = tables(facts_of(town.pk))
    forget_all()
    same(found, tables(facts_of(town.pk)))


def test_only_what_was_recorded_since_is_read(town: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    clients = [a_client(town) for _ in range(40)]
    for client in clients:
        placed(client, "2", on=DAY)
    tables(facts_of(town.pk))
    placed(clients[7], "3", on=date(2024, 6, 16))
    with rows_read(monkeypatch) as counts:
        found = tables(facts_of(town.pk))
    assert counts == [1]
    assert found["measurements"].height == 41
    forget_all()
    same(found, tables(facts_of(town.pk)))


def test_what_another_municipality_records_reads_no_row(town: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    a_client(town)
    before = tables(facts_of(town.pk))
    a_client(a_municipality())
    with rows_read(monkeypatch) as counts:
        same(tables(facts_of(town.pk)), before)
    assert sum(counts) == 0


def acts(town: Municipality, client: Client) -> Iterator[None]:
    """A history step by step."""
    on_benefit(client, date(2023, 1, 1), date(2024, 1, 1))
    first = placed(client, "2", on=date(2023, 2, 1), growth="yes", expected="3")
    yield
    placed(client, "4", on=date(2024, 2, 1))
    yield
    placed(client, "3", on=date(2023, 3, 1), replaces=first)
    yield
    placed(client, "5", on=date(2023, 1, 15), second=True)
    in_caseload(client, a_case_manager(a_team(town)))
    yield
    followed(client, date(2018, 1, 1), date(2018, 6, 1))
    with_trait(client, "integration", "duty", date(2022, 1, 1))
    yield
    with_barrier(client, "care")
    placed(a_client(town), "1", on=date(2022, 1, 1))
    yield


@pytest.mark.parametrize(("few", "pieces"), [(50, 32), (1, 1), (0, 1)])
def test_kept_facts_equal_facts_built_anew_after_every_recording(
    town: Municipality, monkeypatch: pytest.MonkeyPatch, few: int, pieces: int
) -> None:
    """Whether of a few people their rows are put in one by one, or all of them are merged in."""
    monkeypatch.setattr("opstap.facts.selectors.few.FEW", few)
    monkeypatch.setattr(cache, "MOST_PIECES", pieces)
    client = a_client(town)
    a_client(town)
    for _act in acts(town, client):
        kept = tables(facts_of(town.pk))
        held = dict(cache._kept)
        forget_all()
        same(kept, tables(facts_of(town.pk)))
        cache._kept.update(held)


def test_rows_lie_in_few_pieces_however_often_something_was_recorded(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "MOST_PIECES", 4)
    client = a_client(town)
    for day in range(1, 12):
        placed(client, "2", on=date(2023, 1, day))
        assert facts_of(town.pk).table("measurements").n_chunks() == 1
    kept = cache._kept[town.pk, "measurements"]
    assert (kept.rows.height, kept.rows.n_chunks() <= 4) == (11, True)


def test_an_earlier_moment_comes_out_the_same_whatever_is_kept(town: Municipality) -> None:
    client = a_client(town)
    then: dict[int, dict[str, pl.DataFrame]] = {}
    for _act in acts(town, client):
        facts = facts_of(town.pk)
        then[facts.recording] = tables(facts)
    for recording, expected in then.items():
        same(tables(facts_of(town.pk, recording=recording)), expected)
    forget_all()
    for recording, expected in then.items():
        same(tables(facts_of(town.pk, recording=recording)), expected)


def test_as_known_before_a_merge_there_were_two(town: Municipality) -> None:
    client, kept = a_client(town), a_client(town)
    placed(client, "2", on=DAY)
    before = facts_of(town.pk)
    found = tables(before)
    merge_clients(by=command_line(), client=client, kept=kept, why="twee keer ingevoerd")
    merged = facts_of(town.pk)
    assert people_on(merged, DAY, Choice())["client_id"].to_list() == [kept.pk]
    assert merged.table("measurements")["client_id"].to_list() == [kept.pk]
    again = facts_of(town.pk, recording=before.recording)
    assert people_on(again, DAY, Choice())["client_id"].to_list() == [client.pk, kept.pk]
    same(tables(again), found)
    forget_all()
    same(tables(facts_of(town.pk, recording=before.recording)), found)


def test_facts_asked_once_stay_what_they_were(town: Municipality) -> None:
    client = a_client(town)
    facts = facts_of(town.pk)
    placed(client, "2", on=DAY)
    tables(facts_of(town.pk))
    assert facts.table("measurements").is_empty()
    assert facts_of(town.pk).table("measurements").height == 1


def test_before_anything_was_recorded_there_is_nobody(town: Municipality) -> None:
    a_client(town)
    assert people_on(facts_of(town.pk, recording=0), DAY, Choice()).is_empty()
    assert people_on(facts_of(town.pk), DAY, Choice()).height == 1


def a_small_town(numbers: list[str]) -> Municipality:
    """The same people in the order given, so with other ids."""
    town = a_municipality()
    clients = {number: a_client(town, number=number, surname=f"Naam {number}") for number in numbers}
    team = a_team(town, "Noord")
    worker = a_case_manager(team, name="Ans Voorbeeld")
    for number, client in clients.items():
        placed(client, "2+", on=DAY, growth="yes", expected=number)
        in_caseload(client, worker, team=team)
        on_benefit(client, date(2020, int(number), 1))
        with_barrier(client, "care")
    return town


def test_an_export_is_equal_for_equal_content_whatever_the_ids() -> None:
    first, second = a_small_town(["1", "2", "3"]), a_small_town(["3", "1", "2"])
    same(export_tables(facts_of(second.pk)), export_tables(facts_of(first.pk)))


def test_an_export_says_numbers_and_codes_and_no_ids() -> None:
    tables_ = export_tables(facts_of(a_small_town(["1", "2"]).pk))
    assert tables_["measurements"].row(0, named=True) | {"valid_until": None} == {
        "client": "1",
        "scale": "vng",
        "level": "2+",
        "expected_level": "1",
        "expected_by": None,
        "measured_on": DAY,
        "growth": 1,
        "valid_from": DAY,
        "valid_until": None,
    }
    assert set(tables_["assignments"]["worker"]) == {"Ans Voorbeeld"}
    assert not [column for frame in tables_.values() for column in frame.columns if column.endswith("id")]


def test_an_export_differs_where_the_content_does() -> None:
    town = a_small_town(["1", "2"])
    before = export_tables(facts_of(town.pk))
    with_barrier(Client.objects.get(municipality=town, number="1"), "money")
    after = export_tables(facts_of(town.pk))
    assert [name for name in TABLES if not before[name].equals(after[name])] == ["barriers"]


def test_facts_are_the_same_in_however_many_parts_they_are_read(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, level in enumerate("213"):
        client = a_client(town)
        on_benefit(client, date(2023, 1 + number, 1))
        placed(client, level, on=date(2024, 1, 1))
        placed(client, "4", on=date(2024, 3 - number, 2))
    whole = tables(facts_of(town.pk))
    monkeypatch.setattr("opstap.facts.selectors.tables.PART", 2)
    forget_all()
    found = facts_of(town.pk)
    assert found.table("measurements").height == 6
    assert found.table("measurements")["client_id"].is_sorted()
    same(tables(found), whole)
