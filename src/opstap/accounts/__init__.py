"""Accounts: users, teams, roles, permissions and sign-in.

`permissions.toml` names every permission as a verb on a noun; `roles.toml` names the roles as lists of permissions
with a description in Dutch and English and the scope of clients they reach (own caseload, team, municipality, none).
`permissions.actor_for` builds the actor of a request anew each time; `requires` guards a view.
Not here: which clients someone may see (`clients.permissions`), caseloads (`clients`), drafts (later).
"""
