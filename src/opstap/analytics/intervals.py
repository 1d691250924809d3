"""From moments to intervals: each placement holds until the next. Not here: which moments are known (`known`)."""

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from opstap.analytics.periods import FAR, day_like


def moments_to_intervals(
    known_moments: nw.LazyFrame[Any], by: Sequence[str] = ("client_id", "scale_id")
) -> nw.LazyFrame[Any]:
    """Each row holds from `measured_on` until the next row of the same client and scale.

    Shapes: the columns of `by`, `measured_on` (date), `recording`, `id` and any others in; the same columns with
    `valid_from` and `valid_until` (dates; `FAR` on the last) out, sorted by `by` and day, which makes a later
    count on a date a scan and a join a merge. The order is (measured_on, recording, id): of two placements on one
    day the later known holds, and the empty interval of the earlier is dropped. Give it the rows of `as_known`; the
    same function serves now and any earlier moment. Source: FIELD G-1 (the latest assessment on or before the date).
    """
    keys = tuple(by)
    next_day = nw.col("measured_on").shift(-1).over(*keys, order_by=("measured_on", "recording", "id"))
    far = day_like(FAR, known_moments.collect_schema()["measured_on"])
    return (
        known_moments.with_columns(valid_from=nw.col("measured_on"), valid_until=next_day)
        .with_columns(valid_until=nw.coalesce(nw.col("valid_until"), far))
        .filter(nw.col("valid_from") < nw.col("valid_until"))
        .sort(*keys, "valid_from")
    )
