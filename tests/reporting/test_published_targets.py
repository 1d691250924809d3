"""Targets stand in a publication as they were when it was set down, and are judged by the interval of what is shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils.translation import override

from opstap.reporting.logic.released import BECAME, NOT_AGAIN, SAME, Released, ReleasedTable
from opstap.reporting.selectors.released.attacked import AIMED_AT
from opstap.reporting.selectors.released.classes import axes_of
from opstap.reporting.selectors.released.people import counts_of, people_of
from opstap.reporting.tables.released.overview import overview_of, overview_table
from opstap.reporting.tables.released.shares import MEASURES
from tests.factories.accounts import a_coordinator
from tests.factories.clients import with_trait
from tests.factories.indicators import a_target
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.publications import a_publication, a_town_to_publish
from tests.reporting.conftest import Report
from tests.reporting.test_made_again import asked_basis
from tests.reporting.test_published_shares import THRESHOLD, WAYS

pytestmark = pytest.mark.django_db


def published(risen: int | None, targets: dict[str, str]) -> Released:
    shown: dict[tuple[str, ...], int | None] = {
        ("risen",): risen,
        (SAME,): 50,
        ("fallen",): 10,
        (NOT_AGAIN,): 20,
        ("unknown",): None,
        ("new",): 15,
    }
    table = ReleasedTable(BECAME, (BECAME,), shown)
    return Released({BECAME: WAYS}, (table,), {"ladder": True, "targets": targets})


def status(released: Released, key: str) -> str | None:
    return {one.measure.key: one.status for one in overview_of(released, THRESHOLD)}[key]


def test_reached_and_missed_only_where_the_whole_interval_is_on_one_side() -> None:
    """40 of 100 rose: between 28 % and 52 % at most, with rounding and chance."""
    for target, expected in (("25", "reached"), ("40", "undecided"), ("35", "undecided"), ("55", "missed")):
        assert status(published(40, {"risen_of_placed_again": target}), "risen") == expected
    for target, expected in (("25", "reached"), ("20", "undecided"), ("10", "undecided"), ("3", "missed")):
        assert status(published(40, {"fallen_of_placed_again": target}), "fallen") == expected, "less is better"


def test_of_what_is_hidden_nothing_is_said_and_without_a_target_there_is_no_column() -> None:
    released = published(None, {"risen_of_placed_again": "40"})
    assert status(released, "risen") is None
    table = overview_table(released, THRESHOLD)
    assert table is not None
    risen = next(row for row in table.rows if row.cells[0].label and "—" in [cell.text for cell in row.cells])
    assert [cell.text for cell in risen.cells[-2:]][1] == "—"
    without = overview_table(published(40, {}), THRESHOLD)
    assert without is not None
    assert len(without.headings) == len(table.headings) - 2


def test_each_share_says_of_whom_it_is() -> None:
    table = overview_table(published(40, {}), THRESHOLD)
    assert table is not None
    with override("nl"):
        assert "Van iedereen" not in {heading.label for heading in table.headings}
        said = {row.cells[0].text: row.cells[3].text for row in table.rows}
    assert set(said.values()) == {"binnen het jaar opnieuw geplaatst", "een jaar eerder geplaatst, en nu"}
    assert said[next(iter(said))] == "binnen het jaar opnieuw geplaatst"


def test_what_is_aimed_at_is_counted_as_the_report_counts_it(report: Report) -> None:
    made = a_town_to_publish()
    for number, client in enumerate(made.people):
        if number % 3:
            placed(client, "2", on=made.on - timedelta(days=500))
        if number % 5:
            with_trait(client, "low_literate", "yes" if number % 2 else "no")
            with_trait(client, "basic_qualification", "no" if number % 7 else "yes")
    basis = asked_basis(made)
    people = people_of(basis, axes_of(basis))
    said = report("indicators", "--on", basis.on.isoformat(), "--compared-with", basis.earlier.isoformat())
    rows = {row["indicator"]: (row["known"], row["has"]) for row in said["rows"]}
    measured = {one.indicator: one for measures in MEASURES.values() for one in measures if one.indicator}
    axis_of = {one.indicator: key for key, measures in MEASURES.items() for one in measures}
    assert set(measured) == set(AIMED_AT)
    for indicator, one in measured.items():
        counts = counts_of(people, [axis_of[indicator]])
        part, rest = (sum(counts.get((code,), 0) for code in codes) for codes in (one.part, one.rest))
        assert (part + rest, part) == rows[indicator], indicator
        assert part, indicator


def test_targets_are_kept_as_they_were_and_only_those_of_the_municipality_and_the_year() -> None:
    made = a_town_to_publish("Werk")
    year = made.on.year
    a_target(made.town, "low_literacy", "20", year=year)
    a_target(made.town, "low_literacy", "15", year=year, team=made.teams[0])
    a_target(made.town, "low_literacy", "10", year=year - 1)
    a_target(made.town, "placed", "90", year=year)
    for number, client in enumerate(made.people):
        with_trait(client, "low_literate", "yes" if number % 2 else "no")
    whole = a_publication(made.town, made.on)
    a_target(made.town, "no_qualification", "50", year=year)
    kept = whole.figures["made_with"]["targets"]
    assert kept == {"low_literacy": "20.0"}
    page: Browser = signed_in(a_coordinator(made.town))
    address = f"/publicaties/{whole.reference}/"
    shown = page.get(address).content.decode()
    assert "✗ niet gehaald" in shown
    csv = page.get(f"{address}bestand/csv/?table=overview").content.decode("utf-8-sig").splitlines()
    (row,) = [row for row in csv if row.startswith("Laaggeletterd;")]
    assert row.split(";")[-2:] == ["20,0", "✗ niet gehaald"]
    assert row.split(";")[3] == "van wie het bekend is"
