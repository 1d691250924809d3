"""The unknown numbers of persons behind a set of tables, as an integer program."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product
from typing import Any, Final

from opstap.analytics.disclosure.joint import Clique, cliques_of, leaves_of
from opstap.analytics.disclosure.tables import Cell, PublishedTable, Rules, Shape

MOST_PERSONS: Final = 1_000_000
"""More than any municipality follows; where the tables set no end to a cell, this does."""
REMEMBERED: Final = 40
"""Of the populations that were found on the way so many are looked through before anything is solved."""
Row = tuple[list[int], list[int], int, int]
"""Unknowns, their factors, and the least and the greatest that they come to."""
Known = tuple[list[int], int]
"""Unknowns that come to at least so many, as somebody knows."""


class Model:
    """Unknowns: how many persons stand in each combination of the dimensions that are taken together (`joint`), and of
    two successive tables how many entered and left each cell.
    """

    def __init__(
        self, tables: Sequence[PublishedTable], rules: Rules, links: Iterable[tuple[str, str, int, int]]
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
        for link in links:
            self._rows += self._linked(*link)
        self._matrix: Any = None
        # Populations that were found to give these tables: those that were looked for, and the last of all others.
        self._wide: list[list[int]] = []
        self._latest: deque[list[int]] = deque(maxlen=REMEMBERED)

    def between(
        self,
        key: str,
        cells: Sequence[Cell],
        own: Mapping[str, Mapping[Cell, int]],
        seconds: float,
        enough: int,
    ) -> tuple[int, int, bool]:
        """The least and the greatest number of persons in the cells together, and whether that is certain.

        To who knows some of them (`own`, by table and cell) they are at least those. The greatest is not asked for
        beyond what is `enough` above the least.
        """
        unknowns, known = self._unknowns(key, cells), self._known(own)
        low, sure = self._least(unknowns, 1, known, seconds, None)
        if not sure:
            return 0, 0, False
        high, sure = self._least(unknowns, -1, known, seconds, low + enough)
        return low, -high, sure

    def look_at(
        self, targets: Iterable[tuple[str, Sequence[Cell]]], own: Mapping[str, Mapping[Cell, int]], seconds: float
    ) -> None:
        """Find populations in which these cells hold few, and many, as far as they can all at once."""
        unknowns = [place for key, cells in targets for place in self._unknowns(key, cells)]
        for sign in (1, -1):
            if self._least(unknowns, sign, self._known(own), seconds, None)[1]:
                self._wide.append(self._latest.pop())

    def reaches(self, key: str, cells: Sequence[Cell], own: Mapping[str, Mapping[Cell, int]]) -> int:
        """How far apart the counts of the cells together lie among the populations that were found before."""
        at, known = self._unknowns(key, cells), self._known(own)
        fitting = (
            found
            for found in (*self._wide, *self._latest)
            if all(sum(map(found.__getitem__, places)) >= least for places, least in known)
        )
        sums = [sum(map(found.__getitem__, at)) for found in fitting]
        return max(sums) - min(sums) if sums else 0

    def _unknowns(self, key: str, cells: Sequence[Cell]) -> list[int]:
        return [place for cell in cells for place in self._behind[key][cell]]

    def _known(self, own: Mapping[str, Mapping[Cell, int]]) -> list[Known]:
        return [(self._behind[key][cell], least) for key, counts in own.items() for cell, least in counts.items()]

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

    def _linked(self, earlier: str, later: str, entered: int, left: int) -> list[Row]:
        """Each cell of the later table is that of the earlier one with who entered, without who left."""
        rows: list[Row] = []
        came: list[int] = []
        gone: list[int] = []
        for cell in self._behind[later].keys() & self._behind[earlier].keys():
            now, then = self._behind[later][cell], self._behind[earlier][cell]
            came.append(self._size)
            gone.append(self._size + 1)
            self._size += 2
            rows.append(([*now, *then, came[-1], gone[-1]], [1] * len(now) + [-1] * len(then) + [-1, 1], 0, 0))
        rows.append((came, [1] * len(came), 0, entered))
        rows.append((gone, [1] * len(gone), 0, left))
        return rows

    def _least(
        self,
        unknowns: Sequence[int],
        sign: int,
        known: Sequence[Known],
        seconds: float,
        until: int | None,
    ) -> tuple[int, bool]:
        """The least of the sum of the unknowns times the sign, and whether the solver came to an end."""
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - a second, for who publishes only

        wanted = _vector(self._size, unknowns, sign)
        constraints = [LinearConstraint(*self._constraints())]
        extra: list[Row] = [(places, [1] * len(places), least, MOST_PERSONS) for places, least in known if least]
        if until is not None:  # more than enough is not looked for
            extra.append((list(unknowns), [1] * len(unknowns), 0, until))
        if extra:
            constraints.append(LinearConstraint(*_matrix(extra, self._size)))
        answer = milp(
            wanted,
            constraints=constraints,
            integrality=1,
            bounds=Bounds(0, MOST_PERSONS),
            options={"time_limit": seconds, "mip_rel_gap": 0},
        )
        if answer.status != 0 or answer.x is None:
            return 0, False
        self._latest.append([round(count) for count in answer.x.tolist()])
        return round(float(answer.fun)), True

    def _constraints(self) -> Any:
        if self._matrix is None:
            self._matrix = _matrix(self._rows, self._size)
        return self._matrix


def _cell_of(shape: Shape, clique: Clique, leaves: Sequence[str]) -> Cell:
    """In which cell of a table a combination of finest classes falls."""
    at = dict(zip(clique, leaves, strict=True))
    return tuple(
        next(name for name, held in axis.classes.items() if at[dimension] in held)
        for axis, dimension in zip(shape.axes, shape.dimensions, strict=True)
    )


def _population(dimension: str) -> str:
    return dimension.partition(" @ ")[2]


def _vector(size: int, places: Sequence[int], value: int) -> list[float]:
    found = [0.0] * size
    for place in places:
        found[place] = float(value)
    return found


def _matrix(rows: Sequence[Row], size: int) -> tuple[Any, list[int], list[int]]:
    from scipy.sparse import csr_array  # noqa: PLC0415 - with the solver

    at = [number for number, (places, _factors, _low, _high) in enumerate(rows) for _ in places]
    places = [place for row in rows for place in row[0]]
    factors = [factor for row in rows for factor in row[1]]
    matrix = csr_array((factors, (at, places)), shape=(len(rows), size), dtype=float)
    return matrix, [row[2] for row in rows], [row[3] for row in rows]
