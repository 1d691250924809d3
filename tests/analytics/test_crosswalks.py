"""Read through a random crosswalk, with halves mapped apart or not, the counts equal the naive reference and close."""

from dataclasses import replace
from datetime import date

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.crosswalks import NO_COUNTERPART_ID, translated
from opstap.analytics.distribution import goals, placement
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import on
from opstap.ladder.logic.crosswalks import with_halves
from tests.analytics.frames import RUNGS, VNG, Engine, moments_frame, periods_frame
from tests.analytics.histories import History, days, histories, recordings
from tests.reference import naive
from tests.reference.rows import Rung

Said = dict[str, str | None]
OTHER = tuple(replace(level, id=level.id + 10) for level in VNG)
OTHER_RUNGS = tuple(Rung(id=rung.id + 10, code=rung.code, whole=rung.whole, grows=rung.grows) for rung in RUNGS)
NOWHERE = ScaleLevel(id=NO_COUNTERPART_ID, code="no_counterpart", name="", order=99, has_growth=False)
WHOLES, HALVES = ("0", "1", "2", "3"), ("2-", "2+")
counterpart = st.sampled_from((*WHOLES, *HALVES, None))
said = st.builds(
    lambda wholes, halves: {**wholes, **halves},
    st.fixed_dictionaries(dict.fromkeys(WHOLES, counterpart)),
    st.dictionaries(st.sampled_from(HALVES), counterpart),
)


def counterparts(crosswalk: Said) -> dict[int, int | None]:
    ids = {level.code: level.id for level in OTHER}
    complete = with_halves({level.code: level.parent_code for level in VNG}, crosswalk)
    return {level.id: ids.get(complete[level.code] or "") for level in VNG}


def check(history: History, crosswalk: Said, day: date, at: int | None, engine: Engine = "polars") -> None:
    held = on(moments_to_intervals(as_known(moments_frame(history.moments, engine), at)), day)
    state = translated(held.filter(nw.col("scale_id") == 1), counterparts(crosswalk))
    people = on(as_known(periods_frame(history.follow_up, engine), at), day, "starts_on", "ends_on")
    levels = (*OTHER, NOWHERE)
    placed, wanted = placement(people, state, levels), goals(people, state, levels)
    clients = {client for client, _ in naive.followed(history.follow_up, day, at)}
    own = [row for row in history.moments if row.scale_id == 1]
    rows = naive.read_through(own, RUNGS, OTHER_RUNGS, crosswalk)
    rungs = (*OTHER_RUNGS, naive.NOWHERE)
    by_hand = naive.placed(clients, rows, rungs, day, at)
    for row in placed.rows:
        line = by_hand.pop(row.level, [0, 0, 0, 0])
        assert row.clients == line[0]
        if row.without_growth is not None:
            assert [row.without_growth, row.with_growth, row.unknown_growth] == line[1:]
    assert not by_hand
    assert {row.level: row.clients for row in wanted.rows if row.clients} == naive.expected(
        clients, rows, rungs, day, at
    )
    for figures in (placed, wanted):
        assert figures.base == len(clients)
        check_closes(figures.sums())


@settings(max_examples=120, deadline=None)
@given(histories, said, days, st.one_of(st.none(), recordings))
def test_counts_equal_the_reference(history: History, crosswalk: Said, day: date, at: int | None) -> None:
    check(history, crosswalk, day, at)


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
@settings(max_examples=15, deadline=None)
@given(history=histories, crosswalk=said, day=days, at=st.one_of(st.none(), recordings))
def test_other_engines_read_the_same(
    engine: Engine, history: History, crosswalk: Said, day: date, at: int | None
) -> None:
    check(history, crosswalk, day, at, engine)
