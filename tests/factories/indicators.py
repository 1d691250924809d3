"""Indicators that a municipality composed, and targets."""

from __future__ import annotations

from decimal import Decimal

from opstap.accounts.models import Team
from opstap.audit.permissions import Actor, command_line
from opstap.municipality.models import Municipality
from opstap.reporting.logic import BECAME, FOLLOWED, Composition, Condition
from opstap.reporting.models import ComposedIndicator, IndicatorTarget
from opstap.reporting.operations import TargetTerms, compose_indicator, set_target

SINGLE_PARENTS = (Condition("household", ("single_parent",)), Condition("basic-qualification", ("no",)))
ROSE = Condition(BECAME, ("risen",))
NAME = "Alleenstaande ouders zonder startkwalificatie die stegen"


def a_composition(
    name: str = NAME,
    *,
    base: tuple[Condition, ...] = SINGLE_PARENTS,
    counted: Condition = ROSE,
    better: int = 1,
    matures_after: int = 0,
    scale: str = "",
) -> Composition:
    """Single parents without basic qualification who rose, unless it is said otherwise."""
    followed = counted.about in FOLLOWED
    return Composition(
        name=name,
        meaning="Zo veel van hen staan na een jaar hoger.",
        about="two_days" if followed else "day",
        base=base,
        counted=counted,
        better=better,
        matures_after=matures_after,
        scale=scale,
    )


def an_indicator(
    municipality: Municipality, terms: Composition | None = None, *, by: Actor | None = None
) -> ComposedIndicator:
    """One that is composed."""
    reference = compose_indicator(by=by or command_line(), municipality=municipality, terms=terms or a_composition())
    return ComposedIndicator.objects.current().get(reference=reference)


def a_target(
    municipality: Municipality,
    indicator: str = "placed",
    percent: str = "80",
    *,
    year: int = 2024,
    team: Team | None = None,
    by: Actor | None = None,
) -> IndicatorTarget:
    """One that is set."""
    terms = TargetTerms(indicator, year, team, Decimal(percent))
    reference = set_target(by=by or command_line(), municipality=municipality, terms=terms)
    return IndicatorTarget.objects.current().get(reference=reference)
