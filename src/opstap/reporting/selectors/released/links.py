"""Two publications laid beside each other: how many came and went between them, also where their classes differ or they
are on different scales.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from opstap.analytics.disclosure import Cell, Link
from opstap.facts.selectors.dimensions import BENEFIT_DURATION, UNKNOWN
from opstap.facts.selectors.durations import least_years
from opstap.reporting.logic.released import LEFT, LEVEL, PART, WAYS
from opstap.reporting.selectors.released.classes import EXPECTED, INSTRUMENT
from opstap.reporting.selectors.released.people import ID

Key = tuple[str, ...]
"""The dimensions of a table."""
OF_SCALE: Final = frozenset({LEVEL, PART, EXPECTED})
Part = tuple[frozenset[str], frozenset[str]]
"""Classes of the one publication that stand for the same together as those of the other."""
Way = tuple[Cell, Cell, int]


@dataclass(frozen=True)
class Side:
    """A publication with its people, to lay beside another. Of each of its tables `cells` has the name that it bears in
    the attack and its cells; `earlier` is the day since which it tells of movement; `parts` says by level, where two
    stand together, in which part of the ladder it is.
    """

    people: pl.DataFrame
    cells: Mapping[Key, tuple[str, Collection[Cell]]]
    earlier: date
    scale: str
    parts: Mapping[str, str]


def links_between(earlier: Side, later: Side) -> Iterator[Link]:
    """Of every table that both have: how many are new to some cell of the later one, and how many are gone from some
    cell of the earlier one. An attacker may know that; so the attack does. Movement since another day is another thing.

    Where classes were split or joined since, sums of them are compared as well; so are levels in the one with two of
    them together in the other. Between two scales only what everybody on any level comes to.
    """
    other = earlier.scale != later.scale
    for mine, theirs in _of_the_same(earlier.cells, later.cells):
        if WAYS & {*mine} and (other or earlier.earlier != later.earlier):
            continue
        (first, before), (second, after) = earlier.cells[mine], later.cells[theirs]
        ways = list(_ways((earlier.people, mine), (later.people, theirs)))
        if not other and mine == theirs:
            same = {cell: cell for cell in set(before) & set(after)}
            yield Link(first, second, *_moved(ways, same, same))
        parts = {} if mine == theirs else later.parts if PART in theirs else earlier.parts
        groups = _alike(mine, _in_parts(before, parts), _in_parts(after, parts), other=other)
        if any(len(cells) > 1 for pair in groups for cells in pair):
            places = [{cell: n for n, pair in enumerate(groups) for cell in pair[side]} for side in (0, 1)]
            yield Link(first, second, *_moved(ways, *places), groups)


def _of_the_same(earlier: Iterable[Key], later: Collection[Key]) -> Iterator[tuple[Key, Key]]:
    """The tables of both that tell of the same: by level in both, by two at a time in both, or in one of both."""
    for mine in earlier:
        swapped = tuple({LEVEL: PART, PART: LEVEL}.get(key, key) for key in mine)
        yield from ((mine, theirs) for theirs in dict.fromkeys((mine, swapped)) if theirs in later)


def _in_parts(cells: Iterable[Cell], parts: Mapping[str, str]) -> dict[Cell, list[Cell]]:
    """The cells by what they are called with each level in its part of the ladder."""
    found: dict[Cell, list[Cell]] = {}
    for cell in sorted(cells):
        found.setdefault(tuple(parts.get(code, code) for code in cell), []).append(cell)
    return found


def _ways(earlier: tuple[pl.DataFrame, Key], later: tuple[pl.DataFrame, Key]) -> Iterator[Way]:
    """How many went from which cell to which; of who is in one of both alone the other cell is of nothing."""
    (people, dimensions), (others, wanted) = earlier, later
    after = [f"{key} then" for key in wanted]
    second = others.select(ID, *(pl.col(key).alias(name) for key, name in zip(wanted, after, strict=True)))
    ways = people.select(ID, *dimensions).join(second, on=ID, how="full").group_by(*dimensions, *after).len()
    for row in ways.iter_rows():
        yield row[: len(dimensions)], row[len(dimensions) : -1], row[-1]


def _moved(ways: Iterable[Way], before: Mapping[Cell, object], after: Mapping[Cell, object]) -> tuple[int, int]:
    """How many came to one of these places and how many went from one, of people who are in another one now."""
    entered = left = 0
    for was, now, count in ways:
        if before.get(was) != after.get(now):
            entered += count * (now in after)
            left += count * (was in before)
    return entered, left


def _alike(
    dimensions: Key, before: Mapping[Cell, Sequence[Cell]], after: Mapping[Cell, Sequence[Cell]], *, other: bool
) -> tuple[tuple[tuple[Cell, ...], tuple[Cell, ...]], ...]:
    """The cells of both that stand for the same together, as finely as can be."""
    sides = [sorted(before), sorted(after)]
    places: list[tuple[dict[str, int], dict[str, int]]] = []
    for at, dimension in enumerate(dimensions):
        codes = [{cell[at] for cell in cells if not cell[at].startswith(LEFT)} for cells in sides]
        parts = _parts(dimension, *codes, together=other and dimension in OF_SCALE)
        first, second = ({code: n for n, part in enumerate(parts) for code in part[side]} for side in (0, 1))
        places.append((first, second))
    found: dict[tuple[int, ...], tuple[list[Cell], list[Cell]]] = {}
    for side, cells in enumerate(sides):
        for cell in cells:
            numbers = [place[side].get(code) for place, code in zip(places, cell, strict=True)]
            known = tuple(number for number in numbers if number is not None)
            if len(known) == len(cell):
                found.setdefault(known, ([], []))[side].extend((before, after)[side][cell])
    return tuple((tuple(one), tuple(two)) for one, two in found.values() if one and two)


def _parts(dimension: str, before: Collection[str], after: Collection[str], *, together: bool) -> Sequence[Part]:
    """The classes of both in the finest parts that have the same ends: by their years, by their code, and what only
    one of both has against what only the other has. Where nobody can be unknown whether they use an instrument, who
    was that counts with those who use none.
    """
    if together:
        return [(frozenset(before), frozenset(after))]
    if dimension == INSTRUMENT and (UNKNOWN in before) != (UNKNOWN in after):
        return [(frozenset(before) & part, frozenset(after) & part) for part in ({"yes"}, {"no", UNKNOWN})]
    rest: list[Part] = [(frozenset({code}), frozenset({code})) for code in sorted({*before} & {*after})]
    if dimension == BENEFIT_DURATION:
        years = [{code: least_years(code) for code in codes if code != UNKNOWN} for codes in (before, after)]
        cuts = sorted({*years[0].values()} & {*years[1].values()})
        ends = zip(cuts, [*cuts[1:], None], strict=True)
        parts = [tuple(_from(codes, least, end) for codes in years) for least, end in ends]
        return [*((one, two) for one, two in parts), *(part for part in rest if UNKNOWN in part[0])]
    return [*rest, (frozenset({*before} - {*after}), frozenset({*after} - {*before}))]


def _from(years: Mapping[str, int], least: int, end: int | None) -> frozenset[str]:
    return frozenset(code for code, year in years.items() if least <= year and (end is None or year < end))
