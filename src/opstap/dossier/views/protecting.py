"""Dossiers that are kept from most: protecting one, looking at that again; and saying that one knows somebody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.models import User
from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.logic import RowsRefused
from opstap.clients.operations import end_known, end_protection, protect_dossier, review_protection, say_known
from opstap.dossier.forms.protecting import REASONS, EndForm, KnownForm, ProtectForm, ReviewForm
from opstap.dossier.selectors.protected import (
    Known,
    Protected,
    acquaintances_of,
    admitted_to,
    possible_readers,
    protections_of,
)
from opstap.dossier.views.opened import form_page, meanwhile, opened, say_refusal
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
                why=given["why"], readers=_ids(users, given),
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


@require_http_methods(["GET", "HEAD", "POST"])
@requires("protect_dossiers")
def review(request: HttpRequest, fact: str) -> HttpResponse:
    """Keep a protection: to be looked at again on another day, with who is let in."""
    found, today = _protection(request, fact), dates.today()
    admitted = admitted_to(found.row.client_id, today)
    users = [*admitted, *possible_readers(found.row.client, today, [one.pk for one in admitted])]
    form = ReviewForm(
        request.POST or None,
        readers=[(one.reference, one.name) for one in users],
        initial={
            "review_on": today + HALF_A_YEAR,
            "readers": [one.reference for one in admitted],
        },
    )

    def save() -> None:
        given = form.cleaned_data
        review_protection(
            by=actor_of(request), protection=found.row, review_on=given["review_on"], why=given["why"],
            readers=_ids(users, given),
        )  # fmt: skip

    return _answered(
        request, form, found, save, title=_("Look at the protection again"), button=_("Keep the protection")
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("protect_dossiers")
def unprotect(request: HttpRequest, fact: str) -> HttpResponse:
    """End a protection."""
    found, form = _protection(request, fact), EndForm(request.POST or None)

    def save() -> None:
        end_protection(by=actor_of(request), protection=found.row, why=form.cleaned_data["why"])

    return _answered(
        request, form, found, save, title=_("End the protection"), button=_("End the protection"), danger=True
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires("protect_dossiers")
def unknown(request: HttpRequest, fact: str) -> HttpResponse:
    """A worker may see a dossier again."""
    found = next((one for one in acquaintances_of(actor_of(request), dates.today()) if one.reference == fact), None)
    if found is None:
        raise Http404
    form = EndForm(request.POST or None)

    def save() -> None:
        end_known(by=actor_of(request), acquaintance=found.row, why=form.cleaned_data["why"])

    title = _("Let %(name)s see the dossier again") % {"name": found.row.user.name}
    return _answered(request, form, found, save, title=title, button=_("Let them see it again"), danger=True)


def _answered(
    request: HttpRequest,
    form: forms.Form,
    found: Protected | Known,
    save: Callable[[], None],
    *,
    title: str,
    button: str,
    danger: bool = False,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except RowsRefused as refused:
            say_refusal(form, "protection", refused)
        except ReplacedMeanwhile:
            messages.error(request, meanwhile())
            return redirect("desk:protected")
        else:
            messages.success(request, _("It is saved."))
            return redirect("desk:protected")
    above = {"label": _("Protected dossiers"), "url": reverse("desk:protected")}
    context = {
        "form": form,
        "title": title,
        "save": button,
        "danger": danger,
        "name": found.whom.name,
        "trail": [{"label": _("Team"), "url": reverse("desk:team")}, above, {"label": title}],
    }
    return render(request, "dossier/protection.html", context, status=400 if form.errors else 200)


def _protection(request: HttpRequest, fact: str) -> Protected:
    """Of the list that one may see; another is not there."""
    found = next((one for one in protections_of(actor_of(request), dates.today()) if one.reference == fact), None)
    if found is None:
        raise Http404
    return found


def _ids(users: list[User], given: dict[str, Any]) -> list[int]:
    chosen = given.get("readers", ())
    return [one.pk for one in users if one.reference in chosen]
