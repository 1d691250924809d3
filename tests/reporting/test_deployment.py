"""Report `deployment`: who has an instrument of those with and without growth potential, counted by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from opstap.municipality.models import Municipality
from opstap.reporting.tables.deployment.shape import verdict_of
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.plans import a_trajectory, an_instrument
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
ON = ("--on", "2024-06-15")
PAGE = "/rapporten/inzet-en-groeipotentieel/?on=2024-06-15"
PEOPLE = "/rapporten/inzet-en-groeipotentieel/mensen/?on=2024-06-15"
BACKEND = "django.contrib.auth.backends.ModelBackend"
SINCE = date(2024, 1, 1)

# Level, growth potential, how many, and how many of them have an instrument.
PEOPLE_BY = (
    ("1", "yes", 10, 9),
    ("1", "no", 10, 1),
    ("2+", "yes", 3, 1),
    ("2", "no", 2, 1),
    ("3", "unknown", 1, 1),
    ("6", "unknown", 1, 0),
    ("", "", 1, 0),
)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    worker = a_case_manager(team, name="Jo Jansen")
    for level, growth, many, helped in PEOPLE_BY:
        for number in range(many):
            client = a_client(municipality)
            if level:
                placed(client, level, on=SINCE, growth=growth)
            if number < helped:
                an_instrument(a_trajectory(client, since=SINCE))
            if level == "1":
                in_caseload(client, team=team, worker=worker)
    ended = a_client(municipality)
    placed(ended, "2", on=SINCE, growth="yes")
    an_instrument(a_trajectory(ended, since=SINCE), until=date(2024, 6, 15))
    return municipality


@pytest.mark.covers("B-09", "B-52", page="report deployment")
def test_each_level_is_what_was_counted_by_hand(town: Municipality, report: Report) -> None:
    found = report("deployment", *ON)
    cells = {(row["level"], row["deployed"]): row["clients"] for row in found["rows"] if row["clients"]}
    assert cells == {
        ("1", "growth_with"): 9,
        ("1", "growth_without"): 1,
        ("1", "none_with"): 1,
        ("1", "none_without"): 9,
        ("2", "growth_with"): 1,
        ("2", "growth_without"): 3,
        ("2", "none_with"): 1,
        ("2", "none_without"): 1,
        ("3", "not_known"): 1,
        ("6", "no_growth_level"): 1,
        (None, "no_growth_level"): 1,
    }
    totals = found["totals"]
    assert [totals[key] for key in ("clients", "growth", "growth_share", "none", "none_share")] == [
        29, 14, 71.4, 12, 16.7,
    ]  # fmt: skip


@pytest.mark.covers("B-09", "B-52", page="report deployment")
def test_where_it_is_not_known_of_everybody_the_shares_have_an_interval(
    town: Municipality, report: Report, client: Browser
) -> None:
    totals = report("deployment", *ON)["totals"]
    # Of one on level 3 growth is not known: of 27 who can have it both are known of 26.
    assert (totals["known"], totals["coverage"]) == (26, 96.3)
    assert (totals["growth_low"], totals["growth_high"]) == (45.3, 88.3)  # Wilson, 10 of 14: 45.35 and 88.28 %
    client.force_login(a_coordinator(town), backend=BACKEND)
    first = client.get(PAGE).context["sections"][0][1]
    rows = {str(row.cells[0].level or row.cells[0].text): row.cells for row in first.rows}
    assert [(cell.text, cell.under) for cell in rows["Iedereen samen"][2:6:2]] == [
        ("71,4\xa0%", "45–89\xa0%"), ("16,7\xa0%", "4–45\xa0%"),
    ]  # fmt: skip
    assert rows["Iedereen samen"][5].text == "26 (96\xa0%)"
    assert [cell.under for cell in rows["1"]] == [""] * 7  # known of everybody there
    assert rows["1"][5].text == "20 (100\xa0%)"
    assert "19 van de 20 keer" in first.foot


@pytest.mark.covers("B-09", "B-52", page="/rapporten/inzet-en-groeipotentieel/")
def test_every_figure_on_the_page_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    for address in (PAGE, f"{PAGE}&by=team"):
        page = client.get(address)
        cells = figures_of(page)
        assert len(cells) >= 20
        each_leads_to_its_people(client, cells)
    text = client.get(PAGE).content.decode()
    assert (
        "Van de 14 met groeipotentieel heeft 71,4\xa0% (tussen 45\xa0% en 89\xa0%) een instrument, van de 12 zonder "
        "16,7\xa0% (tussen 4\xa0% en 45\xa0%)."
    ) in text
    assert "Instrumenten gaan dus meer naar wie kan groeien." in text
    assert "Met groeipotentieel en zonder instrument: 4." in text


def test_a_difference_is_one_only_when_it_is(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    first = client.get(PAGE).context["sections"][0][1]
    verdicts = {str(row.cells[0].level or row.cells[0].text): row.cells[-1].text for row in first.rows}
    assert verdicts == {
        "1": "vaker bij groeipotentieel",
        "2": "te weinig mensen om iets te zeggen",
        "Iedereen samen": "vaker bij groeipotentieel",
    }


def test_of_several_levels_a_difference_is_one_only_among_so_many() -> None:
    columns = {"growth_with": 16, "growth_without": 24, "none_with": 7, "none_without": 33}
    with override("nl"):
        assert verdict_of(columns) == "vaker bij groeipotentieel"
        assert verdict_of(columns, 5) == "geen duidelijk verschil"


def test_who_has_a_caseload_counts_that_alone(town: Municipality, report: Report) -> None:
    own = report("deployment", *ON, "--as", "Jo Jansen")
    assert (own["base"], own["totals"]["growth_share"]) == (20, 90.0)


def test_what_is_no_cell_is_refused_and_a_cell_has_a_name(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    assert client.get(f"{PEOPLE}&deployed=never").status_code == 400
    found = client.get(f"{PEOPLE}&level=1&deployed=growth_without").context["cell"]
    assert found == "1 Geïsoleerd, groeipotentieel, zonder instrument"


def test_where_help_is_not_recorded_there_is_no_such_report(town: Municipality, client: Browser) -> None:
    a_setting(town, "part.plans", "off", date(2020, 1, 1))
    client.force_login(a_coordinator(town), backend=BACKEND)
    assert client.get(PAGE).status_code == 404


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend=BACKEND)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15
