"""The exact tables that go to the attack, and what each worker and who leads a team know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import polars as pl

from opstap.accounts.selectors.people import teams_led
from opstap.analytics.disclosure import Cell, Table, Whole
from opstap.facts.selectors.dimensions import UNKNOWN
from opstap.foundation import dates
from opstap.reporting.logic.released import LEFT, LEVEL, ReleasedAxis, shape_of
from opstap.reporting.selectors.released.classes import ALONE, TEAM, Basis
from opstap.reporting.selectors.released.links import Key
from opstap.reporting.selectors.released.people import ID, counts_of, own_people


def closed_list(axes: Mapping[str, ReleasedAxis]) -> list[Key]:
    """The tables of every publication: the levels, some other dimensions alone, and the level by each dimension."""
    alone = ((key,) for key in ALONE if key in axes)
    return [(LEVEL,), *alone, *((LEVEL, key) for key in axes if key != LEVEL)]


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


def known_in(
    basis: Basis, people: pl.DataFrame, wanted: Mapping[Key, Collection[Cell]]
) -> dict[Key, dict[str, dict[Cell, int]]]:
    """By table and worker how many of each cell they know; and who leads a team knows all of it in a table by team."""
    own = own_people(basis, people).join(people, on=ID)
    led = teams_led(basis.municipality_id, dates.today())
    found: dict[Key, dict[str, dict[Cell, int]]] = {}
    for dimensions, cells in wanted.items():
        known = found.setdefault(dimensions, {})
        for (viewer, *cell), count in counts_of(own, ("viewer", *dimensions)).items():
            known.setdefault(str(viewer), {})[tuple(cell)] = count
        if TEAM in dimensions:
            known |= _of_own_teams(counts_of(people, dimensions), cells, dimensions.index(TEAM), led)
    return found


def _of_own_teams(
    counts: Mapping[Cell, int], cells: Collection[Cell], at: int, led: Mapping[int, Collection[str]]
) -> Iterator[tuple[str, dict[Cell, int]]]:
    """By who can lead: each team, whether somebody leads it today or not, and who leads more than one all of theirs."""
    teams = {cell[at] for cell in cells if cell[at] != UNKNOWN and not cell[at].startswith(LEFT)}
    several = {f"leads {user}": teams & {*codes} for user, codes in led.items()}
    leading = {**{f"team {code}": {code} for code in teams}, **{key: own for key, own in several.items() if own}}
    for viewer, own in sorted(leading.items()):
        yield viewer, {cell: Whole(counts.get(cell, 0)) for cell in cells if cell[at] in own}
