"""Parts of answers are kept while the tables they were made of stay the same, and never longer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
from django.db import connection
from polars.testing import assert_frame_equal

from opstap.accounts.models import Team
from opstap.analytics.periods import FAR
from opstap.audit.models import Recording
from opstap.audit.selectors import open_recording
from opstap.clients.models import Client
from opstap.facts.selectors import cache, parts, tables
from opstap.facts.selectors.cache import Facts, facts_of, forget_all
from opstap.facts.selectors.dimensions import DIMENSIONS, dimension_of, groups_on
from opstap.facts.selectors.parts import ThisVery, forget_parts, kept_while_unchanged
from opstap.facts.selectors.people import (
    Choice,
    Reach,
    Reading,
    gone_from,
    people_on,
    placed_on,
    placed_times_on,
)
from opstap.municipality.logic import OWN_TRAIT
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, followed, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.ladder import level, placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
DAY, EARLIER = date(2024, 6, 15), date(2023, 6, 15)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def asked(facts: Facts, choice: Choice, reach: Reach) -> dict[str, pl.DataFrame]:
    """Every part there is, of two days, for everyone and for a choice."""
    scale = level("1").scale_id
    found: dict[str, pl.DataFrame] = {}
    for day in (EARLIER, DAY):
        everyone = people_on(facts, day, Choice())
        found |= {
            f"everyone {day}": everyone,
            f"chosen {day}": people_on(facts, day, choice),
            f"placed {day}": placed_on(facts, everyone, day, scale),
            f"times {day}": placed_times_on(facts, day, Reading(scale)).sort("client_id"),
            f"gone {day}": gone_from(facts, reach, day).to_frame(),
        }
        for key in [*DIMENSIONS, f"{OWN_TRAIT}hobby"]:
            found[f"{key} {day}"] = groups_on(facts, dimension_of(key), day).sort("client_id", "group")
    return found


def acts(town: Municipality, client: Client, team: Team) -> Iterator[None]:
    """Something of each kind, recorded step by step, with a correction of each clock."""
    on_benefit(client, date(2019, 1, 1), date(2024, 1, 1))
    yield
    first = placed(client, "2", on=date(2023, 2, 1), growth="yes", expected="3")
    yield
    placed(client, "3", on=date(2023, 3, 1), replaces=first)
    yield
    in_caseload(client, a_case_manager(team), team=team)
    yield
    with_trait(client, "integration", "duty", date(2022, 1, 1))
    yield
    with_barrier(client, "care")
    yield
    followed(client, date(2016, 1, 1), date(2017, 6, 1))
    yield
    placed(a_client(town), "1", on=date(2022, 1, 1))
    yield


def test_what_is_kept_equals_what_is_made_anew_after_every_recording(town: Municipality) -> None:
    client, team = a_client(town), a_team(town)
    choice = Choice(team=str(team.pk), where=(("integration", "duty"), ("district", "Zuid")))
    reach = Reach(team_ids=frozenset({team.pk}))
    for _act in acts(town, client, team):
        kept = asked(facts_of(town.pk), choice, reach)
        again = asked(facts_of(town.pk), choice, reach)
        forget_all()
        for name, anew in asked(facts_of(town.pk), choice, reach).items():
            assert_frame_equal(kept[name], anew)
            assert_frame_equal(again[name], anew)


def test_as_known_earlier_it_is_what_was_known_then(town: Municipality) -> None:
    client = a_client(town)
    placed(client, "2", on=EARLIER)
    then = facts_of(town.pk)
    before = placed_on(then, people_on(then, DAY, Choice()), DAY, level("2").scale_id)
    placed(client, "4", on=DAY)
    now = facts_of(town.pk)
    assert placed_on(now, people_on(now, DAY, Choice()), DAY, level("2").scale_id)["level_id"].item() == level("4").pk
    again = facts_of(town.pk, recording=then.recording)
    assert_frame_equal(placed_on(again, people_on(again, DAY, Choice()), DAY, level("2").scale_id), before)


def test_a_part_is_made_again_only_when_a_table_that_it_read_changed(town: Municipality) -> None:
    made: list[int] = []

    @kept_while_unchanged()
    def people(facts: Facts) -> pl.DataFrame:
        made.append(facts.recording)
        return facts.table("follow_ups").select("client_id")

    client = a_client(town)
    people(facts_of(town.pk))
    placed(client, "2", on=DAY)
    with_barrier(client, "care")
    assert people(facts_of(town.pk)).height == 1
    assert len(made) == 1
    a_client(town)
    assert people(facts_of(town.pk)).height == 2
    assert len(made) == 2


def test_by_person_only_those_are_made_anew_of_whom_something_was_recorded(town: Municipality) -> None:
    made: list[list[int]] = []

    @kept_while_unchanged(by_person=True)
    def placements(facts: Facts) -> pl.DataFrame:
        inner = people_on(facts, DAY, Choice())
        rows = facts.table("measurements").join(inner, on="client_id").select("client_id", "level_id")
        made.append(rows["client_id"].to_list())
        return rows.reverse()

    first, second, third = (a_client(town) for _ in range(3))
    for client in (third, first):
        placed(client, "2", on=EARLIER)
    assert placements(facts_of(town.pk))["client_id"].to_list() == [first.pk, third.pk]
    placed(second, "3", on=EARLIER)
    assert placements(facts_of(town.pk))["client_id"].to_list() == [first.pk, second.pk, third.pk]
    then = facts_of(town.pk)
    placed(first, "4", on=DAY)
    placed(third, "4", on=DAY)
    found = placements(facts_of(town.pk))
    assert found["client_id"].to_list() == [first.pk, first.pk, second.pk, third.pk, third.pk]
    assert made == [[first.pk, third.pk], [second.pk], [first.pk] * 2 + [third.pk] * 2]
    assert placements(then).height == 3  # as known earlier nothing is taken from what is known now
    assert made[3:] == [[first.pk, second.pk, third.pk]]


def test_by_person_another_part_is_asked_of_all_and_not_made_of_a_few(town: Municipality) -> None:
    """What is kept of everybody serves the few as well: a patch does not count again what no recording changed."""
    made: list[int] = []

    @kept_while_unchanged(by_person=True)
    def followed(facts: Facts) -> pl.DataFrame:
        found = facts.table("follow_ups").select("client_id")
        made.append(found.height)
        return found

    @kept_while_unchanged(by_person=True)
    def placements(facts: Facts) -> pl.DataFrame:
        return facts.table("measurements").select("client_id").join(followed(facts), on="client_id", how="semi")

    first, second = a_client(town), a_client(town)
    placed(first, "2", on=EARLIER)
    assert placements(facts_of(town.pk))["client_id"].to_list() == [first.pk]
    placed(second, "2", on=EARLIER)
    assert placements(facts_of(town.pk))["client_id"].to_list() == [first.pk, second.pk]
    assert made == [2]
    third = a_client(town)
    placed(third, "2", on=EARLIER)
    assert placements(facts_of(town.pk))["client_id"].to_list() == [first.pk, second.pk, third.pk]
    assert made == [2, 1]


def test_by_person_all_are_made_anew_where_nobody_remembers_who_changed(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    @kept_while_unchanged(by_person=True)
    def placements(facts: Facts) -> pl.DataFrame:
        found = facts.table("measurements").select("client_id", "level_id")
        made.append(found.height)
        return found

    monkeypatch.setattr(cache, "MOST_CHANGES", 2)
    clients = [a_client(town) for _ in range(4)]
    placements(facts_of(town.pk))
    for client in clients:
        placed(client, "2", on=DAY)
        facts_of(town.pk).table("measurements")
    assert placements(facts_of(town.pk)).height == 4
    placed(clients[0], "3", on=EARLIER)
    assert placements(facts_of(town.pk)).height == 5
    assert made == [0, 4, 2]
    monkeypatch.setattr(cache, "FEW", 0)
    placed(clients[0], "4", on=date(2023, 7, 1))
    assert placements(facts_of(town.pk)).height == 6
    assert made == [0, 4, 2, 6]


def test_by_person_nobody_is_named_of_a_table_of_households(town: Municipality) -> None:
    facts = facts_of(town.pk)
    for name in ("household_types", "measurements"):
        facts.table(name)
    assert facts.touched_since("measurements", facts.recording) == frozenset()
    assert facts.touched_since("household_types", facts.recording) is None


def test_what_a_part_reads_through_another_part_counts_as_read(town: Municipality) -> None:
    @kept_while_unchanged()
    def inner(facts: Facts) -> pl.DataFrame:
        return facts.table("measurements").select("client_id")

    @kept_while_unchanged()
    def outer(facts: Facts, times: int) -> pl.DataFrame:
        return pl.concat([inner(facts)] * times)

    client = a_client(town)
    inner(facts_of(town.pk))  # so that the other one finds it kept
    assert outer(facts_of(town.pk), 3).height == 0
    placed(client, "2", on=DAY)
    assert outer(facts_of(town.pk), 3).height == 3


def test_nothing_is_kept_of_what_may_be_undone_yet(town: Municipality) -> None:
    made: list[int] = []

    @kept_while_unchanged()
    def people(facts: Facts) -> pl.DataFrame:
        made.append(facts.recording)
        return facts.table("follow_ups").select("client_id")

    a_client(town)
    facts = facts_of(town.pk)
    writing = open_recording.set(Recording.objects.get(number=facts.recording))
    try:
        people(facts)
        people(facts)
    finally:
        open_recording.reset(writing)
    assert len(made) == 2
    people(facts)
    people(facts)
    assert len(made) == 3


def test_a_part_can_not_read_what_is_not_noted(town: Municipality) -> None:
    a_client(town)
    noting = facts_of(town.pk).noting(set())
    for read in (noting.names, noting.second_assessments):
        with pytest.raises(TypeError, match="can't be kept"):
            read()


def test_who_is_gone_is_nobody() -> None:
    choice = Choice()
    very = ThisVery(choice)
    assert very == ThisVery(choice)
    assert very != ThisVery(Choice())
    assert very != choice
    del choice
    assert very != very  # noqa: PLR0124 - what it was is no more


def test_there_is_room_for_so_many_bytes(town: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    @kept_while_unchanged()
    def numbers(facts: Facts, first: int) -> pl.DataFrame:
        made.append(first)
        return pl.DataFrame({"number": pl.int_range(first, first + 1000, eager=True), "of": facts.recording})

    a_client(town)
    forget_parts()
    monkeypatch.setattr(parts, "MOST_BYTES", 2 * int(numbers(facts_of(town.pk), 0).estimated_size()))
    for first in (1, 2, 2, 1):
        numbers(facts_of(town.pk), first)
    assert made == [0, 1, 2]  # both fit
    numbers(facts_of(town.pk), 3)  # the oldest goes
    numbers(facts_of(town.pk), 2)
    assert made == [0, 1, 2, 3]
    numbers(facts_of(town.pk), 1)
    assert made == [0, 1, 2, 3, 1]


def test_what_is_little_and_takes_long_stays_whatever_is_large(
    town: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    @kept_while_unchanged(lasting=True)
    def few(facts: Facts, first: int) -> pl.DataFrame:
        made.append(first)
        return facts.table("follow_ups").select("client_id").head(first)

    a_client(town)
    forget_parts()
    monkeypatch.setattr(parts, "MOST_BYTES", 0)
    monkeypatch.setattr(parts, "MOST_LASTING", 2)
    for first in (1, 2, 1):
        few(facts_of(town.pk), first)
        people_on(facts_of(town.pk), DAY, Choice())
    assert made == [1, 2]
    few(facts_of(town.pk), 3)
    few(facts_of(town.pk), 1)
    assert made == [1, 2, 3, 1]
    forget_parts()
    few(facts_of(town.pk), 1)
    assert made == [1, 2, 3, 1, 1]


@pytest.mark.parametrize("name", sorted(tables.TABLES))
def test_newer_rows_are_found_by_their_recording(name: str, town: Municipality) -> None:
    """Of a whole municipality with a million clients it would be seconds for each recording."""
    a_client(town)
    sql = tables._newer_sql(tables.TABLES[name], 30)
    if connection.vendor != "sqlite":
        pytest.skip("how PostgreSQL finds them follows from how many rows there are")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", [town.pk, 1, 2])
        first, *_others = [row[-1] for row in cursor.fetchall()]
    assert "recording_id>" in first


def test_a_table_that_changed_is_sorted_and_whole(town: Municipality) -> None:
    clients = [a_client(town) for _ in range(9)]
    for client in clients[::2]:
        placed(client, "2", on=EARLIER)
    found = facts_of(town.pk).table("measurements")
    for client in (clients[3], clients[4], clients[8], clients[0]):
        placed(client, "3", on=DAY)
        found = facts_of(town.pk).table("measurements")
        assert found["client_id"].is_sorted()
        forget_all()
        assert_frame_equal(found, facts_of(town.pk).table("measurements"))
    assert found.filter(pl.col("valid_until") == FAR).height == 6


def test_by_person_facts_of_some_rows_are_answered_of_these_rows_alone(town: Municipality) -> None:
    """As whoever erases somebody asks them: what is kept of everybody is not taken for theirs, nor theirs for all."""
    first, second = a_client(town), a_client(town)
    on_benefit(first, date(2020, 1, 1))
    duration = dimension_of("benefit-duration")
    whole = facts_of(town.pk)
    everybody = groups_on(whole, duration, DAY)
    assert everybody["client_id"].to_list() == [first.pk]
    names = ("benefit_spells", "follow_ups", "persons")
    rows = {name: whole.table(name).filter(pl.col("client_id") == second.pk) for name in names}
    assert groups_on(Facts(town.pk, whole.recording, rows), duration, DAY).is_empty()
    assert_frame_equal(groups_on(facts_of(town.pk), duration, DAY), everybody)
    placed(second, "2", on=DAY)
    assert_frame_equal(groups_on(facts_of(town.pk), duration, DAY), everybody)
