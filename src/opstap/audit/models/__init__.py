"""Models of the audit room."""

from opstap.audit.models.accesses import Access, AccessCut
from opstap.audit.models.erasures import Erasure, ErasurePermit, PermittedRow
from opstap.audit.models.facts import Fact, FactQuerySet, PeriodFact, PeriodQuerySet
from opstap.audit.models.recordings import Event, Recording, RecordingCounter
from opstap.audit.models.sent import SentForm

__all__ = [
    "Access",
    "AccessCut",
    "Erasure",
    "ErasurePermit",
    "Event",
    "Fact",
    "FactQuerySet",
    "PeriodFact",
    "PeriodQuerySet",
    "PermittedRow",
    "Recording",
    "RecordingCounter",
    "SentForm",
]
