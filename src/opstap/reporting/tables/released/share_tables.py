"""The shares of a published table on a page, in a file and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.uncertainty import Estimate
from opstap.foundation.spreadsheets.columns import Column, Content, Value
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.pages import Cell, Heading, PageRow, PageTable
from opstap.reporting.tables.released.shares import Measure, ShareLine, ShareSheet
from opstap.reporting.tables.released.words import axis_name, title_of

NOT_KNOWN = "—"


def share_title(shares: ShareSheet) -> str:
    """Which shares these are."""
    return _("Shares: {table}").format(table=title_of(shares.sheet))


def share_table(shares: ShareSheet) -> PageTable:
    """A row for each group, a column for each share with its interval beside it, and of how many it is known."""
    language = get_language() or "nl"
    head = ", ".join(axis_name(axis, shares.sheet, language) for axis in shares.heads).capitalize()
    headings = [Heading(head, "", is_figure=False)]
    for one in shares.measures:
        headings.append(Heading(measure_name(one), "", is_figure=True))
        if shares.tells(one):
            headings.append(Heading(_("Known of"), "", is_figure=True))
    rows = []
    for line in shares.lines:
        if _is_hidden(line):
            continue  # nothing but dashes: the sentence below says why
        cells = [Cell(_group(line, language), head, is_figure=False, is_key=True)]
        for one in shares.measures:
            cells.append(_share(line, one))
            if shares.tells(one):
                cells.append(_known(line, one))
        rows.append(PageRow(tuple(cells), is_total=bool(shares.heads) and not line.classes))
    return PageTable(share_title(shares), tuple(headings), tuple(rows), foot=foot_of(shares))


def foot_of(shares: ShareSheet) -> str:
    """How to read them, and why some are not there."""
    said = foot_of_all([shares])
    if shares.gives and any(_is_hidden(line) for line in shares.lines):
        said += " " + _("A row of only these is left out.")
    return said


def _is_hidden(line: ShareLine) -> bool:
    """Whether it has no share at all."""
    return all(found is None for found in line.found.values())


def foot_of_all(shares: Sequence[ShareSheet]) -> str:
    """The same of several tables together."""
    if not any(one.gives for one in shares):
        return _("No share follows from this table: each needs a number that is hidden.")
    said = _("Taken from published numbers, which are rounded: the interval reckons with that.")
    if any(measure.lacking for one in shares for measure in one.measures):
        said += " " + _("It reckons too with those of whom it is not known, as if they were like the others.")
    if any(measure.key in {"risen", "reached"} for one in shares for measure in one.measures):
        said += " " + _("Who rose, stayed or fell is a share of who was placed again within the year.")
    estimates = [found for one in shares for line in one.lines for found in line.found.values() if found]
    if any(found.beyond for found in estimates):
        said += " " + _("Where only two ends are given, the share lies between them, whatever the hidden number is.")
    if any(one.lacks for one in shares):
        said += " " + _("— stands where a number that the share needs is hidden.")
    return said


def share_content(shares: ShareSheet) -> Content:
    """The same for a file, each end of an interval in its own column."""
    language = get_language() or "nl"
    columns = [
        Column(f"row{n}", axis_name(axis, shares.sheet, language).capitalize(), "text")
        for n, axis in enumerate(shares.heads)
    ]
    columns = columns or [Column("row0", _("Of whom"), "text")]
    for one in shares.measures:
        columns.append(Column(one.key, _("{share} (%)").format(share=measure_name(one)), "share"))
        columns.append(Column(f"{one.key}-low", _("{share}, from (%)").format(share=measure_name(one)), "share"))
        columns.append(Column(f"{one.key}-high", _("{share}, to (%)").format(share=measure_name(one)), "share"))
        if one.tells_known:
            columns.append(
                Column(f"{one.key}-known", _("{share}, known of (%)").format(share=measure_name(one)), "share")
            )
    return Content(columns, [_row(shares, line, language) for line in shares.lines], share_title(shares))


def shares_json(shares: ShareSheet) -> dict[str, Any]:
    """Codes and percentages; `null` where a number that is needed is hidden."""
    return {
        "key": shares.key,
        "table": shares.sheet.table.key,
        "shares": [
            {
                **{axis.dimension: one.code for axis, one in zip(shares.heads, line.classes, strict=False)},
                "share": one.key,
                **numbers_of(line, one),
            }
            for line in shares.lines
            for one in shares.measures
            if one.key in line.found
        ],
    }


def numbers_of(line: ShareLine, one: Measure) -> dict[str, int | None]:
    """The percentage with the ends of its interval, and of what percentage it is known; `None` where that is hidden."""
    found, known = line.found[one.key], line.known.get(one.key)
    low, high = (found.bounds() if found else None) or (None, None)
    share = found.share(0) if found else None
    numbers = {"percent": share, "low": low, "high": high, **({"known_percent": known} if one.tells_known else {})}
    return {key: None if value is None else int(value) for key, value in numbers.items()}


def _row(shares: ShareSheet, line: ShareLine, language: str) -> dict[str, Value]:
    row: dict[str, Value] = {f"row{n}": one.name(language) for n, one in enumerate(line.classes)}
    if not line.classes:
        row["row0"] = _group(line, language)
    for one in shares.measures:
        if one.key not in line.found:
            continue
        numbers = numbers_of(line, one)
        row[one.key] = NOT_KNOWN if numbers["percent"] is None else numbers["percent"]
        row[f"{one.key}-low"], row[f"{one.key}-high"] = numbers["low"], numbers["high"]
        row[f"{one.key}-known"] = numbers.get("known_percent")
    return row


def measure_name(one: Measure) -> str:
    """What a share is called."""
    said = str(one.name)
    return said[:1].upper() + said[1:]


def _group(line: ShareLine, language: str) -> str:
    return ", ".join(one.name(language) for one in line.classes) or _("All together")


def _share(line: ShareLine, one: Measure) -> Cell:
    if one.key not in line.found:
        return Cell("", measure_name(one), is_figure=True, is_key=False, is_silent=True)
    found: Estimate | None = line.found[one.key]
    if found is None:
        return Cell(NOT_KNOWN, measure_name(one), is_figure=True, is_key=False, is_silent=True)
    said = share_words(found.share(0), 0)
    return Cell(said, measure_name(one), is_figure=True, is_key=False, beside=between(found))


def _known(line: ShareLine, one: Measure) -> Cell:
    known, label = line.known.get(one.key), _("Known of")
    if known is None:
        said = NOT_KNOWN if one.key in line.found else ""
        return Cell(said, label, is_figure=True, is_key=False, is_silent=True)
    return Cell(share_words(known, 0), label, is_figure=True, is_key=False)
