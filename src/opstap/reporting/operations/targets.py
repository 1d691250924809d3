"""Setting targets of indicators, correcting and withdrawing them. Who sets them sees no figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied

from opstap.accounts.models import Team
from opstap.audit.operations import append_facts, require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality
from opstap.reporting.models import IndicatorTarget
from opstap.reporting.selectors.targets import aimed_at

AHEAD, BACK, MOST = 5, 10, 100  # years, years, per cent


class TargetRefused(Exception):
    """A target that can't be set so; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class TargetTerms:
    """Which share an indicator is to have in a year, in a team or (without one) in the whole municipality."""

    indicator: str
    year: int
    team: Team | None
    percent: Decimal


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as it is written."""

    municipality_id: int
    reference: str
    indicator: str
    team_id: int | None
    percent: Decimal
    starts_on: date
    ends_on: date
    replaces_id: int | None = None


def set_target(*, by: Actor, municipality: Municipality, terms: TargetTerms) -> str:
    """Set a target for a year; returns its reference. TargetRefused says what is wrong."""
    by.require("configure_municipality")
    _require_own(by, municipality.pk)
    _check_percent(terms.percent)
    reference, this_year = new_reference(), dates.today().year
    if not this_year - BACK <= terms.year <= this_year + AHEAD:
        raise TargetRefused("year_too_far")
    if terms.team is not None and terms.team.municipality_id != municipality.pk:
        raise TargetRefused("no_such_team")
    begins, ends = date(terms.year, 1, 1), date(terms.year + 1, 1, 1)
    team_id = terms.team.pk if terms.team else None
    with writing(by=by, verb="set_target", about=reference) as recording:
        if terms.indicator not in aimed_at(municipality.pk):
            raise TargetRefused("no_direction")
        same = IndicatorTarget.objects.active_on(begins).filter(municipality=municipality, indicator=terms.indicator)
        if same.filter(team=team_id).exists():
            raise TargetRefused("set_already")
        row = TargetRow(municipality.pk, reference, terms.indicator, team_id, terms.percent, begins, ends)
        append_facts(IndicatorTarget, [row], recording=recording)
    return reference


def correct_target(*, by: Actor, target: IndicatorTarget, percent: Decimal) -> None:
    """Another share from now on; what was known before stays. ReplacedMeanwhile when it stands no more."""
    by.require("configure_municipality")
    _require_own(by, target.municipality_id)
    _check_percent(percent)
    row = TargetRow(
        target.municipality_id,
        target.reference,
        target.indicator,
        target.team_id,
        percent,
        target.starts_on,
        date(target.year + 1, 1, 1),
        target.pk,
    )
    with writing(by=by, verb="correct_target", about=target.reference) as recording:
        require_standing(IndicatorTarget, [target.pk])
        append_facts(IndicatorTarget, [row], recording=recording)


def withdraw_target(*, by: Actor, target: IndicatorTarget) -> None:
    """It should not have been set. ReplacedMeanwhile when it stands no more."""
    by.require("configure_municipality")
    _require_own(by, target.municipality_id)
    with writing(by=by, verb="withdraw_target", about=target.reference) as recording:
        require_standing(IndicatorTarget, [target.pk])
        withdraw_facts(IndicatorTarget, [target.pk], recording=recording)


def _check_percent(percent: Decimal) -> None:
    if not 0 <= percent <= MOST or percent != percent.quantize(Decimal("0.1")):
        raise TargetRefused("no_percentage")


def _require_own(by: Actor, municipality_id: int) -> None:
    if by.municipality_id not in {None, municipality_id}:
        message = "not one's own municipality"
        raise PermissionDenied(message)
