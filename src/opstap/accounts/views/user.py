"""One user: name, sign-in, roles and teams over time, and closing the account. Each form of the page has its action."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.forms import AccessForm, ChangeUserForm, EndForm, InviteForm, RoleForm, TeamForm
from opstap.accounts.models import Team, User
from opstap.accounts.operations import (
    HoldingRefused,
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
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.factors import has_factor
from opstap.accounts.selectors.organisation import identity_of
from opstap.accounts.selectors.own_roles import chosen_role, open_own_roles
from opstap.accounts.selectors.people import (
    caseload_size,
    open_teams_of,
    roles_held,
    supervisors_of,
    teams_joined,
    user_of,
    words_of,
)
from opstap.accounts.selectors.sessions import sessions_of
from opstap.accounts.selectors.towns import towns_of
from opstap.accounts.tables import REFUSALS, STATES, role_lines, team_lines
from opstap.accounts.views.ending import EndedMeanwhile, Ending, end_in_team, end_of_role
from opstap.accounts.views.once import keep_password, take_password
from opstap.accounts.views.users import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import Actor
from opstap.audit.selectors import last_done
from opstap.foundation import dates
from opstap.foundation.mail.sending import mail_is_set
from opstap.foundation.ui.conflicts import VERSION, Opened, met_in_place, saved_by, settled_words
from opstap.foundation.versions import version_of_values


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


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def user(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a user, and each of its forms."""
    where = municipality_of(request).pk
    found = user_of(where, reference)
    if found is None:
        raise Http404
    action = request.POST.get("action", "")
    if request.method != "POST":
        return _shown(request, found, _forms(found, where, "", None))
    if action not in DOING or (action not in HERE and found.municipality_id != where):
        raise Http404
    made = _forms(found, where, action, request.POST)
    form = made[action]
    if form.is_valid():
        try:
            done = DOING[action](Asked(request, actor_of(request), found, form.cleaned_data))
        except HoldingRefused as refused:
            form.add_error(None, str(REFUSALS[refused.code]))
        except (EndedMeanwhile, ReplacedMeanwhile) as met:
            return _meets(request, found, form.cleaned_data, met)
        else:
            messages.success(request, done)
            return redirect("accounts:user", found.reference)
    found.refresh_from_db()
    return _shown(request, found, made, refused=form)


def _meets(request: HttpRequest, user: User, given: Mapping[str, Any], met: Exception) -> HttpResponse:
    """Somebody else gave them another name or staff code while the form was open, or a role or team another end."""
    if isinstance(met, EndedMeanwhile):
        return _shown(request, user, _forms(user, municipality_of(request).pk, "", None), met=met.ending)

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> ChangeUserForm:
        return ChangeUserForm(
            sent, initial=dict(values), municipality_id=user.municipality_id, user=user, prefix="change"
        )

    saved = saved_by(last_done("change_user", user.reference))
    form, state = met_in_place(made, request.POST, kind="user", newest=words_of(user), given=given, saved=saved)
    if state.is_settled:
        messages.success(request, settled_words())
        return redirect("accounts:user", user.reference)
    return _shown(request, user, _forms(user, municipality_of(request).pk, "", None) | {"change": form}, met=state)


def _forms(user: User, where: int, action: str, given: QueryDict | None) -> dict[str, forms.Form]:
    """Every form of the page; the one that was sent holds what was filled in."""
    today = dates.today()
    teams = open_teams_of(where, today)
    supervisors = [one for one in supervisors_of(where, today) if one.pk != user.pk]

    def sent(name: str) -> QueryDict | None:
        return given if name == action else None

    return {
        "change": ChangeUserForm(
            sent("change"),
            initial=words_of(user),
            municipality_id=user.municipality_id,
            user=user,
            prefix="change",
        ),
        "invite": InviteForm(sent("invite"), prefix="invite"),
        "role": RoleForm(
            sent("role"),
            initial={"since": today},
            teams=teams,
            supervisors=supervisors,
            own_roles=open_own_roles(where, today),
            prefix="role",
        ),
        "team": TeamForm(sent("team"), initial={"since": today}, teams=teams, prefix="team"),
        "end-role": EndForm(sent("end-role"), initial={"ends_on": today}, auto_id=False),
        "end-team": EndForm(sent("end-team"), initial={"ends_on": today}, auto_id=False),
        "password": AccessForm(sent("password")),
        "sessions": AccessForm(sent("sessions")),
        "factors": AccessForm(sent("factors")),
        "unlink": AccessForm(sent("unlink")),
        "mail": AccessForm(sent("mail")),
        "close": AccessForm(sent("close")),
        "open": AccessForm(sent("open")),
    }


def _shown(
    request: HttpRequest,
    user: User,
    made: Mapping[str, forms.Form],
    refused: forms.Form | None = None,
    met: Opened | Ending | None = None,
) -> HttpResponse:
    today, language = dates.today(), get_language() or "nl"
    state = "closed" if not user.is_active else "active" if user.sign_in_name else "not_invited"
    where = municipality_of(request)
    opened = met if isinstance(met, Opened) else Opened(version_of_values("user", words_of(user)))
    context = {
        "opened": opened,
        "user_shown": user,
        "password": take_password(request, user),
        "state": state,
        "state_words": STATES[state],
        "roles": role_lines(roles_held(user, where.pk), today, language),
        "teams": team_lines(teams_joined(user, where.pk), today),
        "caseload": caseload_size(user, where.pk, today),
        "change_form": made["change"],
        "invite_form": made["invite"],
        "role_form": made["role"],
        "team_form": made["team"],
        "end_form": made["end-role"],
        "refused": refused,
        "ending": met if isinstance(met, Ending) else None,
        "kept_by": None if user.municipality_id == where.pk else user.municipality,
        "elsewhere": [one.name for one in towns_of(user, today) if one.pk != where.pk],
        "today": today,
        "may_assign": actor_of(request).may("assign_clients"),
        "sessions": len(sessions_of(user)),
        "can_mail": bool(user.email) and mail_is_set(),
        "has_factor": has_factor(user),
        "identity": identity_of(user),
        "is_self": actor_of(request).user_id == user.pk,
        "trail": trail((_("Users"), reverse("accounts:users")), (user.name, "")),
    }
    status = 400 if refused else 409 if met else opened.status(made["change"])
    return render(request, "accounts/user.html", context, status=status)


def _change(asked: Asked) -> str:
    change_user(by=asked.actor, user=asked.user, **asked.given, opened_on=asked.request.POST.get(VERSION, ""))
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
