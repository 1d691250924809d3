"""One count over people: how many stand on each level in each group. Not here: the rows of a report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import narwhals as nw

from opstap.analytics.people import everybody_in, members_of
from opstap.analytics.small_results import rows_of

_NOTHING = -1


class Cell(NamedTuple):
    """So many persons of one group with one value in each of the columns counted; `None` for no value."""

    group: str | None
    values: tuple[int | None, ...]
    persons: int


@dataclass(frozen=True, slots=True)
class Tally:
    """The cells of all persons (`group` is `None`) and of each group.

    `persons` has the number of each, counted apart from any state.
    """

    cells: tuple[Cell, ...]
    persons: dict[str | None, int]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups with at least one person, by name."""
        return tuple(sorted(group for group in self.persons if group is not None))

    def cells_of(self, group: str | None) -> tuple[Cell, ...]:
        """The cells of one group, or with `None` of everyone."""
        return tuple(cell for cell in self.cells if cell.group == group)


def tally(
    population: nw.LazyFrame[Any], state: nw.LazyFrame[Any], columns: Sequence[str], group: str | None = None
) -> Tally:
    """Counts the persons of the population by their values in the state, for everyone and for each group.

    Shapes: `population` has `client_id` (and the column `group` of strings, null read as ""), with a client once,
    several times or in several groups; `state` has `client_id` and the integer `columns`, at most one row a client.
    A person counts once in a group and once in all. Raises `ValueError` when the state has several rows for a client.
    """
    everyone, number = everybody_in(population)
    cells = [Cell(None, values, persons) for values, persons in _cells(everyone, state, columns)]
    persons: dict[str | None, int] = {None: number}
    if group is not None:
        members = members_of(population, group)
        for (name, *values), count in _cells(members, state, columns, ("group_name",)):
            cells.append(Cell(name, tuple(values), count))
        sizes = rows_of(members.group_by("group_name").agg(persons=nw.len()))
        persons |= {name: int(size) for name, size in sizes}
    for name, size in persons.items():
        _check_once(name, size, sum(cell.persons for cell in cells if cell.group == name))
    return Tally(tuple(cells), persons)


def check_levels(cells: Iterable[Cell], known: Iterable[int]) -> None:
    """Raises `ValueError` when the first value counted is a level that is not of the scale."""
    unknown = {cell.values[0] for cell in cells} - {None, *known}
    if unknown:
        message = f"the state holds levels that are not of this scale: {sorted(filter(None, unknown))}"
        raise ValueError(message)


def _cells(
    members: nw.LazyFrame[Any], state: nw.LazyFrame[Any], columns: Sequence[str], keys: tuple[str, ...] = ()
) -> list[tuple[tuple[Any, ...], int]]:
    placed = members.join(state.select("client_id", *columns), on="client_id", how="left")
    # Engines differ in what a missing number looks like in a result, so it leaves them as a number of our own.
    numbers = [nw.col(column).fill_null(_NOTHING).cast(nw.Int64) for column in columns]
    counted = placed.group_by(*keys, *columns).agg(persons=nw.len()).select(*keys, *numbers, "persons")
    return [
        ((*row[: len(keys)], *(_value(number) for number in row[len(keys) : -1])), int(row[-1]))
        for row in rows_of(counted)
    ]


def _value(number: Any) -> int | None:
    return None if number == _NOTHING else int(number)


def _check_once(group: str | None, persons: int, rows: int) -> None:
    if rows != persons:
        where = "" if group is None else f" in group {group!r}"
        message = f"{persons} persons{where} have {rows} rows with the state: give the state of one scale on one day"
        raise ValueError(message)
