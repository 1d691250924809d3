"""Reads of the accounts room."""

from opstap.accounts.selectors.drafts import DraftFound, draft_cipher, draft_of
from opstap.accounts.selectors.people import caseload_sizes, never_invited, team_sizes, teams_worked_in
from opstap.accounts.selectors.standing import Standing, standing_of

__all__ = [
    "DraftFound",
    "Standing",
    "caseload_sizes",
    "draft_cipher",
    "draft_of",
    "never_invited",
    "standing_of",
    "team_sizes",
    "teams_worked_in",
]
