"""The teams, with who is in them today; making and renaming one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.forms import TeamNameForm
from opstap.accounts.models import Team
from opstap.accounts.operations import create_team, rename_team
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.people import Wanted, teams_of, users_on
from opstap.accounts.tables import user_lines
from opstap.accounts.views.users import trail
from opstap.foundation import dates


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
    lines = [(team, members.get(team.pk, 0)) for team in teams_of(municipality.pk)]
    context = {"form": form, "lines": lines, "trail": trail((_("Teams"), ""))}
    return render(request, "accounts/teams.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def team(request: HttpRequest, reference: str) -> HttpResponse:
    """One team: its name, and who is in it today."""
    municipality = municipality_of(request)
    found = get_object_or_404(Team, municipality=municipality, reference=reference)
    form = TeamNameForm(
        request.POST if request.method == "POST" else None,
        initial={"name": found.name},
        municipality_id=municipality.pk,
        team=found,
    )
    if request.method == "POST" and form.is_valid():
        rename_team(by=actor_of(request), team=found, name=form.cleaned_data["name"])
        messages.success(request, _("The team is called %(name)s from now on.") % {"name": found.name})
        return redirect("accounts:team", found.reference)
    people = users_on(municipality.pk, dates.today(), Wanted(state="", team=found.reference))
    context = {
        "team": found,
        "form": form,
        "lines": user_lines(people, get_language() or "nl"),
        "trail": trail((_("Teams"), reverse("accounts:teams")), (found.name, "")),
    }
    return render(request, "accounts/team.html", context, status=400 if form.errors else 200)
