"""The diary of the case manager as whom one signs in: full today and this week, however small the town is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta
from random import Random

from opstap.demo.logic.calendar import Span
from opstap.demo.logic.contacts import at_time, place_of, weekday
from opstap.demo.logic.staff import WORKERS
from opstap.demo.logic.statements import Agreed, InCaseload, Life, Spoke, Statement

TODAY = (
    (time(9), "office"), (time(10, 30), "home_visit"), (None, "phone"), (time(13, 30), "neighbourhood_centre"),
    (time(15), "video"),
)  # fmt: skip
REST_OF_THE_WEEK = ("office", "phone", "home_visit", "office", "phone")
PASSED = 2
SIGNED_IN = next(place for place, worker in enumerate(WORKERS) if worker.sign_in)


def fill_diary(rng: Random, lives: Sequence[Life], span: Span) -> None:
    """Give some of the caseload an agreed contact today, this week, or on a day that passed."""
    own = [life for life in lives if _is_followed_by(life, SIGNED_IN)]
    rng.shuffle(own)
    wanted = [(span.until, at, kind) for at, kind in TODAY]
    monday = span.until - timedelta(days=span.until.weekday())
    days = [monday + timedelta(days=place) for place in range(5)]
    left = [day for day in days if day > span.until] or [weekday(span.until + timedelta(days=1))]
    wanted += [(rng.choice(left), at_time(rng, kind), kind) for kind in REST_OF_THE_WEEK]
    wanted += [(weekday(span.until - timedelta(days=rng.randint(9, 25))), time(11), "office") for _ in range(PASSED)]
    for day, at, kind in wanted:
        life = next((one for one in own if _last_on(one) < day), None)
        if life is not None:
            own.remove(life)
            _agree(life, Agreed(day, at, kind, place_of(rng, kind), SIGNED_IN), span)


def _is_followed_by(life: Life, worker: int) -> bool:
    held = [one.row for one in life.statements if isinstance(one.row, InCaseload)]
    return bool(held) and held[-1].worker == worker and held[-1].ends_on is None


def _last_on(life: Life) -> date:
    """The day of the last contact, else the day on which somebody was first heard of."""
    return max((one.row.held_on for one in life.statements if isinstance(one.row, Spoke)), default=life.known_from)


def _agree(life: Life, agreed: Agreed, span: Span) -> None:
    """On another day where a contact waits already, else as one agreed at the last contact or five weeks ago."""
    learnt_on = max(_last_on(life), min(agreed.planned_on, span.until) - timedelta(days=35))
    replaced = {one.replaces for one in life.statements}
    for place, one in enumerate(life.statements):
        if isinstance(one.row, Agreed) and one.row.state == "open" and place not in replaced:
            life.statements[place] = Statement(agreed, one.learnt_on)
            return
    life.say(agreed, learnt_on)
