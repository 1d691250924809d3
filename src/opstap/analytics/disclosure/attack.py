"""The attack: between which counts a hidden cell must lie, for who has read all tables. Not here: hiding more."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from opstap.analytics.disclosure.model import Alike, Model
from opstap.analytics.disclosure.solving import MOST_PERSONS
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules, Whole

SECONDS: Final = 10.0
"""For one solve. One that has no answer by then counts as one that recovered its cell."""


class Link(NamedTuple):
    """Two tables of successive days: at most `entered` persons are new to some cell of the later one, and at most
    `left` are gone from some cell of the earlier one. An attacker may know that. Without `alike` cells of one name are
    laid beside each other; with it those, such as of classes that were split since.
    """

    earlier: str
    later: str
    entered: int
    left: int
    alike: Alike = ()


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
"""By viewer, by table, the counts of the own people by cell; `Whole` where they know that there is nobody else."""
Own = Mapping[str, Mapping[Cell, int]]
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
        self._everybody: Known = {"": {}, **(known or {})}
        self._known = _without_lesser(self._everybody)
        self._tables = {table.shape.key: table for table in tables}
        self._seconds = seconds
        self._model = Model(tables, rules, links)
        self._whole = {viewer: own for viewer, own in self._known.items() if _knows_whole(own)}
        self._some = {viewer: own for viewer, own in self._known.items() if viewer not in self._whole}
        self._together = _all_known(self._some)
        everything = [_all_known(self._known)] if self._whole else []
        self._lots = [*everything, self._together, *self._whole.values()]

    def findings(self, targets: Iterable[Target], told: Collection[tuple[str, Target]] = ()) -> list[Finding]:
        """The targets that are recovered, by everybody or by who knows most of them; not what one is `told` already.

        Most are found wide enough at once: in populations that give these tables and all that anybody knows, in which
        one cell of each line is as large, or as small, as it can be. Only the others are asked one by one. Where all
        whole cells together leave nothing open, each who knows some is looked at apart.
        """
        return list(self.found(targets, told))

    def found(self, targets: Iterable[Target], told: Collection[tuple[str, Target]] = ()) -> Iterator[Finding]:
        """The same, one after the other."""
        wanted = list(dict.fromkeys(targets))
        for own in self._lots:
            narrow = [(key, cells) for key, cells in wanted if not _is_known(own, key, cells)]
            narrow = [(key, cells) for key, cells in narrow if not self._is_wide(key, cells, own)]
            for batch in _one_of_each_line(narrow):
                self._model.look_at(batch, own, self._seconds)
        for key, cells in wanted:
            together = self._broken("", self._together, key, cells)
            asked = self._known if together else self._whole
            left = (viewer for viewer in _most_first(asked, key, cells) if (viewer, (key, cells)) not in told)
            broken = (self._broken(viewer, asked[viewer], key, cells) for viewer in left)
            first = next(filter(None, broken), None)
            if first is not None:
                yield first

    def tells(self, target: Target, viewer: str) -> bool:
        """Whether this viewer recovers it, or everybody does."""
        own = self._everybody.get(viewer, {})
        return self._broken(viewer, own, *target) is not None

    def _is_wide(self, key: str, cells: tuple[Cell, ...], own: Own) -> bool:
        return self._model.reaches(key, cells, own) >= self._wide(key)

    def _broken(self, viewer: str, own: Own, key: str, cells: tuple[Cell, ...]) -> Finding | None:
        if _is_known(own, key, cells) or self._is_wide(key, cells, own):
            return None
        low, high, solved = self._model.between(key, cells, own, self._seconds, self._wide(key))
        if solved and (high - low >= self._wide(key) or low - self._most_own(own, key, cells) >= self._wide(key)):
            return None
        return Finding(key, cells, low, high, viewer, solved)

    def _most_own(self, own: Own, key: str, cells: tuple[Cell, ...]) -> int:
        """How many people of who knows whole cells can be among these at most: the others are what is hidden to them,
        and of enough others no more is told than of those in a cell that is shown. Of who knows no such cells: no end.
        """
        shape, found = self._tables[key].shape, [MOST_PERSONS]
        for other, counts in own.items():
            there = self._tables[other].shape
            shared = [name for name in there.dimensions if name in shape.dimensions]
            wanted = {name: shape.leaves_of(cells, name) for name in shared}
            whole = {cell: count for cell, count in counts.items() if isinstance(count, Whole)}
            if whole and shared:
                found.append(sum(count for cell, count in whole.items() if there.meets(cell, wanted)))
        return min(found)

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


def _knows_whole(own: Own) -> bool:
    return any(isinstance(count, Whole) for counts in own.values() for count in counts.values())


def _without_lesser(known: Known) -> Known:
    """Those of whom nobody knows all that they know: what such a one can't recover they can't either. Who knows whole
    cells has nothing to find in these, others may: they count for nobody.
    """
    some = {viewer: own for viewer, own in known.items() if viewer and not _knows_whole(own)}
    lesser: set[str] = set()
    for viewer, own in reversed(some.items()):
        others = (other for name, other in some.items() if name != viewer and name not in lesser)
        if any(_is_part_of(own, other) for other in others):
            lesser.add(viewer)
    return {viewer: own for viewer, own in known.items() if viewer not in lesser}


def _is_part_of(own: Own, other: Own) -> bool:
    return all(
        count <= other.get(key, {}).get(cell, 0) for key, counts in own.items() for cell, count in counts.items()
    )


def _most_first(known: Known, key: str, cells: Sequence[Cell]) -> list[str]:
    """Everybody, and then who knows most of these cells: what everybody recovers anyone does."""
    most = {viewer: sum(own.get(key, {}).get(cell, 0) for cell in cells) for viewer, own in known.items()}
    return sorted(known, key=lambda viewer: (viewer != "", -most[viewer]))


def _is_known(own: Own, key: str, cells: Sequence[Cell]) -> bool:
    """Whether all of these are people of theirs, so that nothing is left to be recovered."""
    counts = own.get(key, {})
    return all(isinstance(counts.get(cell), Whole) for cell in cells)


def _all_known(known: Known) -> dict[str, dict[Cell, int]]:
    """By table and cell the most that anybody knows of: a population that gives all of it agrees with everybody."""
    found: dict[str, dict[Cell, int]] = {}
    for own in known.values():
        for key, counts in own.items():
            most = found.setdefault(key, {})
            for cell, count in counts.items():
                if not isinstance(most.get(cell), Whole):  # more than all of it is not known
                    most[cell] = count if isinstance(count, Whole) else max(count, most.get(cell, 0))
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
