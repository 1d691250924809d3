"""Targets of indicators: as known at a recording, which holds for a figure, and their history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from opstap.accounts.models import Team
from opstap.analytics.indicators import REGISTRY, Indicator
from opstap.audit.selectors import remembered
from opstap.reporting.models import ComposedIndicator, IndicatorTarget
from opstap.reporting.selectors.composed import terms_of
from opstap.reporting.selectors.indicators import registry_of
from opstap.reporting.selectors.questions import Question

ABOUT_A_YEAR = range(360, 373)  # days
Aim = tuple[str, int | None, int]
"""Of an indicator, a team (`None`: the whole municipality) and a year."""


@remembered
def targets_known(recording: int, municipality_id: int) -> Mapping[Aim, Decimal]:
    """The targets of a municipality as known at a recording."""
    known = IndicatorTarget.objects.filter(municipality=municipality_id, recording__lte=recording)
    replaced = known.filter(replaces__isnull=False).values("replaces")
    rows = known.filter(withdrawn=False).exclude(pk__in=replaced)
    return {(row.indicator, row.team_id, row.year): row.percent for row in rows.order_by("pk")}


def target_for(question: Question, indicator: Indicator, group: str | None) -> Decimal | None:
    """The target that a figure of the question is held against, if there is one.

    It is that of the year of the reference date: of a team beside a figure of exactly that team, of the whole
    municipality beside that of everybody in it. Beside other figures stands none, and beside those of two days only
    where they lie a year apart, since a target is about a year.
    """
    if indicator.about == "two_days" and not spans_a_year(question):
        return None
    known = targets_known(question.recording, question.municipality_id)
    of_whom = _of_whom(question, group) if known else None
    return None if of_whom is None else known.get((indicator.key, of_whom.team_id, question.on.year))


def spans_a_year(question: Question) -> bool:
    """Whether the days that are compared lie about a year apart."""
    return question.compared_with is not None and (question.on - question.compared_with).days in ABOUT_A_YEAR


@dataclass(frozen=True)
class OfWhom:
    """A team, or without one the whole municipality."""

    team_id: int | None


def _of_whom(question: Question, group: str | None) -> OfWhom | None:
    """Of whom a figure speaks, where that is a whole team or everybody."""
    narrowed = [code.code for key, code in question.where if key == "team"]
    if len(narrowed) != len(question.where):
        return None
    teams = set(narrowed) | ({question.team.code} if question.team else set())
    if group is not None:
        teams = {group} if question.by == "team" and not teams else set()
        return _reached(question, teams)
    if teams:
        return _reached(question, teams)
    reach = question.choice.reach
    if reach is None:
        return OfWhom(None) if question.whole_municipality else None
    return OfWhom(next(iter(reach.team_ids))) if len(reach.team_ids) == 1 and not reach.worker_ids else None


def _reached(question: Question, teams: set[str]) -> OfWhom | None:
    """One team, all of whose people this viewer counts."""
    if len(teams) != 1 or not (only := next(iter(teams))).isdigit():
        return None
    reach = question.choice.reach
    return OfWhom(int(only)) if reach is None or int(only) in reach.team_ids else None


def has_targets(question: Question) -> bool:
    """Whether any target was set for the year of the reference date."""
    known = targets_known(question.recording, question.municipality_id)
    return any(year == question.on.year for _indicator, _team, year in known)


def left_without_year(question: Question) -> bool:
    """Whether targets of indicators between two days are left out, because these don't lie a year apart."""
    known = targets_known(question.recording, question.municipality_id)
    about = {key for key, one in registry_of(question).items() if one.about == "two_days"}
    return not spans_a_year(question) and any(key in about and year == question.on.year for key, _team, year in known)


def aimed_at(municipality_id: int) -> dict[str, str | None]:
    """The indicators that a target can be set for, with the name of those that the municipality composed."""
    there = {one.key: None for one in REGISTRY.values() if one.better}
    rows = ComposedIndicator.objects.current().filter(municipality=municipality_id).exclude(better=0)
    return {**there, **{row.key: row.name for row in rows.order_by("name", "pk")}}


def names_of_composed(municipality_id: int) -> dict[str, str]:
    """The last name of each that was composed, withdrawn ones too."""
    rows = ComposedIndicator.objects.filter(municipality=municipality_id).order_by("recording", "pk")
    return {row.key: terms_of(row).name for row in rows}


def target_rows(municipality_id: int) -> list[IndicatorTarget]:
    """All as they stand now: the latest year first, withdrawn ones last in it, the whole municipality before its teams,
    and the indicators in the order of the report.
    """
    rows = IndicatorTarget.objects.filter(municipality=municipality_id, replaced_by__isnull=True)
    order = {key: place for place, key in enumerate([*REGISTRY, *names_of_composed(municipality_id)])}
    found = rows.select_related("recording", "team").order_by("pk")
    return sorted(
        found,
        key=lambda row: (-row.year, row.withdrawn, row.team.name if row.team else "", order.get(row.indicator, 0)),
    )


def target_history(municipality_id: int, reference: str) -> list[IndicatorTarget]:
    """Every row of one, the first one first; empty when there is no such."""
    rows = IndicatorTarget.objects.filter(municipality=municipality_id, reference=reference)
    return list(rows.select_related("recording", "team").order_by("recording", "pk"))


def teams_in(municipality_id: int, day: date) -> list[Team]:
    """The teams that a target can be set for."""
    return list(Team.objects.open_on(day).filter(municipality=municipality_id).order_by("name"))
