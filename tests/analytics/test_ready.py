"""Ready for a step: every spec comes out as it says, and the rule equals plain Python."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.crosswalks import NO_COUNTERPART_ID
from opstap.analytics.distribution import NO_ORDER, NOT_PLACED, READINESS, crosstab, readiness
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import on
from opstap.analytics.small_results import rows_of
from opstap.foundation.dates import years_before
from tests.analytics.frames import MOMENT_TYPES, PERIOD_TYPES, RUNGS, VNG, Engine, lazy
from tests.analytics.specs.ready_specs import READY_SPECS
from tests.analytics.specs.spec import Spec
from tests.analytics.test_specs import levels_of, moments_of, periods_of
from tests.reference.naive_crosstab import crossed
from tests.reference.naive_ready import why

STATE_TYPES = {"client_id": "bigint", "level_id": "smallint", "expected_level_id": "smallint", "measured_on": "date"}
PEOPLE_TYPES = {"client_id": "bigint", "group": "varchar"}
RUNNING_TYPES = {"client_id": "bigint", "goal_level_id": "smallint"}
ELSEWHERE = 99
SINCE = date(2023, 3, 1)


@pytest.mark.parametrize("spec", READY_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    clients = {row["client"]: number for number, row in enumerate(spec.given["follow-up"], 1)}
    held = on(moments_to_intervals(lazy("polars", moments_of(spec, clients), MOMENT_TYPES)), spec.on)
    state = held.with_columns(measured_on=nw.col("valid_from"))
    people = on(lazy("polars", periods_of(spec, clients), PERIOD_TYPES), spec.on, "starts_on", "ends_on")
    levels = levels_of(spec)
    by_code = {level.code: level.id for level in levels}
    led = [
        {"client_id": clients[row["client"]], "goal_level_id": by_code.get(str(row["goal"]))}
        for row in spec.given["running"]
    ]
    running = lazy("polars", led, RUNNING_TYPES)
    kinds = readiness(
        state, running, levels, since=years_before(spec.on, 1), ordered=True, halves_count=spec.halves_count
    )
    figures = crosstab(people, state, kinds, levels, READINESS, otherwise=NOT_PLACED)
    check_closes(figures.sums())
    found = [{"level": row.level, "clients": row.clients, **row.columns} for row in figures.rows]
    shown = [{key: row[key] for key in wanted} for row, wanted in zip(found, spec.expected, strict=True)]
    assert shown == [dict(wanted) for wanted in spec.expected]
    totals = {"clients": figures.base, **figures.overall.columns}
    assert {key: totals[key] for key in spec.totals or {}} == dict(spec.totals or {})


ids = [rung.id for rung in RUNGS]
days = st.sampled_from([date(2020, 1, 1), date(2023, 2, 28), SINCE, date(2023, 3, 2), date(2024, 3, 1)])
placements = st.dictionaries(
    st.integers(1, 14), st.tuples(st.sampled_from(ids), st.sampled_from([None, *ids]), days), max_size=14
)
people = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["north", "south"])), max_size=16)
# Who has two trajectories is there twice; a goal may lie on another scale.
trajectories = st.lists(st.tuples(st.integers(1, 14), st.sampled_from([None, ELSEWHERE, *ids])), max_size=12)


@settings(deadline=None, max_examples=40)
@given(people, placements, trajectories, st.booleans(), st.booleans())
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_counting_equals_plain_python_on_each_engine(  # noqa: PLR0917 # what hypothesis gives
    engine: Engine,
    people: list[tuple[int, str]],
    placements: dict[int, tuple[int, int | None, date]],
    led: list[tuple[int, int | None]],
    halves: bool,
    ladder: bool,
) -> None:
    rows = [
        {"client_id": client, "level_id": level, "expected_level_id": expected, "measured_on": day}
        for client, (level, expected, day) in placements.items()
    ]
    state = lazy(engine, rows, STATE_TYPES)
    rows = [{"client_id": client, "goal_level_id": goal} for client, goal in led]
    running = lazy(engine, rows, RUNNING_TYPES)
    kinds = readiness(state, running, VNG, since=SINCE, ordered=ladder, halves_count=halves)
    population = lazy(engine, [{"client_id": client, "group": group} for client, group in people], PEOPLE_TYPES)
    columns = READINESS if ladder else (NO_ORDER, NOT_PLACED)
    figures = crosstab(population, state, kinds, VNG, columns, otherwise=NOT_PLACED, group="group")
    check_closes(figures.sums())
    rungs, order = {rung.id: rung for rung in RUNGS}, {level.code: level.order for level in VNG}
    answers = {
        client: why(
            placements.get(client), [goal for who, goal in led if who == client], rungs, order, SINCE, halves, ladder
        )
        for client, _group in people
    }
    levels = {client: rungs[level].whole for client, (level, _expected, _day) in placements.items()}
    for part in (figures.overall, *figures.groups):
        mine = {client for client, group in people if part.group in {None, group}}
        found = {(row.level, key): count for row in part.rows for key, count in row.columns.items() if count}
        assert found == crossed(mine, levels, answers, "never")
        assert part.clients == len(mine)


def test_who_has_no_counterpart_is_not_known() -> None:
    nowhere = ScaleLevel(id=NO_COUNTERPART_ID, code="no_counterpart", name="Nowhere", order=99, has_growth=False)
    day = date(2024, 1, 1)
    rows = [
        {"client_id": 1, "level_id": NO_COUNTERPART_ID, "expected_level_id": 6, "measured_on": day},
        {"client_id": 2, "level_id": 2, "expected_level_id": NO_COUNTERPART_ID, "measured_on": day},
    ]
    kinds = readiness(
        lazy("polars", rows, STATE_TYPES), lazy("polars", [], RUNNING_TYPES), (*VNG, nowhere), since=SINCE, ordered=True
    )
    assert sorted(rows_of(kinds)) == [(1, "not_known"), (2, "not_known")]
