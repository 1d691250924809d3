"""Models of the privacy room."""

from opstap.privacy.models.judgements import Judgement
from opstap.privacy.models.requests import RightsRequest

__all__ = ["Judgement", "RightsRequest"]
