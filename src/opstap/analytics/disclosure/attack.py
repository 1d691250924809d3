"""The attack: between which counts a hidden cell must lie, for who has read all tables. Not here: hiding more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from opstap.analytics.disclosure.model import Model
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules

SECONDS: Final = 10.0
"""For one solve. One that has no answer by then counts as one that recovered its cell."""


class Link(NamedTuple):
    """Two tables of one shape on successive days: at most `entered` persons are new to some cell of the later one, and
    at most `left` are gone from some cell of the earlier one. An attacker may know that.
    """

    earlier: str
    later: str
    entered: int
    left: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Cells of a table whose counts together were recovered: they lie between `low` and `high`, which is too narrow.

    `viewer` is who knows a part of them already, if anybody must. `solved`: whether the solver came to an end.
    """

    table: str
    cells: tuple[Cell, ...]
    low: int
    high: int
    viewer: str = ""
    solved: bool = True


Known = Mapping[str, Mapping[str, Mapping[Cell, int]]]
"""By viewer, by table, the counts of the own people by cell."""
Target = tuple[str, tuple[Cell, ...]]


class Attack:
    """The unknowns and what the tables say of them, built once; each target is then asked of it.

    `known` are viewers who know a part: each attacks too. Raises `TooManyCells` where the tables together have more
    combinations than can be looked through.
    """

    def __init__(
        self,
        tables: Sequence[PublishedTable],
        rules: Rules,
        *,
        links: Sequence[Link] = (),
        known: Known | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._rules = rules
        self._known: Known = {"": {}, **(known or {})}
        self._tables = {table.shape.key: table for table in tables}
        self._seconds = seconds
        self._model = Model(tables, rules, links)

    def findings(self, targets: Iterable[Target]) -> list[Finding]:
        """The targets that are recovered, by whom it is first."""
        found = []
        for key, cells in dict.fromkeys(targets):
            broken = (self._broken(viewer, own, key, cells) for viewer, own in self._known.items())
            found += [one for one in broken if one is not None][:1]
        return found

    def _broken(
        self, viewer: str, own: Mapping[str, Mapping[Cell, int]], key: str, cells: tuple[Cell, ...]
    ) -> Finding | None:
        if viewer and not any(own.get(key, {}).get(cell) for cell in cells):
            return None  # to them it is what it is to everybody
        low, high, solved = self._model.between(key, cells, own, self._seconds, self._rules.threshold)
        if solved and high - low >= self._rules.threshold:
            return None
        return Finding(key, cells, low, high, viewer, solved)

    def hidden_cells(self) -> list[Target]:
        """Every hidden cell of every table, one by one."""
        return [(key, (cell,)) for key, table in self._tables.items() for cell in sorted(table.hidden)]


def attack(
    tables: Sequence[PublishedTable],
    rules: Rules,
    *,
    links: Sequence[Link] = (),
    known: Known | None = None,
    **more: Any,
) -> list[Finding]:
    """What is recovered of the hidden cells of a set of tables: nothing, when it is safe.

    A cell is recovered when the least and the greatest count that it can have, in any population of whole persons that
    gives these very tables, lie less than the threshold apart, or when that can't be found out in time. Units: persons.
    Source: the issue on steering information; M. Fischetti and J. J. Salazar, Management Science 47 (2001).
    """
    one = Attack(tables, rules, links=links, known=known, **more)
    return one.findings(one.hidden_cells())
