"""What became of the growth: every spec comes out as it says, and the counting equals plain Python on each engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from math import ceil, floor
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.crosswalks import translated
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import on
from opstap.analytics.transitions import (
    Fate,
    GrowthJudge,
    Judge,
    Reach,
    RealisedGrowth,
    RealisedPart,
    ends_of_months,
    placed_between,
    realised_growth,
)
from opstap.analytics.transitions.growth import SEEN
from opstap.analytics.uncertainty import estimated, mean_of
from tests.analytics.busy_histories import busy_histories, busy_pairs
from tests.analytics.frames import MOMENT_TYPES, PERIOD_TYPES, RUNGS, VNG, Engine, lazy, moments_frame, periods_frame
from tests.analytics.histories import CLIENTS, History, recordings
from tests.analytics.specs.realised_specs import REALISED_SPECS
from tests.analytics.specs.spec import Spec, Value
from tests.analytics.test_crosswalks import NOWHERE, OTHER, OTHER_RUNGS, Said, counterparts, said
from tests.analytics.test_specs import counterparts_of, levels_of, moments_of, periods_of
from tests.reference import naive
from tests.reference.naive_realised import Key, realised

SCALE = 1
GROWTH = {1: "with", 0: "without", -1: "unknown"}
INSTRUMENT = {1: "yes", 0: "no", -1: "unknown"}
HAS_TYPES = {"client_id": "bigint", "has_instrument": "bigint"}
STATE = ("level_id", "growth", "expected_level_id")


def as_row(fate: Fate) -> dict[str, Value]:
    """A fate as the specs write it; what is not said of the year is empty."""
    (found,) = estimated([(fate.realised, fate.known, fate.clients)])
    row: dict[str, Value] = {"clients": fate.clients, **fate.outcomes}
    if not fate.year:
        return row | dict.fromkeys(("known", "higher", "realised", "share", "between"))
    bounds = found.bounds()
    return row | {
        "known": fate.known,
        "higher": fate.higher,
        "realised": fate.realised,
        "share": str(found.share()),
        "between": "{} and {} %".format(*bounds) if bounds else None,
    }


def outward(low: float, high: float) -> str:
    return f"{floor(low * 100) / 100:.2f} and {ceil(high * 100) / 100:.2f}"


def as_steps(fate: Fate, growth: int | None) -> dict[str, Value]:
    """How far as the specs write it: of those with growth potential."""
    if growth != SEEN or not fate.steps:
        return dict.fromkeys(("aimed", "apart"))
    reach = Reach({"": fate.steps})
    found = mean_of(reach.apart().get("", {}), reach.aimed)
    return {
        "aimed": reach.aimed,
        "aim known": reach.known,
        "levels expected": f"{float(reach.expected / reach.known):.2f}" if reach.known else None,
        "levels reached": f"{float(reach.reached / reach.known):.2f}" if reach.known else None,
        "apart": None if found.found is None else f"{float(found.found):.2f}",
        "less far": reach.less_far,
        "as far": reach.as_far,
        "further": reach.further,
        **({} if found.low is None or found.high is None else {"between": outward(found.low, found.high)}),
    }


def a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1)


def counted_spec(spec: Spec) -> RealisedGrowth:
    assert spec.compared_with is not None
    since, clients = spec.compared_with, {row["client"]: nr for nr, row in enumerate(spec.given["follow-up"], 1)}
    intervals = moments_to_intervals(lazy("polars", moments_of(spec, clients), MOMENT_TYPES))
    periods = lazy("polars", periods_of(spec, clients), PERIOD_TYPES)
    answers = {"yes": 1, "no": 0}
    told = [
        {"client_id": clients[row["client"]], "has_instrument": answers[str(row["has"])]}
        for row in spec.given.get("instrument", ())
    ]

    def side(day: date, *columns: str) -> nw.LazyFrame[Any]:
        held = on(intervals, day).with_columns(measured_on=nw.col("valid_from")).select("client_id", *columns)
        if "crosswalk" in spec.given:
            levels = [column for column in columns if column.endswith("level_id")]
            held = translated(held, counterparts_of(spec), levels)
        people = on(periods, day, "starts_on", "ends_on").select("client_id")
        return people.join(held, on="client_id", how="left")

    placements = None
    if a_year_after(since) <= spec.on:
        placements = placed_between(intervals, since, ends_of_months(since, a_year_after(since)))
        if "crosswalk" in spec.given:
            placements = translated(placements, counterparts_of(spec), ("level_id",))
    judge = GrowthJudge(Judge(levels_of(spec), spec.ordered, spec.halves_count))
    start = side(since, *STATE).join(lazy("polars", told, HAS_TYPES), on="client_id", how="left")
    return realised_growth(start, side(spec.on, "level_id", "measured_on"), placements, judge, since=since)


@pytest.mark.parametrize("spec", REALISED_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    found = counted_spec(spec)
    check_closes(found.sums())
    by_instrument = any("instrument" in row for row in spec.expected)
    shown: dict[tuple[str, ...], dict[str, Value]] = {}
    for kind, fate in found.overall.kinds.items():
        key = (kind.level, GROWTH[kind.growth], INSTRUMENT[kind.instrument])
        row: dict[str, Value] = {"level": key[0], "growth": key[1], "instrument": key[2]}
        shown[key if by_instrument else key[:2]] = row | as_row(fate) | as_steps(fate, kind.growth)
    order = {code: place for place, code in enumerate(found.overall.levels)}
    rows = [row for _key, row in sorted(shown.items(), key=lambda one: (order[one[0][0]], one[0][1]))]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(rows, spec.expected, strict=True)] == [
        dict(wanted) for wanted in spec.expected
    ]
    whole = as_row(found.overall.of())
    if "aimed" in (spec.totals or {}):
        whole |= as_steps(found.overall.of(growth=(SEEN,)), SEEN)
    assert {key: whole[key] for key in spec.totals or {}} == dict(spec.totals or {})


Helped = Mapping[int, int]
helps = st.dictionaries(st.integers(1, CLIENTS), st.sampled_from([1, 0, -1]))
AT = st.one_of(st.none(), recordings)
quick = settings(max_examples=100, deadline=None)
few = settings(max_examples=12, deadline=None)


def counted(  # noqa: PLR0917 # what a count depends on, in sight
    history: History,
    pair: tuple[date, date],
    at: int | None,
    helped: Helped,
    engine: Engine,
    levels: tuple[ScaleLevel, ...],
    halves: bool,
    read: Mapping[int, int | None] | None = None,
) -> RealisedGrowth:
    since, until = pair
    rows = moments_frame([row for row in history.moments if row.scale_id == SCALE], engine)
    intervals = moments_to_intervals(as_known(rows, at))
    periods = as_known(periods_frame(history.follow_up, engine), at)

    def side(day: date, *columns: str, group: tuple[str, ...] = ()) -> nw.LazyFrame[Any]:
        held = on(intervals, day).with_columns(measured_on=nw.col("valid_from")).select("client_id", *columns)
        if read is not None:
            held = translated(held, read, [column for column in columns if column.endswith("level_id")])
        people = on(periods, day, "starts_on", "ends_on").select("client_id", *group).unique()
        return people.join(held, on="client_id", how="left")

    told = [{"client_id": client, "has_instrument": has} for client, has in helped.items()]
    start = side(since, *STATE, group=("group",)).join(lazy(engine, told, HAS_TYPES), on="client_id", how="left")
    placements = placed_between(intervals, since, ends_of_months(since, until))
    if read is not None:
        placements = translated(placements, read, ("level_id",))
    judge = GrowthJudge(Judge(levels, ordered=True, halves_count=halves))
    followed = side(until, "level_id", "measured_on")
    return realised_growth(start, followed, placements, judge, since=since, group="group")


def as_counted(part: RealisedPart) -> dict[Key, dict[str, int]]:
    return {
        (kind.level, kind.growth, kind.instrument): {
            key: count
            for key, count in {"clients": fate.clients, **fate.outcomes, **fate.year, **steps_in_words(fate)}.items()
            if count
        }
        for kind, fate in part.kinds.items()
    }


def steps_in_words(fate: Fate) -> dict[str, int]:
    return {f"steps {one.expected} {one.reached}": persons for one, persons in fate.steps.items()}


def check(found: RealisedGrowth, history: History, days: tuple[date, date], at: int | None, **how: Any) -> None:
    check_closes(found.sums())
    members = naive.followed(history.follow_up, days[0], at)
    assert {part.group for part in found.groups} == {name for _client, name in members}
    for part in (found.overall, *found.groups):
        mine = {client for client, name in members if part.group in {None, name}}
        wanted = realised(mine, follow_up=history.follow_up, days=days, year=ends_of_months(*days), at=at, **how)
        assert as_counted(part) == wanted
        assert part.cohort == sum(line["clients"] for line in wanted.values())


@quick
@given(busy_histories, busy_pairs, AT, helps, st.booleans())
def test_counting_equals_plain_python(
    history: History, pair: tuple[date, date], at: int | None, helped: Helped, halves: bool
) -> None:
    found = counted(history, pair, at, helped, "polars", VNG, halves)
    rows = [row for row in history.moments if row.scale_id == SCALE]
    check(found, history, pair, at, moments=rows, rungs=RUNGS, halves=halves, helped=helped)


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
@few
@given(history=busy_histories, pair=busy_pairs, at=AT, helped=helps)
def test_engines_agree(
    engine: Engine, history: History, pair: tuple[date, date], at: int | None, helped: Helped
) -> None:
    asked = (history, pair, at, helped)
    assert counted(*asked, engine, VNG, False) == counted(*asked, "polars", VNG, False)


@quick
@given(busy_histories, said, busy_pairs, AT, st.booleans())
def test_through_a_crosswalk_it_equals_plain_python(
    history: History, crosswalk: Said, pair: tuple[date, date], at: int | None, halves: bool
) -> None:
    found = counted(history, pair, at, {}, "polars", (*OTHER, NOWHERE), halves, counterparts(crosswalk))
    own = [row for row in history.moments if row.scale_id == SCALE]
    rows, rungs = naive.read_through(own, RUNGS, OTHER_RUNGS, crosswalk), (*OTHER_RUNGS, naive.NOWHERE)
    check(found, history, pair, at, moments=rows, rungs=rungs, halves=halves, helped={})


def test_the_histories_come_everywhere() -> None:
    """A property that nobody comes into can't fail."""
    met: Counter[str] = Counter()

    @settings(max_examples=150, deadline=None, derandomize=True, database=None)
    @given(busy_histories, said, busy_pairs)
    def look(history: History, crosswalk: Said, pair: tuple[date, date]) -> None:
        for levels, read in ((VNG, None), ((*OTHER, NOWHERE), counterparts(crosswalk))):
            found = counted(history, pair, None, {}, "polars", levels, read is None, read)
            for fate in (found.overall.of(), found.overall.of(growth=(SEEN,))):
                met.update({**fate.outcomes, **fate.year})

    look()
    wanted = ("reached", "risen", "stayed", "fallen", "no_counterpart", "left", "not_measured_again")
    year = ("realised", "higher", "not_higher", "not_known")
    assert {name: met[name] for name in (*wanted, *year) if not met[name]} == {}


def test_the_ends_of_months_of_a_year() -> None:
    assert ends_of_months(date(2024, 1, 31), date(2024, 3, 31)) == (date(2024, 2, 29), date(2024, 3, 31))
    assert ends_of_months(date(2024, 1, 30), date(2024, 3, 5)) == (
        date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 5),
    )  # fmt: skip
    assert len(ends_of_months(date(2024, 2, 29), date(2025, 2, 28))) == 12


def test_two_states_of_one_client_are_refused() -> None:
    types = {"client_id": "bigint", "level_id": "smallint", "growth": "tinyint", "expected_level_id": "smallint",
             "has_instrument": "bigint"}  # fmt: skip
    rows = [
        {"client_id": 1, "level_id": level, "growth": 1, "expected_level_id": None, "has_instrument": 0}
        for level in (2, 3)
    ]
    followed = lazy("polars", [], {"client_id": "bigint", "level_id": "smallint", "measured_on": "date"})
    judge = GrowthJudge(Judge(VNG, ordered=True))
    with pytest.raises(ValueError, match="1 persons have 2 states"):
        realised_growth(lazy("polars", rows, types), followed, None, judge, since=date(2024, 1, 1))
