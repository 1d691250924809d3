"""Under which terms a file is read: for which municipality, on which scale, and on which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.foundation import dates
from opstap.ladder.selectors.scales import ScaleOnDay, scale_keys, scale_on
from opstap.municipality.logic import PARTS
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import parts_on, setting_on

NOT_MADE = 0  # the key of a municipality that the first import is going to make


class UnknownScale(LookupError):
    """There is no such scale; `known` are the right keys."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key, self.known = key, scale_keys()


@dataclass(frozen=True)
class Terms:
    """A municipality that doesn't exist yet, as in a trial run on an empty installation, has no key."""

    municipality: Municipality
    scale: ScaleOnDay
    today: date
    reference_date: date | None = None
    strict: bool = False
    parts_off: frozenset[str] = frozenset()

    @property
    def municipality_id(self) -> int:
        """The key of the municipality; 0 fits no client."""
        return self.municipality.pk or NOT_MADE

    @property
    def effective_on(self) -> date:
        """The day from which a change holds where the file names none."""
        return self.reference_date or self.today


def terms_for(
    municipality: Municipality,
    *,
    scale_key: str | None = None,
    reference_date: date | None = None,
    strict: bool = False,
) -> Terms:
    """The terms of today. Without a key the scale is the municipality's own. UnknownScale names the right keys."""
    today = dates.today()
    key = scale_key or str(setting_on(municipality.pk, "default_scale", today))
    scale = scale_on(key, reference_date or today)
    if scale is None:
        raise UnknownScale(key)
    return Terms(municipality, scale, today, reference_date, strict, parts_off(municipality, today))


def parts_off(municipality: Municipality, day: date) -> frozenset[str]:
    """The parts that the municipality does without on a day."""
    return frozenset(PARTS) - parts_on(municipality.pk or NOT_MADE, day)
