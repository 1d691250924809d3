"""One user: name, sign-in, roles and teams over time, and closing the account. Each form of the page has its action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from opstap.accounts.forms import AccessForm, ChangeUserForm, EndForm, InviteForm, RoleForm, TeamForm
from opstap.accounts.models import User
from opstap.accounts.operations import (
    HoldingRefused,
)
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.factors import has_factor
from opstap.accounts.selectors.organisation import identity_of
from opstap.accounts.selectors.own_roles import open_own_roles
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
from opstap.accounts.views.anew import PROVE, proving
from opstap.accounts.views.ending import EndedMeanwhile, Ending
from opstap.accounts.views.once import take_password
from opstap.accounts.views.user_actions import DOING, HERE, OWN, Asked
from opstap.accounts.views.users import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import last_done
from opstap.foundation import dates
from opstap.foundation.mail.sending import mail_is_set
from opstap.foundation.ui.conflicts import Opened, begun_on, met_in_place, saved_by, settled_words
from opstap.foundation.versions import version_of_values


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def user(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of a user, and each of its forms."""
    where = municipality_of(request).pk
    found = user_of(where, reference)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, found, _forms(found, where, "", None))
    if found.pk == actor_of(request).user_id and request.POST.get("action") == PROVE:
        return proving(request, asks=False, back=request.path) or redirect(request.path)
    return _sent(request, found, where, _action_of(request, found))


def _action_of(request: HttpRequest, found: User) -> str:
    """What is asked; not what only the municipality that keeps the account does, or only somebody else."""
    action, actor = request.POST.get("action", ""), actor_of(request)
    if action not in DOING or (action not in HERE and found.municipality_id != actor.municipality_id):
        raise Http404
    if action not in OWN and found.pk == actor.user_id:
        raise Http404
    return action


def _sent(request: HttpRequest, found: User, where: int, action: str) -> HttpResponse:
    made = _forms(found, where, action, request.POST)
    form = made[action]
    if form.is_valid():
        unproved = proving(request, asks=_moves_own_mail(request, found, form), back=request.path)
        if unproved is not None:
            return unproved
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


def _moves_own_mail(request: HttpRequest, found: User, form: forms.Form) -> bool:
    """A link to choose a password goes there: who finds a browser open may not send it to themselves."""
    is_own = found.pk == actor_of(request).user_id and isinstance(form, ChangeUserForm)
    return is_own and form.cleaned_data["email"] != (found.email or "")


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
    sent = request.POST if refused is made["change"] else None  # refused, it is still of when it was opened
    opened = met if isinstance(met, Opened) else begun_on(sent, version_of_values("user", words_of(user)))
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
