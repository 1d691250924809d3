"""The own people beside the own team by level, and beside the municipality by movement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.distribution import Profile
from opstap.foundation.charts.colours import GROUPS
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.ladder.tables import level_class
from opstap.reporting.logic.released import (
    BECAME,
    FALLEN,
    LEFT,
    LEVEL,
    NONE,
    OTHER,
    PART,
    RISEN,
    SAME,
    TEAM,
    Released,
    ReleasedAxis,
    ReleasedClass,
    ReleasedTable,
)
from opstap.reporting.selectors.colleagues import Colleagues, team_table
from opstap.reporting.tables.colleagues.sides import Row, Side, Sides
from opstap.reporting.tables.movement.rows import figures_of
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.released.pictures import colours_of
from opstap.reporting.tables.results import Result

OWN, MUNICIPALITY = "own", "municipality"
WAYS: Mapping[str, str] = {"risen": RISEN, "level": SAME, "fallen": FALLEN, "same": SAME, "moved": OTHER}
"""What became of people in the report `movement`, and as it is published."""


def by_level(result: Result, found: Colleagues, on: date) -> Sides | None:
    """Where the own people stand, each own team as published, and the municipality: by level, or two levels at a time
    where the table of the teams has no more.
    """
    released = found.released
    table = None if found.why else team_table(released)
    axis = released.axes.get(PART if table and PART in table.dimensions else LEVEL)
    if axis is None or not isinstance(result.figures, Profile):
        return None
    language = get_language() or "nl"
    classes = [one for one in axis.classes if not one.code.startswith(LEFT)]
    rows = [_level(result, released, one, language) for one in classes]
    class_of = {leaf: one.code for one in classes for leaf in one.leaves or (one.code,)}
    own = dict.fromkeys((row.code for row in rows), 0)
    for one in result.figures.overall.rows:
        own[class_of.get(one.level or NONE, NONE)] += one.clients
    sides = [_own(result, own)]
    if table is not None:
        sides += [_team(released, table, axis, team, on) for team in found.own]
    ladder = result.question.scale.is_ladder
    return Sides(
        title=_("Your people beside the others"),
        head=_("Client group") if not ladder else _("Level") if axis.dimension == LEVEL else _("Levels"),
        rows=rows,
        sides=[*sides, *_municipality(released, class_of, on)],
        subtitle=_("in percents; of the others as published"),
    )


def _team(released: Released, table: ReleasedTable, axis: ReleasedAxis, team: str, on: date) -> Side:
    """A team; of how many that is in all says the table of the teams, where it is out."""
    alone = released.table(TEAM)
    counts = _cells(table, axis.dimension, team)
    base = alone.shown.get((team,)) if alone else None
    return Side(team, _("{name}, {day}").format(name=_name(released, team), day=day(on)), counts, base)


def _municipality(released: Released, class_of: Mapping[str, str], on: date) -> list[Side]:
    """Everybody by level, or by part of the ladder where each level of it is shown."""
    table = released.table(LEVEL)
    if table is None:
        return []
    parts: dict[str, list[int | None]] = {}
    for (level,), count in table.shown.items():
        if level in class_of:
            parts.setdefault(class_of[level], []).append(count)
    counts = {code: _sum(found) for code, found in parts.items()}
    name = _("the municipality, {day}").format(day=day(on))
    return [Side(MUNICIPALITY, name, counts, _everybody(released))]


def _everybody(released: Released) -> int | None:
    """How many there are, from a table that hides nothing."""
    for table in released.tables:
        counts = [count for cell, count in table.shown.items() if not any(code.startswith(LEFT) for code in cell)]
        if None not in counts:
            return _sum(counts)
    return None


def _sum(counts: Iterable[int | None]) -> int | None:
    """All together; hidden as soon as one is."""
    found = list(counts)
    return None if None in found else sum(count or 0 for count in found)


def by_movement(result: Result, found: Colleagues, on: date) -> Sides:
    """What became of who was placed then and is placed now: the own people, and all there are. Not by team: a
    publication knows the team of now, where who rose may have come to.
    """
    counts = figures_of(result).overall.totals.outcomes
    own = {WAYS[key]: count for key, count in counts.items() if key in WAYS}
    rows = [
        Row(WAYS[key], outcome_of(key).words, GROUPS[1] if key == "moved" else outcome_of(key).colour)
        for key in counts
        if key in WAYS
    ]
    sides = [_own(result, own)]
    table = found.released.table(BECAME) or found.released.table(f"{LEVEL}-by-{BECAME}")
    if table is not None:
        name = _("the municipality, {day}").format(day=day(on))
        sides.append(Side(MUNICIPALITY, name, together(table, own)))
    return Sides(
        title=_("Your people beside the whole municipality"),
        head=_("Of who was placed then and now"),
        rows=rows,
        sides=sides,
        subtitle=_("in percents; of the municipality as published, your people included, if nothing of it is hidden"),
    )


def _own(result: Result, counts: Mapping[str, int]) -> Side:
    return Side(OWN, _("Your people, {day}").format(day=day(result.question.on)), counts)


def _level(result: Result, released: Released, one: ReleasedClass, language: str) -> Row:
    """In the words that it was published with."""
    (colour, above), name = colours_of(released, one.code), one.name(language)
    if one.code == NONE:
        return Row(one.code, name, colour, hatched=True)
    if len(one.leaves) > 1:
        return Row(one.code, name, colour, above=above)
    text = name.removeprefix(one.code).strip()
    return Row(one.code, text, colour, level=one.code, level_class=level_class(result.question.scale, one.code))


def _name(released: Released, team: str) -> str:
    return released.axes[TEAM].class_of(team).name(get_language() or "nl")


def _cells(table: ReleasedTable, dimension: str, team: str) -> dict[str, int | None]:
    """The levels of a team, or the parts of the ladder."""
    level, place = table.dimensions.index(dimension), table.dimensions.index(TEAM)
    return {cell[level]: count for cell, count in table.shown.items() if cell[place] == team}


def together(table: ReleasedTable, rows: Iterable[str]) -> dict[str, int | None]:
    """Each way to move over all levels; hidden as soon as any part of it is hidden."""
    at = table.dimensions.index(BECAME)
    counts: dict[str, list[int | None]] = {row: [] for row in rows}
    for cell, count in table.shown.items():
        if cell[at] in counts:
            counts[cell[at]].append(count)
    return {row: _sum(parts) if parts else None for row, parts in counts.items()}
