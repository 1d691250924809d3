"""Dossiers that are kept from most: protecting one, looking at that again; and saying that one knows somebody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.models import User
from opstap.accounts.permissions import actor_of, requires
from opstap.clients.logic import RowsRefused
from opstap.clients.operations import protect_dossier, say_known
from opstap.dossier.forms.protecting import REASONS, KnownForm, ProtectForm
from opstap.dossier.selectors.protected import (
    acquaintances_of,
    possible_readers,
    protections_of,
)
from opstap.dossier.views.opened import form_page, opened, say_refusal
from opstap.foundation import dates

HALF_A_YEAR = timedelta(days=182)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("protect_dossiers")
def protect(request: HttpRequest, reference: str) -> HttpResponse:
    """Protect this dossier; whoever does so mostly sees it no more."""
    story, today = opened(request, reference), dates.today()
    users = possible_readers(story.client, today)
    form = ProtectForm(
        request.POST or None,
        readers=[(one.reference, one.name) for one in users],
        initial={"review_on": today + HALF_A_YEAR},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            protect_dossier(
                by=actor_of(request), client=story.client, reason=given["reason"], review_on=given["review_on"],
                why=given["why"], readers=ids_of(users, given),
            )  # fmt: skip
        except RowsRefused as refused:
            say_refusal(form, "protection", refused)
        else:
            messages.success(request, _("The dossier is protected from now on."))
            return redirect("desk:protected")
    about = _(
        "From now on only the case manager and those you tick see this dossier. It stands on no other list and is not "
        "found; you see it no more yourself either, unless you tick yourself. Reports of the whole municipality go on "
        "counting this person, without a way to them."
    )
    title, save = _("Protect this dossier"), _("Protect the dossier")
    return form_page(request, story, form, title=title, about=about, save=save, danger=True)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("see_clients")
def known(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that one knows this person."""
    story = opened(request, reference)
    form = KnownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        say_known(by=actor_of(request), client=story.client, why=form.cleaned_data["why"])
        words = _("You know this person: that is recorded. You no longer see the dossier; your team leader takes over.")
        messages.success(request, words)
        return redirect("dossier:caseload")
    about = _(
        "Do you know this person: a relative, a friend, a neighbour? Then somebody else guides them. From now on "
        "you no longer see this dossier. Your team leader sees that and gives it to a colleague. You can't undo this "
        "yourself."
    )
    title, save = _("I know this person"), _("Yes, I know this person")
    return form_page(request, story, form, title=title, about=about, save=save, danger=True)


@require_safe
@requires("protect_dossiers")
def protected(request: HttpRequest) -> HttpResponse:
    """Which dossiers are protected or known to a worker, with what is to be done."""
    actor, today = actor_of(request), dates.today()
    protections = protections_of(actor, today)
    context: dict[str, Any] = {
        "protections": [(one, str(dict(REASONS).get(one.row.reason, one.row.reason)), one.is_due(today))
                        for one in protections],
        "known": acquaintances_of(actor, today),
        "due": sum(one.is_due(today) for one in protections),
        "unguided": sum(not one.is_guided for one in protections),
        "trail": [{"label": _("Team"), "url": reverse("desk:team")}, {"label": _("Protected dossiers")}],
    }  # fmt: skip
    return render(request, "dossier/protected.html", context)


def ids_of(users: list[User], given: dict[str, Any]) -> list[int]:
    """Of these users the ones who were ticked."""
    chosen = given.get("readers", ())
    return [one.pk for one in users if one.reference in chosen]
