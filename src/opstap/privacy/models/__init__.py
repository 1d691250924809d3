"""Models of the privacy room."""

from opstap.privacy.models.judgements import Judgement

__all__ = ["Judgement"]
