"""What each report answers on the rows of a spec: its rows, its totals and its shifts as plain tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import narwhals as nw

from opstap.analytics.counted import check_closes
from opstap.analytics.distribution import current_expected, goals, placement
from opstap.analytics.levels import ScaleLevel
from opstap.analytics.shares import mean, share
from opstap.analytics.transitions import Sides, movement
from tests.analytics.specs.spec import Spec

Row = dict[str, Any]
Placed = Callable[[Any], tuple[nw.LazyFrame[Any], nw.LazyFrame[Any]]]


class Answer(NamedTuple):
    """The rows, the totals, and the shifts where the report has them."""

    rows: list[Row]
    totals: Row
    shifts: list[Row]


def answer(spec: Spec, levels: tuple[ScaleLevel, ...], on_day: Placed) -> Answer:
    """`on_day` gives the people in follow-up on a day, and the state of that day."""
    if spec.report == "movement":
        return _movement(spec, levels, on_day)
    if spec.report == "current-expected":
        return _current_expected(spec, levels, on_day)
    return _levels(spec, levels, on_day)


def _group(spec: Spec) -> str | None:
    return "group" if spec.by else None


def _levels(spec: Spec, levels: tuple[ScaleLevel, ...], on_day: Placed) -> Answer:
    count = placement if spec.report == "placement" else goals
    figures = count(*on_day(spec.on), levels, group=_group(spec))
    check_closes(figures.sums())
    rows = []
    for part in figures.groups or (figures.overall,):
        for row in part.rows:
            shown: Row = {name: getattr(row, name) for name in row.__slots__}
            shown["share"] = share(row.clients, part.totals.clients, spec.decimals)
            for name in ("without_growth", "with_growth", "unknown_growth"):
                counted = shown.get(name)
                shown[f"{name}_share"] = None if counted is None else share(counted, row.clients, spec.decimals)
            rows.append(shown)
    totals = figures.overall.totals
    return Answer(rows, {name: getattr(totals, name) for name in totals.__slots__}, [])


def _current_expected(spec: Spec, levels: tuple[ScaleLevel, ...], on_day: Placed) -> Answer:
    figures = current_expected(
        *on_day(spec.on), levels, ordered=spec.ordered, halves_count=spec.halves_count, group=_group(spec)
    )
    check_closes(figures.sums())
    rows = []
    for part in figures.groups or (figures.overall,):
        for row in part.rows:
            shown: Row = {name: getattr(row, name) for name in row.__slots__}
            for name in ("current", "expected"):
                shown[f"{name}_share"] = share(shown[name], part.totals.clients, spec.decimals)
            rows.append(shown)
    totals = figures.overall.totals
    known: Row = {name: getattr(totals, name) for name in totals.__slots__} | dict(totals.shifts)
    known["both_known"] = totals.both_known
    for name in ("current", "expected"):
        total = known[f"{name}_sum"]
        known[f"mean_{name}"] = None if total is None else mean(total, totals.both_known)
    shifts = [
        {"from": one.origin, "to": one.destination, "clients": one.clients}
        for one in figures.overall.shifts
        if one.clients
    ]
    return Answer(rows, known, shifts)


def sides_on(spec: Spec, on_day: Placed) -> Sides:
    """The people of both days with their placement."""
    found = []
    for day in (spec.compared_with, spec.on):
        people, state = on_day(day)
        held = state.select("client_id", "level_id", measured_on=nw.col("valid_from"))
        found.append(people.join(held, on="client_id", how="left"))
    return Sides(*found)


def _movement(spec: Spec, levels: tuple[ScaleLevel, ...], on_day: Placed) -> Answer:
    assert spec.compared_with is not None
    figures = movement(
        sides_on(spec, on_day),
        levels,
        since=spec.compared_with,
        ordered=spec.ordered,
        halves_count=spec.halves_count,
        group=_group(spec),
    )
    check_closes(figures.sums())
    rows = []
    for part in figures.groups or (figures.overall,):
        for row in part.rows:
            if row.clients:
                stood = sum(other.clients for other in part.rows if other.origin == row.origin)
                rows.append(
                    {
                        "group": row.group,
                        "from": row.origin,
                        "to": row.destination,
                        "clients": row.clients,
                        "share": share(row.clients, stood, spec.decimals),
                    }
                )
    totals = figures.overall.totals
    counted: Row = {name: getattr(totals, name) for name in ("in_follow_up", "cohort", "entered")}
    return Answer(rows, counted | dict(totals.outcomes), [])
