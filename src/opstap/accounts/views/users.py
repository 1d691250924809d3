"""The list of users, making one, and what each role lets one do."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.forms import NewUserForm
from opstap.accounts.operations import HoldingRefused, NewUser, create_user, give_one_time_password, send_link
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.own_roles import chosen_role, open_own_roles, own_roles_of
from opstap.accounts.selectors.people import Wanted, open_teams_of, supervisors_of, users_on
from opstap.accounts.selectors.towns import several_towns
from opstap.accounts.tables import REFUSALS, role_views, user_lines
from opstap.accounts.tables.own_roles import own_role_views
from opstap.accounts.views.once import keep_password
from opstap.audit.operations import writing
from opstap.foundation import dates
from opstap.foundation.mail.sending import mail_is_set

ROWS = 50
FIELDS = {
    "supervisor_missing": "supervisor",
    "supervisor_without_caseload": "supervisor",
    "end_missing": "until",
    "ends_before_it_starts": "until",
}


def trail(*steps: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page from *Beheer*."""
    above = [{"label": _("Administration"), "url": reverse("administration:index")}]
    return above + [{"label": label, "url": url} for label, url in steps]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def users(request: HttpRequest) -> HttpResponse:
    """Who works here. A name is searched by a posted form, so that it stands in no address."""
    given = request.GET
    wanted = Wanted(
        text=request.POST.get("text", "").strip(),
        team=(request.POST or given).get("team", ""),
        role=(request.POST or given).get("role", ""),
        state=(request.POST or given).get("state", "active"),
    )
    municipality = municipality_of(request)
    found = users_on(municipality.pk, dates.today(), wanted)
    page = Paginator(found, ROWS if not wanted.text else max(len(found), 1)).get_page(given.get("page"))
    language = get_language() or "nl"
    chosen = {"team": wanted.team, "role": wanted.role, "state": wanted.state}
    context: dict[str, Any] = {
        "wanted": wanted,
        "lines": user_lines(list(page.object_list), language),
        "page_obj": page,
        "page_url": f"?{urlencode(chosen)}&page=",
        "total": len(found),
        "teams": open_teams_of(municipality.pk, dates.today()),
        "roles": role_views(language),
        "trail": trail((_("Users"), "")),
        "several_towns": several_towns(),
    }
    return render(request, "accounts/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def new_user(request: HttpRequest) -> HttpResponse:
    """Make somebody; with a sign-in name there is a password for the first time, shown once on their page."""
    municipality = municipality_of(request)
    teams = open_teams_of(municipality.pk, dates.today())
    supervisors = supervisors_of(municipality.pk, dates.today())
    form = NewUserForm(
        request.POST if request.method == "POST" else None,
        initial={"role": "case_manager", "since": dates.today()},
        municipality_id=municipality.pk,
        teams=teams,
        supervisors=supervisors,
        own_roles=open_own_roles(municipality.pk, dates.today()),
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        team = next((team for team in teams if team.reference == given["team"]), None)
        supervisor = next((one for one in supervisors if one.reference == given["supervisor"]), None)
        role, own_role = chosen_role(municipality.pk, dates.today(), given["role"])
        somebody = NewUser(
            given["name"],
            given["sign_in_name"] or None,
            given["staff_code"],
            role,
            team,
            supervisor,
            given["until"],
            given["email"],
            own_role,
        )
        try:
            return _made(request, somebody, given["since"])
        except HoldingRefused as refused:
            form.add_error(FIELDS.get(refused.code), str(REFUSALS[refused.code]))
    above = (_("Users"), reverse("accounts:users"))
    context = {"form": form, "trail": trail(above, (_("New user"), ""))}
    return render(request, "accounts/new_user.html", context, status=400 if form.errors else 200)


def _made(request: HttpRequest, somebody: NewUser, since: date) -> HttpResponse:
    actor = actor_of(request)
    with writing(by=actor, verb="make_user"):
        user = create_user(by=actor, municipality=municipality_of(request), new=somebody, since=since)
        if user.sign_in_name and user.email and mail_is_set():
            send_link(by=actor, user=user)
        elif user.sign_in_name:
            keep_password(request, user, give_one_time_password(by=actor, user=user))
    messages.success(request, _("%(name)s is added.") % {"name": user.name})
    return redirect("accounts:user", user.reference)


@require_safe
@requires("manage_accounts")
def roles(request: HttpRequest) -> HttpResponse:
    """What each role lets one do, and which clients it reaches."""
    above = (_("Users"), reverse("accounts:users"))
    language = get_language() or "nl"
    context = {
        "roles": role_views(language),
        "own_roles": own_role_views(own_roles_of(municipality_of(request).pk), language),
        "trail": trail(above, (_("Roles"), "")),
    }
    return render(request, "accounts/roles.html", context)
