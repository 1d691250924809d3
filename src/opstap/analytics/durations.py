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
    begun, last = _begun(spells, day), {"last_end": nw.col("ends_on").max()}
    # Most have one spell: of these there is nothing to lay beside it, and windows of a client each take long.
    each = begun.group_by("client_id").agg(since=nw.col("starts_on").min(), spells=nw.len(), **last)
    several = begun.join(each.filter(nw.col("spells") > 1).select("client_id"), on="client_id", how="semi")
    runs = _runs(several, max_gap_days).group_by("client_id").agg(since=nw.col("run_starts_on").max(), **last)
    found = nw.concat(
        [some.select("client_id", "since", "last_end") for some in (each.filter(nw.col("spells") == 1), runs)]
    )
    lasts = nw.col("last_end") > day_like(day, spells.collect_schema()["ends_on"])
    return found.filter(lasts).select("client_id", "since")


def begun_between(spells: nw.LazyFrame[Any], earlier: date, later: date, max_gap_days: int = 30) -> nw.LazyFrame[Any]:
    """Per client for whom something began after the earlier day and up to the later: the first day on which it did.

    What begins again within `max_gap_days` days goes on and begins nothing, as in `continuous_since`. Shapes: as there,
    with `client_id` and `began_on` (date) out; whether it still goes on plays no part. Raises `ValueError` for a
    negative gap. Source: FIELD B-45.
    """
    first = day_like(earlier, spells.collect_schema()["starts_on"])
    few = spells.filter(nw.col("starts_on") > first).select("client_id").unique()  # of nobody else did anything begin
    runs = _runs(_begun(spells, later).join(few, on="client_id", how="semi"), max_gap_days)
    began = runs.filter(nw.col("run_starts_on") > first)
    return began.group_by("client_id").agg(began_on=nw.col("run_starts_on").min())


def _begun(spells: nw.LazyFrame[Any], day: date) -> nw.LazyFrame[Any]:
    """The spells begun by the day that are not empty."""
    starts, types = nw.col("starts_on"), spells.collect_schema()
    by_then = starts <= day_like(day, types["starts_on"])
    return spells.select("client_id", "starts_on", "ends_on").filter(by_then, starts < nw.col("ends_on"))


def _runs(begun: nw.LazyFrame[Any], max_gap_days: int) -> nw.LazyFrame[Any]:
    """The spells, with `run_starts_on` where one starts that continues no earlier one."""
    if max_gap_days < 0:
        message = f"a gap can't be {max_gap_days} days"
        raise ValueError(message)
    starts, ends = nw.col("starts_on"), nw.col("ends_on")
    order = ("starts_on", "ends_on")
    reached = begun.with_columns(reach=ends.cum_max().over("client_id", order_by=order)).with_columns(
        reach_before=nw.col("reach").shift(1).over("client_id", order_by=order)
    )
    # The gap is taken off the start, because an open end can't be moved beyond the last date there is.
    breaks = nw.col("reach_before").is_null() | (starts.dt.offset_by(f"-{max_gap_days}d") > nw.col("reach_before"))
    return reached.with_columns(run_starts_on=nw.when(breaks).then(starts))
