"""The same answers by loops over rows, written without the room it checks: slow, and easy to see through."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from tests.reference.rows import Moment, Period, Rung

Row = TypeVar("Row", Moment, Period)
NOWHERE = Rung(id=-2, code="no_counterpart", whole="no_counterpart", grows=False)


def standing(rows: Sequence[Row], recording: int | None) -> list[Row]:
    """The rows that stood at the recording: learnt by then, not replaced by then, not a withdrawal."""
    found = []
    for row in rows:
        if recording is not None and row.recording > recording:
            continue
        replaced = False
        for other in rows:
            learnt = recording is None or other.recording <= recording
            if learnt and other.replaces == row.id:
                replaced = True
        if not replaced and not row.withdrawn:
            found.append(row)
    return found


def current(moments: Sequence[Moment], client_id: int, day: date, recording: int | None) -> Moment | None:
    """The latest row known that holds that day, among moments of one scale."""
    best: Moment | None = None
    for row in standing(moments, recording):
        if row.client_id != client_id or row.measured_on > day:
            continue
        if best is None or (row.measured_on, row.recording, row.id) > (best.measured_on, best.recording, best.id):
            best = row
    return best


def followed(periods: Sequence[Period], day: date, recording: int | None) -> list[tuple[int, str]]:
    """Who is in follow-up on the day, with the group: a pair for each period that holds."""
    return [(p.client_id, p.group) for p in standing(periods, recording) if p.starts_on <= day < p.ends_on]


def placed(
    clients: Iterable[int], moments: Sequence[Moment], rungs: Sequence[Rung], day: date, at: int | None
) -> dict[str | None, list[int]]:
    """Per code of a whole level [clients, without, with, unknown growth]; `None` for those not placed."""
    by_id = {rung.id: rung for rung in rungs}
    counts: dict[str | None, list[int]] = {}
    for client in sorted(set(clients)):
        row = current(moments, client, day, at)
        line = counts.setdefault(None if row is None else by_id[row.level_id].whole, [0, 0, 0, 0])
        line[0] += 1
        if row is not None:
            line[{0: 1, 1: 2, -1: 3}[row.growth]] += 1
    return counts


def expected(
    clients: Iterable[int], moments: Sequence[Moment], rungs: Sequence[Rung], day: date, at: int | None
) -> dict[str | None, int]:
    """Per code of an expected level the clients; `None` where no placement or no expectation is known."""
    codes = {rung.id: rung.code for rung in rungs}
    counts: dict[str | None, int] = {}
    for client in sorted(set(clients)):
        row = current(moments, client, day, at)
        code = None if row is None or row.expected_level_id is None else codes[row.expected_level_id]
        counts[code] = counts.get(code, 0) + 1
    return counts


def covered(
    clients: Iterable[int], moments: Sequence[Moment], rungs: Sequence[Rung], year: tuple[date, date], at: int | None
) -> dict[str, int]:
    """How many clients are placed, since when, how often, and of whom only code 0 is known; day by day of each."""
    since, day = year
    codes = {rung.id: rung.code for rung in rungs}
    counts = dict.fromkeys(("placed", "placed_last_year", "placed_twice", "not_determined", "not_placed"), 0)
    for client in sorted(set(clients)):
        days = sorted({row.measured_on for row in standing(moments, at) if row.client_id == client})
        held = [current(moments, client, one, at) for one in days if one <= day]
        levels = [(row.measured_on, codes[row.level_id]) for row in held if row is not None]
        placed_on = [one for one, code in levels if code != "0"]
        counts["placed"] += bool(placed_on)
        counts["placed_last_year"] += any(one > since for one in placed_on)
        counts["placed_twice"] += len(placed_on) > 1
        counts["not_determined"] += bool(levels) and not placed_on
        counts["not_placed"] += not levels
    return counts


def read_through(
    moments: Sequence[Moment], source: Sequence[Rung], target: Sequence[Rung], said: dict[str, str | None]
) -> list[Moment]:
    """The placements with each level replaced by its counterpart, one by one; `NOWHERE.id` where there is none.

    A half-level looks for an entry of its own first, then for that of its whole level.
    """
    codes = {rung.id: rung for rung in source}

    def counterpart(level_id: int | None) -> int | None:
        if level_id is None:
            return None
        rung = codes[level_id]
        wanted = said[rung.code] if rung.code in said else said[rung.whole]
        for other in target:
            if other.code == wanted:
                return other.id
        return NOWHERE.id

    found = []
    for row in moments:
        level = counterpart(row.level_id)
        assert level is not None
        found.append(replace(row, level_id=level, expected_level_id=counterpart(row.expected_level_id)))
    return found


def uninterrupted_since(periods: Sequence[Period], day: date, max_gap_days: int) -> dict[int, date]:
    """Per client in a period on the day: day by day back to the first gap that is longer than allowed."""
    since: dict[int, date] = {}
    for client in sorted({period.client_id for period in periods}):
        mine = [p for p in periods if p.client_id == client]
        if not any(p.starts_on <= day < p.ends_on for p in mine):
            continue
        first = min(p.starts_on for p in mine)
        covered, back, missed = day, day, 0
        while back >= first and missed <= max_gap_days:
            if any(p.starts_on <= back < p.ends_on for p in mine):
                covered, missed = back, 0
            else:
                missed += 1
            back -= timedelta(days=1)
        since[client] = covered
    return since
