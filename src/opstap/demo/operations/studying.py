"""One piece of research that the municipality permits, so that a researcher finds it open."""

from __future__ import annotations

from datetime import date, timedelta

from opstap.audit.permissions import Actor
from opstap.municipality.models import Municipality
from opstap.reporting.logic import quarters_until
from opstap.reporting.operations import ResearchTerms, permit_research


def permit_some(by: Actor, municipality: Municipality, day: date) -> None:
    """For a year, from the day on."""
    quarters = quarters_until(day, 5)
    terms = ResearchTerms(
        name="Drie jaar participatieladder",
        institution="Hogeschool Voorbeeldstad, lectoraat Meedoen",
        ground="AVG artikel 6, lid 1, onder e, en artikel 89; collegebesluit en overeenkomst 2026-14",
        purpose="Nagaan wie na een jaar op een hogere trede staat, en of dat met hulp vaker zo is.",
        starts_on=day,
        ends_on=day + timedelta(days=366),
        earlier=quarters[4],
        later=quarters[0],
        scale="vng",
    )
    permit_research(by=by, municipality=municipality, terms=terms)
