"""What each form of the page of a user does, by its action; returns what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.accounts.models import Team, User
from opstap.accounts.operations import (
    change_user,
    deactivate_user,
    end_sessions_of,
    give_one_time_password,
    give_role,
    invite_user,
    join_team,
    reactivate_user,
    reset_factors,
    send_link,
    unlink,
)
from opstap.accounts.permissions import municipality_of
from opstap.accounts.selectors.own_roles import chosen_role
from opstap.accounts.selectors.people import (
    user_of,
)
from opstap.accounts.views.ending import end_in_team, end_of_role
from opstap.accounts.views.once import keep_password
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.mail.sending import mail_is_set
from opstap.foundation.ui.conflicts import sent_version


@dataclass(frozen=True)
class Asked:
    """What one of the forms of the page asks."""

    request: HttpRequest
    actor: Actor
    user: User
    given: Mapping[str, Any]

    @property
    def where(self) -> int:
        """The municipality in which this is asked: of the roles and teams of the page, whoever keeps the account."""
        return municipality_of(self.request).pk

    def team(self) -> Team | None:
        """The team that was chosen; of this municipality only."""
        return Team.objects.filter(municipality=self.where, reference=self.given["team"]).first()

    def supervisor(self) -> User | None:
        """The colleague that was chosen; of this municipality only."""
        return user_of(self.where, self.given["supervisor"])


def _change(asked: Asked) -> str:
    change_user(by=asked.actor, user=asked.user, **asked.given, opened_on=sent_version(asked.request.POST))
    return _("What was filled in is saved.")


def _invite(asked: Asked) -> str:
    if asked.user.sign_in_name:
        raise Http404
    password = invite_user(by=asked.actor, user=asked.user, sign_in_name=asked.given["sign_in_name"])
    keep_password(asked.request, asked.user, password)
    return _("%(name)s can sign in from now on.") % {"name": asked.user.name}


def _password(asked: Asked) -> str:
    if not asked.user.sign_in_name:
        raise Http404
    keep_password(asked.request, asked.user, give_one_time_password(by=asked.actor, user=asked.user))
    return _("There is a new password for one time.")


def _role(asked: Asked) -> str:
    given = asked.given
    role, own_role = chosen_role(asked.where, dates.today(), given["role"])
    give_role(
        by=asked.actor,
        user=asked.user,
        role=role,
        own_role=own_role,
        team=asked.team(),
        since=given["since"],
        until=given["until"],
        supervisor=asked.supervisor(),
        municipality=municipality_of(asked.request),
    )
    return _("The role is given.")


def _end_role(asked: Asked) -> str:
    return end_of_role(asked.actor, asked.user, asked.where, asked.given, asked.request.POST)


def _team(asked: Asked) -> str:
    team = asked.team()
    if team is None:
        raise Http404
    given = asked.given
    join_team(by=asked.actor, user=asked.user, team=team, since=given["since"], until=given["until"])
    return _("The team is saved.")


def _end_team(asked: Asked) -> str:
    return end_in_team(asked.actor, asked.user, asked.where, asked.given, asked.request.POST)


def _sessions(asked: Asked) -> str:
    end_sessions_of(by=asked.actor, user=asked.user, besides=asked.request.session.session_key)
    return _("%(name)s is signed in nowhere any more.") % {"name": asked.user.name}


def _factors(asked: Asked) -> str:
    reset_factors(by=asked.actor, user=asked.user)
    return _("The second step of %(name)s is taken away. At the next sign-in they set it up anew.") % {
        "name": asked.user.name
    }


def _unlink(asked: Asked) -> str:
    unlink(by=asked.actor, user=asked.user)
    return _("The link is taken away. Who signs in at your organisation under this name next is linked.")


def _mail(asked: Asked) -> str:
    if not (asked.user.sign_in_name and asked.user.email and mail_is_set()):
        raise Http404
    send_link(by=asked.actor, user=asked.user)
    return _("A message with a link to choose a password is on its way to %(name)s.") % {"name": asked.user.name}


def _close(asked: Asked) -> str:
    deactivate_user(by=asked.actor, user=asked.user)
    return _("The account is closed: %(name)s can't sign in any more.") % {"name": asked.user.name}


def _open(asked: Asked) -> str:
    left = reactivate_user(by=asked.actor, user=asked.user)
    if not left:
        return _("The account is open again.")
    text = ngettext(
        "The account is open again. This person is no longer in %(names)s: that team has ended meanwhile. Put them in "
        "another team, and look at their roles.",
        "The account is open again. This person is no longer in %(names)s: those teams have ended meanwhile. Put them "
        "in another team, and look at their roles.",
        len(left),
    )
    return text % {"names": ", ".join(team.name for team in left)}


HERE = frozenset({"role", "end-role", "team", "end-team"})  # also of who has the account elsewhere
OWN = frozenset({"change", *HERE})  # of oneself; what guards one's own account is changed at Mijn account
DOING: dict[str, Callable[[Asked], str]] = {
    "change": _change,
    "invite": _invite,
    "password": _password,
    "role": _role,
    "end-role": _end_role,
    "team": _team,
    "end-team": _end_team,
    "sessions": _sessions,
    "factors": _factors,
    "unlink": _unlink,
    "mail": _mail,
    "close": _close,
    "open": _open,
}
