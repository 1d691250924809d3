"""Composing a role of the municipality's own from one that Opstap brings, changing it and ending it."""

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

from opstap.accounts.forms import OwnRoleForm
from opstap.accounts.logic import Role, roles
from opstap.accounts.models import OwnRole
from opstap.accounts.operations import (
    Composition,
    CompositionRefused,
    HoldingRefused,
    change_composed_role,
    compose_role,
    end_composed_role,
)
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.own_roles import holders_of, versions_of, words_of_role
from opstap.accounts.tables import REACH, REFUSALS
from opstap.accounts.tables.own_roles import TOGETHER, version_lines
from opstap.accounts.views.users import trail
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.selectors import last_done
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Opened, begun_on, met_in_place, saved_by, sent_version
from opstap.foundation.versions import version_of_values

KIND = "own-role"
FIRST = "case_manager"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def new_role(request: HttpRequest) -> HttpResponse:
    """Make a role from another one, which says whom it reaches and where one begins."""
    asked = request.GET.get("van", FIRST)
    key = asked if asked in roles() else FIRST
    base, municipality = roles()[key], municipality_of(request)
    form = OwnRoleForm(
        request.POST if request.method == "POST" else None,
        initial={"permissions": sorted(base.permissions), "description_nl": base.description_nl},
        base=base,
        municipality_id=municipality.pk,
    )
    if request.method == "POST" and form.is_valid():
        try:
            role = compose_role(
                by=actor_of(request), municipality=municipality, base=key, new=Composition(**form.cleaned_data)
            )
        except CompositionRefused as refused:
            _say_together(form, refused)
        else:
            messages.success(request, _("The role is there. Give it to somebody on their own page, under Users."))
            return redirect("accounts:own-role", role.reference)
    context = {"form": form, **_about(base), "bases": _bases(), "trail": _trail(_("New role"))}
    return render(request, "accounts/new_role.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("manage_accounts")
def own_role(request: HttpRequest, reference: str) -> HttpResponse:
    """One composed role: what it lets one do, what it was, and its end."""
    found = get_object_or_404(OwnRole, municipality=municipality_of(request), reference=reference, base__in=roles())
    if request.POST.get("action") == "end":
        return _end(request, found)

    def made(values: Mapping[str, Any], sent: QueryDict | None) -> OwnRoleForm:
        return OwnRoleForm(
            sent,
            initial=dict(values),
            base=roles()[found.base],
            municipality_id=found.municipality_id,
            role=found,
        )

    sent = request.POST if request.method == "POST" else None
    form, state = made(words_of_role(found), sent), begun_on(sent, version_of_values(KIND, words_of_role(found)))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change_composed_role(
                by=actor_of(request), role=found, new=Composition(**given), opened_on=sent_version(request.POST)
            )
        except CompositionRefused as refused:
            _say_together(form, refused)
        except ReplacedMeanwhile:
            saved, now = saved_by(last_done("change_composed_role", found.reference)), words_of_role(found)
            form, state = met_in_place(made, request.POST, kind=KIND, newest=now, given=given, saved=saved)
        if not form.errors and (state.conflict is None or state.is_settled):
            messages.success(request, _("The role is changed, for all who hold it."))
            return redirect("accounts:own-role", found.reference)
    return _shown(request, found, form, state)


def _shown(request: HttpRequest, found: OwnRole, form: OwnRoleForm, state: Opened) -> HttpResponse:
    context = {
        "role": found,
        "form": form,
        "opened": state,
        "holders": holders_of(found, dates.today()),
        "versions": version_lines(versions_of(found), get_language() or "nl"),
        **_about(roles()[found.base]),
        "trail": _trail(found.name_nl),
    }
    return render(request, "accounts/own_role.html", context, status=state.status(form))


def _end(request: HttpRequest, found: OwnRole) -> HttpResponse:
    try:
        end_composed_role(by=actor_of(request), role=found)
    except HoldingRefused as refused:
        messages.error(request, str(REFUSALS[refused.code]))
    else:
        messages.success(request, _("The role is given no more."))
    return redirect("accounts:own-role", found.reference)


def _say_together(form: OwnRoleForm, refused: CompositionRefused) -> None:
    for code in refused.codes:
        form.add_error("name_nl" if code == "name_taken" else "permissions", str(TOGETHER[code]))


def _about(base: Role) -> dict[str, Any]:
    return {"base": base.name(get_language() or "nl"), "base_key": base.key, "reach": str(REACH[base.scope])}


def _bases() -> list[tuple[str, str]]:
    language = get_language() or "nl"
    return [(key, role.name(language)) for key, role in roles().items()]


def _trail(name: str) -> list[dict[str, str]]:
    return trail((_("Users"), reverse("accounts:users")), (_("Roles"), reverse("accounts:roles")), (name, ""))
