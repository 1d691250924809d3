"""Coverage on random histories equals the naive reference, on both clocks, by group and on each engine."""

from dataclasses import replace
from datetime import date, timedelta

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.coverage import Coverage, coverage
from opstap.analytics.crosswalks import translated
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.periods import on
from opstap.foundation.dates import years_before
from tests.analytics.frames import MOMENT_TYPES, PERIOD_TYPES, RUNGS, Engine, lazy, moments_frame, periods_frame
from tests.analytics.histories import History, days, histories, recordings
from tests.analytics.specs.coverage_specs import COVERAGE_SPECS
from tests.analytics.specs.spec import Spec
from tests.analytics.test_crosswalks import OTHER_RUNGS, Said, counterparts, said
from tests.analytics.test_specs import levels_of, moments_of, periods_of
from tests.reference import naive
from tests.reference.rows import Moment

AT = st.one_of(st.none(), recordings)
YEAR = st.integers(1, 9).map(lambda number: timedelta(days=number))


def counted(history: History, day: date, since: date, at: int | None, engine: Engine = "polars") -> Coverage:
    known = moments_to_intervals(as_known(moments_frame(history.moments, engine), at))
    people = on(as_known(periods_frame(history.follow_up, engine), at), day, "starts_on", "ends_on")
    return coverage(people, known.filter(nw.col("scale_id") == 1), day, since, undetermined=[1], group="group")


@pytest.mark.parametrize("spec", COVERAGE_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    names = dict.fromkeys(row["client"] for table in ("follow-up", "placements") for row in spec.given[table])
    clients = {name: number for number, name in enumerate(names, 1)}
    known = as_known(lazy("polars", moments_of(spec, clients), MOMENT_TYPES), spec.known_at)
    people = on(lazy("polars", periods_of(spec, clients), PERIOD_TYPES), spec.on, "starts_on", "ends_on")
    undetermined = [level.id for level in levels_of(spec) if level.undetermined]
    figures = coverage(
        people,
        moments_to_intervals(known),
        spec.on,
        years_before(spec.on, 1),
        undetermined=undetermined,
        group="group" if spec.by else None,
    )
    check_closes(figures.sums())
    assert [
        {key: getattr(row, key) for key in wanted} for row, wanted in zip(figures.rows, spec.expected, strict=True)
    ] == [dict(wanted) for wanted in spec.expected]


@settings(max_examples=120, deadline=None)
@given(histories, days, YEAR, AT)
def test_it_equals_the_reference(history: History, day: date, year: timedelta, at: int | None) -> None:
    found = counted(history, day, day - year, at)
    pairs = naive.followed(history.follow_up, day, at)
    own = [row for row in history.moments if row.scale_id == 1]
    assert [row.group for row in found.groups] == sorted({group for _, group in pairs})
    for row in (found.overall, *found.groups):
        clients = {client for client, group in pairs if row.group in {None, group}}
        by_hand = naive.covered(clients, own, RUNGS, (day - year, day), at)
        assert {key: getattr(row, key) for key in by_hand} == by_hand
    check_closes(found.sums())


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
@settings(max_examples=15, deadline=None)
@given(history=histories, day=days, year=YEAR, at=AT)
def test_engines_agree(engine: Engine, history: History, day: date, year: timedelta, at: int | None) -> None:
    assert counted(history, day, day - year, at, engine) == counted(history, day, day - year, at)


@settings(max_examples=60, deadline=None)
@given(histories, said, days, YEAR, AT)
def test_read_through_a_crosswalk_nobody_is_lost(
    history: History, crosswalk: Said, day: date, year: timedelta, at: int | None
) -> None:
    """Who stands on a level without a counterpart is placed; code 0 leads to code 0, as a crosswalk must."""
    honest: Said = {code: ("0" if code == "0" else None if to == "0" else to) for code, to in crosswalk.items()}
    own = [row for row in history.moments if row.scale_id == 1]
    through = naive.read_through(own, RUNGS, OTHER_RUNGS, honest)
    clients = {client for client, _ in naive.followed(history.follow_up, day, at)}
    by_hand = naive.covered(clients, through, (*OTHER_RUNGS, naive.NOWHERE), (day - year, day), at)
    placements = translated(moments_to_intervals(as_known(moments_frame(tuple(own)), at)), counterparts(honest))
    people = on(as_known(periods_frame(history.follow_up), at), day, "starts_on", "ends_on")
    found = coverage(people, placements, day, day - year, undetermined=[11]).overall
    assert {key: getattr(found, key) for key in by_hand} == by_hand
    as_recorded = moments_to_intervals(as_known(moments_frame(tuple(own)), at))
    assert found == coverage(people, as_recorded, day, day - year, undetermined=[1]).overall


def test_two_placements_on_one_day_are_one() -> None:
    day = date(2024, 1, 1)
    first = Moment(
        client_id=1, scale_id=1, id=1, recording=1, replaces=None, withdrawn=False, measured_on=day, level_id=2,
        growth=0, expected_level_id=None,
    )  # fmt: skip
    rows = (first, replace(first, id=2, recording=2, level_id=3))
    placements = moments_to_intervals(as_known(moments_frame(rows)))
    found = coverage(nw.from_native(placements.to_native()), placements, day, day - timedelta(days=365))
    assert (found.overall.placed, found.overall.placed_twice) == (1, 0)
