"""The unknown numbers of persons behind a set of tables, as an integer program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations, product
from typing import Any, Final

from opstap.analytics.disclosure.joint import Clique, cliques_of, leaves_of
from opstap.analytics.disclosure.solving import MOST_PERSONS, Answer, Row, Solver, matrix_of
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules, Shape, Whole

REMEMBERED: Final = 1000
"""Of the populations that were found on the way so many are looked through before anything is solved."""
Known = tuple[list[int], int, int]
"""Unknowns that come to at least and to at most so many, as somebody knows."""
Alike = tuple[tuple[tuple[Cell, ...], tuple[Cell, ...]], ...]
"""Cells of two tables that stand for the same together: of the earlier one, and of the later one."""


class _Populations:
    """Populations that give these tables, as found on the way: how many persons each unknown stands for in each. Of
    many the first give way to the last.
    """

    def __init__(self) -> None:
        self._counts: Any = None  # by unknown and place
        self._numbers: Any = None  # by place which one it is, counted on
        self._found = 0

    def add(self, counts: Any) -> None:
        """Remember one."""
        import numpy as np  # noqa: PLC0415 - with the solver

        if self._counts is None:
            self._counts = np.zeros((len(counts), REMEMBERED), dtype=np.int64)
            self._numbers = np.zeros(REMEMBERED, dtype=np.int64)
        at = self._found % REMEMBERED
        self._found += 1
        self._counts[:, at] = counts
        self._numbers[at] = self._found

    def sums(self, unknowns: Sequence[int], known: _Held) -> Any:
        """What these unknowns come to together in each that agrees with what is known."""
        if not self._found:
            return ()
        size = min(self._found, REMEMBERED)
        return self._counts[unknowns, :size].sum(axis=0)[known.fits(self._counts, self._numbers, size)]


class _Held:
    """What somebody knows of the unknowns, with which of the populations agree with it, and who is asked for others."""

    def __init__(self, own: object, rows: Sequence[Row], known: Sequence[Known], size: int, between: set[int]) -> None:
        self._own = own  # held on to, so that its place in memory stays its own
        self._seen: Any = None
        self._fits: Any = None
        bound = [
            (places, [1] * len(places), least, most) for places, least, most in known if least or most < MOST_PERSONS
        ]
        self._matrix = matrix_of(bound, size) if bound else None
        self._given = [*rows, *bound], size, between

    @cached_property
    def solver(self) -> Solver:
        """Made once something is asked that is not known from populations that were found before."""
        return Solver(*self._given)

    def fits(self, counts: Any, numbers: Any, size: int) -> Any:
        """Which populations give all that is known: each is looked at once."""
        import numpy as np  # noqa: PLC0415 - with the solver

        if self._seen is None:
            self._seen, self._fits = np.zeros(len(numbers), dtype=np.int64), np.zeros(len(numbers), dtype=bool)
        fresh = np.flatnonzero(self._seen[:size] != numbers[:size])
        if fresh.size:
            self._fits[fresh] = True
            if self._matrix is not None:
                matrix, least, most = self._matrix
                held = matrix @ counts[:, fresh]
                within = (held >= least[:, None]) & (held <= most[:, None])
                self._fits[fresh] = within.all(axis=0)
            self._seen[fresh] = numbers[fresh]
        return self._fits[:size]


class Model:
    """Unknowns: how many persons stand in each combination of the dimensions that are taken together (`joint`), and of
    two successive tables how many entered and left each cell.
    """

    def __init__(
        self, tables: Sequence[PublishedTable], rules: Rules, links: Iterable[tuple[str, str, int, int, Alike]]
    ) -> None:
        shapes = [table.shape for table in tables]
        self._leaves = leaves_of(shapes)
        self._cliques = cliques_of(shapes, self._leaves)
        self._size = 0
        self._places: list[dict[tuple[str, ...], int]] = [
            self._combinations(clique, shapes) for clique in self._cliques
        ]
        self._behind: dict[str, dict[Cell, list[int]]] = {shape.key: self._of_shape(shape) for shape in shapes}
        self._rows: list[Row] = [row for table in tables for row in self._shown(table, rules)]
        self._rows += [row for pair in combinations(range(len(self._cliques)), 2) for row in self._shared(*pair)]
        self._between: set[int] = set()
        for link in links:
            self._rows += self._linked(*link)
        self._populations = _Populations()
        self._held: dict[int, _Held] = {}

    def between(
        self,
        key: str,
        cells: Sequence[Cell],
        own: Mapping[str, Mapping[Cell, int]],
        seconds: float,
        enough: int,
    ) -> tuple[int, int, bool]:
        """The least and the greatest number of persons in the cells together, and whether that is certain.

        To who knows some of them (`own`, by table and cell) they are at least those, and no more where these are whole.
        Not asked for is what lies further apart than `enough`: where populations that were found before hold few, or
        many, it is looked for from there.
        """
        unknowns, known = self._unknowns(key, cells), self._known(own)
        seen = self._populations.sums(unknowns, known)
        least = int(min(seen)) if len(seen) else self._furthest(unknowns, 1, known, seconds)
        most = None if least is None else self._furthest(unknowns, -1, known, seconds, least + enough)
        if least is not None and most is not None and len(seen) and most < least + enough:
            least = self._furthest(unknowns, 1, known, seconds)
        return (0, 0, False) if least is None or most is None else (least, min(most, least + enough), True)

    def look_at(
        self, targets: Iterable[tuple[str, Sequence[Cell]]], own: Mapping[str, Mapping[Cell, int]], seconds: float
    ) -> None:
        """Find populations in which these cells hold few, and many, as far as they can all at once."""
        unknowns = [place for key, cells in targets for place in self._unknowns(key, cells)]
        for sign in (1, -1):
            self._remember(self._known(own).solver.at_once(unknowns, sign, seconds=seconds))

    def reaches(self, key: str, cells: Sequence[Cell], own: Mapping[str, Mapping[Cell, int]]) -> int:
        """How far apart the counts of the cells together lie among the populations that were found before."""
        sums = self._populations.sums(self._unknowns(key, cells), self._known(own))
        return int(max(sums) - min(sums)) if len(sums) else 0

    def _unknowns(self, key: str, cells: Sequence[Cell]) -> list[int]:
        return [place for cell in cells for place in self._behind[key][cell]]

    def _known(self, own: Mapping[str, Mapping[Cell, int]]) -> _Held:
        """What somebody knows of these unknowns, made once."""
        found = self._held.get(id(own))
        if found is None:
            known = [
                (self._behind[key][cell], count, count if isinstance(count, Whole) else MOST_PERSONS)
                for key, counts in own.items()
                for cell, count in counts.items()
            ]
            found = self._held[id(own)] = _Held(own, self._rows, known, self._size, self._between)
        return found

    def _combinations(self, clique: Clique, shapes: Sequence[Shape]) -> dict[tuple[str, ...], int]:
        """A place for each combination of finest classes that no table calls impossible."""
        inside = [shape for shape in shapes if shape.impossible and set(shape.dimensions) <= set(clique)]
        found = {}
        for leaves in product(*(self._leaves[name] for name in clique)):
            if not any(_cell_of(shape, clique, leaves) in shape.impossible for shape in inside):
                found[leaves] = self._size
                self._size += 1
        return found

    def _of_shape(self, shape: Shape) -> dict[Cell, list[int]]:
        """By cell of a table its unknowns."""
        number = next(n for n, clique in enumerate(self._cliques) if set(shape.dimensions) <= set(clique))
        found: dict[Cell, list[int]] = {cell: [] for cell in shape.cells()}
        for leaves, place in self._places[number].items():
            found[_cell_of(shape, self._cliques[number], leaves)].append(place)
        return found

    def _shown(self, table: PublishedTable, rules: Rules) -> list[Row]:
        behind = self._behind[table.shape.key]
        return [
            (behind[cell], [1] * len(behind[cell]), *(table.rules or rules).behind(count))
            for cell, count in table.shown.items()
            if count is not None
        ]

    def _shared(self, first: int, second: int) -> list[Row]:
        """Two sets of unknowns come to the same where they tell of the same persons by the same classes."""
        shared = [name for name in self._cliques[first] if name in self._cliques[second]]
        populations = {_population(name) for number in (first, second) for name in self._cliques[number]}
        if not shared and len(populations) > 1:
            return []
        sums: dict[tuple[str, ...], tuple[list[int], list[int]]] = {}
        for number, sign in ((first, 1), (second, -1)):
            wanted = [self._cliques[number].index(name) for name in shared]
            for leaves, place in self._places[number].items():
                unknowns, factors = sums.setdefault(tuple(leaves[n] for n in wanted), ([], []))
                unknowns.append(place)
                factors.append(sign)
        return [(unknowns, factors, 0, 0) for unknowns, factors in sums.values()]

    def _linked(self, earlier: str, later: str, entered: int, left: int, alike: Alike) -> list[Row]:
        """Each cell of the later table is that of the earlier one with who entered, without who left; so are cells
        together that are alike. Who entered is an unknown for each, and who left is what is then over; with whole
        persons in the cells the fewest that can have entered are whole by themselves.
        """
        rows: list[Row] = []
        came: list[int] = []
        gone: tuple[list[int], list[int]] = ([], [])
        shared = sorted(self._behind[later].keys() & self._behind[earlier].keys())
        for before, after in alike or [((cell,), (cell,)) for cell in shared]:
            now, then = self._unknowns(later, after), self._unknowns(earlier, before)
            over = ([self._size, *now, *then], [1] + [-1] * len(now) + [1] * len(then))
            came.append(self._size)
            self._size += 1
            rows.append((*over, 0, MOST_PERSONS))
            gone[0].extend(over[0])
            gone[1].extend(over[1])
        self._between.update(came)
        rows.append((came, [1] * len(came), 0, entered))
        rows.append((*gone, 0, left))
        return rows

    def _furthest(
        self, unknowns: Sequence[int], sign: int, known: _Held, seconds: float, enough: int | None = None
    ) -> int | None:
        """The least of the unknowns together, or the most; nothing where the solver did not come to an end."""
        return self._remember(known.solver.furthest(unknowns, sign, seconds=seconds, enough=enough))

    def _remember(self, found: Answer | None) -> int | None:
        if found is None:
            return None
        self._populations.add(found.persons)
        return found.together


def _cell_of(shape: Shape, clique: Clique, leaves: Sequence[str]) -> Cell:
    """In which cell of a table a combination of finest classes falls."""
    at = dict(zip(clique, leaves, strict=True))
    return tuple(
        next(name for name, held in axis.classes.items() if at[dimension] in held)
        for axis, dimension in zip(shape.axes, shape.dimensions, strict=True)
    )


def _population(dimension: str) -> str:
    return dimension.partition(" @ ")[2]
