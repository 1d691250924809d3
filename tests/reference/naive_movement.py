"""Movement between two days and shifts to what is expected, person by person, by loops over rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.reference.naive import NOWHERE, current, followed
from tests.reference.rows import Moment, Period, Rung

NOT_DETERMINED = "0"


@dataclass
class Moved:
    """Counts of the naive reference: cells by (from, to), outcomes, and the new by the level they came on."""

    in_follow_up: int = 0
    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    entered: dict[str, int] = field(default_factory=dict)


def _add(counts: dict, key: object) -> None:  # type: ignore[type-arg] # counters of many kinds
    counts[key] = counts.get(key, 0) + 1


def _stands(moments: Sequence[Moment], client: int, day: date, at: int | None, rungs: Sequence[Rung]) -> Rung | None:
    """The rung a client stands on that day; none without a placement and on code 0."""
    row = current(moments, client, day, at)
    rung = None if row is None else next(rung for rung in rungs if rung.id == row.level_id)
    return None if rung is None or rung.whole == NOT_DETERMINED else rung


def _named(rung: Rung, *, halves: bool) -> str:
    return rung.code if halves else rung.whole


def _verdict(before: Rung, after: Rung, rungs: Sequence[Rung], *, ordered: bool, halves: bool) -> str:
    if NOWHERE in {before, after}:
        return "no_counterpart"
    codes = [_named(rung, halves=halves) for rung in rungs]
    first, second = codes.index(_named(before, halves=halves)), codes.index(_named(after, halves=halves))
    if not ordered:
        return "same" if first == second else "moved"
    return "risen" if second > first else "fallen" if second < first else "level"


def moved(  # noqa: PLR0917 # everything a person's way depends on, in sight
    start: set[int],
    end: set[int],
    moments: Sequence[Moment],
    follow_up: Sequence[Period],
    days: tuple[date, date],
    at: int | None,
    rungs: Sequence[Rung],
    ordered: bool,
    halves: bool,
) -> Moved:
    """What became of the clients of the first day, and who of those of the last day is new."""
    found = Moved(in_follow_up=len(start))
    still = {client for client, _ in followed(follow_up, days[1], at)}
    before_anywhere = {
        client for client, _ in followed(follow_up, days[0], at) if _stands(moments, client, days[0], at, rungs)
    }
    for client in sorted(start):
        before = _stands(moments, client, days[0], at, rungs)
        if before is None:
            continue
        last = current(moments, client, days[1], at)
        after = _stands(moments, client, days[1], at, rungs)
        if client not in still:
            to = outcome = "left"
        elif last is None or last.measured_on <= days[0] or after is None:
            to = outcome = "not_measured_again"
        else:
            to = _named(after, halves=halves)
            outcome = _verdict(before, after, rungs, ordered=ordered, halves=halves)
        _add(found.cells, (_named(before, halves=halves), to))
        _add(found.outcomes, outcome)
    for client in sorted(end - before_anywhere):
        after = _stands(moments, client, days[1], at, rungs)
        if after is not None:
            _add(found.entered, _named(after, halves=halves))
    return found


def came(  # noqa: PLR0917 # as above
    start: set[int],
    end: set[int],
    moments: Sequence[Moment],
    follow_up: Sequence[Period],
    days: tuple[date, date],
    at: int | None,
    rungs: Sequence[Rung],
) -> dict[str, int]:
    """How the clients of the last day came to be there, one by one."""
    followed_then = {client for client, _ in followed(follow_up, days[0], at)}
    found: dict[str, int] = {}
    for client in sorted(end):
        was = _stands(moments, client, days[0], at, rungs) if client in followed_then else None
        if was is not None and client in start:
            _add(found, "stayed")
        elif _stands(moments, client, days[1], at, rungs) is None:
            _add(found, "unplaced")
        else:
            _add(found, "entered" if was is None else "taken_over")
    return found


def shifts(
    clients: set[int], moments: Sequence[Moment], rungs: Sequence[Rung], day: date, at: int | None
) -> tuple[dict[tuple[str | None, str | None], int], list[tuple[int, Fraction]]]:
    """Cells by (current, expected) code of the whole level, of both the number known, and the sums of the places of
    those of whom both are known.
    """
    by_id = {rung.id: rung for rung in rungs}
    cells: dict[tuple[str | None, str | None], int] = {}
    known: list[tuple[int, Fraction]] = [(0, Fraction(0)), (0, Fraction(0))]
    for client in sorted(clients):
        row = current(moments, client, day, at)
        ids = (None, None) if row is None else (row.level_id, row.expected_level_id)
        pair = [None if one is None else by_id[one] for one in ids]
        _add(cells, tuple(None if rung is None else rung.whole for rung in pair))
        at_places = [_place(rung) for rung in pair]
        for side, place in enumerate(at_places):
            if place is not None:
                added = place if None not in at_places else 0
                known[side] = (known[side][0] + 1, known[side][1] + added)
    return cells, known


def _place(rung: Rung | None) -> Fraction | None:
    if rung is None or rung.whole == NOT_DETERMINED or rung == NOWHERE:
        return None
    return Fraction(int(rung.whole)) + (Fraction(1, 2) if rung.code.endswith("+") else 0)


def expectations(
    clients: set[int], moments: Sequence[Moment], rungs: Sequence[Rung], day: date, at: int | None, *, halves: bool
) -> dict[str, int]:
    """Of how many clients a higher, the same or a lower level is expected; `unknown` where an end can't be compared."""
    by_id = {rung.id: rung for rung in rungs}
    found: dict[str, int] = {}
    for client in sorted(clients):
        row = current(moments, client, day, at)
        ends = [] if row is None else [row.level_id, row.expected_level_id]
        known = [by_id[one] for one in ends if one is not None]
        if len(known) < 2 or any(rung.whole == NOT_DETERMINED or rung == NOWHERE for rung in known):
            _add(found, "unknown")
            continue
        verdict = _verdict(known[0], known[1], rungs, ordered=True, halves=halves)
        _add(found, {"risen": "higher", "level": "same", "fallen": "lower"}[verdict])
    return found
