"""Indicators of the town's own with targets, so that the report shows what can be composed and aimed at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from opstap.accounts.models import Team
from opstap.audit.permissions import Actor
from opstap.demo.logic.staff import DEVELOPMENT
from opstap.demo.operations.staffing import Setup
from opstap.reporting.logic import BECAME, Composition, Condition
from opstap.reporting.models import ComposedIndicator
from opstap.reporting.operations import TargetTerms, compose_indicator, set_target

OWN = (
    Composition(
        name="Alleenstaande ouders zonder startkwalificatie die stegen",
        meaning="Zoveel van deze ouders staan bij een nieuwe plaatsing op een hogere trede.",
        about="two_days",
        base=(Condition("household", ("single_parent",)), Condition("basic-qualification", ("no",))),
        counted=Condition(BECAME, ("risen",)),
        better=1,
        matures_after=1,
    ),
    Composition(
        name="Jongeren zonder startkwalificatie",
        meaning="Zoveel mensen jonger dan 27 hebben geen startkwalificatie.",
        about="day",
        base=(Condition("age", ("<27",)),),
        counted=Condition("basic-qualification", ("no",)),
        better=-1,
    ),
)


TARGETS = (("placed_last_year", "85"), ("risen", "7.5"), ("low_literacy", "15"))
TARGETS_OF_OWN = ("5", "50")
OF_A_TEAM = (("risen", "30"), ("placed_last_year", "95"))
"""Neither is reached: of what became of people a leader mostly can't see that, of who was placed in a year they can."""
YEARS = 3


def measure_some(by: Actor, setup: Setup, day: date) -> None:
    """Two indicators, one between two days and one of a day, and targets for the last years."""
    town = setup.municipality
    keys = [_key(compose_indicator(by=by, municipality=town, terms=terms)) for terms in OWN]
    team = Team.objects.get(pk=setup.team_ids[DEVELOPMENT])
    aims = [(key, percent, None) for key, percent in (*TARGETS, *zip(keys, TARGETS_OF_OWN, strict=True))]
    for year in range(day.year - YEARS + 1, day.year + 1):
        for key, percent, whom in [*aims, *((*aim, team) for aim in OF_A_TEAM)]:
            set_target(by=by, municipality=town, terms=TargetTerms(key, year, whom, Decimal(percent)))


def _key(reference: str) -> str:
    return ComposedIndicator.objects.current().get(reference=reference).key
