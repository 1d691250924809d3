"""The figures of a report page that lead to people, and that each leads to as many as it says."""

from __future__ import annotations

from typing import Any

from django.test import Client as Browser

Figures = list[tuple[str, str]]


def figures_of(page: Any) -> Figures:
    """Address and number of every figure in its tables that leads somewhere."""
    tables = [table for _picture, table in page.context["sections"] if table]
    return [(cell.url, cell.text) for table in tables for row in table.rows for cell in row.cells[1:] if cell.url]


def each_leads_to_its_people(browser: Browser, figures: Figures) -> None:
    """The list behind a figure holds as many people as the figure says."""
    assert figures
    for url, text in figures:
        assert browser.get(url).context["page_obj"].paginator.count == int(text.replace(".", "")), url
