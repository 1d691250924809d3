"""What began and ended between two ends of months: after an erasure it counts as it did, and no day of it is left."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from opstap.clients.models import Client, Residue
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.privacy.operations import erase_client
from tests.factories.accounts import a_case_manager, a_team, a_team_leader, acting
from tests.factories.clients import BY, a_client, followed, in_caseload, on_benefit
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_instrument
from tests.privacy.lives import ends_of_months, figures

pytestmark = pytest.mark.django_db
END_OF_MARCH = date(2023, 3, 31)


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES = tmp_path / "erasures.ledger"


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def somebody(town: Municipality, *spells: tuple[date, date | None]) -> Client:
    """In follow-up in these spells."""
    client = a_client(town, followed_since=None)
    for since, until in spells:
        followed(client, since, until)
    return client


def stays_when_erased(town: Municipality, *gone: Client, only: tuple[str, ...] = ()) -> None:
    days = ends_of_months()[:6]
    before = {day: figures(town, day, "", only=only) for day in days}
    for client in gone:
        erase_client(by=BY, client=client)
    for day, was in before.items():
        assert figures(town, day, "", only=only) == was, day


def test_who_had_a_benefit_within_one_month_is_known_to_have_none(town: Municipality) -> None:
    client = somebody(town, (date(2023, 1, 9), None))
    on_benefit(client, date(2023, 2, 3), date(2023, 2, 24))
    assert figures(town, END_OF_MARCH, "")["duration"].overall.columns["no_benefit"] == 1
    stays_when_erased(town, client)


def test_a_benefit_that_begins_in_the_month_of_erasing_was_known(town: Municipality) -> None:
    client = somebody(town, (date(2023, 1, 9), None))
    on_benefit(client, dates.today())
    stays_when_erased(town, client)


def test_who_came_and_went_within_one_month_went_again(town: Municipality) -> None:
    client = somebody(town, (date(2023, 3, 6), date(2023, 3, 21)))
    placed(client, "2", on=date(2023, 3, 8))
    assert figures(town, END_OF_MARCH, "")["inflow"].went == 1
    stays_when_erased(town, client)


@pytest.mark.parametrize("spells", [
    pytest.param([(5, 20), (36, None)], id="on after sixteen days, over the end of a month"),
    pytest.param([(5, 31), (61, None)], id="on after thirty days"),
    pytest.param([(5, 31), (62, None)], id="back after thirty-one days"),
    pytest.param([(5, 31), (62, 70), (96, 120), (152, None)], id="back and on by turns"),
    pytest.param([(5, 31), (62, 66), (97, 98), (129, None)], id="back for a few days each time"),
    pytest.param([(5, 40), (10, 20), (45, None)], id="one within another"),
])  # fmt: skip
@pytest.mark.parametrize("first", [date(2023, 1, 1), date(2023, 1, 2), date(2023, 1, 28), date(2023, 3, 1)])
def test_who_was_followed_again_came_back_or_went_on(
    town: Municipality, spells: list[tuple[int, int | None]], first: date
) -> None:
    def day(number: int) -> date:
        return first + timedelta(days=number)

    client = somebody(town, *((day(since), None if until is None else day(until)) for since, until in spells))
    stays_when_erased(town, client, only=("inflow",))


def test_a_placement_before_they_came_is_not_the_first_since(town: Municipality) -> None:
    before, after, both = (somebody(town, (date(2023, 3, 15), None)) for _ in range(3))
    for client, code, day in (
        (before, "1", date(2023, 3, 14)),
        (after, "2", date(2023, 3, 15)),
        (both, "3", date(2023, 3, 2)),
        (both, "4", date(2023, 3, 30)),
    ):
        placed(client, code, on=day)
    stays_when_erased(town, before, after, both)


@pytest.mark.parametrize("left", [date(2023, 3, 21), date(2023, 3, 20), date(2023, 3, 6), date(2023, 4, 1)])
def test_who_left_in_the_month_in_which_they_changed_hands_left_from_the_last(town: Municipality, left: date) -> None:
    teams = [a_team(town), a_team(town)]
    leaders = [acting(a_team_leader(team)) for team in teams]
    client = somebody(town, (date(2023, 1, 9), left))
    in_caseload(client, a_case_manager(teams[0]), team=teams[0], since=date(2023, 1, 9), until=date(2023, 3, 5))
    in_caseload(client, a_case_manager(teams[1]), team=teams[1], since=date(2023, 3, 5), until=left)
    asked = [(leader, day) for leader in leaders for day in ends_of_months()[:5]]
    before = [figures(town, day, "", leader) for leader, day in asked]
    erase_client(by=BY, client=client)
    assert [figures(town, day, "", leader) for leader, day in asked] == before


def test_of_who_has_two_case_managers_since_one_month_the_last_counts(town: Municipality) -> None:
    first, last = a_team(town), a_team(town)
    client = somebody(town, (date(2023, 1, 9), None))
    in_caseload(client, a_case_manager(last), team=last, since=date(2023, 1, 20))
    in_caseload(client, a_case_manager(first), team=first, since=date(2023, 1, 9))
    before = figures(town, END_OF_MARCH, "team")
    erase_client(by=BY, client=client)
    assert figures(town, END_OF_MARCH, "team") == before


def test_an_instrument_of_one_month_still_tells_that_they_are_recorded(town: Municipality) -> None:
    client, other = (somebody(town, (date(2023, 1, 9), None)) for _ in range(2))
    placed(other, "2", on=date(2023, 3, 3))
    led = a_trajectory(client, "work", date(2023, 2, 2), date(2023, 2, 20), goal="4")
    an_instrument(led, since=date(2023, 2, 2), until=date(2023, 2, 20))
    stays_when_erased(town, client)


def rows_left(client: Client) -> list[tuple[str, date, date]]:
    before = set(Residue.objects.values_list("pk", flat=True))
    erase_client(by=BY, client=client)
    left = Residue.objects.exclude(pk__in=before).order_by("pk")
    return list(left.values_list("table", "starts_on", "ends_on"))


def test_other_days_of_the_same_months_in_the_same_order_leave_the_same(town: Municipality) -> None:
    """Nothing tells on which day anything was, also where follow-up begins and ends within one month."""

    def left(*days: int) -> list[tuple[str, date, date]]:
        came, measured, handed, went, again = (date(2023, 3, day) for day in days)
        client = somebody(town, (came, went), (again + timedelta(days=61), None))
        placed(client, "2", on=measured)
        on_benefit(client, measured, handed)
        team = a_team(town)
        in_caseload(client, a_case_manager(team), since=came, until=handed)
        in_caseload(client, a_case_manager(team), since=handed)
        return rows_left(client)

    assert left(2, 9, 11, 17, 3) == left(5, 6, 19, 31, 30)
    assert left(2, 9, 11, 17, 3) != left(9, 2, 11, 17, 3), "placed before they came"
