"""What is happening while a publication is being made: its step, since when, and how long others took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.foundation import dates
from opstap.foundation.jobs import progress
from opstap.foundation.jobs.models import Progress
from opstap.foundation.jobs.working import stands_still_since
from opstap.foundation.ui.templatetags.ui_format import moment, number
from opstap.reporting.enums import MakingStep
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import took

WAITING = "waiting"


@dataclass(frozen=True)
class Step:
    """One of the steps on the line above: done, current or to come."""

    label: str
    state: str


@dataclass(frozen=True)
class Underway:
    """The steps, what is happening now, and `seen`: who has read this far is told nothing anew."""

    steps: tuple[Step, ...]
    said: str
    lasts: str
    seen: str


def underway_of(asked: Publication) -> Underway:
    """How far the making of it is."""
    at = progress.told(asked.reference)
    labels = {
        WAITING: _("Wait for its turn"),
        MakingStep.COUNTING.value: _("Count"),
        MakingStep.ATTACKING.value: _("Attack"),
    }
    order = list(labels)
    here = order.index(at.step) if at is not None and at.step in labels else 0
    states = ["done" if place < here else "current" if place == here else "coming" for place in range(len(order))]
    steps = tuple(Step(labels[key], state) for key, state in zip(order, states, strict=True))
    said = _waits(asked) if at is None else _works(at)
    return Underway(steps, said, _lasts(took(asked.municipality_id)), order[here] if at else _waiting_how())


def _waiting_how() -> str:
    return f"{WAITING}-still" if stands_still_since(dates.now()) else WAITING


def _waits(asked: Publication) -> str:
    still = stands_still_since(dates.now())
    asked_at = _("Asked for on {moment}.").format(moment=moment(asked.recording.at))
    if still is not None:
        return (
            asked_at
            + " "
            + _("Nothing is made in the background since {moment}: tell your administrator.").format(
                moment=moment(still)
            )
        )
    return asked_at + " " + _("It waits for its turn: what is made in the background is made one after the other.")


def _works(at: Progress) -> str:
    if at.step == MakingStep.COUNTING:
        return _("Since {moment} people are counted as they were known when this was asked for.").format(
            moment=moment(at.since)
        )
    counted = ngettext("1 table is counted.", "{count} tables are counted.", at.count).format(count=number(at.count))
    attack = _(
        "Since {moment} they are attacked as a reader would, with all that is out already. What can be found out is "
        "hidden too, and then the attack begins anew, until it finds nothing. How many rounds that takes can't be said."
    ).format(moment=moment(at.since))
    return f"{counted} {attack}"


def _lasts(lasted: Sequence[timedelta]) -> str:
    """From the shortest to the longest of the last ones, in whole minutes."""
    if not lasted:
        return ""
    low, high = (max(1, round(one.total_seconds() / 60)) for one in (min(lasted), max(lasted)))
    if low == high:
        return ngettext(
            "The last ones took about 1 minute, from asking to figures.",
            "The last ones took about {minutes} minutes, from asking to figures.",
            low,
        ).format(minutes=number(low))
    words = _("The last ones took {low} to {high} minutes, from asking to figures.")
    return words.format(low=number(low), high=number(high))
