"""Figures of the end of the last quarter that are set down, so that policy finds them."""

from __future__ import annotations

from datetime import date
from typing import Final

from opstap.audit.permissions import Actor
from opstap.municipality.models import Municipality
from opstap.reporting.logic import quarters_until
from opstap.reporting.operations import PublicationTerms, ask_publication, make_asked

NAMES: Final = ("eerste", "tweede", "derde", "vierde")


def set_down_last_quarter(by: Actor, municipality: Municipality, day: date) -> None:
    """As the coordinator would, with the motion that asked for it."""
    quarter = quarters_until(day, 1)[0]
    terms = PublicationTerms(
        title=f"De participatieladder, {NAMES[quarter.number - 1]} kwartaal {quarter.year}",
        on=quarter.last_day,
        promise="motie 2024-17, ieder kwartaal de stand op de participatieladder",
    )
    make_asked(by=by, reference=ask_publication(by=by, municipality=municipality, terms=terms))
