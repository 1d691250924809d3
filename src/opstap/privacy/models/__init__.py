"""Models of the privacy room."""

from opstap.privacy.models.judgements import Judgement
from opstap.privacy.models.requests import RightsRequest
from opstap.privacy.models.retention import Destruction, DestructionLine, LegalHold, RetentionRule

__all__ = ["Destruction", "DestructionLine", "Judgement", "LegalHold", "RetentionRule", "RightsRequest"]
