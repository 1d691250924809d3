"""Indicators of the town's own, so that the report shows what can be composed."""

from __future__ import annotations

from opstap.audit.permissions import Actor
from opstap.municipality.models import Municipality
from opstap.reporting.logic import BECAME, Composition, Condition
from opstap.reporting.operations import compose_indicator

OWN = (
    Composition(
        name="Alleenstaande ouders zonder startkwalificatie die stegen",
        meaning="Van deze ouders zo veel staan bij een nieuwe plaatsing op een hogere trede.",
        about="two_days",
        base=(Condition("household", ("single_parent",)), Condition("basic-qualification", ("no",))),
        counted=Condition(BECAME, ("risen",)),
        better=1,
        matures_after=1,
    ),
    Composition(
        name="Jongeren zonder startkwalificatie",
        meaning="Van wie jonger is dan 27 hebben zo veel geen startkwalificatie.",
        about="day",
        base=(Condition("age", ("<27",)),),
        counted=Condition("basic-qualification", ("no",)),
        better=-1,
    ),
)


def compose_some(by: Actor, municipality: Municipality) -> None:
    """One between two days, one of a day."""
    for terms in OWN:
        compose_indicator(by=by, municipality=municipality, terms=terms)
