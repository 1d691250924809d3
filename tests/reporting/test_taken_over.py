"""Whom a worker took over from a colleague: apart from who is new, so that the parts are the whole caseload."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest

from opstap.accounts.models import Team, User
from opstap.clients.models import Client
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.conftest import Report
from tests.reporting.figures import each_leads_to_its_people, figures_of

pytestmark = pytest.mark.django_db
DAYS = ("--on", "2024-09-01", "--compared-with", "2024-03-01")
ASKED = "?on=2024-09-01&compared_with=2024-03-01"
OLD, HANDED = date(2023, 1, 1), date(2024, 6, 1)
PARTS = {"people": 8, "stayed": 2, "entered": 2, "taken_over": 3, "unplaced": 1}


@dataclass
class Town:
    """Jo of North has eight: two all along, four whom Kim of South had, one new, one who was not placed before."""

    town: Municipality = field(default_factory=a_municipality)
    north: Team = field(init=False)
    south: Team = field(init=False)
    jo: User = field(init=False)
    kim: User = field(init=False)

    def __post_init__(self) -> None:
        self.north, self.south = a_team(self.town, "Noord"), a_team(self.town, "Zuid")
        self.jo, self.kim = a_case_manager(self.north, name="Jo Jansen"), a_case_manager(self.south, name="Kim de Wit")
        for _ in range(2):
            self.had(self.person(), self.jo)
        for _ in range(3):
            self.handed(self.person(), self.kim, self.jo)
        self.handed(self.person(first=None), self.kim, self.jo)
        self.had(self.person(since=date(2024, 5, 1), first=date(2024, 5, 2)), self.jo)
        self.had(self.person(first=date(2024, 7, 1)), self.jo)
        self.handed(self.person(), self.jo, self.kim)

    def person(self, *, since: date = OLD, first: date | None = date(2024, 1, 1)) -> Client:
        client = a_client(self.town, followed_since=since)
        if first:
            placed(client, "2", on=first)
        return client

    def had(self, client: Client, worker: User, since: date = OLD, until: date | None = None) -> None:
        team = self.north if worker == self.jo else self.south
        in_caseload(client, worker, team=team, since=since, until=until)

    def handed(self, client: Client, one: User, other: User) -> None:
        self.had(client, one, until=HANDED)
        self.had(client, other, since=HANDED)


@pytest.fixture
def made() -> Town:
    return Town()


@pytest.mark.covers("B-45", page="report inflow")
def test_of_who_was_there_it_says_whom_one_took_over(made: Town, report: Report) -> None:
    leader = a_team_leader(made.north)
    for name in ("Jo Jansen", leader.name):
        totals = report("inflow", *DAYS, "--as", name)["totals"]
        assert (totals["followed"], totals["new"], totals["there"], totals["taken_over"]) == (8, 1, 7, 4)
    assert report("inflow", *DAYS)["totals"]["taken_over"] is None


@pytest.mark.covers("B-45", page="report movement")
def test_the_parts_of_a_caseload_are_all_of_it(made: Town, report: Report) -> None:
    leader = a_team_leader(made.north)
    for name in ("Jo Jansen", leader.name):
        totals = report("movement", *DAYS, "--as", name)["totals"]
        assert (totals["cohort"], totals["entered"], totals["taken_over"]) == (2, 2, 3)  # who went is Kim's to see
        assert totals["caseload"] == PARTS
    assert report("movement", *DAYS, "--by", "sex", "--as", "Jo Jansen")["totals"]["caseload"] == PARTS
    for narrowed in ([], ["--as", "Jo Jansen", "--where", "sex=female"]):
        assert "caseload" not in report("movement", *DAYS, *narrowed)["totals"]


@pytest.mark.covers("B-45", page="/rapporten/nieuwe-instroom/")
def test_both_pages_have_a_row_that_leads_to_them(made: Town) -> None:
    browser = signed_in(made.jo)
    for slug, count in (("nieuwe-instroom", 4), ("beweging", 3)):
        page = browser.get(f"/rapporten/{slug}/{ASKED}")
        each_leads_to_its_people(browser, figures_of(page))
        tables = [table for _picture, table in page.context["sections"] if table]
        rows = {row.cells[0].text: row.cells[1] for table in tables for row in table.rows}
        assert rows["Kwam uit een andere caseload, of uit geen"].text == str(count)
    text = browser.get(f"/rapporten/nieuwe-instroom/{ASKED}").content.decode()
    assert "8 mensen in begeleiding op 1 sep 2024" in text
    assert "Van wie er al was, kwamen er in deze periode 4 uit een andere caseload, of uit geen." in text
    foot = "In de caseload op 1 sep 2024: 8. Al in de caseload en geplaatst op 1 mrt 2024: 2; nieuw op de ladder: 2"
    assert foot in browser.get(f"/rapporten/beweging/{ASKED}").content.decode()


def test_who_sees_everybody_took_over_nobody(made: Town) -> None:
    browser = signed_in(a_coordinator(made.town))
    for slug, word in (("nieuwe-instroom", "who"), ("beweging", "outcome")):
        assert (
            "Kwam uit een andere caseload, of uit geen"
            not in browser.get(f"/rapporten/{slug}/{ASKED}").content.decode()
        )
        assert browser.get(f"/rapporten/{slug}/mensen/{ASKED}&{word}=taken_over").status_code == 400


def test_who_got_everybody_within_the_year_reads_it_where_no_table_stands(made: Town) -> None:
    new = a_case_manager(made.north, name="Nele Nieuw")
    client = made.person()
    made.had(client, made.kim, until=HANDED)
    in_caseload(client, new, team=made.north, since=HANDED)
    browser = signed_in(new)
    assert "uit een andere caseload of uit geen: 1;" in browser.get(f"/rapporten/beweging/{ASKED}").content.decode()
    page = browser.get(f"/rapporten/nieuwe-instroom/{ASKED}").content.decode()
    assert "Van wie er al was, kwam er in deze periode 1 uit een andere caseload, of uit geen." in page
