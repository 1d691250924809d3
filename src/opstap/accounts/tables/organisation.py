"""Signing in with the organisation in words: why somebody is not let in, what the groups give, what is set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from opstap.accounts.logic import roles
from opstap.accounts.models import GroupRole
from opstap.foundation.openid import Connection

DOWN = _(
    "Signing in with your organisation does not work just now: its sign-in page does not answer. Try again in a few "
    "minutes, or tell your functional administrator."
)
REFUSED_THERE = {
    "": _("Signing in with your organisation did not succeed. Try once more; does it fail again, tell your ICT desk."),
    "not_allowed_there": _("You were not signed in at your organisation. Try again, or ask your ICT desk for access."),
    "claims_missing": _(
        "Your organisation did not tell who you are in the way that was agreed. Tell your functional administrator."
    ),
}
NOT_ADMITTED = {
    "unknown": _(
        "You are signed in at your organisation, but have no account here. Ask your functional administrator."
    ),
    "closed": _("This account is closed. Ask your functional administrator."),
    "no_role": _("You hold no role now, so you can't work here. Ask your functional administrator."),
    "other_identity": _(
        "Somebody else of your organisation signs in here under this name. Ask your functional administrator."
    ),
    "for_emergencies": _(
        "This account is for emergencies: it signs in with its own password, not with your organisation."
    ),
    "groups_missing": _(
        "Your organisation did not tell which groups you are in, so your roles can't be checked. Tell your ICT desk."
    ),
    "several_municipalities": _(
        "You work for more than one municipality here. Ask your functional administrator to make your account first."
    ),
    "too_many_groups": _(
        "You are in so many groups that your organisation does not tell them. Ask your ICT desk to pass on only the "
        "groups of Opstap."
    ),
}


def refusal_words(code: str) -> str:
    """Why somebody is not let in."""
    return str(NOT_ADMITTED[code])


@dataclass(frozen=True)
class GroupLine:
    """What one group gives or gave."""

    reference: str
    group: str
    label: str
    role: str
    team: str
    starts_on: date
    ends_on: date | None
    made_by: str
    ended_by: str


def group_lines(rows: Sequence[GroupRole], language: str) -> list[GroupLine]:
    """The rows in words."""
    known = roles()
    return [
        GroupLine(
            row.reference,
            row.group,
            row.label,
            known[row.role].name(language) if row.role in known else row.role,
            row.team.name if row.team else "",
            row.starts_on,
            row.ends_on,
            row.made_by,
            row.ended_by,
        )
        for row in rows
    ]


def connection_facts(connection: Connection, back_to: str, out_to: str) -> list[tuple[str, str]]:
    """What is set, and what the provider must know; the secret never."""
    believed = ", ".join(sorted(connection.second_step))
    facts = [
        (_("Provider (issuer)"), connection.issuer),
        (_("Client ID"), connection.client_id),
        (_("Secret"), _("is set") if connection.secret else _("is missing")),
        (_("Claim of the person"), connection.person_claim),
        (_("Claim of the sign-in name"), connection.sign_in_claim),
        (_("Claim of the name"), connection.name_claim),
        (_("Claim of the groups"), connection.groups_claim),
        (_("Second step at the provider counts"), believed or _("no, Opstap asks its own")),
        (_("Address to come back to (redirect URI)"), back_to),
        (_("Address after signing out"), out_to),
    ]
    return [(str(name), str(value)) for name, value in facts]
