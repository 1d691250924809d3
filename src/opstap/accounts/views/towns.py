"""Choosing the municipality to work in, and letting in somebody whose account another one keeps."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.forms.people import LetInForm
from opstap.accounts.models import User
from opstap.accounts.operations import HoldingRefused, RoleGiven, choose_municipality, let_in
from opstap.accounts.permissions import actor_for, actor_of, municipality_of, requires, works_in
from opstap.accounts.selectors.own_roles import chosen_role, open_own_roles
from opstap.accounts.selectors.people import open_teams_of, supervisors_of
from opstap.accounts.selectors.towns import towns_named
from opstap.accounts.tables import REFUSALS
from opstap.accounts.views.entering import work_in
from opstap.accounts.views.users import FIELDS, trail
from opstap.foundation import dates

BY_FIELD = {**FIELDS, "nobody_of_mail": "email", "known_here": "email", "team_missing": "team"}


@require_POST
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Work in another municipality from now on, one in which one holds a role; its first page follows."""
    user, wanted = cast("User", request.user), request.POST.get("municipality", "")
    chosen = next((one for one in towns_named(works_in(request)) if one.reference == wanted), None)
    if chosen is None:
        raise Http404
    choose_municipality(by=actor_of(request), user=user, municipality=chosen)
    work_in(request, chosen.pk)
    request.actor = actor_for(user, chosen.pk)  # type: ignore[attr-defined]  # the log is of where they came
    messages.success(request, _("You work in %(town)s now.") % {"town": chosen.name})
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def from_elsewhere(request: HttpRequest) -> HttpResponse:
    """Give a role here to somebody of another municipality, who is named by their mail address in full."""
    municipality, today = municipality_of(request), dates.today()
    teams, supervisors = open_teams_of(municipality.pk, today), supervisors_of(municipality.pk, today)
    form = LetInForm(
        request.POST if request.method == "POST" else None,
        initial={"since": today},
        teams=teams,
        supervisors=supervisors,
        own_roles=open_own_roles(municipality.pk, today),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        role, own_role = chosen_role(municipality.pk, today, given["role"])
        first = RoleGiven(
            role,
            given["since"],
            given["until"],
            next((one for one in teams if one.reference == given["team"]), None),
            next((one for one in supervisors if one.reference == given["supervisor"]), None),
            own_role,
        )
        try:
            found = let_in(by=actor_of(request), municipality=municipality, address=given["email"], first=first)
        except HoldingRefused as refused:
            form.add_error(BY_FIELD.get(refused.code), str(REFUSALS[refused.code]))
        else:
            messages.success(request, _("%(name)s can work here from that day on.") % {"name": found.name})
            return redirect("accounts:user", found.reference)
    above = (_("Users"), reverse("accounts:users"))
    context = {"form": form, "trail": trail(above, (_("Somebody of another municipality"), ""))}
    return render(request, "accounts/let_in.html", context, status=400 if form.errors else 200)
