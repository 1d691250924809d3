"""Reads of the accounts room."""

from opstap.accounts.selectors.drafts import DraftFound, SentLate, draft_cipher, draft_of, sent_late_by
from opstap.accounts.selectors.people import caseload_sizes, never_invited, team_sizes, teams_worked_in
from opstap.accounts.selectors.standing import Standing, standing_of

__all__ = [
    "DraftFound",
    "SentLate",
    "Standing",
    "caseload_sizes",
    "draft_cipher",
    "draft_of",
    "never_invited",
    "sent_late_by",
    "standing_of",
    "team_sizes",
    "teams_worked_in",
]
