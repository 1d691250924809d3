"""Reads of the accounts room."""

from opstap.accounts.selectors.drafts import DraftFound, draft_cipher, draft_of
from opstap.accounts.selectors.standing import Standing, standing_of

__all__ = ["DraftFound", "Standing", "draft_cipher", "draft_of", "standing_of"]
