"""The charts of a publication: a bar for each class, with the levels in their colours. What is hidden is a stub."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.facts.selectors.dimensions import UNKNOWN as NOT_KNOWN
from opstap.foundation.charts.bars import Bar, BarChart, Segment, render
from opstap.foundation.charts.colours import FALLEN as FELL
from opstap.foundation.charts.colours import GROUPS, UNKNOWN, level_colours, lighter
from opstap.foundation.charts.colours import RISEN as ROSE
from opstap.foundation.charts.colours import SAME as STAYED
from opstap.reporting.logic.released import (
    FALLEN,
    GROWN,
    LEVEL,
    NEW,
    NONE,
    OTHER,
    PART,
    REACHED,
    RISEN,
    SAME,
    WAYS,
    WITHOUT,
    Released,
    ReleasedClass,
)
from opstap.reporting.tables.released.sheets import Line, Sheet
from opstap.reporting.tables.released.words import title_of
from opstap.reporting.tables.report import Picture

MOVES = {RISEN: ROSE, SAME: STAYED, FALLEN: FELL, OTHER: GROUPS[1], NEW: GROUPS[4]}
GREW = {REACHED: ROSE, RISEN: lighter(ROSE), SAME: STAYED, FALLEN: FELL, WITHOUT: lighter(STAYED)}


def picture_of(sheet: Sheet, subtitle: str, number: int) -> Picture | None:
    """The chart of a table of one or two dimensions that shows anything."""
    if len(sheet.down) > 1 or not sheet.shown:
        return None
    title = title_of(sheet)
    bars = _moves(sheet) if _tells_ways(sheet) else [_bar(sheet, line) for line in sheet.lines]
    chart = BarChart(
        title=title,
        subtitle=subtitle,
        bars=[bar for bar in bars if bar.segments or bar.hidden],
        value_label=_("clients"),
        id_prefix=f"released-{number}",
        names_in_key=sheet.across is not None,
        key_order=_key_order(sheet),
    )
    narrow = replace(chart, narrow=True, id_prefix=f"{chart.id_prefix}-narrow")
    return Picture(title, render(chart), render(narrow))


def _tells_ways(sheet: Sheet) -> bool:
    """Whether a bar is of people who stand together now, its parts the ways they went."""
    return sheet.across is not None and bool(WAYS & {*sheet.table.dimensions})


def _key_order(sheet: Sheet) -> list[str]:
    """The parts of the bars in the order of their dimension."""
    parts = sheet.down[0].classes if _tells_ways(sheet) else sheet.columns
    return [one.name(get_language() or "nl") for one in parts]


def _bar(sheet: Sheet, line: Line) -> Bar:
    """A class, with its levels."""
    language = get_language() or "nl"
    if sheet.across is None:
        one = line.classes[0]
        count = line.cells[""]
        colour, above = level_colours(6)[1], ""
        if LEVEL in sheet.table.dimensions or PART in sheet.table.dimensions:
            colour, above = colours_of(sheet.released, one.code)
        if WAYS & {*sheet.table.dimensions}:
            colour = _move(sheet, one)
        part = Segment(count or 0, one.name(language), colour, hatched=one.code == NONE, above=above)
        segments = [part] if count else []
        return Bar(one.name(language), segments=segments, hidden=_hidden([count]))
    segments = []
    for place, one in enumerate(sheet.columns):
        if count := line.cells.get(one.code):
            colour, above = _colours_at(sheet, place)
            segments.append(Segment(count, one.name(language), colour, hatched=one.code == NONE, above=above))
    return Bar(line.classes[0].name(language), segments=segments, hidden=_hidden(line.cells.values()))


def _moves(sheet: Sheet) -> list[Bar]:
    """A bar for each level of now: who came from a lower one, was on it, or came from a higher one."""
    language = get_language() or "nl"
    return [
        Bar(
            level.name(language),
            segments=[
                Segment(
                    count,
                    line.classes[0].name(language),
                    _move(sheet, line.classes[0]),
                    hatched=line.classes[0].code not in (MOVES.keys() | GREW.keys()),
                )
                for line in sheet.lines
                if (count := line.cells.get(level.code))
            ],
            hidden=_hidden(line.cells.get(level.code, 0) for line in sheet.lines),
        )
        for level in sheet.columns
    ]


def _hidden(counts: Iterable[int | None]) -> str:
    """The word at the end of a bar of which a part is hidden."""
    return _("hidden") if any(count is None for count in counts) else ""


def _move(sheet: Sheet, one: ReleasedClass) -> str:
    return (GREW if GROWN in sheet.table.dimensions else MOVES).get(one.code, UNKNOWN)


def _colours_at(sheet: Sheet, place: int) -> tuple[str, str]:
    """Of the part of a bar at this place: of levels their own; else each another one, paler the second time round, and
    grey for who is unknown.
    """
    code = sheet.columns[place].code
    if {LEVEL, PART} & {*sheet.table.dimensions}:
        return colours_of(sheet.released, code)
    colour = GROUPS[place % len(GROUPS)]
    return UNKNOWN if code == NOT_KNOWN else colour if place < len(GROUPS) else lighter(colour), ""


def colours_of(released: Released, code: str) -> tuple[str, str]:
    """The colour that a level has everywhere; of two levels that stand together those of both, the lower one first."""
    parts = released.axes[PART].classes if PART in released.axes else ()
    leaves = next((one.leaves for one in parts if one.code == code and one.leaves), (code,))
    lowest, highest = _colour(released, leaves[0]), _colour(released, leaves[-1])
    return lowest, highest if len(leaves) > 1 else ""


def _colour(released: Released, code: str) -> str:
    codes = [one for one in released.axes[LEVEL].codes if one != NONE][:-1] if LEVEL in released.axes else []
    if code not in codes:
        return UNKNOWN
    place = codes.index(code)
    return level_colours(len(codes))[place] if released.made_with.get("ladder") else GROUPS[place % len(GROUPS)]
