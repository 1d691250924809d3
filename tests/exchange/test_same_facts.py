"""The same people in whatever file: xlsx, ods, Windows-1252, comma, tab and shuffled columns give equal facts."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from opstap.clients.models import KeptValue
from opstap.foundation.spreadsheets.columns import Column, Value
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.municipality.models import Municipality
from tests.exchange.imports import (
    as_csv,
    counts,
    facts_by_number,
    held,
    imported,
    lines,
    people_by_number,
    sneek_lines,
    town,
)

pytestmark = pytest.mark.django_db


def plain() -> tuple[list[str], list[list[str]]]:
    """The Sneek example without the one letter that Windows-1252 lacks."""
    headings, rows = sneek_lines()
    return headings, [[cell.replace("ı", "i") for cell in row] for row in rows]


def day(text: str) -> date | None:
    return datetime.strptime(text, "%d-%m-%Y").date() if text else None  # noqa: DTZ007 - a day of a file


def workbook(file_format: FileFormat) -> bytes:
    """Dates as date cells, whole levels as numbers, the rest as text."""
    headings, rows = plain()
    columns = [
        Column(str(place), heading, "date" if "atum" in heading or heading.startswith("Begin") else "text")
        for place, heading in enumerate(headings)
    ]

    def cell(column: Column, text: str) -> Value:
        return day(text) if column.kind == "date" else text or None

    table = [{column.key: cell(column, text) for column, text in zip(columns, row, strict=True)} for row in rows]
    return write_table(columns, table, file_format=file_format, title="Sneek")


def as_text(kind: str) -> bytes:
    headings, rows = plain()
    if kind == "windows-1252":
        return as_csv(headings, rows).encode("cp1252")
    if kind == "shuffled":
        order = [*range(1, len(headings), 2), *reversed(range(0, len(headings), 2))]
        return as_csv([headings[place] for place in order], [[row[place] for place in order] for row in rows]).encode()
    return as_csv(headings, rows, {"comma": ",", "tab": "\t"}[kind]).encode()


@pytest.fixture
def original() -> tuple[Any, Any]:
    municipality = town("Origineel")
    imported(municipality, as_csv(*plain()).encode("utf-8-sig"))
    return facts_by_number(municipality), people_by_number(municipality)


@pytest.mark.parametrize("kind", ["xlsx", "ods", "windows-1252", "shuffled", "comma", "tab"])
def test_every_form_of_the_file_gives_equal_facts_and_people(original: tuple[Any, Any], kind: FileFormat | str) -> None:
    copy: Municipality = town("Kopie")
    content = workbook("xlsx" if kind == "xlsx" else "ods") if kind in {"xlsx", "ods"} else as_text(kind)
    assert counts(imported(copy, content, name=f"clienten.{kind}")) == (1166, 0, 0, 0)
    assert (facts_by_number(copy), people_by_number(copy)) == original


def test_shuffled_columns_are_the_same_source() -> None:
    municipality = town()
    imported(
        municipality, lines("Klantnummer;Achternaam;Begin uitkering;Toelichting", "K1;Bakker;01-01-2020;belt graag")
    )
    again = lines("Toelichting;Begin uitkering;Klantnummer;Achternaam", "belt niet graag;01-01-2020;K1;Bakker")
    assert counts(imported(municipality, again)) == (0, 1, 0, 0)
    assert held(KeptValue, "heading", "value") == [("remarks", "belt niet graag")]
