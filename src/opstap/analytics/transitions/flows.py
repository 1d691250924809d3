"""Person by person: from which level, to which, or away. Not here: what that is called and how often it happens."""

from datetime import date
from typing import Any, Final, NamedTuple

import narwhals as nw

from opstap.analytics.periods import day_like

NOTHING: Final = -1
"""Stands for no level, as engines differ in what a missing number looks like."""


class Sides(NamedTuple):
    """The people of two days with their placement: `client_id`, `level_id` (null: not placed), and on the later day
    `measured_on`.
    """

    start: nw.LazyFrame[Any]
    end: nw.LazyFrame[Any]


def ways(everyone: Sides, since: date) -> nw.LazyFrame[Any]:
    """Everybody in follow-up on either day, once, with both ends of their way.

    Shapes: one row a client on each side in; `client_id` (null for who is there on the later day only), `from_level`
    and `was_followed`, `to_level` and `is_followed`, and `is_again` (measured after the day `since`) out; the flags
    are 1, or null for no. One join serves what became of people and who is new: of two frames that are sorted by
    client, where the engine can use that. Source: FIELD G-4.
    """
    day = day_like(since, everyone.end.collect_schema()["measured_on"])
    start = everyone.start.select("client_id", from_level=nw.col("level_id"), was_followed=nw.lit(1))
    end = everyone.end.select(
        "client_id",
        to_level=nw.col("level_id"),
        is_followed=nw.lit(1),
        is_again=nw.when(nw.col("measured_on") > day).then(nw.lit(1)),
    )
    return start.join(end, on="client_id", how="full")


def flows(start: nw.LazyFrame[Any], followed: nw.LazyFrame[Any], since: date) -> nw.LazyFrame[Any]:
    """The people of the earlier day with what became of them.

    Shapes: `start` has `client_id`, `level_id` (null: not placed) and any others, of people in follow-up on the
    earlier day; `followed` has `client_id`, `level_id`, `measured_on` (both null: not placed) of everyone in follow-up
    on the later day, one row a client. Out come the columns of `start` with `from_level`, `is_followed` (0 or 1) and
    `to_level`: the level of the later day when it was measured after the day `since`, else `NOTHING`.
    One join, of two frames that are sorted by client, where the engine can use that. Source: FIELD G-4.
    """
    types = followed.collect_schema()
    again = nw.col("measured_on") > day_like(since, types["measured_on"])
    later = followed.select("client_id", is_followed=nw.lit(1), to_level=nw.when(again).then(nw.col("level_id")))
    joined = start.rename({"level_id": "from_level"}).join(later, on="client_id", how="left")
    return joined.with_columns(_number("from_level"), _number("to_level"), nw.col("is_followed").fill_null(0))


def entries(end: nw.LazyFrame[Any], followed: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The people of the later day with the level they had on the earlier one.

    Shapes: `end` has `client_id`, `level_id` and any others; `followed` has `client_id` and `level_id` of everyone in
    follow-up on the earlier day, one row a client. Out come the columns of `end` with `to_level` and `from_level`;
    `NOTHING` where there was none. Whoever has a level to stand on now and had none then has entered.
    """
    earlier = followed.select("client_id", from_level=nw.col("level_id"))
    joined = end.rename({"level_id": "to_level"}).join(earlier, on="client_id", how="left")
    return joined.with_columns(_number("from_level"), _number("to_level"))


def _number(column: str) -> nw.Expr:
    return nw.col(column).fill_null(NOTHING).cast(nw.Int32)
