"""Why the level that is expected stands in no publication: who knows that growth potential means a higher one lays that
beside the tables, and recovers what is hidden.
"""

from __future__ import annotations

from itertools import product

from opstap.analytics.disclosure import Attack, Axis, PublishedTable, Rules, Table, publish
from opstap.analytics.disclosure.tables import Cell, Shape

RULES = Rules()
LEVELS, GROWTH = ("1", "2", "3"), ("yes", "no", "unknown")
CELLS: tuple[Cell, ...] = tuple(
    (level, says, expected)
    for level, says, expected in product(LEVELS, GROWTH, (*LEVELS, "unknown"))
    if says == ("unknown" if expected == "unknown" else "yes" if expected > level else "no")
)


def axes(*names: str) -> tuple[Axis, ...]:
    classes = {"level": LEVELS, "growth": GROWTH, "expected": (*LEVELS, "unknown")}
    return tuple(Axis.of(name, classes[name]) for name in names)


def counted(counts: dict[Cell, int], *names: str) -> Table:
    at = [("level", "growth", "expected").index(name) for name in names]
    sums: dict[Cell, int] = {}
    for cell, count in counts.items():
        key = tuple(cell[place] for place in at)
        sums[key] = sums.get(key, 0) + count
    impossible = frozenset({("3", "yes")}) if names == ("level", "growth") else frozenset()
    return Table(Shape("-by-".join(names), "may", axes(*names), impossible), sums)


def the_rule() -> PublishedTable:
    """A table of which nothing is shown, but that cells that go against the rule hold nobody."""
    every = product(LEVELS, GROWTH, (*LEVELS, "unknown"))
    shape = Shape("rule", "may", axes("level", "growth", "expected"), frozenset(set(every) - set(CELLS)))
    return PublishedTable(shape, dict.fromkeys(shape.cells()))


def recovered(counts: dict[Cell, int], *wanted: tuple[str, ...]) -> list[object]:
    made = publish([counted(counts, *names) for names in wanted], RULES)
    hidden = [(table.shape.key, (cell,)) for table in made.tables for cell in table.hidden]
    return list(Attack([*made.tables, the_rule()], RULES).findings(hidden))


def test_growth_by_level_beside_what_is_expected_by_level_tells_of_few() -> None:
    """On level 2 as many have growth potential as are expected on 3, and both stand in a published table."""
    counts = dict.fromkeys(CELLS, 40) | {("2", "yes", "3"): 2, ("2", "no", "1"): 60, ("2", "no", "2"): 78}
    assert recovered(counts, ("level",), ("level", "growth"), ("level", "expected")) != []
    assert recovered(counts, ("level",), ("level", "growth")) == []
