"""Movement between client groups: seven people on a grouping without order, counted by hand on page, list and file."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest

from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
THEN, BETWEEN = date(2023, 1, 1), date(2024, 2, 1)
DAYS = ("--on", "2024-06-15", "--compared-with", "2023-06-15", "--scale", "steenwijkerland")
ASKED = "on=2024-06-15&compared_with=2023-06-15&scale=steenwijkerland"
PAGE = f"/rapporten/beweging/?{ASKED}"

# The group on the earlier day, and what came after: a group, "" for no placement since, or "left".
PEOPLE = (
    ("3", "2"),
    ("3", "2"),
    ("2", "3"),  # to a higher number, which is no rise
    ("3", "3"),
    ("6", "1"),
    ("4", ""),
    ("2", "left"),
    ("", "1"),  # new
)
WENT = {("3", "2"): 2, ("2", "3"): 1, ("3", "3"): 1, ("6", "1"): 1, ("4", "not_measured_again"): 1, ("2", "left"): 1}


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (before, after) in enumerate(PEOPLE):
        client = a_client(municipality, followed_since=THEN, until=date(2024, 3, 1) if after == "left" else None)
        if before:
            placed(client, before, on=THEN, scale="steenwijkerland")
        if after not in {"", "left"}:
            placed(client, after, on=BETWEEN, scale="steenwijkerland")
        if number < 3:
            in_caseload(client, team=team, worker=worker, since=THEN)
    return municipality


def went(rows: list[dict[str, Any]]) -> dict[tuple[str, str], int]:
    return {(row["from"], row["to"]): row["clients"] for row in rows if row["clients"]}


@pytest.mark.covers("E-51", page="report movement")
def test_from_group_to_group_it_is_what_was_counted_by_hand_and_nobody_rose(town: Municipality, report: Report) -> None:
    found = report("movement", *DAYS)
    assert went(found["rows"]) == WENT
    totals = {key: value for key, value in found["totals"].items() if not key.endswith("_share")}
    assert totals == {
        "cohort": 7,
        "in_follow_up": 8,
        "same": 1,
        "moved": 4,
        "left": 1,
        "not_measured_again": 1,
        "entered": 1,
    }
    assert {(one["to"], one["clients"]) for one in found["entries"] if one["clients"]} == {("1", 1)}
    groups = {one["group"]: one for one in report("movement", *DAYS, "--by", "team")["totals"]["groups"]}
    assert {name: (one["cohort"], one["moved"]) for name, one in groups.items()} == {"Noord": (3, 3), "unknown": (4, 1)}
    assert went(report("movement", *DAYS, "--as", "Jo Jansen")["rows"]) == {("3", "2"): 2, ("2", "3"): 1}


@pytest.mark.covers("E-51", page="/rapporten/beweging/")
def test_the_page_says_group_and_every_figure_leads_to_its_people(town: Municipality) -> None:
    browser = signed_in(a_coordinator(town))
    page = browser.get(PAGE)
    text = page.content.decode()
    assert page.context["lead"].startswith("Van de 7 mensen die op 15 jun 2023 geplaatst waren, zijn er 1 in dezelfde")
    for word in ("In een andere groep", "3 Leren &amp; ontwikkelen", "per groep"):
        assert word in text
    for word in ("▲", "▼", "Gestegen", "Gedaald"):
        assert word not in text
    cells = figures_of(page)
    assert len(cells) > 20
    each_leads_to_its_people(browser, cells)
    file = browser.get(f"/rapporten/beweging/bestand/csv/?{ASKED}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(file), delimiter=";"))
    said = [(row["Van"], row["Naar"], row["Cliënten"]) for row in rows if row["Cliënten"] != "0"]
    assert ("3 Leren & ontwikkelen", "2 Werken & ervaren", "2") in said
    assert ("6 Geplaatst", "1 Direct werk", "1") in said
