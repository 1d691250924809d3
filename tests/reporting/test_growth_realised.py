"""The indicator *growth realised*: the very figure of the report of what became of the growth, with a target to it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client as Browser

from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.indicators import a_target
from tests.factories.ladder import placed
from tests.reporting.cohort import LATER, SINCE, SOON, a_cohort
from tests.reporting.conftest import Report
from tests.reporting.test_handed_over import DAYS as HANDED_DAYS
from tests.reporting.test_handed_over import Town

pytestmark = pytest.mark.django_db
KEY = "growth_realised"
DAYS = ("--on", "2024-06-15", "--compared-with", "2023-06-15")
PAGE = "/rapporten/indicatoren/?on=2024-06-15&compared_with=2023-06-15"
TOLD = ("whole", "known", "has", "share", "low", "high")
REALISED = ("clients", "known", "realised", "realised_share", "realised_low", "realised_high")
NAME = "Groei binnen het jaar gehaald"


@pytest.fixture
def town() -> Municipality:
    """The twelve, and one more team with two people with growth potential: one came as far as expected."""
    municipality = a_cohort()
    team = a_team(municipality, "Zuid")
    worker = a_case_manager(team, name="Bo Bakker")
    for second in ("4", "2"):
        client = a_client(municipality)
        placed(client, "2", on=SINCE, growth="yes", expected="3")
        placed(client, second, on=SOON)
        placed(client, "1", on=LATER)
        in_caseload(client, team=team, worker=worker)
    return municipality


def row_of(found: dict[str, Any], group: str | None = None) -> list[Any] | None:
    rows = [row for row in found["rows"] if row["indicator"] == KEY and row.get("group") == group]
    return [rows[0][key] for key in TOLD] if rows else None


@pytest.mark.covers("B-42", "G-6", page="report indicators")
def test_it_is_what_was_counted_by_hand(report: Report) -> None:
    a_cohort()
    # Of seven with growth potential one was not placed again. Numbers 1, 3, 6 and 8 stood on what was expected within
    # the year: 3 fell back, and 8 left after it; 2 rose less far, and 7 fell.
    assert row_of(report("indicators", *DAYS)) == [7, 6, 4, 66.7, 29.9, 90.4]


@pytest.mark.parametrize(
    "asked",
    [
        DAYS,
        (*DAYS, "--as", "Jo Jansen"),
        (*DAYS, "--as", "Bo Bakker"),
        (*DAYS, "--where", "team=Zuid"),
        ("--on", "2024-12-31", "--compared-with", "2023-06-15"),
        ("--on", "2024-12-31", "--compared-with", "2023-12-31"),
        ("--on", "2025-02-28", "--compared-with", "2024-02-29"),
        (*DAYS, "--known-at", "2024-06-16"),
    ],
)
def test_it_agrees_with_the_report_of_what_became_of_the_growth(
    town: Municipality, report: Report, asked: tuple[str, ...]
) -> None:
    seen = report("realised", *asked)["totals"]["with_growth"]
    assert row_of(report("indicators", *asked)) == [seen[key] for key in REALISED]


def test_by_team_it_agrees_in_each(town: Municipality, report: Report) -> None:
    found = report("indicators", *DAYS, "--by", "team")
    realised = report("realised", *DAYS, "--by", "team")["totals"]["groups"]
    groups = {one["group"]: [one["with_growth"][key] for key in REALISED] for one in realised}
    assert len(groups) == 3
    assert {group: row_of(found, group) for group in groups} == groups
    assert groups["Zuid"][:3] == [2, 2, 1]


def test_with_who_was_handed_over_it_lies_where_the_report_says(report: Report) -> None:
    made = Town()
    for name in ("Jo Jansen", a_coordinator(made.town).name):
        seen = report("realised", *HANDED_DAYS, "--as", name)["totals"]["with_growth"]
        assert row_of(report("indicators", *HANDED_DAYS, "--as", name)) == [seen[key] for key in REALISED], name
    assert row_of(report("indicators", *HANDED_DAYS, "--as", "Jo Jansen")) == [9, 6, 0, None, 0.0, 57.8]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--on", "2024-06-15", "--compared-with", "2023-06-16"), "Tussen 16 jun 2023 en 15 jun 2024"),
        ((*DAYS, "--known-at", "2024-06-01"), "Tussen 15 jun 2023 en 1 jun 2024"),
    ],
)
def test_of_who_is_younger_than_a_year_nothing_is_said_and_that_is_said(
    town: Municipality, report: Report, asked: tuple[str, ...], said: str
) -> None:
    found = report("indicators", *asked)
    assert row_of(found) is None
    [note] = [one for one in found["notes"] if one.startswith("Weggelaten: ") and NAME in one]
    assert said in note


def test_without_an_order_nothing_is_realised(town: Municipality, report: Report) -> None:
    assert row_of(report("indicators", *DAYS, "--scale", "steenwijkerland")) is None


@pytest.mark.covers("B-53", "G-6", page="report indicators")
def test_a_target_is_held_beside_it(town: Municipality, report: Report) -> None:
    a_target(town, KEY, "20")  # 5 of the 8 known of 9: all of the interval lies above it
    [row] = [one for one in report("indicators", *DAYS)["rows"] if one["indicator"] == KEY]
    assert [row[key] for key in ("whole", "known", "has", "target", "status")] == [9, 8, 5, 20, "reached"]
    assert row["low"] > 20


@pytest.mark.covers("B-42", "G-6", page="/rapporten/indicatoren/")
def test_the_page_names_it_and_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    assert NAME in client.get(PAGE).content.decode()
    people = PAGE.replace("/?", "/mensen/?")
    for answer, persons in (("", 9), ("yes", 5), ("no", 3), ("unknown", 1)):
        page = client.get(f"{people}&indicator={KEY}&answer={answer}")
        assert page.context["page_obj"].paginator.count == persons, answer
