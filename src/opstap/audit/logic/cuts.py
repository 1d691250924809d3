"""What says that the first records of a chain are gone after their term, as plain values, and its seal."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time

from opstap.audit.logic.entries import moment_text
from opstap.foundation.chained import cut_seal
from opstap.foundation.dates import AMSTERDAM

CUT = "log:cut"


def kept_since(today: date, years: int) -> datetime:
    """The beginning of the first day of which records stay; in a year without the day the last of its month."""
    year = today.year - years
    day = min(today.day, monthrange(year, today.month)[1])
    return datetime.combine(date(year, today.month, day), time.min, AMSTERDAM)


@dataclass(frozen=True)
class Cut:
    """Up to and with which place, the digest there, and how many records since the cut before it."""

    chain: str
    position: int
    digest: bytes
    records: int
    before: datetime
    at: datetime

    def seal(self, key: bytes) -> bytes:
        """Over every value of it."""
        texts = (self.chain, str(self.position), str(self.records), moment_text(self.before), moment_text(self.at))
        return cut_seal(key, [*(text.encode() for text in texts), self.digest])
