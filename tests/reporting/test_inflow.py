"""Report `inflow`: nine people of whom four are new, counted by hand; its page, its people and its files."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.analytics.uncertainty import apart
from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from opstap.reporting.tables.inflow.rows import compared
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, followed, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
DAYS = ("--on", "2024-09-01", "--compared-with", "2024-03-01")
PAGE = "/rapporten/nieuwe-instroom/?on=2024-09-01&compared_with=2024-03-01"
BACKEND = "django.contrib.auth.backends.ModelBackend"
OLD = date(2023, 1, 1)

# Follow-up; placements; low-literate.
PEOPLE = (
    (((OLD, None),), ((date(2024, 1, 1), "1"), (date(2024, 8, 1), "2")), "yes"),  # there: on 2 by now
    (((date(2024, 3, 1), None),), ((date(2024, 5, 1), "3"),), "no"),  # there: on the earlier day itself
    (((date(2024, 3, 2), None),), ((date(2024, 4, 1), "1"), (date(2024, 8, 1), "3")), "yes"),  # new, began on 1
    (((date(2024, 8, 1), None),), (), ""),  # new, not placed
    (((date(2024, 6, 1), None),), ((date(2024, 6, 2), "0"), (date(2024, 7, 1), "2-")), "no"),  # new, began on 2
    (((OLD, date(2024, 4, 1)), (date(2024, 5, 1), None)), ((date(2024, 1, 1), "4"),), "no"),  # 30 days: there
    (((OLD, date(2024, 4, 1)), (date(2024, 5, 2), None)), ((date(2024, 1, 1), "4"),), "no"),  # 31 days: new
    (((date(2024, 4, 1), date(2024, 8, 1)),), ((date(2024, 5, 1), "5"),), "no"),  # came and went
    (((OLD, date(2024, 8, 1)),), ((date(2024, 1, 1), "5"),), "no"),  # left: in neither
)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for number, (spells, placements, literate) in enumerate(PEOPLE):
        client = a_client(municipality, followed_since=None)
        for since, until in spells:
            followed(client, since, until)
        for day, level in placements:
            placed(client, level, on=day, growth="yes" if level == "1" else "no")
        if literate:
            with_trait(client, "low_literate", literate, OLD)
        if number in {1, 2, 3}:
            in_caseload(client, team=team, worker=worker, since=OLD)
    return municipality


@pytest.mark.covers("B-45", "C-33", page="report inflow")
def test_each_level_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = report("inflow", *DAYS)
    assert {row["level"]: (row["new"], row["there"]) for row in found["rows"] if row["new"] or row["there"]} == {
        "1": (1, 0),
        "2": (1, 1),
        "3": (0, 1),
        "4": (0, 1),
        None: (2, 0),
    }
    totals = found["totals"]
    assert (totals["followed"], totals["new"], totals["there"], totals["new_share"]) == (7, 4, 3, 57.1)
    assert (totals["returned"], totals["back"], totals["went"]) == (1, 1, 1)
    literate = totals["features"]["low_literacy"]
    assert (literate["new"]["has"], literate["new"]["known"], literate["new"]["of"]) == (1, 3, 4)
    assert (literate["there"]["has"], literate["there"]["known"], literate["there"]["low"]) == (1, 3, None)
    assert literate["difference"]["points"] == 0
    exempt = totals["features"]["exemption"]["difference"]  # known of everybody, and still no more than chance makes
    assert (exempt["points"], exempt["low"] < 0 < exempt["high"]) == (0, True)
    growth = totals["features"]["growth"]
    assert (growth["new"]["has"], growth["new"]["known"]) == (1, 2)  # of their first placement
    assert growth["there"]["has"] == 0


@pytest.mark.covers("B-45", "C-33", page="/rapporten/nieuwe-instroom/")
def test_every_figure_on_the_page_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(PAGE)
    tables = [table for _picture, table in page.context["sections"] if table]
    cells = figures_of(page)
    assert len(cells) > 10
    each_leads_to_its_people(client, cells)
    text = page.content.decode()
    assert (
        "7 mensen in begeleiding op 1 sep 2024: 4 kwamen er sinds 1 mrt 2024 bij (57,1\xa0%) en 3 waren er al." in text
    )
    assert "1 van de nieuwe mensen was al eerder in begeleiding." in text
    assert "1 persoon kwam en ging weer in deze periode." in text
    assert "Een percentage van minder dan 10 mensen zegt weinig." in tables[0].foot


def test_who_was_away_and_came_back_closes_it_with_who_left(
    town: Municipality, report: Report, client: Browser
) -> None:
    new, left = report("inflow", *DAYS)["totals"], report("left", *DAYS)["totals"]
    assert (left["cohort"], left["left"], new["new"], new["back"], new["followed"]) == (5, 1, 4, 1, 7)
    assert left["cohort"] - left["left"] + new["new"] - new["back"] == new["followed"]
    client.force_login(a_coordinator(town), backend=BACKEND)
    said = client.get(PAGE).context["lead"]
    assert (
        "1 van de nieuwe mensen was al eerder in begeleiding. 1 van hen was dat ook op 1 mrt 2024, was langer" in said
    )
    assert "in het rapport Uit begeleiding telt deze persoon als gebleven." in said
    page = client.get("/rapporten/uit-begeleiding/").content.decode()
    assert "telt in Nieuwe instroom als nieuw als diegene langer dan 30 dagen weg was" in page


@pytest.fixture
def many() -> Municipality:
    """Of 41 new 13 are low-literate, of 60 who were there 8: by itself a difference, and none of all that there are."""
    municipality = a_municipality()
    for since, literate, people in ((date(2024, 6, 1), 13, 41), (OLD, 8, 60)):
        for number in range(people):
            client = a_client(municipality, followed_since=since)
            with_trait(client, "low_literate", "yes" if number < literate else "no", since)
    return municipality


def test_a_difference_is_one_only_among_as_many_as_are_looked_for(many: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(many), backend=BACKEND)
    page = client.get(PAGE)
    result = page.context["result"]
    new, there, difference = compared(result)["low_literacy"]
    assert (new.part, new.known, there.part, there.known) == (13, 41, 8, 60)
    assert apart(there, new).sign == 1  # by itself it would be one
    comparisons = result.totals["comparisons"]
    assert comparisons > 1
    assert difference == apart(there, new, comparisons)
    assert difference.sign == 0
    text = page.content.decode()
    assert "Vaker dan wie er al waren" not in text
    assert f"Hier staan {comparisons} vergelijkingen bij elkaar." in text


def test_the_chart_says_the_shares_of_its_table(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(PAGE)
    picture, table = page.context["sections"][0]
    shown = 0
    for name, place in (("Nieuw", 2), ("Waren er al", 4)):
        for row in table.rows:
            share = row.cells[place].text.removesuffix("\xa0%")
            if row.is_total or share in {"", "0,0"}:
                continue
            level = f"{row.cells[0].level} {row.cells[0].text}".strip()
            assert f">{name}: {share} {level}</title>".lower() in picture.svg.lower()
            shown += "," in share and not share.endswith(",0")
    assert shown


def test_a_name_stands_above_the_people_of_a_cell(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    people = "/rapporten/nieuwe-instroom/mensen/?on=2024-09-01&compared_with=2024-03-01"
    assert client.get(f"{people}&who=new&level=none").context["cell"] == "nieuw, niet gevuld"
    found = client.get(f"{people}&who=there&having=low_literacy").context
    assert (found["cell"], found["page_obj"].paginator.count) == ("waren er al, laaggeletterd", 1)
    for wrong in ("who=away", "level=1", "who=returned&level=1", "who=new&having=origin"):
        assert client.get(f"{people}&{wrong}").status_code == 400


def test_who_has_a_caseload_counts_that_of_the_later_day(town: Municipality, report: Report, client: Browser) -> None:
    own = report("inflow", *DAYS, "--as", "Jo Jansen")
    assert (own["base"], own["totals"]["new"], own["totals"]["there"], own["totals"]["went"]) == (3, 2, 1, None)
    assert not any("1 mrt 2024" in note for note in own["notes"])


def test_by_team_both_sides_stand_in_each_group(town: Municipality, client: Browser, report: Report) -> None:
    groups = {one["group"]: one for one in report("inflow", *DAYS, "--by", "team")["totals"]["groups"]}
    assert {name: (one["new"], one["there"]) for name, one in groups.items()} == {"Noord": (2, 1), "unknown": (2, 2)}
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get(f"{PAGE}&by=team")
    table = page.context["sections"][0][1]
    for row in table.rows:
        for cell in row.cells[1:]:
            if cell.url:
                assert client.get(cell.url).context["page_obj"].paginator.count == int(cell.text), cell.url


def test_when_nobody_is_new_it_says_so_without_a_chart(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    page = client.get("/rapporten/nieuwe-instroom/?on=2023-06-01&compared_with=2023-05-01")
    assert "0 kwamen er sinds 1 mei 2023 bij" in page.content.decode()
    assert [picture for picture, _table in page.context["sections"] if picture] == []


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        client.get(PAGE)
    assert len(first_of_a_process) <= 20
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_there_are_files_of_it(town: Municipality, client: Browser, kind: str) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    answer = client.get(f"/rapporten/nieuwe-instroom/bestand/{kind}/?on=2024-09-01&compared_with=2024-03-01")
    assert answer.status_code == 200
    if kind == "csv":
        assert "Waren er al" in answer.content.decode("utf-8-sig").splitlines()[0]
