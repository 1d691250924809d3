"""Signing in with the organisation, for the administrator: what is set, and which group gives which role."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.forms import GroupRoleForm
from opstap.accounts.models import GroupRole, Team
from opstap.accounts.operations import HoldingRefused, end_group_role, give_by_group
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.organisation import connection, group_roles_of
from opstap.accounts.selectors.people import open_teams_of
from opstap.accounts.tables import REFUSALS
from opstap.accounts.tables.organisation import connection_facts, group_lines
from opstap.accounts.views.users import trail
from opstap.foundation import dates
from opstap.municipality.models import Municipality


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def group_roles(request: HttpRequest) -> HttpResponse:
    """The page; a group gets a role here, and loses it."""
    municipality = municipality_of(request)
    if request.POST.get("action") == "end":
        row = get_object_or_404(GroupRole, municipality=municipality, reference=request.POST.get("row", ""))
        end_group_role(by=actor_of(request), row=row)
        messages.success(request, _("This group gives the role no more. Who held it so loses it at the next sign-in."))
        return redirect("accounts:group-roles")
    teams = open_teams_of(municipality.pk, dates.today())
    form = GroupRoleForm(request.POST if request.method == "POST" else None, teams=teams)
    if request.method == "POST" and form.is_valid():
        try:
            return _given(request, municipality, form, teams)
        except HoldingRefused as refused:
            form.add_error("team" if refused.code.startswith("team") else "role", str(REFUSALS[refused.code]))
    return _shown(request, municipality, form)


def _given(request: HttpRequest, municipality: Municipality, form: GroupRoleForm, teams: list[Team]) -> HttpResponse:
    given = form.cleaned_data
    give_by_group(
        by=actor_of(request),
        municipality=municipality,
        group=given["group"],
        label=given["label"],
        role=given["role"],
        team=next((team for team in teams if team.reference == given["team"]), None),
    )
    messages.success(request, _("From now on this group gives the role, to each member at the next sign-in."))
    return redirect("accounts:group-roles")


def _shown(request: HttpRequest, municipality: Municipality, form: GroupRoleForm) -> HttpResponse:
    found, rows = connection(), group_roles_of(municipality.pk)
    site = settings.OPSTAP_ADDRESS.rstrip("/") or f"{request.scheme}://{request.get_host()}"
    back_to, out_to = site + reverse("accounts:organisation-return"), site + reverse("accounts:sign-in")
    lines = group_lines(rows, get_language() or "nl")
    context = {
        "form": form,
        "is_set": found.is_set,
        "facts": connection_facts(found, back_to, out_to),
        "emergency": sorted(settings.OPSTAP_LOCAL_SIGN_IN),
        "lines": [line for line in lines if line.ends_on is None],
        "ended": [line for line in lines if line.ends_on is not None],
        "trail": trail((_("Signing in with the organisation"), "")),
    }
    return render(request, "accounts/group_roles.html", context, status=400 if form.errors else 200)
