"""One pass over the people of two days: how many went from which level to which. Not here: what those levels mean."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import narwhals as nw

from opstap.analytics.small_results import rows_of
from opstap.analytics.transitions.flows import NOTHING, Sides, entries, flows


@dataclass(slots=True)
class Counts:
    """Persons by level id on the earlier day, by (from, is followed, to), and on the later day by (to, from)."""

    start: Counter[int] = field(default_factory=Counter)
    flows: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    entries: Counter[tuple[int, int]] = field(default_factory=Counter)


def gathered_together(everyone: nw.LazyFrame[Any]) -> Counts:
    """The counts of everyone's `ways`. A level says something of who was in follow-up on its day only."""
    found = Counts()
    columns = ("was_followed", "from_level", "is_followed", "to_level", "is_again")
    for was_followed, from_level, is_followed, to_level, is_again, persons in _counted(everyone, columns):
        stood = from_level if was_followed == 1 else NOTHING
        if was_followed == 1:
            found.start[stood] += persons
            found.flows[stood, int(is_followed == 1), to_level if is_again == 1 else NOTHING] += persons
        if is_followed == 1:
            found.entries[to_level, stood] += persons
    return found


def gathered(asked: Sides, everyone: Sides, since: date, keys: tuple[str, ...] = ()) -> dict[str | None, Counts]:
    """The counts of some of them, of each group named in the key column, or with `None` of all that are asked about.

    The persons of the earlier day are counted apart from what became of them, so that the one checks the other.
    Raises `ValueError` when `everyone` has several rows for a client.
    """
    found: dict[str | None, Counts] = {}

    def of(group: list[Any]) -> Counts:
        return found.setdefault(group[0] if group else None, Counts())

    for *group, from_level, persons in _counted(asked.start, ("level_id",), keys):
        of(group).start[from_level] += persons
    moved = _counted(flows(asked.start, everyone.end, since), ("from_level", "is_followed", "to_level"), keys)
    for *group, from_level, is_followed, to_level, persons in moved:
        of(group).flows[from_level, is_followed, to_level] += persons
    entered = _counted(entries(asked.end, everyone.start), ("to_level", "from_level"), keys)
    for *group, to_level, from_level, persons in entered:
        of(group).entries[to_level, from_level] += persons
    for name, counts in found.items():
        _check_once(name, counts)
    return found


def _counted(frame: nw.LazyFrame[Any], numbers: tuple[str, ...], keys: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """Persons by the keys and numbers; what is missing is made `NOTHING` after the counting, when it is little work."""
    counted = frame.group_by(*keys, *numbers).agg(persons=nw.len())
    known = counted.with_columns(nw.col(*numbers).fill_null(NOTHING).cast(nw.Int32))
    return [(*row[: len(keys)], *(int(number) for number in row[len(keys) :])) for row in rows_of(known)]


def _check_once(group: str | None, counts: Counts) -> None:
    if counts.start.total() != counts.flows.total():
        where = "" if group is None else f" in group {group!r}"
        message = (
            f"{counts.start.total()} persons{where} went {counts.flows.total()} ways: give one state a client and day"
        )
        raise ValueError(message)
