"""Reading the placements on one scale as levels of another, many to one. Not here: which level is read as which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import narwhals as nw

NO_COUNTERPART_ID: Final = -2
"""The level of those who stand on a level without a counterpart: they are placed, and count on a row of their own."""


def translated(
    state: nw.LazyFrame[Any],
    counterparts: Mapping[int, int | None],
    columns: Iterable[str] = ("level_id", "expected_level_id"),
    *,
    others_stay: bool = False,
) -> nw.LazyFrame[Any]:
    """The state with each level of the columns read as its counterpart; everything else as recorded.

    Shapes: `state` with the integer `columns` in, the same columns out. `counterparts` has for the id of each level of
    the one scale the id of a level of the other, or `None`; a level it doesn't have has no counterpart either, or with
    `others_stay` stays what it is. Those without become `NO_COUNTERPART_ID`; no level stays no level. Mapping is many
    to one, so each row stays one row and counts still close. Source: FIELD 1.9 (never implicit).
    """
    types = state.collect_schema()
    sources: dict[int, list[int]] = defaultdict(list)
    for level, counterpart in counterparts.items():
        sources[NO_COUNTERPART_ID if counterpart is None else counterpart].append(level)
    return state.with_columns(
        _translated(column, sources, others_stay=others_stay).cast(types[column]).alias(column) for column in columns
    )


def _translated(column: str, sources: Mapping[int, list[int]], *, others_stay: bool) -> nw.Expr:
    level = nw.col(column)
    found: nw.Expr = level
    if not others_stay:
        found = nw.when(~level.is_null()).then(nw.lit(NO_COUNTERPART_ID)).otherwise(level)
    for counterpart, levels in sources.items():
        found = nw.when(level.is_in(levels)).then(nw.lit(counterpart)).otherwise(found)
    return found
