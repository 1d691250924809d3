"""What people have in common: every spec comes out as it says, and the counting equals plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import narwhals as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import HAS, HAS_NOT, UNKNOWN, Feature, Split, profile
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.periods import on
from opstap.analytics.uncertainty import estimated
from tests.analytics.frames import MOMENT_TYPES, PERIOD_TYPES, RUNGS, VNG, Engine, lazy
from tests.analytics.specs.profile_specs import PROFILE_SPECS
from tests.analytics.specs.spec import Spec, Value
from tests.analytics.test_specs import levels_of, moments_of, periods_of
from tests.reference.naive_profile import profiled

OWN = {"levels", "follow-up", "placements"}
HAS_TYPES = {"client_id": "bigint", "has": "bigint"}
STATE_TYPES = {"client_id": "bigint", "level_id": "smallint"}
PEOPLE_TYPES = {"client_id": "bigint", "group": "varchar"}
ANSWERS = {"yes": HAS, "no": HAS_NOT}


def feature_of(spec: Spec, clients: Mapping[Value, int], state: nw.LazyFrame[Any]) -> Feature:
    """The one table with `has`; without one it is growth potential. An exemption is recorded of all who have it."""
    name = next(iter(spec.given.keys() - OWN), "")
    if not name:
        return Feature(who=state.select("client_id", has=nw.col("growth")), growth_levels_only=True)
    rows = [{"client_id": clients[row["client"]], "has": ANSWERS[str(row["has"])]} for row in spec.given[name]]
    return Feature(who=lazy("polars", rows, HAS_TYPES), absent=HAS_NOT if name == "exemption" else UNKNOWN)


def as_row(found: Split | None) -> dict[str, Value]:
    if found is None:
        return dict.fromkeys(("yes", "no", "unknown", "share"))
    (estimate,) = estimated([(found.yes, found.known, sum(found))])
    bounds = estimate.bounds()
    between = "{} and {} %".format(*bounds) if bounds else None
    return {**found._asdict(), "share": estimate.share(), "between": between}


@pytest.mark.parametrize("spec", PROFILE_SPECS, ids=lambda spec: spec.name)
def test_spec(spec: Spec) -> None:
    clients = {row["client"]: number for number, row in enumerate(spec.given["follow-up"], 1)}
    state = on(moments_to_intervals(lazy("polars", moments_of(spec, clients), MOMENT_TYPES)), spec.on)
    people = on(lazy("polars", periods_of(spec, clients), PERIOD_TYPES), spec.on, "starts_on", "ends_on")
    figures = profile(people, state, levels_of(spec), {"it": feature_of(spec, clients, state)})
    check_closes(figures.sums())
    rows = [
        {"level": row.level, "clients": row.clients, **as_row(row.features.get("it"))} for row in figures.overall.rows
    ]
    shown = [{key: row[key] for key in wanted} for row, wanted in zip(rows, spec.expected, strict=True)]
    assert shown == [dict(wanted) for wanted in spec.expected]
    totals = {"clients": figures.base, **as_row(figures.overall.features["it"])}
    assert {key: totals[key] for key in spec.totals or {}} == dict(spec.totals or {})


Said = dict[int, bool]
people = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(["north", "south"])), max_size=16)
states = st.dictionaries(st.integers(1, 14), st.sampled_from([rung.id for rung in RUNGS]))
answers = st.dictionaries(st.integers(1, 14), st.booleans())


@settings(deadline=None, max_examples=40)
@given(people, states, st.tuples(answers, answers), st.sampled_from([None, False]))
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_counting_equals_plain_python_on_each_engine(
    engine: Engine,
    people: list[tuple[int, str]],
    states: dict[int, int],
    said: tuple[Said, Said],
    absent: bool | None,
) -> None:
    first, second = said

    def feature(said: Said, absent: bool | None) -> Feature:
        rows = [{"client_id": client, "has": int(has)} for client, has in said.items()]
        return Feature(who=lazy(engine, rows, HAS_TYPES), absent=UNKNOWN if absent is None else HAS_NOT)

    figures = profile(
        lazy(engine, [{"client_id": client, "group": group} for client, group in people], PEOPLE_TYPES),
        lazy(engine, [{"client_id": client, "level_id": level} for client, level in states.items()], STATE_TYPES),
        VNG,
        {"first": feature(first, None), "second": feature(second, absent)},
        group="group",
    )
    check_closes(figures.sums())
    codes = {rung.id: rung.whole for rung in RUNGS}
    levels = {client: codes[level] for client, level in states.items()}
    for part in (figures.overall, *figures.groups):
        mine = {client for client, group in people if part.group in {None, group}}
        assert part.clients == len(mine)
        for key, told, default in (("first", first, None), ("second", second, absent)):
            wanted = profiled(mine, levels, told, absent=default)
            found = {row.level: [row.clients, *row.features[key]] for row in part.rows if row.clients}
            assert found == wanted
    assert {part.group for part in figures.groups} == {group for _client, group in people}


def test_a_feature_with_two_rows_for_a_client_is_refused() -> None:
    rows = [{"client_id": 1, "has": HAS}, {"client_id": 1, "has": HAS_NOT}]
    followed = lazy("polars", [{"client_id": 1, "group": ""}], PEOPLE_TYPES)
    with pytest.raises(ValueError, match="give one row a client"):
        profile(followed, lazy("polars", [], STATE_TYPES), VNG, {"it": Feature(who=lazy("polars", rows, HAS_TYPES))})


def test_a_level_of_another_scale_is_refused() -> None:
    followed = lazy("polars", [{"client_id": 1, "group": ""}], PEOPLE_TYPES)
    state = lazy("polars", [{"client_id": 1, "level_id": 99}], STATE_TYPES)
    with pytest.raises(ValueError, match=r"not of this scale: \[99\]"):
        profile(followed, state, VNG, {})
