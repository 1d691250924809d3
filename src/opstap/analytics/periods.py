"""Half-open periods over columns of dates: the open end, and what holds on a day. Not here: how intervals are made."""

from datetime import date, datetime, time
from typing import Any, Final

import narwhals as nw
from narwhals.dtypes import DType

FAR: Final = date(9999, 12, 31)
"""The end of a period that is still open, so that a filter on dates needs no test for null."""


def as_kind(day: date, kind: DType) -> date:
    """The day as a value in a column of this type: a date, or the beginning of it where an engine has no dates."""
    return day if kind == nw.Date else datetime.combine(day, time())


def day_like(day: date, kind: DType) -> nw.Expr:
    """The day as a literal of the type of a column: a date, or a timestamp where an engine has no dates."""
    return nw.lit(day) if kind == nw.Date else nw.lit(day).cast(kind)


def on(
    intervals: nw.LazyFrame[Any], day: date, starts: str = "valid_from", ends: str = "valid_until"
) -> nw.LazyFrame[Any]:
    """The rows whose half-open period [starts, ends) contains the day.

    Shapes: any frame with two date columns without nulls (an open end is `FAR`) in, the same columns out.
    One filter: nothing is sorted or grouped by client. Raises `ValueError` for a day at or after `FAR`.
    Source: the stock and the latest placement on a reference date, FIELD G-1.
    """
    if day >= FAR:
        message = f"{day} is not a day that a period can contain: {FAR} stands for an open end"
        raise ValueError(message)
    types = intervals.collect_schema()
    return intervals.filter(nw.col(starts) <= day_like(day, types[starts]), nw.col(ends) > day_like(day, types[ends]))
