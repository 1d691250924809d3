"""Writing in the accounts room."""

from opstap.accounts.operations.accounts import NewUser, create_team, create_user, create_workers, set_password
from opstap.accounts.operations.drafts import discard_draft, empty_old_drafts, save_draft

__all__ = [
    "NewUser",
    "create_team",
    "create_user",
    "create_workers",
    "discard_draft",
    "empty_old_drafts",
    "save_draft",
    "set_password",
]
