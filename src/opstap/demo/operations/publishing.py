"""Figures that policy finds: the end of the last quarter, set down, and a table that was printed before Opstap."""

from __future__ import annotations

from datetime import date
from typing import Final

from opstap.audit.permissions import Actor
from opstap.demo.logic.choices import DEFAULT_CLIENTS, Choices
from opstap.municipality.models import Municipality
from opstap.reporting.logic import quarters_until
from opstap.reporting.operations import EarlierTerms, PublicationTerms, ask_publication, enter_earlier, make_asked
from opstap.reporting.selectors.series import counted_from

NAMES: Final = ("eerste", "tweede", "derde", "vierde")

PRINTED: Final = {"1": 214, "2": 387, "3": 166, "4": 131, "5": 58, "6": 27, "none": 243}
"""How many of a town of the usual size stood on each level, in a letter to the council of before it was counted."""


def set_down_last_quarter(by: Actor, municipality: Municipality, day: date) -> None:
    """As the coordinator would, with the motion that asked for it."""
    quarter = quarters_until(day, 1)[0]
    terms = PublicationTerms(
        title=f"De participatieladder, {NAMES[quarter.number - 1]} kwartaal {quarter.year}",
        on=quarter.last_day,
        promise="motie 2024-17, ieder kwartaal de stand op de participatieladder",
    )
    make_asked(by=by, reference=ask_publication(by=by, municipality=municipality, terms=terms))


def enter_printed(by: Actor, municipality: Municipality, choices: Choices) -> None:
    """The table of a letter to the council, of the last year end before Opstap counts: so the series begins there."""
    first = counted_from(municipality.pk) or choices.until
    on = date(first.year - 1, 12, 31)
    counts = {code: count * choices.clients // DEFAULT_CLIENTS for code, count in PRINTED.items()}
    source = f"Raadsbrief {on.year + 1}-08, tabel 2"
    enter_earlier(by=by, municipality=municipality, terms=EarlierTerms(on, source, counts))
