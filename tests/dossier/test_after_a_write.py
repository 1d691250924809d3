"""What a page asks of the database after somebody wrote: a few queries more than before, never more than fifteen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.operations import merge_clients
from opstap.municipality.operations import change_setting
from tests.factories.accounts import a_case_manager
from tests.factories.clients import a_client, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.contacts import spoken
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory

pytestmark = pytest.mark.django_db
MOST = 15
# After a merge these pages read everybody anew, and ask once more who is protected, or who is put first.
ONCE_MORE = {"caseload report", "caseload", "attention"}
PAGES = {
    "caseload": "/clienten/",
    "attention": "/clienten/?attention=any&sort=-attention",
    "team": "/team/",
    "today": "/contact/vandaag/",
    "week": "/contact/deze-week/",
    "reports": "/rapporten/",
    "placement": "/rapporten/plaatsing/",
    "placement by team": "/rapporten/plaatsing/?by=team",
    "coverage": "/rapporten/dekking/",
    "current and expected": "/rapporten/nu-en-verwacht/",
    "goals": "/rapporten/doelen/",
    "caseload report": "/rapporten/caseload/",
    "trajectories": "/rapporten/trajecten/",
    "movement": f"/rapporten/beweging/?compared-with={days_ago(365).isoformat()}",
}


class Written:
    """What can be written between two requests."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.someone = office.of(office.jo, "Bakker")

    def a_placement(self) -> None:
        """As most writes are."""
        placed(self.office.of(self.office.jo), "3", on=days_ago(1))

    def a_newcomer(self) -> None:
        """Something in nearly every table that is counted."""
        newcomer = self.office.of(self.office.jo, "Nieuw")
        in_caseload(a_client(self.office.town), self.office.kim, team=self.office.team)
        on_benefit(newcomer, date(2024, 1, 1))
        with_barrier(newcomer, "money")
        with_trait(newcomer, "low_literacy", "yes")
        placed(newcomer, "2", on=days_ago(3))
        spoken(newcomer, days_ago(2))
        a_trajectory(newcomer, since=days_ago(2), goal="3")

    def a_merge(self) -> None:
        """Two dossiers become one."""
        double: Client = self.office.of(self.office.jo, "Backer")
        merge_clients(by=command_line(), client=double, kept=self.someone, why="twee keer ingevoerd")


@pytest.fixture
def written(office: Office) -> Written:
    """A team at work, whose leader has opened every page before."""
    written = Written(office)
    for number in range(5):
        placed(office.of(office.jo, f"Naam{number}"), "2", on=days_ago(number * 200))
    office.sign_in(office.leader)
    return written


def queries(office: Office, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        office.page(path)
    return len(captured)


@pytest.mark.parametrize("write", [Written.a_newcomer, Written.a_merge])
def test_a_page_stays_within_fifteen_after_a_write(
    office: Office, written: Written, write: Callable[[Written], None]
) -> None:
    paths = {**PAGES, "assign": f"/team/toewijzen/?worker={office.jo.reference}"}
    paths["dossier"] = f"/clienten/{written.someone.reference}/"
    paths["search"] = office.browser.post("/zoeken/", {"q": "naam"})["Location"]
    asked = {}
    for name, path in paths.items():
        office.page(path)
        write(written)
        asked[name] = queries(office, path)
    assert {name: count for name, count in asked.items() if count > MOST + (name in ONCE_MORE)} == {}


def test_what_a_placement_left_alone_is_not_read_again(office: Office, written: Written) -> None:
    """After it come: whether reference data changed, where was written, those rows, and who can't be reached."""
    office.page(PAGES["caseload"])
    warm = queries(office, PAGES["caseload"])
    written.a_placement()
    assert queries(office, PAGES["caseload"]) == warm + 4
    assert queries(office, PAGES["caseload"]) == warm


def test_what_was_changed_shows_at_the_next_request(office: Office, written: Written) -> None:
    office.page(PAGES["caseload"])
    written.a_placement()
    assert office.browser.get(PAGES["caseload"]).context["scale"] == "vng"
    placed(written.someone, "5", on=days_ago(1), scale="groningen")
    change_setting(
        by=command_line(), municipality=office.town, key="default_scale", value="groningen", since=days_ago(1)
    )
    changed = office.browser.get(PAGES["caseload"])
    assert changed.context["scale"] == "groningen"
    assert {line.level.code for line in changed.context["lines"] if line.level} == {"5"}
    in_caseload(a_client(office.town), a_case_manager(office.team, name="Nieuwe Collega"), team=office.team)
    assert "Nieuwe Collega" in office.page(PAGES["caseload"])
