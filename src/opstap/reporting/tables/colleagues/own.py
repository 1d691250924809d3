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
    LEVEL,
    NONE,
    OTHER,
    RISEN,
    SAME,
    Released,
    ReleasedClass,
    ReleasedTable,
)
from opstap.reporting.selectors.colleagues import BY_TEAM, TEAM, Colleagues
from opstap.reporting.tables.colleagues.sides import Row, Side, Sides
from opstap.reporting.tables.movement.rows import figures_of
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.released.pictures import colour_of
from opstap.reporting.tables.results import Result

OWN, MUNICIPALITY = "own", "municipality"
WAYS: Mapping[str, str] = {"risen": RISEN, "level": SAME, "fallen": FALLEN, "same": SAME, "moved": OTHER}
"""What became of people in the report `movement`, and as it is published."""


def by_level(result: Result, found: Colleagues, on: date) -> Sides | None:
    """Where the own people stand, and each own team as published."""
    table = found.released.table(BY_TEAM)
    if table is None or not isinstance(result.figures, Profile):
        return None
    language = get_language() or "nl"
    levels = [one for one in found.released.axes[LEVEL].classes if not one.code.startswith("left-")]
    rows = [_level(result, found.released, one, language) for one in levels]
    own = dict.fromkeys((row.code for row in rows), 0)
    for one in result.figures.overall.rows:
        own[one.level if one.level in own else NONE] += one.clients
    teams = [
        Side(team, _("{name}, {day}").format(name=_name(found.released, team), day=day(on)), _cells(table, team))
        for team in found.own
    ]
    return Sides(
        title=_("Your people beside the team"),
        head=_("Level") if result.question.scale.is_ladder else _("Client group"),
        rows=rows,
        sides=[_own(result, own), *teams],
        subtitle=_("in percents; of the team as published, if nothing of it is hidden"),
    )


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
    colour, name = colour_of(released, one.code), one.name(language)
    if one.code == NONE:
        return Row(one.code, name, colour, hatched=True)
    text = name.removeprefix(one.code).strip()
    return Row(one.code, text, colour, level=one.code, level_class=level_class(result.question.scale, one.code))


def _name(released: Released, team: str) -> str:
    return released.axes[TEAM].class_of(team).name(get_language() or "nl")


def _cells(table: ReleasedTable, team: str) -> dict[str, int | None]:
    """The levels of a team."""
    level, place = table.dimensions.index(LEVEL), table.dimensions.index(TEAM)
    return {cell[level]: count for cell, count in table.shown.items() if cell[place] == team}


def together(table: ReleasedTable, rows: Iterable[str]) -> dict[str, int | None]:
    """Each way to move over all levels; hidden as soon as any part of it is hidden."""
    at = table.dimensions.index(BECAME)
    counts: dict[str, list[int | None]] = {row: [] for row in rows}
    for cell, count in table.shown.items():
        if cell[at] in counts:
            counts[cell[at]].append(count)
    return {
        row: sum(part or 0 for part in parts) if parts and None not in parts else None for row, parts in counts.items()
    }
