"""Trajectories by kind and goal: every spec comes out as it says, and the counting equals plain Python."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import trajectories
from opstap.analytics.periods import FAR, on
from tests.analytics.frames import PERIOD_TYPES, lazy
from tests.analytics.specs.spec import Spec
from tests.analytics.specs.trajectory_specs import TRAJECTORY_SPECS
from tests.analytics.test_specs import levels_of, periods_of

KINDS = ("work", "care")
TYPES = {
    "client_id": pl.Int64, "kind": pl.String, "goal_level_id": pl.Int32, "maintains_level": pl.Boolean,
    "starts_on": pl.Date, "ends_on": pl.Date,
}  # fmt: skip
ANOTHER = 999


def frame(rows: list[dict[str, Any]]) -> nw.LazyFrame[Any]:
    return nw.from_native(pl.DataFrame(rows, schema=TYPES).lazy())


@pytest.mark.parametrize("spec", TRAJECTORY_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    names = dict.fromkeys(row["client"] for table in ("follow-up", "trajectories") for row in spec.given[table])
    clients = {name: number for number, name in enumerate(names, 1)}
    ids = {level.code: level.id for level in levels_of(spec)}
    rows = [
        {
            "client_id": clients[row["client"]],
            "kind": row["kind"],
            "goal_level_id": ids.get(str(row["goal"]), ANOTHER) if "goal" in row else None,
            "maintains_level": row.get("keeps") == "yes",
            "starts_on": row["from"],
            "ends_on": row.get("until", FAR),
        }
        for row in spec.given["trajectories"]
    ]
    population = on(lazy("polars", periods_of(spec, clients), PERIOD_TYPES), spec.on, "starts_on", "ends_on")
    running = on(frame(rows), spec.on, "starts_on", "ends_on")
    figures = trajectories(population, running, levels_of(spec), KINDS, group="group" if spec.by else None)
    check_closes(figures.sums())
    parts = figures.groups or (figures.overall,)
    found = [{name: getattr(row, name) for name in row.__slots__} for part in parts for row in part.rows]
    assert [{key: row[key] for key in wanted} for row, wanted in zip(found, spec.expected, strict=True)] == [
        dict(wanted) for wanted in spec.expected
    ]
    for name, value in (spec.totals or {}).items():
        assert getattr(figures.overall.totals, name) == value


DAY = date(2024, 3, 1)
A_TRAJECTORY = st.fixed_dictionaries(
    {
        "client_id": st.integers(1, 6),
        "kind": st.sampled_from([*KINDS, "other"]),
        "goal_level_id": st.sampled_from([None, 1, 2, ANOTHER]),
        "maintains_level": st.booleans(),
        "starts_on": st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)),
        "ends_on": st.integers(1, 6).map(lambda days: DAY + timedelta(days=days - 2)),
    }
)


@given(rows=st.lists(A_TRAJECTORY, max_size=25), people=st.sets(st.integers(1, 5)))
def test_it_equals_plain_python(rows: list[dict[str, Any]], people: set[int]) -> None:
    levels = levels_of(TRAJECTORY_SPECS[0])
    codes = {level.id: level.code for level in levels}
    population = nw.from_native(pl.DataFrame({"client_id": sorted(people)}, schema={"client_id": pl.Int64}).lazy())
    figures = trajectories(population, on(frame(rows), DAY, "starts_on", "ends_on"), levels, KINDS).overall

    def goal(row: dict[str, Any]) -> str | None:
        if row["maintains_level"]:
            return "keep"
        return None if row["goal_level_id"] is None else codes.get(row["goal_level_id"], "other_scale")

    running = [row for row in rows if row["starts_on"] <= DAY < row["ends_on"] and row["client_id"] in people]
    counted: dict[tuple[str, str | None], list[int]] = {}
    for row in running:
        counted.setdefault((row["kind"], goal(row)), []).append(row["client_id"])
    assert {(row.kind, row.goal): (row.clients, row.trajectories) for row in figures.rows} == {
        key: (len(set(clients)), len(clients)) for key, clients in counted.items()
    }
    assert figures.totals.with_trajectory == len({row["client_id"] for row in running})
    assert (figures.totals.clients, figures.totals.trajectories) == (len(people), len(running))
