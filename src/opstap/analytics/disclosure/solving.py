"""Asking the solver: how few or how many persons some unknowns can stand for together, in populations of whole persons.

Each question begins where the one before ended: first in parts of persons, which takes a moment. Mostly that ends in
whole ones, and then nothing in whole persons goes further; only where it does not, whole persons are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, NamedTuple

MOST_PERSONS: Final = 1_000_000
"""More than any municipality follows; where the tables set no end to a cell, this does."""
NEARLY: Final = 1e-6
"""So far from whole is what the solver makes of a whole number."""
FROM_THE_LAST: Final = 4
FROM_NOWHERE: Final = 1
"""Ways of the solver to go: the primal simplex method begins at any population, the dual one goes other ways."""
Row = tuple[list[int], list[int], int, int]
"""Unknowns, their factors, and the least and the greatest that they come to."""


class Answer(NamedTuple):
    """The least or the most that was found, and how many persons each unknown stands for there."""

    together: int
    persons: Any


class Solver:
    """What is known of `size` unknowns: none is less than nought, and these rows hold. Those `in_parts` need not be
    whole.
    """

    def __init__(self, rows: Sequence[Row], size: int, in_parts: Collection[int]) -> None:
        import numpy as np  # noqa: PLC0415 - with the solver

        self._size = size
        self._is_whole = np.ones(size, dtype=bool)
        self._is_whole[sorted(in_parts)] = False
        self._rows = matrix_of(rows, size)
        self._parts = self._begin()
        self._parts.setOptionValue("presolve", "off")  # which would begin anew each time
        self._persons: Any = None

    def furthest(
        self, unknowns: Collection[int], sign: int, *, seconds: float, enough: int | None = None
    ) -> Answer | None:
        """The least of these unknowns together (`sign` 1), or the most (-1); more than `enough` is not looked for.

        Nothing where there is no population, or none was found to be the furthest in so many seconds for each way.
        """
        found = self.at_once(unknowns, sign, seconds=seconds)
        if found is not None:
            return found
        if self._persons is None:
            self._persons = self._in_whole_persons()
        aim = -float("inf") if enough is None else float(sign * enough)
        self._persons.setOptionValue("objective_target", aim)
        return self._ask(self._persons, unknowns, sign, seconds)

    def at_once(self, unknowns: Collection[int], sign: int, *, seconds: float) -> Answer | None:
        """The same, but nothing where parts of persons go further than whole ones.

        From where the last question ended is quickest. Of many that are as good another one is more often whole, which
        is found from nowhere.
        """
        self._parts.setOptionValue("simplex_strategy", FROM_THE_LAST)
        found = self._ask(self._parts, unknowns, sign, seconds)
        if found is not None:
            return found
        self._parts.clearSolver()
        self._parts.setOptionValue("simplex_strategy", FROM_NOWHERE)
        return self._ask(self._parts, unknowns, sign, seconds)

    def _begin(self) -> Any:
        import highspy  # noqa: PLC0415 - for who publishes only
        import numpy as np  # noqa: PLC0415 - with the solver

        matrix, low, high = self._rows
        solver: Any = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in {"output_flag": False, "threads": 1, "mip_rel_gap": 0.0}.items():
            solver.setOptionValue(option, value)
        solver.addVars(self._size, np.zeros(self._size), np.full(self._size, float(MOST_PERSONS)))
        starts, places = matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32)
        solver.addRows(len(low), low.astype(float), high.astype(float), matrix.nnz, starts, places, matrix.data)
        return solver

    def _in_whole_persons(self) -> Any:
        import highspy  # noqa: PLC0415 - as above
        import numpy as np  # noqa: PLC0415 - with the solver

        solver = self._begin()
        whole = np.flatnonzero(self._is_whole).astype(np.int32)
        solver.changeColsIntegrality(len(whole), whole, np.full(len(whole), highspy.HighsVarType.kInteger))
        return solver

    def _ask(self, solver: Any, unknowns: Collection[int], sign: int, seconds: float) -> Answer | None:
        """The furthest, if the solver came to an end and that is whole."""
        import highspy  # noqa: PLC0415 - as above
        import numpy as np  # noqa: PLC0415 - with the solver

        wanted = np.zeros(self._size)
        wanted[list(unknowns)] = sign
        solver.changeColsCost(self._size, np.arange(self._size, dtype=np.int32), wanted)
        solver.setOptionValue("time_limit", solver.getRunTime() + seconds)  # of all questions together
        solver.run()
        if solver.getModelStatus() not in {
            highspy.HighsModelStatus.kOptimal,
            highspy.HighsModelStatus.kObjectiveTarget,
        }:
            return None
        return self._whole(np.array(solver.getSolution().col_value), list(set(unknowns)))

    def _whole(self, found: Any, unknowns: Sequence[int]) -> Answer | None:
        """What was found, if it is whole and gives the very rows."""
        import numpy as np  # noqa: PLC0415 - with the solver

        persons = found.round()
        if (found < -NEARLY).any() or np.abs(found - persons)[self._is_whole].max(initial=0) > NEARLY:
            return None
        matrix, low, high = self._rows
        held = matrix @ np.where(self._is_whole, persons, found)
        if (held < low - NEARLY).any() or (held > high + NEARLY).any():
            return None
        return Answer(int(persons[unknowns].sum()), persons.astype(np.int64))


def matrix_of(rows: Sequence[Row], size: int) -> tuple[Any, Any, Any]:
    """The factors of the unknowns in each row, with the least and the greatest that each row comes to."""
    import numpy as np  # noqa: PLC0415 - with the solver
    from scipy.sparse import csr_array  # noqa: PLC0415 - as above

    at = [number for number, (places, _factors, _low, _high) in enumerate(rows) for _ in places]
    places = [place for row in rows for place in row[0]]
    factors = [factor for row in rows for factor in row[1]]
    matrix = csr_array((factors, (at, places)), shape=(len(rows), size), dtype=float)
    return matrix, np.array([row[2] for row in rows]), np.array([row[3] for row in rows])
