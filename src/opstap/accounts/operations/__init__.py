"""Writing in the accounts room."""

from opstap.accounts.operations.accounts import NewUser, create_team, create_user, create_workers, rename_team
from opstap.accounts.operations.authorisations import Judged, prepare_authorisations, sign_authorisations
from opstap.accounts.operations.drafts import (
    discard_draft,
    drop_sent_late,
    empty_old_drafts,
    keep_sent_late,
    save_draft,
)
from opstap.accounts.operations.factors import (
    FactorRefused,
    add_app,
    add_passkey,
    drop_recovery_codes,
    prove_by_code,
    prove_by_passkey,
    remove_factor,
    renew_recovery_codes,
    reset_factors,
)
from opstap.accounts.operations.group_roles import end_group_role, give_by_group
from opstap.accounts.operations.holding import HoldingRefused, RoleGiven, end_role, give_role, join_team, leave_team
from opstap.accounts.operations.mailing import ask_for_link, send_link
from opstap.accounts.operations.organisation import FactorFirst, NotAdmitted, admit, unlink
from opstap.accounts.operations.own_roles import (
    Composition,
    CompositionRefused,
    change_composed_role,
    compose_role,
    end_composed_role,
)
from opstap.accounts.operations.session_store import SessionStore
from opstap.accounts.operations.sessions import (
    empty_old_sessions,
    end_session,
    end_sessions_of,
    end_sessions_without_role,
)
from opstap.accounts.operations.teams import end_team, reopen_team
from opstap.accounts.operations.towns import choose_municipality, let_in, let_in_user
from opstap.accounts.operations.users import (
    AccountClosed,
    LinkOver,
    change_own_password,
    change_user,
    deactivate_user,
    give_one_time_password,
    invite_user,
    reactivate_user,
    set_password,
)

__all__ = [
    "AccountClosed",
    "Composition",
    "CompositionRefused",
    "FactorFirst",
    "FactorRefused",
    "HoldingRefused",
    "Judged",
    "LinkOver",
    "NewUser",
    "NotAdmitted",
    "RoleGiven",
    "SessionStore",
    "add_app",
    "add_passkey",
    "admit",
    "ask_for_link",
    "change_composed_role",
    "change_own_password",
    "change_user",
    "choose_municipality",
    "compose_role",
    "create_team",
    "create_user",
    "create_workers",
    "deactivate_user",
    "discard_draft",
    "drop_recovery_codes",
    "drop_sent_late",
    "empty_old_drafts",
    "empty_old_sessions",
    "end_composed_role",
    "end_group_role",
    "end_role",
    "end_session",
    "end_sessions_of",
    "end_sessions_without_role",
    "end_team",
    "give_by_group",
    "give_one_time_password",
    "give_role",
    "invite_user",
    "join_team",
    "keep_sent_late",
    "leave_team",
    "let_in",
    "let_in_user",
    "prepare_authorisations",
    "prove_by_code",
    "prove_by_passkey",
    "reactivate_user",
    "remove_factor",
    "rename_team",
    "renew_recovery_codes",
    "reopen_team",
    "reset_factors",
    "save_draft",
    "send_link",
    "set_password",
    "sign_authorisations",
    "unlink",
]
