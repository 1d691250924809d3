"""Writing in the accounts room."""

from opstap.accounts.operations.accounts import NewUser, create_team, create_user, create_workers, set_password

__all__ = ["NewUser", "create_team", "create_user", "create_workers", "set_password"]
