"""The page of the report `realised`: every figure leads to its people, what stands beside what, and its files."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.facts.selectors.cache import forget_all
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_coordinator
from tests.factories.clients import a_client
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.cohort import PAGE, SINCE, a_cohort
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
PEOPLE = "/rapporten/groei-gerealiseerd/mensen/?on=2024-06-15"


@pytest.fixture
def town() -> Municipality:
    return a_cohort()


def figures_on(client: Browser, address: str) -> list[tuple[str, str]]:
    return [
        (cell.url, cell.text)
        for _picture, table in client.get(address).context["sections"]
        for row in table.rows
        for cell in row.cells
        if cell.url
    ]


@pytest.mark.covers("B-42", "B-43", "B-53", "G-6", page="/rapporten/groei-gerealiseerd/")
def test_the_page_says_it_and_every_figure_leads_to_its_people(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(PAGE)
    text = page.content.decode()
    assert page.context["lead"].startswith("Op 15 jun 2023 was er bij 7 van de 10 mensen groeipotentieel gezien.")
    assert "Van de 6 mensen van wie het bekend is, kwam 67\xa0% binnen een jaar op de verwachte trede of hoger" in text
    assert "▲\xa0Verwachte trede of hoger" in text
    assert "tussen 29\xa0% en 91\xa0%" in text
    assert "Vanaf" not in page.context["lead"]
    assert "een verschil zegt niets over wie het beoordeelde" in text
    assert text.count("dit is verandering, geen effect") == 1
    followed = 0
    for address in (
        PAGE,
        f"{PAGE}&by=team",
        f"{PAGE}&where=sex=female",
        "/rapporten/groei-gerealiseerd/?on=2024-03-01",
    ):
        for url, said in figures_on(client, address):
            assert client.get(url).context["page_obj"].paginator.count == int(said.split()[0]), url
            followed += 1
    assert followed > 150


@pytest.mark.covers("B-42", page="/rapporten/groei-gerealiseerd/mensen/")
def test_the_people_of_a_cell_stand_under_its_name(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(f"{PEOPLE}&level=2&growth=with&outcome=fallen")
    assert [(row.name, row.earlier, row.level) for row in page.context["people"]] == [("Mens6", "2", "1")]
    assert "2 Sociale contacten buitenshuis, groeipotentieel, gedaald" in page.content.decode()
    realised = client.get(f"{PEOPLE}&growth=with&year=realised")
    assert [row.name for row in realised.context["people"]] == ["Mens0", "Mens2", "Mens5", "Mens7"]
    unknown = client.get(f"{PEOPLE}&growth=with&year=not_known")
    assert [row.name for row in unknown.context["people"]] == ["Mens4"]
    helped = client.get(f"{PEOPLE}&instrument=yes")
    assert [row.name for row in helped.context["people"]] == ["Mens0", "Mens1", "Mens5"]


@pytest.mark.parametrize("asked", ["level=6", "growth=perhaps", "outcome=flown", "year=ever", "instrument=o"])
def test_nothing_can_be_asked_that_is_no_cell(town: Municipality, client: Browser, asked: str) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{PEOPLE}&{asked}").status_code == 400


def test_the_chart_of_instruments_says_the_shares_of_its_table(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    picture, table = client.get(PAGE).context["sections"][4]
    fractions = 0
    [second] = [place for place, row in enumerate(table.rows) if place and row.group_head]
    for row in table.rows[:second]:
        for cell in row.cells[2:]:
            share = cell.beside.removesuffix("\xa0%").strip()
            if share:
                assert f": {share} {cell.label}</title>" in picture.svg
                fractions += not share.endswith(",0")
    assert fractions


@pytest.mark.covers("B-42", page="/rapporten/groei-gerealiseerd/")
def test_those_with_growth_potential_stand_beside_those_without(town: Municipality, client: Browser) -> None:
    """That somebody can rise is no promise: how many had it is no measure for how many came higher."""
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    table = client.get(PAGE).context["sections"][3][1]
    cells = [[cell.text.replace("\xa0", " ") for cell in row.cells] for row in table.rows]
    assert [row.group_head for row in table.rows[:2]] == ["1 Geïsoleerd", ""]
    assert [row[:5] for row in cells[:2]] == [
        ["Met", "4", "3 (75 %)", "3", "100,0 %"],
        ["Zonder", "1", "1 (100 %)", "0", "0,0 %"],
    ]
    assert [row[:5] for row in cells[-2:]] == [
        ["Met", "7", "6 (86 %)", "5", "83,3 %"],
        ["Zonder", "2", "1 (50 %)", "0", "0,0 %"],
    ]
    assert [row[6] for row in cells[-2:]] == ["van te weinig mensen bekend om iets te zeggen", ""]


def test_nobody_on_such_a_level_says_so(report: Report, client: Browser) -> None:
    municipality = a_municipality()
    placed(a_client(municipality), "6", on=SINCE)
    client.force_login(a_coordinator(municipality), backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(PAGE).content.decode()
    assert "Op 15 jun 2023 was niemand in begeleiding op een trede die groeipotentieel kan hebben" in text


def test_it_costs_no_more_queries_than_another_report(town: Municipality, client: Browser) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    forget_all()
    with CaptureQueriesContext(connection) as first_of_a_process:
        client.get(PAGE)
    assert len(first_of_a_process) <= 20
    client.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        client.get(PAGE)
    assert len(captured) <= 15


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
def test_files_say_what_the_page_says(town: Municipality, client: Browser, kind: str) -> None:
    client.force_login(a_coordinator(town), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/rapporten/groei-gerealiseerd/bestand/{kind}/?on=2024-06-15")
    assert answer.status_code == 200
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert "Verwachte trede of hoger" in lines[0]
        assert "Binnen het jaar gehaald minstens %" in lines[0]
        assert any(line.startswith("2;Sociale contacten buitenshuis;Met;;3;1;33,3;") for line in lines)
        assert any(";Totaal;;Met;3;2;" in line for line in lines)
