"""What a few rows come to is what a whole table of them comes to."""

from __future__ import annotations

import narwhals as nw
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.facts.selectors.few import held_of_few
from opstap.facts.selectors.tables import TABLES
from tests.analytics.busy_histories import busy_histories
from tests.analytics.frames import moments_frame, periods_frame
from tests.analytics.histories import History, histories, recordings

HISTORIES = st.one_of(histories, busy_histories)


@settings(deadline=None)
@given(history=HISTORIES, at=recordings, seconds=st.sets(st.integers(1, 12), max_size=4))
def test_few_moments_are_the_intervals_that_many_are(history: History, at: int, seconds: set[int]) -> None:
    rows = nw.to_native(moments_frame(history.moments)).collect()
    rows = rows.with_columns(second_assessment=pl.col("id").is_in(list(seconds)))
    known = as_known(nw.from_native(rows.lazy()), at).filter(~nw.col("second_assessment"))
    many = nw.to_native(moments_to_intervals(known)).collect()
    few = held_of_few(TABLES["measurements"], rows, at)
    assert few.schema == many.schema
    assert few.sort(few.columns).equals(many.sort(many.columns))
    assert few.select("client_id", "scale_id", "valid_from").equals(many.select("client_id", "scale_id", "valid_from"))


@settings(deadline=None)
@given(history=HISTORIES, at=recordings)
def test_few_periods_stand_where_many_do(history: History, at: int) -> None:
    rows = nw.to_native(periods_frame(history.follow_up)).collect()
    many = nw.to_native(as_known(nw.from_native(rows.lazy()), at)).collect()
    few = held_of_few(TABLES["follow_ups"], rows, at)
    assert few.schema == many.schema
    assert few.sort("id").equals(many.sort("id"))
