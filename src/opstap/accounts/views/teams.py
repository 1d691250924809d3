"""The teams, with who is in them today; making, renaming, ending and reopening one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.forms import TeamNameForm
from opstap.accounts.models import Team
from opstap.accounts.operations import HoldingRefused, create_team, end_team, rename_team, reopen_team
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.people import Wanted, team_in_use, teams_of, users_on
from opstap.accounts.tables import REFUSALS, user_lines
from opstap.accounts.views.users import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import Actor
from opstap.audit.selectors import last_done
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import begun_on, met_in_place, saved_by, sent_version
from opstap.foundation.versions import version_of_values


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def teams(request: HttpRequest) -> HttpResponse:
    """Every team, and a form for a new one."""
    municipality = municipality_of(request)
    form = TeamNameForm(request.POST if request.method == "POST" else None, municipality_id=municipality.pk)
    if request.method == "POST" and form.is_valid():
        team = create_team(by=actor_of(request), municipality=municipality, name=form.cleaned_data["name"])
        messages.success(request, _("%(name)s is added.") % {"name": team.name})
        return redirect("accounts:teams")
    members: dict[int, int] = {}
    for one in users_on(municipality.pk, dates.today(), Wanted(state="")):
        for joined in one.teams if one.user.is_active else ():
            members[joined.pk] = members.get(joined.pk, 0) + 1
    today, every = dates.today(), teams_of(municipality.pk)
    context = {
        "form": form,
        "lines": [(team, members.get(team.pk, 0)) for team in every if team.is_open_on(today)],
        "ended": [team for team in every if not team.is_open_on(today)],
        "trail": trail((_("Teams"), "")),
    }
    return render(request, "accounts/teams.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def team(request: HttpRequest, reference: str) -> HttpResponse:
    """One team: its name, who is in it today, and its end."""
    municipality = municipality_of(request)
    found = get_object_or_404(Team, municipality=municipality, reference=reference)
    renames = request.method == "POST" and request.POST.get("action") not in ENDING

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> TeamNameForm:
        return TeamNameForm(sent, initial=dict(values), municipality_id=municipality.pk, team=found)

    sent = request.POST if renames else None
    form, state = made({"name": found.name}, sent), begun_on(sent, version_of_values("team", {"name": found.name}))
    refused = ""
    if request.method == "POST" and not renames:
        try:
            done = ENDING[request.POST["action"]](actor_of(request), found)
        except HoldingRefused as refusal:
            refused = str(REFUSALS[refusal.code])
        else:
            messages.success(request, done)
            return redirect("accounts:team", found.reference)
    elif request.method == "POST" and form.is_valid():
        given, opened_on = form.cleaned_data, sent_version(request.POST)
        try:
            rename_team(by=actor_of(request), team=found, name=given["name"], opened_on=opened_on)
        except ReplacedMeanwhile:
            saved, now = saved_by(last_done("rename_team", found.reference)), {"name": found.name}
            form, state = met_in_place(made, request.POST, kind="team", newest=now, given=given, saved=saved)
        if state.conflict is None or state.is_settled:
            messages.success(request, _("The team is called %(name)s from now on.") % {"name": found.name})
            return redirect("accounts:team", found.reference)
    people = users_on(municipality.pk, dates.today(), Wanted(state="", team=found.reference))
    context = {
        "team": found,
        "form": form,
        "opened": state,
        "refused": refused,
        "is_open": found.is_open_on(dates.today()),
        "in_use": team_in_use(found, dates.today()),
        "may_assign": actor_of(request).may("assign_clients"),
        "lines": user_lines(people, get_language() or "nl"),
        "trail": trail((_("Teams"), reverse("accounts:teams")), (found.name, "")),
    }
    return render(request, "accounts/team.html", context, status=400 if refused else state.status(form))


def _end(by: Actor, team: Team) -> str:
    end_team(by=by, team=team)
    return _("%(name)s has ended. It stays in reports of earlier days.") % {"name": team.name}


def _reopen(by: Actor, team: Team) -> str:
    reopen_team(by=by, team=team)
    return _("%(name)s can be chosen again.") % {"name": team.name}


ENDING = {"end": _end, "reopen": _reopen}
