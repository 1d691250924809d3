"""A publication as a file, as text on a terminal, and as JSON."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.reporting.logic.released import Released
from opstap.reporting.models import Publication
from opstap.reporting.tables.files import table_lines
from opstap.reporting.tables.released.complement import completed
from opstap.reporting.tables.released.how_made import known_at, rules_of
from opstap.reporting.tables.released.overview import overview_content, overview_json
from opstap.reporting.tables.released.share_tables import foot_of, share_content, shares_json
from opstap.reporting.tables.released.shares import ShareSheet, shares_of
from opstap.reporting.tables.released.sheets import Sheet, sheets_of
from opstap.reporting.tables.released.words import everybody_line, lead, left_out_line, made_at, state_of, title_of

OVERVIEW = "overview"


def as_file(one: Publication, file_format: FileFormat, key: str = "") -> bytes:
    """All tables and shares, each on its sheet behind a list of them; of CSV the one of this key, or the first."""
    found = contents_of(one)
    if file_format == "csv" or key:
        content = next(content for own, content in found.items() if key in {"", own})
        return write_table(content.columns, content.rows, file_format=file_format, title=one.title, notes=describe(one))
    silent = {
        shares.key
        for sheet in sheets_of(Released.of(one.figures))
        if (shares := _shares(sheet, one.threshold)) and not shares.gives
    }
    found = {own: content for own, content in found.items() if own not in silent}
    first = [found.pop(OVERVIEW)] if OVERVIEW in found else []
    sheets = [
        replace(content, title=f"{number} {content.title}")
        for number, content in enumerate([*first, *found.values()], start=1)
    ]
    columns = [Column("table", _("Table"), "text")]
    rows: list[dict[str, Value]] = [{"table": sheet.title} for sheet in sheets]
    return write_table(columns, rows, file_format=file_format, title=one.title, notes=describe(one), further=sheets)


def contents_of(one: Publication) -> dict[str, Content]:
    """By key each table, with the shares that follow from it behind it."""
    found: dict[str, Content] = {}
    for sheet in sheets_of(Released.of(one.figures)):
        found[sheet.table.key] = content_of(sheet)
        shares = _shares(sheet, one.threshold)
        if shares:
            found[shares.key] = replace(share_content(shares), notes=[foot_of(shares)])
    overview = overview_content(one)
    return {**found, OVERVIEW: overview} if overview.rows else found


def _shares(sheet: Sheet, threshold: int) -> ShareSheet | None:
    found = shares_of(sheet, threshold)
    return completed(found, threshold) if found else None


def content_of(sheet: Sheet) -> Content:
    """A table to be written; a hidden number is the word."""
    language = get_language() or "nl"
    heads = [Column(f"row{place}", axis.name(language).capitalize(), "text") for place, axis in enumerate(sheet.down)]
    figures = [Column(one.code, one.name(language), "integer") for one in sheet.columns]
    columns = [*heads, *(figures or [Column("", _("People"), "integer")])]
    rows: list[dict[str, Value]] = []
    for line in sheet.lines:
        row: dict[str, Value] = {f"row{place}": one.name(language) for place, one in enumerate(line.classes)}
        row.update({code: _("hidden") if count is None else count for code, count in line.cells.items()})
        rows.append(row)
    if figures:
        together = _("Sum of what is shown") if sheet.hides else _("Together")
        columns.append(Column("together", together, "integer"))
        for row, line in zip(rows, sheet.lines, strict=True):
            row["together"] = line.shown
    total: dict[str, Value] = {"row0": _("Sum of what is shown"), "together": sheet.shown, "": sheet.shown}
    total.update({one.code: sheet.shown_in(one.code) for one in sheet.columns})
    return Content(columns, [*rows, total], title_of(sheet))


def as_text(one: Publication, key: str = "") -> str:
    """The table of this key, or the first, for a terminal."""
    content = next(content for own, content in contents_of(one).items() if key in {"", own})
    said = [*table_lines(content), *content.notes]
    return "\n".join([one.title, *describe(one), "", content.title, *said]) + "\n"


def describe(one: Publication) -> list[str]:
    """The sentences that go with the figures."""
    promise = [_("Settles: {promise}").format(promise=one.promise)] if one.promise else []
    asker = [_("Asked by: {asker}").format(asker=one.asker)] if one.asker else []
    released = Released.of(one.figures)
    said, left_out, there = lead(released, one.on), left_out_line(released), everybody_line(one)
    return [
        *([said] if said else []),
        *([there] if there else []),
        *promise,
        *asker,
        *rules_of(one),
        *([left_out] if left_out else []),
        _("Set down: {moment}").format(moment=made_at(one)),
    ]


def as_json(one: Publication) -> dict[str, Any]:
    """The one object that `--format json` prints: codes and numbers, `null` where a number is hidden."""
    released, known = Released.of(one.figures), known_at(one)
    shares = (_shares(sheet, one.threshold) for sheet in sheets_of(released))
    return {
        "reference": one.reference,
        "within": one.within or None,
        "title": one.title,
        "promise": one.promise,
        "on": one.on.isoformat(),
        "compared_with": one.earlier.isoformat(),
        "known_at": known.isoformat() if known else None,
        "state": state_of(one),
        "threshold": one.threshold,
        "made_with": dict(released.made_with),
        "tables": [
            {
                "key": table.key,
                "dimensions": list(table.dimensions),
                "cells": [
                    {**dict(zip(table.dimensions, cell, strict=True)), "clients": count}
                    for cell, count in table.shown.items()
                ],
            }
            for table in released.tables
        ],
        "overview": overview_json(one),
        "shares": [shares_json(found) for found in shares if found],
    }
