"""Everyone's way without a join counts what people joined one by one count, wherever their ids lie."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.transitions import Sides, movement, movement_of_everyone
from opstap.facts.selectors.cache import Facts
from opstap.facts.selectors.people import Choice, Reading, people_on, placed_on
from opstap.facts.selectors.ways import ways_on
from tests.analytics.busy_histories import busy_histories
from tests.analytics.frames import VNG, moments_frame, periods_frame
from tests.analytics.histories import History
from tests.analytics.test_crosswalks import NOWHERE
from tests.analytics.test_movement_against_reference import AT, PAIRS

THROUGH = Reading(1, {1: 1, 2: 3, 3: 4, 4: None, 5: 6, 6: None})
LEVELS = (*VNG, NOWHERE)


def kept(history: History, at: int | None) -> Facts:
    """The tables as `facts` keeps them."""
    intervals = moments_to_intervals(as_known(moments_frame(history.moments), at))
    periods = as_known(periods_frame(history.follow_up), at)
    tables: dict[str, pl.DataFrame] = {
        "measurements": nw.to_native(intervals).collect(), "follow_ups": nw.to_native(periods).collect()
    }  # fmt: skip
    ordered = {name: table.sort("client_id", maintain_order=True) for name, table in tables.items()}
    return Facts(1, 12, ordered)


@pytest.mark.parametrize("apart", [1, 1_000])
@settings(max_examples=60, deadline=None)
@given(history=busy_histories, pair=PAIRS, at=AT, read=st.sampled_from([Reading(1), THROUGH]))
def test_it_counts_what_joined_people_count(
    apart: int, history: History, pair: tuple[date, date], at: int | None, read: Reading
) -> None:
    moved = History(
        tuple(replace(row, client_id=40 + apart * row.client_id) for row in history.moments),
        tuple(replace(row, client_id=40 + apart * row.client_id) for row in history.follow_up),
    )
    facts = kept(moved, at)
    found = movement_of_everyone(ways_on(facts, *pair, read), LEVELS, ordered=True)
    start, end = (nw.from_native(placed_on(facts, people_on(facts, day, Choice()), day, read).lazy()) for day in pair)
    assert found == movement(Sides(start, end), LEVELS, since=pair[0], ordered=True)
