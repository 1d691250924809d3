"""What became of the growth that was seen, person by person and day by day, without the room it checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from tests.reference.naive import NOWHERE, current, followed
from tests.reference.rows import Moment, Period, Rung

Key = tuple[str, int, int]
NOT_DETERMINED = "0"


def place(rung: Rung, rungs: Sequence[Rung], *, halves: bool) -> int:
    names = [one.code if halves else one.whole for one in rungs]
    return names.index(rung.code if halves else rung.whole)


def _height(place: int, rungs: Sequence[Rung], *, halves: bool) -> Fraction:
    """In whole levels from below; halves of one divide it evenly."""
    wholes = list(dict.fromkeys(one.whole for one in rungs if one.whole != NOT_DETERMINED and one != NOWHERE))
    if not halves:
        return Fraction(wholes.index([one.whole for one in rungs][place]))
    rung = rungs[place]
    parts = [one.code for one in rungs if one.whole == rung.whole and one.code != one.whole]
    within = Fraction(parts.index(rung.code), len(parts)) if rung.code in parts else Fraction()
    return wholes.index(rung.whole) + within


def steps(stood: int, expected: Rung | None, best: int | None, rungs: Sequence[Rung], *, halves: bool) -> str:
    """How many levels were expected and how many came, in words."""
    if expected is None or expected.whole == NOT_DETERMINED or expected == NOWHERE:
        return "steps None None"
    aim = place(expected, rungs, halves=halves)
    before = rungs[stood] if halves else next(one for one in rungs if one.whole == [x.whole for x in rungs][stood])
    if before == NOWHERE or aim <= stood:
        return "steps None None"
    low = _height(stood, rungs, halves=halves)
    ahead = _height(aim, rungs, halves=halves) - low
    return f"steps {ahead} {None if best is None else _height(best, rungs, halves=halves) - low}"


def _far_enough(before: Rung, expected: Rung | None, rungs: Sequence[Rung], *, halves: bool) -> int | None:
    """The place that is far enough; None when nobody can say."""
    stood = place(before, rungs, halves=halves)
    if expected is None or expected.whole == NOT_DETERMINED:
        return stood + 1
    if expected == NOWHERE:
        return None
    wanted = place(expected, rungs, halves=halves)
    return wanted if wanted > stood else stood + 1


def realised(  # noqa: PLR0917 # everything a person's fate depends on, in sight
    clients: Iterable[int],
    moments: Sequence[Moment],
    follow_up: Sequence[Period],
    days: tuple[date, date],
    year: Sequence[date],
    at: int | None,
    rungs: Sequence[Rung],
    halves: bool,
    helped: Mapping[int, int],
) -> dict[Key, dict[str, int]]:
    """By (whole level, growth, instrument) how many there are, what became of them, and how far they came in `year`,
    beside how far was expected.
    """
    by_id = {rung.id: rung for rung in rungs}
    still = {client for client, _ in followed(follow_up, days[1], at)}
    found: dict[Key, dict[str, int]] = {}
    for client in sorted(set(clients)):
        start = current(moments, client, days[0], at)
        if start is None or not by_id[start.level_id].grows:
            continue
        before = by_id[start.level_id]
        expected = None if start.expected_level_id is None else by_id[start.expected_level_id]
        wanted = _far_enough(before, expected, rungs, halves=halves)
        line = found.setdefault((before.whole, start.growth, helped.get(client, -1)), {})
        stood = place(before, rungs, halves=halves)
        words = ["clients", _became(client, moments, still, days, at, (stood, wanted), rungs, halves=halves)]
        best = _highest(client, moments, days[0], year, at, rungs, halves=halves)
        if best is None or wanted is None:
            words.append("not_known")
        else:
            words.append("realised" if best >= wanted else "higher" if best > stood else "not_higher")
        words.append(steps(stood, expected, best, rungs, halves=halves))
        for word in words:
            line[word] = line.get(word, 0) + 1
    return found


def _became(  # noqa: PLR0917 # as above
    client: int,
    moments: Sequence[Moment],
    still: set[int],
    days: tuple[date, date],
    at: int | None,
    aim: tuple[int, int | None],
    rungs: Sequence[Rung],
    *,
    halves: bool,
) -> str:
    if client not in still:
        return "left"
    last = current(moments, client, days[1], at)
    rung = None if last is None else next(one for one in rungs if one.id == last.level_id)
    if last is None or rung is None or last.measured_on <= days[0] or rung.whole == NOT_DETERMINED:
        return "not_measured_again"
    if rung == NOWHERE:
        return "no_counterpart"
    stood, wanted = aim
    stands = place(rung, rungs, halves=halves)
    if stands == stood:
        return "stayed"
    if stands < stood:
        return "fallen"
    if wanted is None:
        return "no_counterpart"
    return "reached" if stands >= wanted else "risen"


def _highest(  # noqa: PLR0917 # as above
    client: int,
    moments: Sequence[Moment],
    since: date,
    year: Sequence[date],
    at: int | None,
    rungs: Sequence[Rung],
    *,
    halves: bool,
) -> int | None:
    """The highest place stood on at one of the days, of placements after the first day."""
    places = []
    for day in year:
        row = current(moments, client, day, at)
        if row is None or row.measured_on <= since:
            continue
        rung = next(one for one in rungs if one.id == row.level_id)
        if rung.whole != NOT_DETERMINED and rung != NOWHERE:
            places.append(place(rung, rungs, halves=halves))
    return max(places, default=None)
