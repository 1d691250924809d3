"""On random histories movement and shifts equal the naive reference: both clocks, half-levels, groups, engines."""

from collections import Counter
from datetime import date
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.crosswalks import translated
from opstap.analytics.distribution import CurrentExpectedPart, current_expected
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.periods import on
from opstap.analytics.transitions import Movement, MovementPart, Sides, movement, movement_of_everyone, ways
from tests.analytics.busy_histories import busy_histories, busy_pairs
from tests.analytics.frames import RUNGS, VNG, Engine, moments_frame, periods_frame
from tests.analytics.histories import History, days, recordings
from tests.analytics.test_crosswalks import NOWHERE, OTHER, OTHER_RUNGS, Said, counterparts, said
from tests.reference import naive
from tests.reference.naive_movement import Moved, expectations, moved, shifts
from tests.reference.rows import Moment, Rung

SCALE = 1
AT = st.one_of(st.none(), recordings)
PAIRS = busy_pairs
quick = settings(max_examples=150, deadline=None)
few = settings(max_examples=15, deadline=None)


def side(history: History, day: date, at: int | None, engine: Engine, keys: tuple[str, ...]) -> nw.LazyFrame[Any]:
    """The people in follow-up on a day with their placement, each once (in a group)."""
    state = on(moments_to_intervals(as_known(moments_frame(history.moments, engine), at)), day)
    held = state.filter(nw.col("scale_id") == SCALE).select("client_id", "level_id", measured_on=nw.col("valid_from"))
    people = on(as_known(periods_frame(history.follow_up, engine), at), day, "starts_on", "ends_on")
    return people.select("client_id", *keys).unique().join(held, on="client_id", how="left")


def counted(
    history: History, pair: tuple[date, date], at: int | None, engine: Engine = "polars", **asked: Any
) -> Movement:
    keys = ("group",) if asked.get("group") else ()
    everyone = Sides(*(side(history, day, at, engine, ()) for day in pair))
    sides = Sides(*(side(history, day, at, engine, keys) for day in pair)) if keys else everyone
    ordered = asked.pop("ordered", True)
    return movement(sides, VNG, since=pair[0], everyone=everyone if keys else None, ordered=ordered, **asked)


def by_hand(
    history: History, pair: tuple[date, date], at: int | None, *, ordered: bool, halves: bool, group: str | None = None
) -> Moved:
    start, end = (
        {client for client, name in naive.followed(history.follow_up, day, at) if group in (None, name)} for day in pair
    )
    rows = [row for row in history.moments if row.scale_id == SCALE]
    return moved(start, end, rows, history.follow_up, pair, at, RUNGS, ordered, halves)


def check(part: MovementPart, wanted: Moved) -> None:
    assert {(row.origin, row.destination): row.clients for row in part.rows if row.clients} == wanted.cells
    assert {name: count for name, count in part.totals.outcomes.items() if count} == wanted.outcomes
    assert {one.destination: one.clients for one in part.entries if one.clients} == wanted.entered
    assert part.totals.cohort == sum(wanted.cells.values())
    assert part.totals.in_follow_up == wanted.in_follow_up
    assert part.totals.entered == sum(wanted.entered.values())


@quick
@given(busy_histories, PAIRS, AT, st.booleans(), st.booleans())
def test_movement_equals_the_reference_and_closes(
    history: History, pair: tuple[date, date], at: int | None, ordered: bool, halves: bool
) -> None:
    found = counted(history, pair, at, ordered=ordered, halves_count=halves)
    check_closes(found.sums())
    assert sum(found.overall.totals.outcomes.values()) == found.base
    check(found.overall, by_hand(history, pair, at, ordered=ordered, halves=halves))


@quick
@given(busy_histories, PAIRS, AT)
def test_each_group_equals_the_reference(history: History, pair: tuple[date, date], at: int | None) -> None:
    found = counted(history, pair, at, group="group")
    check_closes(found.sums())
    check(found.overall, by_hand(history, pair, at, ordered=True, halves=False))
    names = {name for day in pair for _, name in naive.followed(history.follow_up, day, at)}
    assert {part.group for part in found.groups} == names
    for part in found.groups:
        check(part, by_hand(history, pair, at, ordered=True, halves=False, group=part.group))


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
@few
@given(history=busy_histories, pair=PAIRS, at=AT)
def test_engines_agree_on_movement(engine: Engine, history: History, pair: tuple[date, date], at: int | None) -> None:
    assert counted(history, pair, at, engine, group="group") == counted(history, pair, at, group="group")


def check_shifts(
    part: CurrentExpectedPart,
    clients: set[int],
    rows: list[Moment],
    clocks: tuple[date, int | None],
    *,
    halves: bool,
    rungs: tuple[Rung, ...] = RUNGS,
) -> None:
    day, at = clocks
    cells, known = shifts(clients, rows, rungs, day, at)
    totals = part.totals
    assert {(one.origin, one.destination): one.clients for one in part.shifts if one.clients} == cells
    assert [(totals.current_known, totals.current_sum), (totals.expected_known, totals.expected_sum)] == known
    assert totals.both_known == totals.clients - totals.shifts["unknown"]
    by_hand = expectations(clients, rows, rungs, day, at, halves=halves)
    assert {kind: count for kind, count in totals.shifts.items() if count} == by_hand


@quick
@given(busy_histories, days, AT, st.booleans())
def test_shifts_and_means_equal_the_reference(history: History, day: date, at: int | None, halves: bool) -> None:
    state = on(moments_to_intervals(as_known(moments_frame(history.moments), at)), day)
    people = on(as_known(periods_frame(history.follow_up), at), day, "starts_on", "ends_on")
    held = state.filter(nw.col("scale_id") == SCALE)
    found = current_expected(people, held, VNG, ordered=True, halves_count=halves, group="group")
    check_closes(found.sums())
    pairs = naive.followed(history.follow_up, day, at)
    rows = [row for row in history.moments if row.scale_id == SCALE]
    assert [part.group for part in found.groups] == sorted({name for _, name in pairs})
    for part in (found.overall, *found.groups):
        clients = {client for client, name in pairs if part.group in {None, name}}
        check_shifts(part, clients, rows, (day, at), halves=halves)


@quick
@given(busy_histories, said, days, AT, st.booleans())
def test_shifts_through_a_crosswalk_equal_the_reference(
    history: History, crosswalk: Said, day: date, at: int | None, halves: bool
) -> None:
    own = [row for row in history.moments if row.scale_id == SCALE]
    state = on(moments_to_intervals(as_known(moments_frame(own), at)), day)
    people = on(as_known(periods_frame(history.follow_up), at), day, "starts_on", "ends_on")
    read = translated(state, counterparts(crosswalk))
    found = current_expected(people, read, (*OTHER, NOWHERE), ordered=True, halves_count=halves)
    check_closes(found.sums())
    clients = {client for client, _ in naive.followed(history.follow_up, day, at)}
    rungs = (*OTHER_RUNGS, naive.NOWHERE)
    rows = naive.read_through(own, RUNGS, OTHER_RUNGS, crosswalk)
    check_shifts(found.overall, clients, rows, (day, at), halves=halves, rungs=rungs)


@quick
@given(busy_histories, said, PAIRS, AT, st.tuples(st.booleans(), st.booleans()))
def test_movement_through_a_crosswalk_equals_the_reference_and_closes(
    history: History, crosswalk: Said, pair: tuple[date, date], at: int | None, scale: tuple[bool, bool]
) -> None:
    ordered, halves = scale
    read = counterparts(crosswalk)
    sides = Sides(*(translated(side(history, day, at, "polars", ()), read, ("level_id",)) for day in pair))
    found = movement(sides, (*OTHER, NOWHERE), since=pair[0], ordered=ordered, halves_count=halves)
    check_closes(found.sums())
    assert sum(found.overall.totals.outcomes.values()) == found.base
    own = [row for row in history.moments if row.scale_id == SCALE]
    rows, rungs = naive.read_through(own, RUNGS, OTHER_RUNGS, crosswalk), (*OTHER_RUNGS, naive.NOWHERE)
    start, end = ({client for client, _ in naive.followed(history.follow_up, day, at)} for day in pair)
    check(found.overall, moved(start, end, rows, history.follow_up, pair, at, rungs, ordered, halves))


@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
@settings(few, max_examples=40)
@given(history=busy_histories, pair=PAIRS, at=AT)
def test_everyone_together_counts_as_people_apart(
    engine: Engine, history: History, pair: tuple[date, date], at: int | None
) -> None:
    sides = Sides(*(side(history, day, at, engine, ()) for day in pair))
    together = movement_of_everyone(ways(sides, pair[0]), VNG, ordered=True)
    assert together == movement(sides, VNG, since=pair[0], ordered=True)


def test_the_histories_have_people_who_move() -> None:
    """A property that nobody comes into can't fail: every way it can go must be met."""
    met: Counter[str] = Counter()

    @settings(max_examples=120, deadline=None, derandomize=True, database=None)
    @given(busy_histories, said, PAIRS)
    def look(history: History, crosswalk: Said, pair: tuple[date, date]) -> None:
        read = counterparts(crosswalk)
        for through in (False, True):
            sides = [side(history, day, None, "polars", ()) for day in pair]
            levels = (*OTHER, NOWHERE) if through else VNG
            sides = [translated(one, read, ("level_id",)) for one in sides] if through else sides
            totals = movement(Sides(*sides), levels, since=pair[0], ordered=True).overall.totals
            met.update(dict(totals.outcomes) | {"entered": totals.entered})

    look()
    wanted = ("risen", "level", "fallen", "no_counterpart", "left", "not_measured_again", "entered")
    assert {name: met[name] for name in wanted if not met[name]} == {}
