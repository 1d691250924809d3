"""In which group each client falls on a day: at the edges of ages and durations, of periods, and of caseloads."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opstap.audit.permissions import command_line
from opstap.clients.logic import ExemptionRow, MembershipRow, PersonRow
from opstap.clients.models import Client
from opstap.clients.operations import (
    NewHousehold,
    create_programme,
    record_exemptions,
    record_households,
    record_memberships,
    record_persons,
)
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.dimensions import DIMENSIONS, groups_on
from opstap.facts.selectors.durations import class_with
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import (
    a_client,
    an_identity,
    in_caseload,
    on_benefit,
    person_of,
    with_barrier,
    with_trait,
)
from tests.factories.municipality import a_municipality, a_setting

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2024, 6, 15)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def someone(town: Municipality) -> Client:
    return a_client(town)


def groups(client: Client, key: str, day: date = DAY) -> list[str]:
    found = groups_on(facts_of(client.municipality_id), DIMENSIONS[key], day)
    return sorted(group for pk, group in found.rows() if pk == client.pk)


def test_sex_is_as_recorded_and_empty_is_unknown(town: Municipality) -> None:
    assert groups(a_client(town, sex="female"), "sex") == ["female"]
    assert groups(a_client(town, sex=""), "sex") == []


def test_sex_follows_a_correction(town: Municipality, someone: Client) -> None:
    assert groups(someone, "sex") == ["female"]
    row = PersonRow(someone.pk, "Voorbeeld", sex="x", replaces_id=person_of(someone).pk)
    record_persons(by=BY, municipality=town, rows=[row])
    assert groups(someone, "sex") == ["x"]


@pytest.mark.parametrize(
    ("born", "day", "group"),
    [
        (date(1997, 6, 16), DAY, "<27"),
        (date(1997, 6, 15), DAY, "27-44"),
        (date(1979, 6, 16), DAY, "27-44"),
        (date(1979, 6, 15), DAY, "45-55"),
        (date(1968, 6, 16), DAY, "45-55"),
        (date(1968, 6, 15), DAY, "56-pension"),
        (date(1957, 6, 16), DAY, "56-pension"),
        (date(1957, 6, 15), DAY, "pension+"),
        (date(1948, 7, 15), date(2013, 8, 14), "56-pension"),
        (date(1948, 7, 15), date(2013, 8, 15), "pension+"),
        (date(1961, 2, 1), date(2028, 4, 30), "56-pension"),
        (date(1961, 2, 1), date(2028, 5, 1), "pension+"),
        (date(1997, 3, 1), date(2024, 2, 29), "<27"),
        (date(1997, 2, 28), date(2024, 2, 29), "27-44"),
        (date(1996, 2, 29), date(2023, 2, 28), "<27"),
        (date(1996, 2, 29), date(2023, 3, 1), "27-44"),
    ],
)
def test_age_classes_change_on_a_birthday_or_with_the_pension(
    town: Municipality, born: date, day: date, group: str
) -> None:
    assert groups(a_client(town, born=born), "age", day) == [group]


def test_without_a_birth_date_the_age_is_unknown(town: Municipality) -> None:
    assert groups(a_client(town, born=None), "age") == []


@pytest.mark.parametrize(("gap", "group"), [(30, "2-5"), (31, "<1")])
def test_time_on_benefit_continues_over_a_gap_of_thirty_days(someone: Client, gap: int, group: str) -> None:
    stopped = date(2024, 1, 1)
    on_benefit(someone, date(2021, 1, 1), stopped)
    on_benefit(someone, stopped + timedelta(days=gap), kind="ioaw")
    assert groups(someone, "benefit-duration") == [group]


def test_the_gap_is_a_setting(town: Municipality, someone: Client) -> None:
    on_benefit(someone, date(2021, 1, 1), date(2024, 1, 1))
    on_benefit(someone, date(2024, 2, 1))
    assert groups(someone, "benefit-duration") == ["<1"]
    a_setting(town, "benefit_gap_days", 31)
    assert groups(someone, "benefit-duration") == ["2-5"]


def test_what_is_no_benefit_does_not_count_as_time_on_benefit(someone: Client) -> None:
    on_benefit(someone, date(2014, 1, 1), kind="nugger")
    assert groups(someone, "benefit-duration") == []
    assert groups(someone, "benefit") == ["nugger"]
    on_benefit(someone, date(2024, 1, 1))
    assert groups(someone, "benefit-duration") == ["<1"]


@pytest.mark.parametrize(
    ("since", "group"),
    [
        (date(2023, 6, 16), "<1"),
        (date(2023, 6, 15), "1-2"),
        (date(2022, 6, 15), "2-5"),
        (date(2019, 6, 15), "5-10"),
        (date(2014, 6, 16), "5-10"),
        (date(2014, 6, 15), ">=10"),
    ],
)
def test_classes_of_time_on_benefit_at_their_edges(someone: Client, since: date, group: str) -> None:
    on_benefit(someone, since)
    assert groups(someone, "benefit-duration") == [group]


def test_the_municipality_chooses_the_classes_of_time_on_benefit(town: Municipality, someone: Client) -> None:
    on_benefit(someone, date(2014, 1, 1))
    a_setting(town, "duration_classes", "3", DAY)
    assert groups(someone, "benefit-duration", YESTERDAY) == [">=10"]
    assert groups(someone, "benefit-duration", DAY) == [">=3"]


@pytest.mark.parametrize(
    ("code", "found"), [("<1", "<3"), ("2-5", "<3"), ("5-10", "3-10"), (">=10", ">=10"), ("3-4", "3-10")]
)
def test_a_class_that_holds_no_longer_counts_in_that_of_now(code: str, found: str) -> None:
    assert class_with(code, (3, 10)) == found


def test_whose_benefit_ended_has_no_duration_that_day(someone: Client) -> None:
    on_benefit(someone, date(2020, 1, 1), DAY)
    assert groups(someone, "benefit-duration", YESTERDAY) == ["2-5"]
    assert groups(someone, "benefit-duration", DAY) == []


def test_two_benefits_at_once_are_two_groups(someone: Client) -> None:
    on_benefit(someone, date(2020, 1, 1))
    on_benefit(someone, date(2021, 1, 1), kind="bbz")
    assert groups(someone, "benefit") == ["bbz", "participatiewet"]
    assert DIMENSIONS["benefit"].many


def test_team_and_worker_are_those_of_the_day(town: Municipality, someone: Client) -> None:
    team, next_team = a_team(town), a_team(town)
    worker, next_worker = a_case_manager(team), a_case_manager(next_team)
    in_caseload(someone, worker, team=team, until=DAY)
    in_caseload(someone, next_worker, team=next_team, since=DAY)
    assert (groups(someone, "team", YESTERDAY), groups(someone, "team")) == ([str(team.pk)], [str(next_team.pk)])
    assert groups(someone, "worker", YESTERDAY) == [str(worker.pk)]
    assert groups(someone, "worker") == [str(next_worker.pk)]


def test_a_team_without_a_worker_has_no_worker(town: Municipality, someone: Client) -> None:
    in_caseload(someone, team=a_team(town))
    assert len(groups(someone, "team")) == 1
    assert groups(someone, "worker") == []


@pytest.mark.parametrize(
    ("key", "kind", "value"),
    [
        ("low-literacy", "low_literate", "yes"),
        ("basic-qualification", "basic_qualification", "no"),
        ("integration", "integration", "duty"),
        ("income", "income_situation", "benefit"),
    ],
)
def test_traits_hold_for_their_period_and_are_kept_apart(someone: Client, key: str, kind: str, value: str) -> None:
    with_trait(someone, kind, value, DAY, TOMORROW)
    with_trait(someone, "instrument_in_use", "yes")
    assert [groups(someone, key, day) for day in (YESTERDAY, DAY, TOMORROW)] == [[], [value], []]


def test_several_barriers_are_several_groups(someone: Client) -> None:
    with_barrier(someone, "care")
    with_barrier(someone, "money", until=DAY)
    with_barrier(someone, "care", DAY)
    assert groups(someone, "barrier", YESTERDAY) == ["care", "money"]
    assert groups(someone, "barrier") == ["care"]
    assert DIMENSIONS["barrier"].many


def test_exempt_is_yes_once_whatever_the_number_of_grounds(someone: Client) -> None:
    rows = [ExemptionRow(someone.pk, ground, DAY, TOMORROW) for ground in ("medical", "social")]
    record_exemptions(by=BY, rows=rows)
    assert [groups(someone, "exemption", day) for day in (YESTERDAY, DAY, TOMORROW)] == [[], ["yes"], []]


def test_programmes_and_household_of_the_day(town: Municipality, someone: Client) -> None:
    programmes = [create_programme(by=BY, municipality=town, name=name) for name in ("Een", "Twee")]
    record_memberships(by=BY, rows=[MembershipRow(someone.pk, one.pk, DAY) for one in programmes])
    record_households(by=BY, municipality=town, rows=[NewHousehold("single_parent", DAY, ((someone.pk, "main"),))])
    assert groups(someone, "programme") == sorted(str(one.pk) for one in programmes)
    assert (groups(someone, "household", YESTERDAY), groups(someone, "household")) == ([], ["single_parent"])


def test_of_whom_nothing_is_known_is_in_no_group(town: Municipality) -> None:
    client = an_identity(town)
    assert all(groups(client, key) == [] for key in DIMENSIONS)
