"""Users, roles and periods as the pages show them, in one language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from opstap.accounts.enums import Scope
from opstap.accounts.logic import permission_words, roles
from opstap.accounts.models import RoleHolding, TeamMembership
from opstap.accounts.selectors.own_roles import role_name
from opstap.accounts.selectors.people import END, UserOnDay, words_of_end
from opstap.foundation.versions import version_of_values

REACH = {
    Scope.OWN_CASELOAD: _("the clients of the own caseload"),
    Scope.TEAM: _("the clients of the team"),
    Scope.MUNICIPALITY: _("all clients of the municipality"),
    Scope.BATCH: _("the clients given to them by name"),
    Scope.SUPERVISED: _("the caseload of the colleague they are with"),
    Scope.NONE: _("no clients"),
}
STATES = {
    "active": _("can sign in"),
    "not_invited": _("not invited yet"),
    "closed": _("closed"),
}
REFUSALS = {
    "own_last_administrator_role": _(
        "This would take away your own last role as administrator. Let another administrator do it."
    ),
    "last_administrator": _(
        "Then nobody would be left who can give others a role. First make somebody else functional administrator."
    ),
    "ends_before_it_starts": _("The end lies before the beginning. Fill in a later day."),
    "over_already": _("This has ended already, and what is over stays over. Give it anew, from a day on."),
    "ends_before_that": _("It ends before that day already. To let it go on longer, give it anew from that end on."),
    "already_held": _("This overlaps a period that stands there already. End that one first, or choose other days."),
    "not_prepared": _("The functional administrator prepares this list first. Then it can be signed."),
    "prepared_oneself": _("Who prepared this list does not sign it. Somebody else does."),
    "roles_changed": _("Roles were given or ended meanwhile. Look at the list again, then sign."),
    "nobody": _("Only somebody with an account can do this."),
    "team_missing": _("This role reaches a team: choose which one."),
    "supervisor_missing": _("An intern is with a colleague: choose with whom."),
    "supervisor_without_caseload": _("This colleague has no caseload on that day. Choose somebody who guides clients."),
    "end_missing": _("Say until when: an internship has an end. The role stops by itself on that day."),
    "not_by_group": _("This role needs a colleague to be with, so a group can't give it. Give it to the person."),
    "given_already": _("This group gives that role already. End that line first, or choose another role."),
    "role_in_use": _("Somebody holds this role, or will. End it for them first; then it can be given no more."),
    "role_ended": _("This role is given no more. Choose another one."),
    "team_ended": _("This team has ended. Choose another, or open it again on its own page."),
    "team_elsewhere": _("This team is of another municipality. Choose one of yours."),
    "not_known_here": _("This person has no role here yet. Let them in by their mail address first."),
    "nobody_of_mail": _(
        "Nobody of another municipality has this mail address here. Ask them which address stands in their account."
    ),
    "known_here": _("This person is known here already. Give the role on their own page, under Users."),
    "team_in_use": _("Somebody is in this team, or clients have it as their team. What to do first is said below."),
}


@dataclass(frozen=True)
class RoleView:
    """A role in words."""

    key: str
    name: str
    description: str
    reach: str
    may: tuple[str, ...]


@dataclass(frozen=True)
class UserLine:
    """A user in the list."""

    reference: str
    name: str
    staff_code: str
    sign_in_name: str
    roles: str
    teams: str
    state: str
    state_words: str


@dataclass(frozen=True)
class HeldLine:
    """A period in which somebody held a role or was in a team."""

    id: int
    name: str
    team: str
    starts_on: date
    ends_on: date | None
    state: str
    can_end: bool
    version: str


def role_views(language: str) -> list[RoleView]:
    """Every role."""
    words = permission_words(language)
    return [
        RoleView(
            key,
            role.name(language),
            role.description(language),
            str(REACH[role.scope]),
            tuple(text for permission, text in words.items() if permission in role.permissions),
        )
        for key, role in roles().items()
    ]


def user_lines(found: Sequence[UserOnDay], language: str) -> list[UserLine]:
    """The users of a page."""
    return [
        UserLine(
            one.user.reference,
            called(one.user.name, one.kept_by),
            "" if one.kept_by else one.user.staff_code,
            one.user.sign_in_name or "",
            ", ".join(dict.fromkeys(role_name(held, language) for held in one.held)),
            ", ".join(team.name for team in one.teams),
            one.state,
            str(STATES[one.state]),
        )
        for one in found
    ]


def called(name: str, kept_by: str) -> str:
    """Somebody's name, with the municipality that keeps the account when it is another."""
    return gettext("%(name)s (account of %(town)s)") % {"name": name, "town": kept_by} if kept_by else name


def role_lines(held: Sequence[RoleHolding], today: date, language: str) -> list[HeldLine]:
    """The roles of somebody over time."""
    return [_line(one.pk, role_name(one, language), _for_whom(one), one, today) for one in held]


def _for_whom(held: RoleHolding) -> str:
    return ", ".join(part for part in (_reached(held), _by_whom(held)) if part)


def _by_whom(held: RoleHolding | TeamMembership) -> str:
    if not held.from_organisation:
        return ""
    if held.ended_by_hand:
        return gettext("by a group of the organisation; taken away by hand, so no group gives it back")
    return by_group()


def by_group() -> str:
    """By whom somebody has what follows their groups."""
    return gettext("by a group of the organisation")


def _reached(held: RoleHolding) -> str:
    if held.supervisor is not None:
        return gettext("with %(name)s") % {"name": held.supervisor.name}
    return held.team.name if held.team else ""


def team_lines(joined: Sequence[TeamMembership], today: date) -> list[HeldLine]:
    """The teams of somebody over time."""
    return [_line(one.pk, one.team.name, _by_whom(one), one, today) for one in joined]


def _line(pk: int, name: str, team: str, held: RoleHolding | TeamMembership, today: date) -> HeldLine:
    state = _state(held.starts_on, held.ends_on, today)
    can_end = held.ends_on is None or held.ends_on > today
    version = version_of_values(END, words_of_end(held))
    return HeldLine(pk, name, team, held.starts_on, held.ends_on, str(state), can_end, version)


def _state(starts_on: date, ends_on: date | None, today: date) -> object:
    if ends_on is not None and ends_on <= starts_on:
        return _("never held")
    if ends_on is not None and ends_on <= today:
        return pgettext_lazy("a period", "ended")
    return pgettext_lazy("a period", "later") if starts_on > today else pgettext_lazy("a period", "now")
