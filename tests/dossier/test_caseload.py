"""Mijn caseload: whom it shows, in which order, by which filter, page by page, and as a file."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from opstap.foundation import dates
from tests.factories.clients import FOLLOWED_SINCE, a_client, in_caseload
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed

pytestmark = pytest.mark.django_db
PAGE = "/clienten/"


def test_outsiders_are_refused(office: Office, client: Browser) -> None:
    assert client.get(PAGE)["Location"].startswith("/aanmelden/?next=")
    office.sign_in(office.administrator)
    assert client.get(PAGE).status_code == 403
    assert client.get("/clienten/bestand/csv/").status_code == 403


@pytest.mark.covers("A-01", page="/clienten/")
def test_home_leads_to_the_own_caseload_with_level_goal_and_reason(office: Office, client: Browser) -> None:
    anna = office.of(office.jo, "Bakker")
    placed(anna, "2+", on=days_ago(60), growth="yes", expected="4")
    office.of(office.kim, "Dijk")
    office.sign_in(office.jo)
    assert client.get("/")["Location"] == PAGE
    page = office.page(PAGE)
    assert "Mijn caseload" in page
    assert "Bakker" in page
    assert "Dijk" not in page
    assert 'class="level level--2-of-6">2+</span>' in page
    assert "8 wk" in page


def test_everybody_sees_the_caseload_of_their_reach(office: Office) -> None:
    office.of(office.jo, "Bakker")
    office.of(office.lee, "Dijk", team=office.other_team)
    office.of(None, "Eik")
    assert office.sign_in(office.leader).names(PAGE) == ["Bakker"]
    assert office.sign_in(office.coordinator).names(PAGE) == ["Bakker", "Dijk", "Eik"]
    assert office.names(f"{PAGE}?worker={office.lee.reference}") == ["Dijk"]
    assert office.names(f"{PAGE}?worker=none") == ["Eik"]
    assert office.names(f"{PAGE}?team={office.team.reference}") == ["Bakker"]
    assert office.names(f"{PAGE}?team=none") == ["Eik"]


def test_who_is_no_longer_followed_or_assigned_is_gone(office: Office) -> None:
    office.of(office.jo, "Bakker")
    in_caseload(a_client(office.town, surname="Dijk", until=days_ago(3)), office.jo, team=office.team)
    reassigned = a_client(office.town, surname="Eik")
    in_caseload(reassigned, office.jo, team=office.team, until=days_ago(0))
    in_caseload(reassigned, office.kim, team=office.team, since=days_ago(0))
    assert office.sign_in(office.jo).names(PAGE) == ["Bakker"]
    assert office.browser.get(f"/plaatsen/{reassigned.reference}/").status_code == 404
    assert office.sign_in(office.kim).names(PAGE) == ["Eik"]


def test_another_worker_s_reference_gives_nothing_beyond_the_own_reach(office: Office) -> None:
    office.of(office.kim, "Dijk")
    assert office.sign_in(office.jo).names(f"{PAGE}?worker={office.kim.reference}") == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["Adema", "Bakker", "Çelik", "Dijk"]),
        ("-name", ["Dijk", "Çelik", "Bakker", "Adema"]),
        ("level", ["Bakker", "Çelik", "Adema", "Dijk"]),
        ("-level", ["Adema", "Çelik", "Bakker", "Dijk"]),
        ("since", ["Çelik", "Adema", "Bakker", "Dijk"]),
        ("-attention", ["Çelik", "Dijk", "Adema", "Bakker"]),
        ("nonsense", ["Adema", "Bakker", "Çelik", "Dijk"]),
    ],
)
def test_the_order_is_chosen_and_who_has_nothing_there_comes_last(
    office: Office, sort: str, expected: list[str]
) -> None:
    for surname, code, ago in (("Dijk", "", 0), ("Çelik", "2+", 800), ("Adema", "3", 90), ("Bakker", "2-", 10)):
        client = office.of(office.jo, surname)
        if code:
            placed(client, code, on=days_ago(ago))
    assert office.sign_in(office.jo).names(f"{PAGE}?sort={sort}") == expected


def test_filters_by_level_and_growth(office: Office) -> None:
    for surname, code, growth in (("Adema", "2-", "yes"), ("Bakker", "2+", "no"), ("Dijk", "3", "yes")):
        placed(office.of(office.jo, surname), code, on=days_ago(30), growth=growth)
    office.of(office.jo, "Eik")
    office.sign_in(office.jo)
    assert office.names(f"{PAGE}?level=2") == ["Adema", "Bakker"]
    assert office.names(f"{PAGE}?level=2&growth=with") == ["Adema"]
    assert office.names(f"{PAGE}?level=none") == ["Eik"]
    empty = office.page(f"{PAGE}?level=6")
    assert "Niemand op deze lijst" in empty
    assert "Toon iedereen" in empty


def test_another_ladder_tells_its_own_state(office: Office) -> None:
    client = office.of(office.jo, "Bakker")
    placed(client, "2", on=days_ago(30))
    placed(client, "5", on=days_ago(20), scale="groningen")
    office.sign_in(office.jo)
    assert office.browser.get(PAGE).context["lines"][0].level.code == "2"
    assert office.browser.get(f"{PAGE}?scale=groningen").context["lines"][0].level.code == "5"
    assert office.browser.get(f"{PAGE}?scale=rijswijk").context["lines"][0].level is None


def test_fifty_on_a_page_and_the_address_keeps_the_choices(office: Office) -> None:
    for number in range(53):
        office.of(office.jo, f"Naam{number:02}")
    office.sign_in(office.jo)
    first = office.browser.get(f"{PAGE}?sort=-name&level=none")
    assert len(first.context["lines"]) == 50
    assert "?level=none&amp;sort=-name&amp;page=2" in first.content.decode()
    second = office.browser.get(f"{PAGE}?level=none&sort=-name&page=2")
    assert [line.name for line in second.context["lines"]] == ["Naam02", "Naam01", "Naam00"]
    back = f"van={'%2Fclienten%2F%3Flevel%3Dnone%26sort%3D-name%26page%3D2'}"
    assert back in second.context["lines"][0].url


def test_an_empty_caseload_says_why(office: Office) -> None:
    assert "Niemand is aan u toegewezen" in office.sign_in(office.jo).page(PAGE)
    assert "import" in office.sign_in(office.coordinator).page(PAGE)


def test_queries_are_few_whatever_the_number_of_clients(office: Office) -> None:
    def queries(path: str) -> int:
        office.page(path)
        with CaptureQueriesContext(connection) as captured:
            office.page(path)
        return len(captured)

    office.of(office.jo, "Bakker")
    office.sign_in(office.leader)
    few = [queries(path) for path in (PAGE, f"{PAGE}?attention=any&sort=-attention")]
    for number in range(60):
        placed(office.of(office.jo if number % 2 else office.kim, f"Naam{number}"), "2", on=days_ago(number * 20))
    many = [queries(path) for path in (PAGE, f"{PAGE}?attention=any&sort=-attention")]
    assert many == few
    assert max(many) <= 15


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
def test_the_list_as_a_file_in_its_order(office: Office, file_format: str) -> None:
    placed(office.of(office.jo, "Bakker"), "2+", on=date(2025, 3, 4), growth="yes", expected="4")
    office.of(office.jo, "=1+1")
    office.sign_in(office.jo)
    response = office.browser.get(f"/clienten/bestand/{file_format}/?sort=-name")
    assert response["Content-Disposition"].endswith(f'caseload-{dates.today().isoformat()}.{file_format}"')
    if file_format == "csv":
        lines = response.content.decode("utf-8-sig").splitlines()
        assert [line.split(";")[1] for line in lines] == ["Naam", "Bakker", "'=1+1"]
        assert "2+" in lines[1]
    else:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
        assert next(row[1] for row in sheet if row[1] in {"Bakker", "=1+1", "'=1+1"}) == "Bakker"
    assert office.browser.get("/clienten/bestand/exe/").status_code == 404


def test_followed_since_today_counts(office: Office) -> None:
    client = a_client(office.town, surname="Nieuw", followed_since=dates.today())
    in_caseload(client, office.jo, team=office.team, since=dates.today())
    later = a_client(office.town, surname="Morgen", followed_since=dates.today() + timedelta(days=1))
    in_caseload(later, office.jo, team=office.team, since=FOLLOWED_SINCE)
    assert office.sign_in(office.jo).names(PAGE) == ["Nieuw"]
