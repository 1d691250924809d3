"""One pass over the people of two days: how many went from which level to which. Not here: what those levels mean."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import narwhals as nw

from opstap.analytics.small_results import rows_of
from opstap.analytics.transitions.flows import NOTHING, entries, flows


class Sides(NamedTuple):
    """The people of two days with their placement: `client_id`, `level_id` (null: not placed), and on the later day
    `measured_on`.
    """

    start: nw.LazyFrame[Any]
    end: nw.LazyFrame[Any]


@dataclass(slots=True)
class Counts:
    """Persons by level id on the earlier day, by (from, is followed, to), and on the later day by (to, from)."""

    start: Counter[int] = field(default_factory=Counter)
    flows: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    entries: Counter[tuple[int, int]] = field(default_factory=Counter)


def gathered(asked: Sides, everyone: Sides, since: date, keys: tuple[str, ...] = ()) -> dict[str | None, Counts]:
    """The counts of each group named in the key column, or with `None` of all.

    The persons of the earlier day are counted apart from what became of them, so that the one checks the other.
    Raises `ValueError` when `everyone` has several rows for a client.
    """
    found: dict[str | None, Counts] = {}

    def of(group: tuple[Any, ...]) -> Counts:
        return found.setdefault(group[0] if group else None, Counts())

    level = nw.col("level_id").fill_null(NOTHING).cast(nw.Int32)
    for *group, from_level, persons in _counted(asked.start.with_columns(level), (*keys, "level_id")):
        of(tuple(group)).start[int(from_level)] += persons
    moved = _counted(flows(asked.start, everyone.end, since), (*keys, "from_level", "is_followed", "to_level"))
    for *group, from_level, is_followed, to_level, persons in moved:
        of(tuple(group)).flows[int(from_level), int(is_followed), int(to_level)] += persons
    entered = _counted(entries(asked.end, everyone.start), (*keys, "to_level", "from_level"))
    for *group, to_level, from_level, persons in entered:
        of(tuple(group)).entries[int(to_level), int(from_level)] += persons
    for name, counts in found.items():
        _check_once(name, counts)
    return found


def _counted(frame: nw.LazyFrame[Any], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    rows = rows_of(frame.group_by(*columns).agg(persons=nw.len()))
    return [(*row[:-1], int(row[-1])) for row in rows]


def _check_once(group: str | None, counts: Counts) -> None:
    if counts.start.total() != counts.flows.total():
        where = "" if group is None else f" in group {group!r}"
        message = (
            f"{counts.start.total()} persons{where} went {counts.flows.total()} ways: give one state a client and day"
        )
        raise ValueError(message)
