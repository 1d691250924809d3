"""Composed indicators answered person by person, written without the room they check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass
class Somebody:
    """One person: until when followed, placements by day (level, growth), groups by dimension, days of instruments."""

    until: date | None
    placed: dict[date, tuple[str, str]]
    groups: Mapping[str, set[str]]
    got: list[date] = field(default_factory=list)

    def is_followed(self, day: date) -> bool:
        return self.until is None or day < self.until

    def state(self, day: date) -> tuple[date, str, str] | None:
        known = sorted(one for one in self.placed if one <= day)
        return (known[-1], *self.placed[known[-1]]) if known else None


Asked = tuple[str, tuple[str, ...]]
TOP = "6"
NONE_IS_NO = {"barrier", "exemption"}


def composed(
    town: Iterable[Somebody], base: Iterable[Asked], counted: Asked, then: date | None, now: date
) -> tuple[int, int, int]:
    """How many count, do not count, and of how many it is not known; `then` is the earlier of two days."""
    day = then or now
    answers: Counter[bool | str | None] = Counter()
    for one in town:
        if not one.is_followed(day) or (then is not None and _level(one, then) is None):
            continue
        if counted[0] == "growth" and _level(one, day) in {None, TOP}:
            continue
        if all(_says(one, asked, day) is True for asked in base):
            answers[_became(one, counted, then, now) if then is not None else _says(one, counted, day)] += 1
    return answers[True], answers[False], answers[None]


def _level(one: Somebody, day: date) -> str | None:
    state = one.state(day)
    return None if state is None or state[1] == "0" else state[1]


def _says(one: Somebody, asked: Asked, day: date) -> bool | None:
    about, groups = asked
    if about == "level":
        level = _level(one, day)
        if level is None:
            return True if "none" in groups else None
        return level.rstrip("+-") in groups
    if about == "growth":
        state = one.state(day)
        if state is None or state[1] in {"0", TOP}:
            return None
        if state[2] in groups:
            return True
        return None if state[2] == "unknown" else False
    own = one.groups.get(about, set()) or {"unknown"}
    if own & set(groups):
        return True
    return None if own == {"unknown"} and about not in NONE_IS_NO else False


def _became(one: Somebody, counted: Asked, then: date, now: date) -> bool | str | None:
    about, outcomes = counted
    if about == "got":
        return any(then < day <= now for day in one.got)
    if about == "again" and not one.is_followed(now):
        return "nobody"
    before, after = _level(one, then), one.state(now)
    if not one.is_followed(now):
        outcome = "left"
    elif after is None or after[0] <= then or after[1] == "0":
        outcome = "not_measured_again"
    else:
        was, became = int(str(before).rstrip("+-")), int(after[1].rstrip("+-"))
        outcome = "risen" if became > was else "fallen" if became < was else "level"
    asked = set(outcomes) & {"risen", "level", "fallen"}
    of_level = 0 < len(asked) < 3 and "not_measured_again" not in outcomes
    if outcome == "not_measured_again" and (about == "again" or of_level):
        return None
    return outcome in outcomes
