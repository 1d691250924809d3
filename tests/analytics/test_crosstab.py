"""Levels by columns: every spec comes out as it says, and the counting equals plain Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import crosstab
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.periods import on
from tests.analytics.frames import MOMENT_TYPES, PERIOD_TYPES, RUNGS, VNG, Engine, lazy
from tests.analytics.specs.deployment_specs import DEPLOYMENT_SPECS
from tests.analytics.specs.duration_specs import DURATION_SPECS
from tests.analytics.specs.left_specs import LEFT_SPECS
from tests.analytics.specs.spec import Spec
from tests.analytics.test_specs import levels_of, moments_of, periods_of
from tests.reference.naive_crosstab import crossed

STATE_TYPES = {"client_id": "bigint", "level_id": "smallint"}
PEOPLE_TYPES = {"client_id": "bigint", "group": "varchar"}
KIND_TYPES = {"client_id": "bigint", "kind": "varchar"}
DURATIONS = ("<1", "1-2", "2-5", "5-10", ">=10", "no_benefit", "not_known")
REASONS = ("employment", "unrecorded", "stayed")
DEPLOYED = ("growth_with", "growth_without", "none_with", "none_without", "not_known", "no_growth_level")
COLUMNS = ("short", "long", "other")


@pytest.mark.parametrize("spec", [*DURATION_SPECS, *LEFT_SPECS, *DEPLOYMENT_SPECS], ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    clients = {row["client"]: number for number, row in enumerate(spec.given["follow-up"], 1)}
    day = spec.compared_with or spec.on
    state = on(moments_to_intervals(lazy("polars", moments_of(spec, clients), MOMENT_TYPES)), day)
    people = on(lazy("polars", periods_of(spec, clients), PERIOD_TYPES), day, "starts_on", "ends_on")
    (name,) = {"time on benefit", "who left", "kinds"} & spec.given.keys()
    kinds = [{"client_id": clients[row["client"]], "kind": row["kind"]} for row in spec.given[name]]
    columns, otherwise = {
        "left": (REASONS, "stayed"),
        "duration": (DURATIONS, "not_known"),
        "deployment": (DEPLOYED, "no_growth_level"),
    }[spec.report]
    figures = crosstab(people, state, lazy("polars", kinds, KIND_TYPES), levels_of(spec), columns, otherwise=otherwise)
    check_closes(figures.sums())
    found = [{"level": row.level, "clients": row.clients, **row.columns} for row in figures.rows]
    shown = [{key: row[key] for key in wanted} for row, wanted in zip(found, spec.expected, strict=True)]
    assert shown == [dict(wanted) for wanted in spec.expected]
    totals = {"clients": figures.base, **figures.overall.columns}
    assert {key: totals[key] for key in spec.totals or {}} == dict(spec.totals or {})


people = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["north", "south"])), max_size=16)
states = st.dictionaries(st.integers(1, 14), st.sampled_from([rung.id for rung in RUNGS]))
some_kinds = st.dictionaries(st.integers(1, 14), st.sampled_from(COLUMNS))


@settings(deadline=None, max_examples=40)
@given(people, states, some_kinds)
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_counting_equals_plain_python_on_each_engine(
    engine: Engine, people: list[tuple[int, str]], states: dict[int, int], kinds: dict[int, str]
) -> None:
    figures = crosstab(
        lazy(engine, [{"client_id": client, "group": group} for client, group in people], PEOPLE_TYPES),
        lazy(engine, [{"client_id": client, "level_id": level} for client, level in states.items()], STATE_TYPES),
        lazy(engine, [{"client_id": client, "kind": kind} for client, kind in kinds.items()], KIND_TYPES),
        VNG,
        COLUMNS,
        otherwise="other",
        group="group",
    )
    check_closes(figures.sums())
    codes = {rung.id: rung.whole for rung in RUNGS}
    levels = {client: codes[level] for client, level in states.items()}
    for part in (figures.overall, *figures.groups):
        mine = {client for client, group in people if part.group in {None, group}}
        assert part.clients == len(mine)
        found = {(row.level, key): count for row in part.rows for key, count in row.columns.items() if count}
        assert found == crossed(mine, levels, kinds, "other")
    assert {part.group for part in figures.groups} == {group for _client, group in people}


@pytest.mark.parametrize(
    ("state", "kinds", "message"),
    [
        ([{"client_id": 1, "level_id": 99}], [], r"not of this scale: \[99\]"),
        ([], [{"client_id": 1, "kind": "never"}], r"no column for \['never'\]"),
        ([], [{"client_id": 1, "kind": "long"}, {"client_id": 1, "kind": "short"}], "one level and one kind a client"),
    ],
)
def test_what_does_not_fit_is_refused(
    state: list[dict[str, int]], kinds: list[dict[str, object]], message: str
) -> None:
    followed = lazy("polars", [{"client_id": 1, "group": ""}], PEOPLE_TYPES)
    with pytest.raises(ValueError, match=message):
        crosstab(
            followed,
            lazy("polars", state, STATE_TYPES),
            lazy("polars", kinds, KIND_TYPES),
            VNG,
            COLUMNS,
            otherwise="other",
        )
