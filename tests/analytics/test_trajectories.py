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
from opstap.analytics.crosswalks import NO_COUNTERPART_ID, translated
from opstap.analytics.distribution import trajectories
from opstap.analytics.known import as_known
from opstap.analytics.periods import FAR, on
from tests.analytics.frames import PERIOD_TYPES, lazy
from tests.analytics.specs.spec import Spec
from tests.analytics.specs.trajectory_specs import TRAJECTORY_SPECS
from tests.analytics.test_specs import levels_of, nowhere, periods_of

KINDS = ("work", "care")
TYPES = {
    "client_id": pl.Int64, "kind": pl.String, "goal_level_id": pl.Int32, "maintains_level": pl.Boolean,
    "starts_on": pl.Date, "ends_on": pl.Date,
}  # fmt: skip
CLOCK = {"id": pl.Int64, "recording": pl.Int64, "replaces": pl.Int64, "withdrawn": pl.Boolean}
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
LATEST = 6
A_TRAJECTORY = st.fixed_dictionaries(
    {
        "client_id": st.integers(1, 6),
        "kind": st.sampled_from([*KINDS, "other"]),
        "goal_level_id": st.sampled_from([None, 1, 2, 3, ANOTHER]),
        "maintains_level": st.booleans(),
        "starts_on": st.integers(-3, 3).map(lambda days: DAY + timedelta(days=days)),
        "ends_on": st.integers(1, 6).map(lambda days: DAY + timedelta(days=days - 2)),
        "recording": st.integers(1, LATEST),
        "change": st.sampled_from(["new", "new", "correct", "withdraw"]),
    }
)
COUNTERPARTS = st.dictionaries(st.sampled_from([1, 2, 3]), st.sampled_from([2, 4, None]), max_size=3)


def as_stored(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In the order of recording; a correction and a withdrawal replace the row before, of the same client."""
    stored: list[dict[str, Any]] = []
    for number, row in enumerate(sorted(drawn, key=lambda row: row["recording"]), 1):
        before = stored[-1] if stored and row["change"] != "new" else None
        stored.append(
            {
                **{key: row[key] for key in TYPES if key in row},
                "id": number,
                "recording": row["recording"],
                "replaces": before and before["id"],
                "withdrawn": before is not None and row["change"] == "withdraw",
            }
        )
        if before:
            stored[-1]["client_id"] = before["client_id"]
    return stored


def standing(rows: list[dict[str, Any]], at: int | None) -> list[dict[str, Any]]:
    known = [row for row in rows if at is None or row["recording"] <= at]
    replaced = [row["replaces"] for row in known]
    return [row for row in known if row["id"] not in replaced and not row["withdrawn"]]


@given(
    drawn=st.lists(A_TRAJECTORY, max_size=25),
    people=st.sets(st.integers(1, 5)),
    at=st.one_of(st.none(), st.integers(1, LATEST)),
    read=COUNTERPARTS,
    halves=st.booleans(),
)
def test_it_equals_plain_python(
    drawn: list[dict[str, Any]], people: set[int], at: int | None, read: dict[int, int | None], halves: bool
) -> None:
    """On both clocks; goals read through a crosswalk, or on the scale itself; half-levels apart."""
    levels = (*levels_of(TRAJECTORY_SPECS[3 if halves else 0]), nowhere(99))
    codes = {level.id: level.code for level in levels}
    rows = as_stored(drawn)
    population = nw.from_native(pl.DataFrame({"client_id": sorted(people)}, schema={"client_id": pl.Int64}).lazy())
    known = as_known(nw.from_native(pl.DataFrame(rows, schema=TYPES | CLOCK).lazy()), at)
    running = translated(on(known, DAY, "starts_on", "ends_on"), read, ("goal_level_id",), others_stay=True)
    figures = trajectories(population, running, levels, KINDS).overall

    def goal(row: dict[str, Any]) -> str | None:
        if row["maintains_level"]:
            return "keep"
        level = row["goal_level_id"]
        if level in read:
            counterpart = read[level]
            return codes[NO_COUNTERPART_ID if counterpart is None else counterpart]
        return None if level is None else codes.get(level, "other_scale")

    on_day = [one for one in standing(rows, at) if one["starts_on"] <= DAY < one["ends_on"]]
    held = [one for one in on_day if one["client_id"] in people]
    counted: dict[tuple[str, str | None], list[int]] = {}
    for row in held:
        counted.setdefault((row["kind"], goal(row)), []).append(row["client_id"])
    assert {(row.kind, row.goal): (row.clients, row.trajectories) for row in figures.rows} == {
        key: (len(set(clients)), len(clients)) for key, clients in counted.items()
    }
    assert figures.totals.with_trajectory == len({row["client_id"] for row in held})
    assert (figures.totals.clients, figures.totals.trajectories) == (len(people), len(held))
