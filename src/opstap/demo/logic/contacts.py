"""When somebody was spoken with: at placements and between them, or not appeared; and of some for long nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache
from pathlib import Path
from random import Random

from opstap.contacts.logic import Note
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.caseload import worker_on
from opstap.demo.logic.chance import days_after, weighted
from opstap.demo.logic.ladder_walk import Step
from opstap.demo.logic.outlines import Followed
from opstap.demo.logic.placing import Setting
from opstap.demo.logic.statements import Agreed, InCaseload, Life, Spoke

SOURCE = Path(__file__).resolve().parent.parent / "notes.toml"
KINDS = {"office": 0.34, "phone": 0.3, "home_visit": 0.17, "neighbourhood_centre": 0.09, "video": 0.05, "email": 0.05}
AT_PLACEMENT = {"office": 0.55, "home_visit": 0.25, "neighbourhood_centre": 0.1, "phone": 0.06, "video": 0.04}
PLACES = {
    "office": ("stadhuis, kamer 4", "stadhuis, spreekkamer 2", "werkplein"),
    "neighbourhood_centre": ("De Spil", "Het Trefpunt", "De Wissel"),
}
NOT_HELD = {"not_appeared": 0.7, "cancelled_by_client": 0.2, "cancelled_by_us": 0.1}
OUT_OF_SIGHT, FAILED, WAS_AGREED, PUT_OFF, WAITS, SOUGHT_AGAIN = 0.31, 0.09, 0.5, 0.08, 0.93, 0.45
WAITING_DAYS = {"passed": 0.07, "today": 0.05, "week": 0.16, "later": 0.72}
NOTED = 0.85
SATURDAY = 5


@cache
def read_notes() -> tuple[Note, ...]:
    """The notes of the file."""
    entries = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["note"]
    return tuple(Note(entry["text"], entry["client"], entry["municipality"]) for entry in entries)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact that came about or did not, before it is said."""

    day: date
    kind: str
    outcome: str = "held"
    looked: str = "not_discussed"


def say_contacts(rng: Random, life: Life, stay: Followed, steps: Sequence[Step], around: Setting) -> None:
    """The contacts of one stay in follow-up, within the years of the town."""
    if not around.caseload:
        return
    last = stay.ends_on or around.span.until
    out_of_sight = stay.ends_on is None and rng.random() < OUT_OF_SIGHT
    if out_of_sight:
        last -= timedelta(days=rng.randint(370, 800))
    meetings = _meetings(rng, steps, max(stay.starts_on, around.span.start), last)
    waits = stay.ends_on is None and not out_of_sight
    say_meetings(rng, life, meetings, around.caseload, around.span if waits else None)
    if out_of_sight and rng.random() < SOUGHT_AGAIN:
        until = around.span.until
        invited_on = max(stay.starts_on, until - timedelta(days=rng.randint(3, 20)))
        _say_waiting(rng, life, invited_on, worker_on(around.caseload, until), around.span)


def say_meetings(
    rng: Random, life: Life, meetings: Sequence[Meeting], caseload: Sequence[InCaseload], open_in: Span | None
) -> None:
    """Contacts one after another, each perhaps agreed at the one before; `open_in`: one may wait after the last."""
    agreed: int | None = None
    for number, met in enumerate(meetings):
        worker = worker_on(caseload, met.day)
        if agreed is not None:
            _settle(life, agreed, met)
        note = rng.randrange(len(read_notes())) if met.outcome == "held" and rng.random() < NOTED else None
        looked = met.looked if met.outcome == "held" else ""
        life.say(Spoke(met.day, met.kind, met.outcome, looked, worker, note), met.day)
        following = meetings[number + 1] if number + 1 < len(meetings) else None
        agreed = None if following is None else _agree(rng, life, met.day, following, worker)
    if open_in is not None and meetings and rng.random() < WAITS:
        _say_waiting(rng, life, meetings[-1].day, worker_on(caseload, open_in.until), open_in)


def at_time(rng: Random, kind: str) -> time | None:
    """Most meetings have a time; who is rung up often has none."""
    if kind == "email" or (kind == "phone" and rng.random() < 0.5):
        return None
    return time(rng.randint(9, 16), rng.choice((0, 0, 30, 15)))


def place_of(rng: Random, kind: str) -> str:
    """Where one meets."""
    return rng.choice(PLACES[kind]) if kind in PLACES else ""


def weekday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def _meetings(rng: Random, steps: Sequence[Step], first: date, last: date) -> list[Meeting]:
    placed: dict[date, Meeting] = {}
    code = ""
    for step in steps:
        if first <= step.day <= last:
            looked = "confirmed" if step.code == code else "anew"
            placed[step.day] = Meeting(step.day, weighted(rng, AT_PLACEMENT), looked=looked)
        code = step.code
    day = days_after(rng, first, 10, 60)
    rhythm = rng.choice((100, 150, 220, 330))
    between: dict[date, Meeting] = {}
    while day <= last:
        kind = weighted(rng, KINDS)
        if day not in placed:
            between[day] = Meeting(day, kind)
        if rng.random() < FAILED and kind != "email" and day - timedelta(days=9) > first:
            missed = day - timedelta(days=9)
            between.setdefault(missed, Meeting(missed, kind, weighted(rng, NOT_HELD)))
        day = days_after(rng, day, rhythm // 2, rhythm + rhythm // 2)
    found = placed | {day: met for day, met in between.items() if day not in placed}
    return [found[day] for day in sorted(found)]


def _agree(rng: Random, life: Life, day: date, following: Meeting, worker: int | None) -> int | None:
    if following.kind == "email" or (following.day - day).days < 3 or rng.random() > WAS_AGREED:
        return None
    agreed = Agreed(following.day, at_time(rng, following.kind), following.kind, place_of(rng, following.kind), worker)
    if rng.random() < PUT_OFF and (following.day - day).days > 30:
        earlier = life.say(replace(agreed, planned_on=following.day - timedelta(days=14)), day)
        put_off_on = following.day - timedelta(days=16)
        life.say(replace(agreed, planned_on=following.day - timedelta(days=14), state="replaced"), put_off_on, earlier)
        return life.say(agreed, put_off_on)
    return life.say(agreed, day)


def _settle(life: Life, agreed: int, met: Meeting) -> None:
    row = life.statements[agreed].row
    became = {"held": "held", "not_appeared": "missed"}.get(met.outcome, "cancelled")
    if isinstance(row, Agreed):
        life.say(replace(row, state=became), met.day, agreed)


def _say_waiting(rng: Random, life: Life, after: date, worker: int | None, span: Span) -> None:
    kind = weighted(rng, {name: share for name, share in KINDS.items() if name != "email"})
    when = weighted(rng, WAITING_DAYS)
    ahead = {"today": 0, "week": rng.randint(1, 6), "later": rng.randint(7, 80), "passed": -rng.randint(2, 30)}[when]
    day = weekday(span.until + timedelta(days=ahead)) if ahead else span.until
    if day <= after:
        return
    life.say(Agreed(day, at_time(rng, kind), kind, place_of(rng, kind), worker), after)
