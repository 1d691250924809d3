"""Composed indicators in the report: counted by hand, known as of then, and each figure leading to its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext

from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.operations import change_setting
from opstap.reporting.logic import AGAIN, BECAME, GOT, GROWTH, LEVEL, NO_LEVEL, Condition
from opstap.reporting.operations import correct_indicator, withdraw_indicator
from tests.factories.accounts import a_coordinator
from tests.factories.indicators import NAME, SINGLE_PARENTS, a_composition, an_indicator
from tests.factories.pages import signed_in
from tests.reporting.composed_town import NOW, ON, PAGE, Town, a_counted_town
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
KEY = "own-alleenstaande-ouders-zonder-startkwalificatie-die"


@pytest.fixture
def town() -> Town:
    return a_counted_town()


def counted(found: dict[str, Any]) -> dict[str, list[Any]]:
    return {row["name"]: [row["whole"], row["known"], row["has"], row["share"]] for row in found["rows"]}


@pytest.mark.covers("B-53", page="report indicators")
def test_single_parents_without_basic_qualification_who_rose(town: Town, report: Report) -> None:
    assert NAME not in counted(report("indicators", *ON))
    an_indicator(town.municipality)
    found = report("indicators", *ON)
    assert counted(found)[NAME] == [4, 3, 1, 33.3]
    (row,) = [row for row in found["rows"] if row["name"] == NAME]
    assert row["source"] == "samengesteld door de gemeente"
    assert (row["low"], row["sure"], row["better"]) == (
        6.1,
        "tussen 6\xa0% en 80\xa0%; van minder dan 10 mensen bekend",
        "meer is beter",
    )
    assert any(
        "samengesteld door de gemeente: Zo veel van hen staan na een jaar hoger. Geteld worden mensen die op de tweede "
        "dag gestegen zijn; bekend van wie vertrok of opnieuw geplaatst is, van de mensen die op de eerste dag in "
        "begeleiding waren en op een trede stonden, met soort huishouden: alleenstaande ouder; startkwalificatie: nee."
        in note
        for note in found["notes"]
    )


@pytest.mark.parametrize(
    ("counts", "base", "wanted"),
    [
        (Condition(BECAME, ("risen", "level")), SINGLE_PARENTS, [4, 3, 2, 66.7]),
        (Condition(BECAME, ("fallen",)), (), [7, 6, 1, 16.7]),
        # Who counts when they were not placed again is known, and so is whether they were.
        (Condition(BECAME, ("risen", "not_measured_again")), SINGLE_PARENTS, [4, 4, 2, 50.0]),
        (Condition(BECAME, ("risen", "level", "fallen")), SINGLE_PARENTS, [4, 4, 2, 50.0]),
        (Condition(BECAME, ("risen", "left")), SINGLE_PARENTS, [4, 3, 2, 66.7]),
        (Condition(AGAIN, ("risen",)), SINGLE_PARENTS, [3, 2, 1, 50.0]),
        (Condition(AGAIN, ("level", "fallen")), (), [6, 5, 2, 40.0]),
        (Condition(BECAME, ("left",)), SINGLE_PARENTS, [4, 4, 1, 25.0]),
        (Condition(BECAME, ("not_measured_again",)), SINGLE_PARENTS, [4, 4, 1, 25.0]),
        (Condition(GOT, ("yes",)), (), [7, 7, 2, 28.6]),
        (Condition(BECAME, ("risen",)), (Condition(LEVEL, ("1", "3")),), [4, 3, 3, 100.0]),
        (Condition("barrier", ("money",)), (), [7, 7, 2, 28.6]),
        (Condition("barrier", ("unknown",)), (), [7, 7, 5, 71.4]),
        (Condition("basic-qualification", ("no",)), (), [7, 6, 5, 83.3]),
        (Condition("basic-qualification", ("unknown",)), (), [7, 7, 1, 14.3]),
        (Condition("household", ("single", "single_parent")), (), [7, 7, 7, 100.0]),
        (Condition(LEVEL, ("2",)), SINGLE_PARENTS, [4, 3, 2, 66.7]),
        (Condition(LEVEL, (NO_LEVEL,)), SINGLE_PARENTS, [4, 4, 1, 25.0]),
        (Condition(GROWTH, ("yes",)), (), [6, 0, 0, None]),
        (Condition(GROWTH, ("unknown",)), (), [6, 6, 6, 100.0]),
        (Condition("household", ("single",)), (Condition(LEVEL, ("2",)),), [3, 3, 1, 33.3]),
        (Condition("district", ("unknown",)), (), [7, 7, 7, 100.0]),
        (Condition("instrument", ("coaching",)), (), [7, 7, 2, 28.6]),
    ],
    ids=str,
)
def test_each_kind_of_condition_is_counted_by_hand(
    town: Town, report: Report, counts: Condition, base: tuple[Condition, ...], wanted: list[Any]
) -> None:
    named = {one.about for one in (*base, counts)}
    an_indicator(
        town.municipality, a_composition("Proef", base=base, counted=counts, scale="vng" if LEVEL in named else "")
    )
    assert counted(report("indicators", *ON))["Proef"] == wanted


@pytest.mark.covers("B-53", page="/rapporten/indicatoren/")
def test_every_figure_of_it_on_the_page_leads_to_its_people(town: Town, client: Browser) -> None:
    an_indicator(town.municipality)
    an_indicator(town.municipality, a_composition("Met geldzorgen", base=(), counted=Condition("barrier", ("money",))))
    browser = signed_in(a_coordinator(town.municipality))
    for address in (PAGE, f"{PAGE}&by=team", f"{PAGE}&by=barrier"):
        page = browser.get(address)
        rows = page.context["sections"][0][1].rows
        urls = [(cell.url, cell.text) for row in rows for cell in row.cells if "indicator=own-" in cell.url]
        assert len(urls) >= 4
        for url, text in urls:
            assert browser.get(url).context["page_obj"].paginator.count == int(text), url
    text = browser.get(PAGE).content.decode()
    assert "Indicatoren die de gemeente heeft samengesteld" in text
    assert text.count("Met geldzorgen") >= 3  # in both charts, in the table and among the definitions
    people = browser.get(f"/rapporten/indicatoren/mensen/?{PAGE.partition('?')[2]}&indicator={KEY}&answer=yes")
    assert f"{NAME}: " in people.content.decode()


def test_who_has_a_caseload_counts_that_alone(town: Town, report: Report) -> None:
    an_indicator(town.municipality, a_composition(base=(Condition("household", ("single_parent",)),)))
    assert counted(report("indicators", *ON))[NAME] == [6, 5, 2, 40.0]
    assert counted(report("indicators", *ON, "--as", "Jo Jansen"))[NAME] == [4, 3, 1, 33.3]


def test_a_report_as_known_earlier_shows_the_definitions_of_then(town: Town, report: Report) -> None:
    before = dates.now()
    with time_machine.travel(before + timedelta(days=1)):
        made = an_indicator(town.municipality)
    with time_machine.travel(before + timedelta(days=3)):
        wider = a_composition("Alleenstaande ouders die stegen", base=SINGLE_PARENTS[:1])
        correct_indicator(by=command_line(), indicator=made, terms=wider)
        made = type(made).objects.current().get(reference=made.reference)
    with time_machine.travel(before + timedelta(days=5)):
        withdraw_indicator(by=command_line(), indicator=made)
    with time_machine.travel(before + timedelta(days=6)):
        found = [
            {name: figures for name, figures in counted(shown).items() if name.startswith("Alleen")}
            for days in range(0, 7, 2)
            for shown in [
                report("indicators", *ON, "--known-at", (before + timedelta(days=days)).isoformat(timespec="seconds"))
            ]
        ]
    assert found == [{}, {NAME: [4, 3, 1, 33.3]}, {"Alleenstaande ouders die stegen": [6, 5, 2, 40.0]}, {}]
    assert made.key == KEY


def test_what_can_not_be_told_of_is_left_out_and_that_is_said(town: Town, report: Report) -> None:
    an_indicator(town.municipality, a_composition("Rijp", matures_after=1))
    an_indicator(
        town.municipality,
        a_composition("Op trede twee", base=(), counted=Condition(LEVEL, ("2",)), scale="vng"),
    )
    an_indicator(town.municipality, a_composition("Kreeg hulp", base=(), counted=Condition(GOT, ("yes",))))
    short = report("indicators", "--on", "2024-06-15", "--compared-with", "2023-12-01")
    assert "Rijp" not in counted(short)
    assert any(note.startswith("Weggelaten:") and ", Rijp. Tussen" in note for note in short["notes"])
    page = signed_in(a_coordinator(town.municipality)).get(PAGE.replace("2023-06-15", "2023-12-01")).content.decode()
    assert ", Rijp. Tussen 1 dec 2023 en 15 jun 2024 was niemand een heel jaar te volgen." in page
    grouping = report("indicators", *ON, "--scale", "steenwijkerland")
    assert not {"Rijp", "Op trede twee"} & set(counted(grouping))
    assert "Kreeg hulp" in counted(grouping)
    assert any("Op trede twee. Die gaat over treden van een andere ladder" in note for note in grouping["notes"])
    change_setting(
        by=command_line(), municipality=town.municipality, key="part.plans", value="off", since=dates.today()
    )
    off = report("indicators", *ON)
    assert "Kreeg hulp" not in counted(off)
    assert any("Kreeg hulp. Een groep waaruit" in note for note in off["notes"])


def test_another_municipality_has_its_own(town: Town, client: Browser) -> None:
    an_indicator(town.municipality)
    elsewhere = a_counted_town()
    page = signed_in(a_coordinator(elsewhere.municipality)).get(PAGE).content.decode()
    assert NAME not in page


def test_it_costs_one_query_more_at_most(town: Town) -> None:
    browser = signed_in(a_coordinator(town.municipality))
    an_indicator(town.municipality)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as captured:
        browser.get(PAGE)
    assert len(captured) <= 15
    assert NOW.year == 2024
