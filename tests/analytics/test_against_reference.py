"""On random histories the counts equal the naive reference, on both clocks and on each engine."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import narwhals as nw
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import Goals, Placement, goals, placement
from opstap.analytics.durations import continuous_since
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.periods import on
from opstap.analytics.small_results import rows_of
from tests.analytics.frames import RUNGS, VNG, Engine, moments_frame, periods_frame, plain
from tests.analytics.histories import LATEST_RECORDING, History, days, histories, moments, periods, recordings
from tests.reference import naive
from tests.reference.rows import Moment, Period

SCALE = 1
AT = st.one_of(st.none(), recordings)
quick = settings(max_examples=120, deadline=None)
few = settings(max_examples=20, deadline=None)


def counted(
    history: History, day: date, at: int | None, engine: Engine = "polars", group: str | None = None
) -> tuple[Placement, Goals]:
    intervals = moments_to_intervals(as_known(moments_frame(history.moments, engine), at))
    state = on(intervals, day).filter(nw.col("scale_id") == SCALE)
    population = on(as_known(periods_frame(history.follow_up, engine), at), day, "starts_on", "ends_on")
    return placement(population, state, VNG, group=group), goals(population, state, VNG, group=group)


def check_part(
    history: History, day: date, at: int | None, answer: tuple[Placement, Goals], group: str | None = None
) -> None:
    pairs = naive.followed(history.follow_up, day, at)
    clients = {client for client, name in pairs if group in (None, name)}
    rows = [row for row in history.moments if row.scale_id == SCALE]
    placed = naive.placed(clients, rows, RUNGS, day, at)
    expected = naive.expected(clients, rows, RUNGS, day, at)
    part = next(part for part in (answer[0].overall, *answer[0].groups) if part.group == group)
    for row in part.rows:
        line = placed.pop(row.level, [0, 0, 0, 0])
        assert row.clients == line[0]
        if row.without_growth is not None:
            assert [row.without_growth, row.with_growth, row.unknown_growth] == line[1:]
    assert not placed
    goal_rows = next(part.rows for part in (answer[1].overall, *answer[1].groups) if part.group == group)
    assert {row.level: row.clients for row in goal_rows if row.clients} == expected
    assert part.totals.clients == len(clients)


def decided_by_recording(row: Moment, rows: Sequence[Moment], at: int | None) -> bool:
    """Whether another stands on the same day, known earlier under a higher id."""
    others = [other for other in naive.standing(rows, at) if other.client_id == row.client_id]
    return any(
        one.measured_on == row.measured_on and one.recording < row.recording and one.id > row.id for one in others
    )


def told_by(history: History, day: date, at: int | None) -> set[str]:
    """What a history holds that counting could get wrong on this day."""
    clients = {client for client, _ in naive.followed(history.follow_up, day, at)}
    rows = [row for row in history.moments if row.scale_id == SCALE]
    held = [row for client in clients if (row := naive.current(rows, client, day, at)) is not None]
    now = [row for client in clients if (row := naive.current(rows, client, day, None)) is not None]
    codes = {rung.id: rung for rung in RUNGS}
    recorded = sorted(rows, key=lambda row: (row.recording, row.id))
    periods_held = sorted((p.client_id, p.starts_on, p.ends_on) for p in naive.standing(history.follow_up, at))
    found = {
        "placed": bool(held),
        "half-level": any(codes[row.level_id].whole != codes[row.level_id].code for row in held),
        "corrected": any(row.replaces is not None for row in held),
        "withdrawn": any(row.withdrawn and row.client_id in clients for row in rows),
        "back-dated": any(a.client_id == b.client_id and b.measured_on < a.measured_on for a, b in pairwise(recorded)),
        "gap": any(a[0] == b[0] and a[2] < b[1] for a, b in pairwise(periods_held)),
        "known otherwise since": at is not None and held != now,
        "id against recording": any(a.id > b.id and a.recording < b.recording for a, b in pairwise(recorded)),
        "tie": any(decided_by_recording(row, rows, at) for row in held),
    }
    return {name for name, holds in found.items() if holds}


def test_the_random_histories_hold_what_they_are_for() -> None:
    told: Counter[str] = Counter()

    @settings(quick, phases=[Phase.generate])
    @given(histories, days, AT)
    def listen(history: History, day: date, at: int | None) -> None:
        told.update(told_by(history, day, at))

    listen()
    wanted = dict.fromkeys(
        ("half-level", "corrected", "withdrawn", "back-dated", "gap", "id against recording"), 12
    ) | {"placed": 36, "known otherwise since": 6, "tie": 5}
    assert {name: told[name] for name, least in wanted.items() if told[name] < least} == {}


@quick
@given(histories, days, AT)
def test_counts_equal_the_reference(history: History, day: date, at: int | None) -> None:
    answer = counted(history, day, at)
    check_part(history, day, at, answer)
    for figures in answer:
        check_closes(figures.sums())


@settings(quick, max_examples=60)
@given(histories, days, AT)
def test_counts_by_group_equal_the_reference(history: History, day: date, at: int | None) -> None:
    answer = counted(history, day, at, group="group")
    groups = sorted({name for _, name in naive.followed(history.follow_up, day, at)})
    assert [part.group for part in answer[0].groups] == groups
    for group in (None, *groups):
        check_part(history, day, at, answer, group)
    for figures in answer:
        check_closes(figures.sums())


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
@few
@given(history=histories, day=days, at=AT)
def test_engines_agree(engine: Engine, history: History, day: date, at: int | None) -> None:
    assert counted(history, day, at, engine, "group") == counted(history, day, at, "polars", "group")


@settings(quick, max_examples=60)
@given(histories, histories, days, recordings)
def test_what_is_recorded_later_does_not_change_what_was_known(
    history: History, later: History, day: date, at: int
) -> None:
    grown = History(
        moments=history.moments + tuple(after(row, len(history.moments)) for row in later.moments),
        follow_up=history.follow_up + tuple(after(row, len(history.follow_up)) for row in later.follow_up),
    )
    assert counted(grown, day, at, group="group") == counted(history, day, at, group="group")


def after(row: Any, ids: int) -> Any:
    """The row as one recorded after all others; what replaced nothing of its own replaces a row of before."""
    replaces = row.id if row.replaces is None else row.replaces + ids
    return replace(row, id=row.id + ids, replaces=replaces, recording=row.recording + LATEST_RECORDING)


@quick
@given(moments(), AT)
def test_intervals_never_overlap_and_are_never_empty(rows: tuple[Moment, ...], at: int | None) -> None:
    frame = moments_to_intervals(as_known(moments_frame(rows), at))
    found = rows_of(frame.select("client_id", "scale_id", "valid_from", "valid_until"))
    assert found == sorted(found)
    assert all(starts < ends for *_, starts, ends in found)
    for (*one, _, ends), (*other, starts, _) in pairwise(found):
        assert one != other or ends == starts


@quick
@given(moments(), AT)
def test_standing_rows_equal_the_reference(rows: tuple[Moment, ...], at: int | None) -> None:
    found = {row_id for (row_id,) in rows_of(as_known(moments_frame(rows), at).select("id"))}
    assert found == {row.id for row in naive.standing(rows, at)}


def durations(rows: tuple[Period, ...], day: date, gap: int, engine: Engine) -> dict[int, date]:
    found = rows_of(continuous_since(periods_frame(rows, engine), day, gap))
    return {int(client): plain(since) for client, since in found}


@quick
@given(periods(), days, st.integers(0, 4))
def test_durations_equal_the_reference(rows: tuple[Period, ...], day: date, gap: int) -> None:
    assert durations(rows, day, gap, "polars") == naive.uninterrupted_since(rows, day, gap)


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
@few
@given(rows=periods(), day=days, gap=st.integers(0, 4))
def test_engines_agree_on_durations(engine: Engine, rows: tuple[Period, ...], day: date, gap: int) -> None:
    assert durations(rows, day, gap, engine) == durations(rows, day, gap, "polars")
