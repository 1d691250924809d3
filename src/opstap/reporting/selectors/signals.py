"""Signals: where an indicator lay wholly on the wrong side of its target in two successive years (FIELD B-54).

A year, because a target is about a calendar year: the state on its last day, and what became of people between the last
days of two years. The last two that were over by the reference date; the year that runs has its status in the report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from opstap.analytics.targets import Status, is_signal, status_of
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.audit.permissions import Actor
from opstap.audit.selectors import remembered
from opstap.clients.permissions import sees_whole_municipality
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Asked
from opstap.reporting.selectors.indicators import count_indicators, registry_of
from opstap.reporting.selectors.questions import Question, understand
from opstap.reporting.selectors.targets import targets_known

OfWhom = tuple[str, int | None]
"""An indicator by its key, of a team, or without one of the whole municipality."""


@dataclass(frozen=True)
class YearFound:
    """A year that was over: what was found, and what was aimed at."""

    year: int
    found: Estimate
    target: Decimal


@dataclass(frozen=True)
class Signal:
    """Two years on the wrong side, the latest last."""

    indicator: str
    team: str | None
    years: tuple[YearFound, YearFound]


@dataclass(frozen=True)
class Signals:
    """What can be told, and of which it can't be told whether they are one because of who was handed over."""

    told: tuple[Signal, ...] = ()
    untold: tuple[Signal, ...] = ()


def signals_of(question: Question) -> Signals:
    """Those of the teams that the viewer leads and, for who sees all of it, of the municipality. Filters of the
    question change nothing of them. Without targets for both years nothing is counted.
    """
    years = _years_over(question.on)
    aims = _aims(question, years)
    if not aims:
        return Signals()
    keys = {key for key, _team in aims}
    counts = [_counted(question, year, keys) for year in years]
    registry, told, untold = registry_of(question), [], []
    for (key, team), targets in aims.items():
        better, group = registry[key].better, None if team is None else str(team)
        if better == 0:
            continue
        found = [
            YearFound(year, count[key, group], target)
            for year, target, count in zip(years, targets, counts, strict=True)
            if (key, group) in count
        ]
        if len(found) != len(years):
            continue
        statuses = [status_of(one.found, one.target, better) for one in found]
        if is_signal(statuses):
            told.append(Signal(key, group, (found[0], found[1])))
        elif all(
            status == "missed" or _hangs_on_others(status, one) for status, one in zip(statuses, found, strict=True)
        ):
            untold.append(Signal(key, group, (found[0], found[1])))
    return Signals(tuple(told), tuple(untold))


def _hangs_on_others(status: Status | None, one: YearFound) -> bool:
    """Whether it can't be said of a year how it stands, and there are people of whom the viewer may not see it."""
    return status in {"undecided", None} and one.found.beyond > 0


class Waiting(NamedTuple):
    """How many signals there are, and of how many targets it can't be told."""

    told: int = 0
    untold: int = 0


def signals_waiting(actor: Actor, municipality: Municipality, recording: int, day: date) -> Waiting:
    """How many there are for whoever leads a team or sees all of the municipality.

    Counted once a day and when a target, an indicator or a team changes: the years are over, so what is recorded today
    hardly ever changes it, and the report itself counts anew. Where no targets were set nothing is counted.
    """
    leads = actor.may("reach_team") or sees_whole_municipality(actor)
    if not (leads and actor.may("see_reports")) or not targets_known(recording, municipality.pk):
        return Waiting()
    return _waiting(recording, actor.nameless(), municipality, day)


@remembered
def _waiting(latest: int, actor: Actor, municipality: Municipality, day: date) -> Waiting:
    del latest
    asked = Asked(report="indicators", on=day.isoformat())
    question = understand(
        asked, actor=actor, municipality=municipality, language="nl", parameters=("on", "compared-with", "scale")
    )
    found = signals_of(question)
    return Waiting(len(found.told), len(found.untold))


def _years_over(on: date) -> tuple[int, int]:
    """The last two calendar years that are over at the end of the day."""
    last = on.year if (on.month, on.day) == (12, 31) else on.year - 1
    return last - 1, last


def _aims(question: Question, years: tuple[int, int]) -> dict[OfWhom, tuple[Decimal, Decimal]]:
    """The targets that hold in both years, of whom this viewer leads."""
    known, reach = targets_known(question.recording, question.municipality_id), question.choice.reach
    first, last = years
    registry = registry_of(question) if known else {}
    return {
        (key, team): (known[key, team, first], percent)
        for (key, team, year), percent in known.items()
        if year == last and (key, team, first) in known and key in registry
        if (question.whole_municipality if reach is None else team in reach.team_ids)
    }


def _counted(question: Question, year: int, keys: set[str]) -> Mapping[tuple[str, str | None], Estimate]:
    """Of each indicator and team, and of everyone, what the report says of that year."""
    asked = replace(
        question,
        on=date(year, 12, 31),
        compared_with=date(year - 1, 12, 31),
        by="team",
        where=(),
        team=None,
        choice=replace(question.choice, team=None, where=()),
    )
    figures = count_indicators(asked, only=keys).figures
    registry = registry_of(question)
    groups = [(one.key, group, split) for one in figures.counts for group, split in one.groups.items()]
    moved = {key for key, _group, _split in groups if registry[key].about == "two_days"}
    found = [
        (split.yes, split.known, sum(split), figures.handed.most(group) if key in moved else 0)
        for key, group, split in groups
    ]
    return {(key, group): one for (key, group, _split), one in zip(groups, estimated(found), strict=True)}
