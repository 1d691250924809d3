"""A worker's own: working lists under a name, shared or not, and stars and notes that nobody else sees."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import User
from opstap.clients.logic import ExemptionRow
from opstap.clients.models import Client
from opstap.clients.operations import NewHousehold, record_exemptions, record_households
from opstap.clients.personal_data import rooms_with_personal_data
from opstap.foundation import dates
from opstap.foundation.dates import years_before
from opstap.selections.logic import Criteria
from opstap.selections.models import ClientMark, WorkingList
from opstap.selections.operations import keep_list, mark_client
from tests.factories.accounts import acting
from tests.factories.clients import BY, a_client, in_caseload, with_barrier
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.municipality import a_setting
from tests.factories.plans import a_trajectory

pytestmark = pytest.mark.django_db
PAGE = "/clienten/"


def keep(office: Office, name: str, query: str, team: str = "") -> None:
    given = {"name": name, "list": query, "team": team, "next": f"{PAGE}?{query}"}
    assert office.browser.post("/clienten/lijsten/bewaren/", given)["Location"] == f"{PAGE}?{query}"


def lists(office: Office, user: User) -> dict[str, str]:
    office.sign_in(user)
    return {line.name: line.query for line in office.browser.get(PAGE).context["lists"] if line.whose != "Opstap"}


def test_a_list_is_kept_opened_and_removed(office: Office) -> None:
    placed(office.of(office.jo, "Adema"), "2", on=days_ago(30))
    office.of(office.jo, "Bakker")
    office.sign_in(office.jo)
    keep(office, "Nog te plaatsen", "level=none&sort=-name")
    assert lists(office, office.jo) == {"Nog te plaatsen": "level=none&sort=-name"}
    assert office.names(f"{PAGE}?level=none&sort=-name") == ["Bakker"]
    keep(office, "Nog te plaatsen", "level=2")
    assert lists(office, office.jo) == {"Nog te plaatsen": "level=2"}
    kept = WorkingList.objects.get()
    office.browser.post(f"/clienten/lijsten/{kept.reference}/weg/", {"next": PAGE})
    assert lists(office, office.jo) == {}


def test_a_list_is_shared_with_the_team_and_with_nobody_else(office: Office) -> None:
    office.sign_in(office.jo)
    keep(office, "Van mij", "level=1")
    keep(office, "Van ons", "level=2", office.team.reference)
    assert lists(office, office.kim) == {"Van ons": "level=2"}
    assert lists(office, office.leader) == {"Van ons": "level=2"}
    assert lists(office, office.lee) == {}
    office.sign_in(office.kim).browser.post(f"/clienten/lijsten/{_reference('Van ons')}/weg/", {"next": PAGE})
    assert lists(office, office.jo) == {"Van mij": "level=1", "Van ons": "level=2"}
    with pytest.raises(PermissionDenied):
        keep_list(by=acting(office.jo), name="Elders", criteria=Criteria(), team=office.other_team)


def _reference(name: str) -> str:
    return WorkingList.objects.get(name=name).reference


def test_what_was_typed_is_not_kept_and_a_list_needs_a_name(office: Office) -> None:
    office.sign_in(office.jo)
    keep(office, "Zoek", "level=2&search=abcdefghjkmn")
    assert lists(office, office.jo) == {"Zoek": "level=2"}
    response = office.browser.post("/clienten/lijsten/bewaren/", {"name": " ", "list": "", "next": PAGE}, follow=True)
    assert "Geef de lijst een naam" in response.content.decode()
    assert WorkingList.objects.count() == 1


def live_together(office: Office, kind: str, *members: tuple[Client, str]) -> None:
    household = NewHousehold(kind, days_ago(90), tuple((client.pk, role) for client, role in members))
    record_households(by=BY, municipality=office.town, rows=[household])


@pytest.mark.covers("C-51", page="/clienten/")
def test_the_shipped_list_names_who_comes_first_for_diagnosis(office: Office) -> None:
    ill, other = office.of(office.jo, "Ziek"), office.of(office.jo, "Overig")
    young, low = a_client(office.town, surname="Jong", born=days_ago(365 * 20)), office.of(office.jo, "Laag")
    in_caseload(young, office.jo, team=office.team)
    parent, grown, alone = (office.of(office.jo, name) for name in ("Ouder", "Volwassen kind", "Alleen"))
    exempt, cares, mother = (office.of(office.jo, name) for name in ("Ontheven", "Mantelzorger", "Moeder"))
    for client, code in ((ill, "3-"), (other, "3"), (young, "3+"), (low, "2")):
        placed(client, code, on=days_ago(30))
    for client in (parent, grown, alone, exempt, cares, mother):
        placed(client, "3", on=days_ago(30))
    live_together(office, "single_parent", (parent, "interested_party"), (grown, "child"))
    live_together(office, "single", (alone, "interested_party"))
    for client, ground in ((exempt, "medical"), (cares, "care_tasks"), (mother, "single_parent_young_child")):
        record_exemptions(by=BY, rows=[ExemptionRow(client.pk, ground, days_ago(90))])
    with_barrier(ill, "health")
    with_barrier(low, "health")
    office.sign_in(office.jo)
    assert "Voorrang bij diagnose" in office.page(PAGE)
    assert office.names(f"{PAGE}?level=3&group=diagnosis_first") == ["Jong", "Moeder", "Ontheven", "Ouder", "Ziek"]
    assert office.names(f"{PAGE}?group=onzin") == []


@pytest.mark.parametrize(("days", "names"), [(-1, ["Klaar"]), (0, [])])
def test_a_placement_of_exactly_a_year_ago_is_not_of_less_than_twelve_months(
    office: Office, days: int, names: list[str]
) -> None:
    day = years_before(dates.today(), 1) - timedelta(days=days)
    client = office.of(office.jo, "Klaar")
    placed(client, "2", on=day, expected="3")
    a_trajectory(client, since=days_ago(-10))  # it begins later: none runs today
    office.sign_in(office.jo)
    assert office.names(f"{PAGE}?group=ready") == names


@pytest.mark.covers("A-10", page="/clienten/")
def test_the_shipped_list_names_who_is_ready_for_a_step(office: Office) -> None:
    for surname, ago, expected in (("Klaar", 30, "3"), ("Oud", 500, "3"), ("Blijft", 30, "2"), ("Onderweg", 30, "3")):
        client = office.of(office.jo, surname)
        placed(client, "2", on=days_ago(ago), growth="yes", expected=expected)
        if surname == "Onderweg":
            a_trajectory(client, since=days_ago(10))
    kept = office.of(office.jo, "Behoud")
    placed(kept, "2", on=days_ago(30), growth="yes", expected="3")
    a_trajectory(kept, since=days_ago(10), keeps=True)
    office.sign_in(office.jo)
    assert office.names(f"{PAGE}?group=ready") == ["Behoud", "Klaar"]


def test_where_help_is_not_recorded_nobody_is_said_to_be_ready(office: Office) -> None:
    placed(office.of(office.jo, "Klaar"), "2", on=days_ago(30), growth="yes", expected="3")
    office.sign_in(office.jo)
    assert "Klaar voor een stap" in office.page(PAGE)
    assert "Groeipotentieel zonder traject" in office.page(PAGE)
    a_setting(office.town, "part.plans", "off", days_ago(1))
    page = office.page(PAGE)
    assert "Klaar voor een stap" not in page
    assert "zonder traject" not in page.lower()
    assert "Voorrang bij diagnose" in page
    assert office.names(f"{PAGE}?group=ready") == []
    assert office.names(f"{PAGE}?attention=growth_unused") == []


def test_a_star_and_a_note_are_one_s_own(office: Office) -> None:
    client = office.of(office.jo, "Bakker")
    office.of(office.jo, "Dijk")
    path = f"/clienten/{client.reference}/eigen/"
    office.sign_in(office.jo)
    assert (
        office.browser.post(path, {"star": client.reference, "next": f"{PAGE}?page=2"})["Location"] == f"{PAGE}?page=2"
    )
    assert office.names(f"{PAGE}?marked=yes") == ["Bakker"]
    assert "Door mij gemarkeerd" in office.page(PAGE)
    office.browser.post(path, {"starred": "on", "note": "belt liever", "next": PAGE})
    assert "belt liever" in office.page(PAGE)
    assert b"belt" not in bytes(ClientMark.objects.get().note_encrypted or b"")
    office.browser.post(path, {"star": "", "next": PAGE})
    assert office.names(f"{PAGE}?marked=yes") == []
    assert "belt liever" in office.page(path)
    page = office.sign_in(office.leader).page(PAGE)
    assert "belt liever" not in page
    assert "belt liever" not in office.page(path)
    assert "belt liever" not in office.browser.get("/clienten/bestand/csv/").content.decode()
    office.sign_in(office.jo).browser.post(path, {"note": "", "next": PAGE})
    assert not ClientMark.objects.exists()


def test_nobody_marks_beyond_the_reach(office: Office) -> None:
    other = office.of(office.kim)
    office.sign_in(office.jo)
    assert office.browser.get(f"/clienten/{other.reference}/eigen/").status_code == 404
    assert office.browser.post(f"/clienten/{other.reference}/eigen/", {"star": other.reference}).status_code == 404
    with pytest.raises(PermissionDenied):
        mark_client(by=acting(office.jo), client=other, starred=True, note="")


def test_a_mark_is_personal_data_of_the_client(office: Office) -> None:
    client = office.of(office.jo)
    mark_client(by=acting(office.jo), client=client, starred=True, note="belt liever")
    told = rooms_with_personal_data.get("selections")
    assert told is not None
    assert [row.values["note"] for row in told(client)] == ["belt liever"]


def test_a_note_has_its_limit(office: Office) -> None:
    client = office.of(office.jo)
    office.sign_in(office.jo)
    response = office.browser.post(f"/clienten/{client.reference}/eigen/", {"note": "x" * 501, "next": PAGE})
    assert response.status_code == 400
    assert "Houd het bij 500 tekens" in response.content.decode()


def test_queries_stay_few_with_lists_and_marks(office: Office, client: Browser) -> None:
    for number in range(20):
        marked = office.of(office.jo, f"Naam{number}")
        mark_client(by=acting(office.jo), client=marked, starred=True, note="bel")
        keep_list(by=acting(office.jo), name=f"Lijst {number}", criteria=Criteria(level="2"), team=office.team)
    office.sign_in(office.jo)
    for path in (PAGE, f"{PAGE}?group=diagnosis_first", f"{PAGE}?marked=yes", f"{PAGE}?group=ready&sort=-since"):
        office.page(path)
        with CaptureQueriesContext(connection) as captured:
            office.page(path)
        assert len(captured) <= 15, path


def test_a_list_about_the_levels_of_one_ladder_is_offered_on_that_ladder_only(office: Office) -> None:
    first, other = office.of(office.jo, "Jong"), office.of(office.jo, "Anders")
    with_barrier(first, "health")
    with_barrier(other, "health")
    placed(first, "3", on=days_ago(30))
    placed(other, "3", on=days_ago(30), scale="rijswijk")
    office.sign_in(office.jo)
    words = "Voorrang bij diagnose"
    page = office.page(PAGE)
    assert words in page
    (link,) = {html.unescape(link) for link in re.findall(r'href="([^"]*group=diagnosis_first)"', page)}
    assert words not in office.page(f"{PAGE}?scale=rijswijk")
    a_setting(office.town, "default_scale", "rijswijk", days_ago(1))
    assert words not in office.page(PAGE)
    assert office.names(link) == ["Jong"]
