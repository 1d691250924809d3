"""On random histories how those of the later day came to be there equals the naive reference, in every engine."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given, settings

from opstap.analytics.counted import check_closes
from opstap.analytics.transitions import Judge, Sides
from opstap.analytics.transitions.standing import Standing, standing
from tests.analytics.busy_histories import busy_histories
from tests.analytics.frames import RUNGS, VNG, Engine, lazy
from tests.analytics.histories import History
from tests.analytics.specs.spec import Spec
from tests.analytics.specs.standing_specs import STANDING_SPECS
from tests.analytics.test_movement_against_reference import AT, PAIRS, SCALE, side
from tests.analytics.test_specs import scale_of
from tests.reference import naive
from tests.reference.naive_movement import came

JUDGE = Judge(VNG, ordered=True, halves_count=False)


def of_group(history: History, pair: tuple[date, date], at: int | None, group: str, engine: Engine) -> Standing:
    """One group's people as the caseload that is asked about."""
    sides = [side(history, day, at, engine, ("group",)).filter(nw.col("group") == group) for day in pair]
    mine = Sides(*(one.select("client_id", "level_id").unique() for one in sides))
    return standing(mine, side(history, pair[0], at, engine, ()), JUDGE)


@pytest.mark.parametrize("spec", STANDING_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    levels = scale_of(spec.given["levels"])
    ids = {level.code: level.id for level in levels}
    people = list(enumerate(spec.given["people"], 1))

    def on_day(day: str, worker: str = "") -> nw.LazyFrame[Any]:
        rows = [
            {"client_id": number, "level_id": ids.get(str(row[f"level {day}"]))}
            for number, row in people
            if row[day] and worker in {"", row[day]}
        ]
        return lazy("polars", rows, {"client_id": "bigint", "level_id": "smallint"})

    sides = Sides(on_day("then", "Jo"), on_day("now", "Jo"))
    found = standing(sides, on_day("then"), Judge(levels, ordered=True, halves_count=False))
    check_closes(found.sums())
    assert [asdict(found)] == [dict(row) for row in spec.expected]


@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
@settings(max_examples=40, deadline=None)
@given(history=busy_histories, pair=PAIRS, at=AT)
def test_it_equals_the_reference_and_closes(
    engine: Engine, history: History, pair: tuple[date, date], at: int | None
) -> None:
    rows = [row for row in history.moments if row.scale_id == SCALE]
    groups = {name for day in pair for _client, name in naive.followed(history.follow_up, day, at)}
    for group in sorted(groups):
        found = of_group(history, pair, at, group, engine)
        check_closes(found.sums())
        start, end = (
            {client for client, name in naive.followed(history.follow_up, day, at) if name == group} for day in pair
        )
        wanted = came(start, end, rows, history.follow_up, pair, at, RUNGS)
        counts = {
            "stayed": found.stayed, "entered": found.entered, "taken_over": found.taken_over,
            "unplaced": found.unplaced,
        }  # fmt: skip
        assert {way: count for way, count in counts.items() if count} == wanted
        assert found.people == len(end)
