"""Under which terms a file is read: for which municipality, on which scale, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.municipality.models import Municipality


@dataclass(frozen=True)
class Terms:
    """A municipality that doesn't exist yet, as in a trial run on an empty installation, has no key."""

    municipality: Municipality
    scale: ScaleOnDay
    today: date
    reference_date: date | None = None
    strict: bool = False

    @property
    def municipality_id(self) -> int:
        """The key of the municipality; 0 fits no client."""
        return self.municipality.pk or 0

    @property
    def effective_on(self) -> date:
        """The day from which a change holds where the file names none."""
        return self.reference_date or self.today
