"""How long something has lasted without a real break, such as a benefit. Not here: classes of durations."""

from datetime import date
from typing import Any

import narwhals as nw

from opstap.analytics.periods import day_like


def continuous_since(spells: nw.LazyFrame[Any], day: date, max_gap_days: int = 30) -> nw.LazyFrame[Any]:
    """Per client who is in a spell on the day: since when, continuing over short gaps.

    Shapes: `client_id`, `starts_on`, `ends_on` (exclusive; `FAR` if open) in, one row a client with `client_id` and
    `since` (date) out. Spells may overlap. A gap runs from the end of all earlier spells to the next start and is
    bridged when it is at most `max_gap_days` days; what starts after the day plays no part. Give it the rows of
    `as_known`. Raises `ValueError` for a negative gap. Source: FIELD C-04 (30 days, a setting).
    """
    if max_gap_days < 0:
        message = f"a gap can't be {max_gap_days} days"
        raise ValueError(message)
    starts, ends = nw.col("starts_on"), nw.col("ends_on")
    types = spells.collect_schema()
    begun = spells.select("client_id", "starts_on", "ends_on").filter(
        starts <= day_like(day, types["starts_on"]), starts < ends
    )
    order = ("starts_on", "ends_on")
    reached = begun.with_columns(reach=ends.cum_max().over("client_id", order_by=order)).with_columns(
        reach_before=nw.col("reach").shift(1).over("client_id", order_by=order)
    )
    # The gap is taken off the start, because an open end can't be moved beyond the last date there is.
    breaks = nw.col("reach_before").is_null() | (starts.dt.offset_by(f"-{max_gap_days}d") > nw.col("reach_before"))
    return (
        reached.with_columns(run_starts_on=nw.when(breaks).then(starts))
        .group_by("client_id")
        .agg(since=nw.col("run_starts_on").max(), last_end=ends.max())
        .filter(nw.col("last_end") > day_like(day, types["ends_on"]))
        .select("client_id", "since")
    )
