"""The exact tables that go to the attack, with what is known of them; and which of them come last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from opstap.analytics.disclosure import Lot, Table
from opstap.reporting.logic.released import LEVEL, PART, TEAM, ReleasedAxis, shape_of
from opstap.reporting.selectors.released.classes import (
    ALONE,
    ALONE_AFTER,
    FEWEST_ALONE,
    INSTRUMENT,
    OF_PERSON,
    OF_PLACEMENT,
    Basis,
)
from opstap.reporting.selectors.released.links import Key
from opstap.reporting.selectors.released.people import counts_of
from opstap.reporting.selectors.released.viewers import known_in

OF_TEAMS: tuple[tuple[Key, ...], ...] = (
    ((PART, TEAM),),
    ((TEAM,),),
    ((LEVEL, TEAM),),
)
"""What is set down after all else, in this order, and only where it tells enough without hiding anything of the rest:
who leads a team knows so much of it that its table would cost the levels. Of two levels at a time more can be shown;
how many there are in each team would take that away again, so it comes after it. A trait by team stands here not: with
the levels by both it closes a ring, which takes the attack many times as long. It can be asked for as a table.
"""


PER_CELL: Final = 40
"""Of fewer people for each cell there can be, traits stand by two levels at a time: by level nearly all of it would be
hidden.
"""
RARE: Final = frozenset({INSTRUMENT, "exemption"})
"""What few people of a level have, and then mostly in one team: of fewer than twice as many it stands so."""


def closed_list(axes: Mapping[str, ReleasedAxis], people: int) -> list[Key]:
    """The tables of every publication of so many people: the levels, some other dimensions alone, the level by each
    dimension, and at the end the teams. Of few people the sums beside the levels would cost more than they tell.
    """
    alone, after = ([(key,) for key in keys if key in axes and people >= FEWEST_ALONE] for keys in (ALONE, ALONE_AFTER))
    levels = ((_levels_by(axes, key, people), key) for key in axes if key not in {LEVEL, PART, TEAM})
    teams = (key for keys in OF_TEAMS for key in keys if axes.keys() >= {*key})
    return [(LEVEL,), *alone, *levels, *after, *teams]


def lots_of(wanted: Sequence[Key]) -> list[Lot]:
    """What of the closed list comes after the levels and the sums beside them: growth potential and movement by level,
    each by itself, for which no level is hidden; traits of people, for which nothing of those is; then the sums that
    would cost levels beside them; and then the tables of teams.
    """
    by_level = [[key] for key in wanted if len(key) > 1 and key[-1] in OF_PLACEMENT]
    traits = [key for key in wanted if len(key) > 1 and key[-1] in OF_PERSON and TEAM not in key]
    alone: list[Key] = [(key,) for key in ALONE_AFTER if (key,) in wanted]
    lots: list[tuple[list[Key], bool]] = [(keys, False) for keys in (*by_level, traits, alone)]
    lots += [([key for key in keys if key in wanted], True) for keys in OF_TEAMS]
    return [Lot([table_key(key) for key in keys], least=least) for keys, least in lots if keys]


def _levels_by(axes: Mapping[str, ReleasedAxis], key: str, people: int) -> str:
    """By level, or two at a time: by how many people there are, whatever is in the cells."""
    cells = len(axes[LEVEL].classes) * len(axes[key].classes)
    fewest = PER_CELL * cells * (2 if key in RARE else 1)
    return PART if PART in axes and key in {INSTRUMENT, *OF_PERSON} and people < fewest else LEVEL


def table_key(dimensions: Key) -> str:
    """What a table is called among those of its publication."""
    return "-by-".join(dimensions)


def exact_tables(
    basis: Basis, people: pl.DataFrame, axes: Mapping[str, ReleasedAxis], wanted: Sequence[Key]
) -> list[Table]:
    """The tables with these dimensions, with whom each worker knows in them. For the attack alone."""
    shapes = {
        dimensions: shape_of(
            table_key(dimensions),
            basis.population,
            [axes[key] for key in dimensions],
            judged=basis.judged,
            ends=basis.ends,
        )
        for dimensions in wanted
    }
    known = known_in(basis, people, {key: list(shape.cells()) for key, shape in shapes.items()})
    return [Table(shape, counts_of(people, key), known[key]) for key, shape in shapes.items()]
