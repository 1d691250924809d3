"""Who came into follow-up: the spec comes out as it says, and beginnings equal a walk day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opstap.analytics.counted import DoesNotClose, check_closes
from opstap.analytics.distribution import Inflow, profile
from opstap.analytics.durations import begun_between
from opstap.analytics.small_results import rows_of
from tests.analytics.frames import VNG, Engine, lazy, plain
from tests.analytics.specs.inflow_specs import INFLOW_SPECS
from tests.reference.naive_inflow import began

SPELL_TYPES = {"client_id": "bigint", "starts_on": "date", "ends_on": "date"}
PEOPLE_TYPES = {"client_id": "bigint", "group": "varchar"}
STATE_TYPES = {"client_id": "bigint", "level_id": "smallint"}
START = date(2024, 1, 1)
FAR = date(9999, 12, 31)

spells = st.dictionaries(
    st.integers(1, 6), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), min_size=1, max_size=4), max_size=6
)


@settings(deadline=None, max_examples=40)
@given(spells, st.integers(0, 60), st.integers(1, 40), st.sampled_from([0, 1, 5, 30]))
@pytest.mark.parametrize("engine", ["polars", "duckdb", "pandas"])
def test_beginnings_equal_a_walk_day_by_day(
    engine: Engine, spells: dict[int, list[tuple[int, int]]], first: int, length: int, gap: int
) -> None:
    earlier = START + timedelta(days=first)
    later = earlier + timedelta(days=length)
    days = {
        client: [(START + timedelta(days=at), START + timedelta(days=at + size)) for at, size in own]
        for client, own in spells.items()
    }
    rows = [
        {"client_id": client, "starts_on": start, "ends_on": end} for client, own in days.items() for start, end in own
    ]
    found = rows_of(begun_between(lazy(engine, rows, SPELL_TYPES), earlier, later, gap))
    assert {client: plain(day) for client, day in found} == began(days, earlier, later, gap)


def test_the_spec_of_who_is_new() -> None:
    (spec,) = INFLOW_SPECS
    clients = {name: number for number, name in enumerate(dict.fromkeys(r["client"] for r in spec.given["follow-up"]))}
    rows = [
        {"client_id": clients[row["client"]], "starts_on": row["from"], "ends_on": row.get("until") or FAR}
        for row in spec.given["follow-up"]
    ]
    assert spec.compared_with is not None
    begun = rows_of(begun_between(lazy("polars", rows, SPELL_TYPES), spec.compared_with, spec.on))
    assert {client for client, _day in begun} == {clients[name] for name in ("Bram", "Dora", "Emma")}


def test_a_negative_gap_is_refused() -> None:
    with pytest.raises(ValueError, match="a gap can't be -1 days"):
        begun_between(lazy("polars", [], SPELL_TYPES), START, START, -1)


def test_sides_that_are_not_all_are_refused() -> None:
    someone = lazy("polars", [{"client_id": 1, "group": ""}], PEOPLE_TYPES)
    side = profile(someone, lazy("polars", [], STATE_TYPES), VNG, {})
    check_closes(Inflow(new=side, there=side, followed=2, returned=1).sums())
    for followed, returned, back in ((3, 0, 0), (2, 2, 0), (2, 0, 1)):
        with pytest.raises(DoesNotClose):
            check_closes(Inflow(new=side, there=side, followed=followed, returned=returned, back=back).sums())
