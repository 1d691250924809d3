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
        self._together = _all_known(self._known)

    def findings(self, targets: Iterable[Target]) -> list[Finding]:
        """The targets that are recovered, by whom it is first.

        Most are found wide enough at once: in populations that give these tables and all that anybody knows, in which
        one cell of each line is as large, or as small, as it can be. Only the others are asked one by one.
        """
        wanted = list(dict.fromkeys(targets))
        for batch in _one_of_each_line(wanted):
            self._model.look_at(batch, self._together, self._seconds)
        found = []
        for key, cells in wanted:
            if self._model.reaches(key, cells, self._together) >= self._wide(key):
                continue
            broken = (self._broken(viewer, own, key, cells) for viewer, own in self._known.items())
            found += [one for one in broken if one is not None][:1]
        return found

    def _broken(
        self, viewer: str, own: Mapping[str, Mapping[Cell, int]], key: str, cells: tuple[Cell, ...]
    ) -> Finding | None:
        if viewer and not any(own.get(key, {}).get(cell) for cell in cells):
            return None  # to them it is what it is to everybody
        if self._model.reaches(key, cells, own) >= self._wide(key):
            return None
        low, high, solved = self._model.between(key, cells, own, self._seconds, self._wide(key))
        if solved and high - low >= self._wide(key):
            return None
        return Finding(key, cells, low, high, viewer, solved)

    def _wide(self, key: str) -> int:
        """How far apart the counts of a cell of this table must lie: the threshold that it was made by."""
        return (self._tables[key].rules or self._rules).threshold

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


def _all_known(known: Known) -> dict[str, dict[Cell, int]]:
    """By table and cell the most that anybody knows of: a population that gives all of it agrees with everybody."""
    found: dict[str, dict[Cell, int]] = {}
    for own in known.values():
        for key, counts in own.items():
            most = found.setdefault(key, {})
            for cell, count in counts.items():
                most[cell] = max(count, most.get(cell, 0))
    return found


def _one_of_each_line(targets: Sequence[Target]) -> list[list[Target]]:
    """The single cells in as few parts as have no two of one table with the same class on the first axis."""
    parts: list[list[Target]] = []
    places: dict[tuple[str, str], int] = {}
    for key, cells in targets:
        if len(cells) > 1:
            continue
        place = places.get((key, cells[0][0]), 0)
        places[key, cells[0][0]] = place + 1
        parts += [[]] * (place == len(parts))
        parts[place] = [*parts[place], (key, cells)]
    return parts
