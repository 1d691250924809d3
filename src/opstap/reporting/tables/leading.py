"""The tables of a page, of which no figure leads to an empty list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.reporting.tables.pages import PageRow, PageTable
from opstap.reporting.tables.report import Report
from opstap.reporting.tables.results import Result


def tables_that_lead_on(report: Report, result: Result, query: str) -> Sequence[PageTable]:
    """Who left count and can't be opened (decision 66): a figure of them alone is no link. The first table that has one
    says so.
    """
    made = report.tables(result, query)
    if result.listed is None:
        return made
    listed = report.tables(result.listed, query) if result.listed.base else ()
    ways = {cell.url for table in listed for row in table.rows for cell in row.cells}
    led = [replace(table, rows=tuple(_row(row, ways) for row in table.rows)) for table in made]
    first = next((place for place, table in enumerate(made) if table.rows != led[place].rows), None)
    if first is not None:
        led[first] = replace(led[first], foot=" ".join(said for said in (led[first].foot, _said()) if said))
    return led


def _row(row: PageRow, ways: Collection[str]) -> PageRow:
    return replace(row, cells=tuple(cell if cell.url in ways else replace(cell, url="") for cell in row.cells))


def _said() -> str:
    return _(
        "A number is no link where all those people left follow-up from this caseload: you can't open their dossiers "
        "any more."
    )
