"""Movement equals what others counted: the multi-state data of the European bone marrow register."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import pytest

from opstap.analytics.counted import check_closes
from opstap.analytics.intervals import moments_to_intervals
from opstap.analytics.known import as_known
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.periods import on
from opstap.analytics.transitions import Movement, Sides, movement
from tests.analytics.frames import MOMENT_TYPES, lazy
from tests.reference.outside import Stay, ebmt

BEGIN = date(2000, 1, 1)
STATES = tuple(ScaleLevel(id=number, code=str(number), name=str(number), order=number) for number in range(1, 7))
# Transplant, recovery, adverse event, both, relapse, death; what followed: mstate's table of events for these data.
PUBLISHED = {
    "1": {"2": 785, "3": 907, "5": 95, "6": 160, "not_measured_again": 332},
    "2": {"4": 227, "5": 112, "6": 39, "not_measured_again": 407},
    "3": {"4": 433, "5": 56, "6": 197, "not_measured_again": 221},
    "4": {"5": 107, "6": 137, "not_measured_again": 416},
}


@pytest.fixture(scope="module")
def stays() -> list[Stay]:
    return ebmt()


def moved(placements: list[tuple[int, int, int]], earlier: date, later: date) -> Movement:
    """Movement between two days of those who were placed: (person, day after the beginning, state)."""
    rows: list[dict[str, Any]] = [
        {
            "client_id": person, "scale_id": 1, "id": number, "recording": 1, "replaces": None, "withdrawn": False,
            "measured_on": BEGIN + timedelta(days=day), "level_id": state, "growth": -1, "expected_level_id": None,
        }
        for number, (person, day, state) in enumerate(placements, 1)
    ]  # fmt: skip
    intervals = moments_to_intervals(as_known(lazy("polars", rows, MOMENT_TYPES)))
    people = intervals.select("client_id").unique()

    def side(day: date) -> nw.LazyFrame[Any]:
        held = on(intervals, day).select("client_id", "level_id", measured_on=nw.col("valid_from"))
        return people.join(held, on="client_id", how="left")

    figures = movement(Sides(side(earlier), side(later)), STATES, since=earlier, ordered=False)
    check_closes(figures.sums())
    return figures


def cells(figures: Movement) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for row in figures.overall.rows:
        if row.clients:
            found.setdefault(row.origin, {})[row.destination] = row.clients
    return found


def test_what_followed_each_stay_is_the_published_table(stays: list[Stay]) -> None:
    placements = []
    for number, stay in enumerate(stays):
        placements.append((number, 0, int(stay.state)))
        if stay.next_state is not None:
            placements.append((number, 1, int(stay.next_state)))
    assert cells(moved(placements, BEGIN, BEGIN + timedelta(days=1))) == PUBLISHED


@pytest.mark.parametrize(("earlier", "later"), [(30, 100), (100, 365), (0, 730)])
def test_between_two_days_it_is_what_following_each_patient_finds(stays: list[Stay], earlier: int, later: int) -> None:
    changes: dict[int, list[tuple[int, int]]] = {}
    for stay in stays:
        changes.setdefault(stay.patient, []).append((stay.from_day, int(stay.state)))
        if stay.next_state is not None:
            changes[stay.patient].append((stay.until_day, int(stay.next_state)))
    followed: Counter[tuple[str, str]] = Counter()
    for moments in changes.values():
        ordered = sorted(set(moments))
        states = {day: [state for when, state in ordered if when <= day][-1:] for day in (earlier, later)}
        again = any(earlier < when <= later for when, _state in ordered)
        if states[earlier]:
            to = str(states[later][0]) if again else "not_measured_again"
            followed[str(states[earlier][0]), to] += 1
    placements = [(patient, day, state) for patient, moments in changes.items() for day, state in sorted(set(moments))]
    found = moved(placements, BEGIN + timedelta(days=earlier), BEGIN + timedelta(days=later))
    assert {(origin, to): count for origin, row in cells(found).items() for to, count in row.items()} == dict(followed)
