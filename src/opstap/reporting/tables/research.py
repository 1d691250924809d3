"""Permitted research in words: its period and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from opstap.reporting.logic import Quarter
from opstap.reporting.models import ResearchPermit


@dataclass(frozen=True)
class PermitLine:
    """One row of the register."""

    reference: str
    name: str
    institution: str
    first_day: date
    last_day: date | None
    moments: str
    state: str
    is_open: bool
    can_end: bool
    at: datetime
    by: str


def is_open(permit: ResearchPermit, today: date) -> bool:
    """Whether an extract may be taken for it on the day."""
    begun = permit.starts_on <= today
    return begun and not permit.withdrawn and (permit.ends_on is None or permit.ends_on > today)


def moments_words(permit: ResearchPermit) -> str:
    """Both moments, short."""
    said = _("quarter {number} of {year}")
    quarters = [Quarter.of(permit.earlier), Quarter.of(permit.later)]
    return " – ".join(said.format(number=one.number, year=one.year) for one in quarters)


def permit_line(permit: ResearchPermit, today: date) -> PermitLine:
    """A row in words; the last day is the last on which an extract may be taken."""
    opened, later = is_open(permit, today), not permit.withdrawn and permit.starts_on > today
    state = _("open") if opened else _("not yet begun") if later else _("over")
    if permit.withdrawn:
        state = _("ended before it began")
    return PermitLine(
        reference=permit.reference,
        name=permit.name,
        institution=permit.institution,
        first_day=permit.starts_on,
        last_day=permit.ends_on - timedelta(days=1) if permit.ends_on else None,
        moments=moments_words(permit),
        state=state,
        is_open=opened,
        can_end=opened or later,
        at=permit.recording.at,
        by=permit.recording.actor_name,
    )
