"""The next contact by itself: agreed, moved or cancelled without a contact now."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.permissions import requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.contacts.forms import NextContactForm, WhyForm
from opstap.contacts.operations import cancel_next_contacts, record_next_contacts
from opstap.contacts.selectors import Planned, agreed_with
from opstap.contacts.tables.contacts import agreed_view, day_and_time
from opstap.contacts.views.noting import next_row
from opstap.contacts.views.page import Desk, desk_of, last_saved, next_of, on_to, version_on
from opstap.foundation.ui.conflicts import Conflict, Opened, begun_on, met, sent_version


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_contacts")
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree the next contact; the one that waits is replaced."""
    desk = desk_of(request, reference)
    form = _form(desk, desk.waiting, request.POST or None)
    state = begun_on(request.POST if request.method == "POST" else None, version_on(desk))
    if request.method == "POST" and form.is_valid():
        row = next_row(desk, form.cleaned_data)
        try:
            record_next_contacts(by=desk.actor, rows=[row], opened_on=sent_version(request.POST))
        except ReplacedMeanwhile:
            desk = desk_of(request, reference)
            made, version = partial(_form, desk), version_on(desk)
            form, state = met(
                made, request.POST, opened=None, newest=desk.waiting, version=version, saved=last_saved(desk)
            )
        if state.conflict is None or state.is_settled:
            when = day_and_time(row.planned_on, row.planned_time)
            messages.success(request, _("Next contact: %(when)s.") % {"when": when})
            return redirect(on_to(request, desk))
    return _page(request, desk, form, WhyForm(prefix="cancel"), state)


@require_POST
@requires("record_contacts")
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """The agreed contact will not take place, and no other is agreed."""
    desk = desk_of(request, reference)
    why = WhyForm(request.POST, prefix="cancel")
    if not why.is_valid():
        return _page(request, desk, _form(desk, desk.waiting, None), why, Opened(sent_version(request.POST)))
    said = why.cleaned_data["why"]
    try:
        cancel_next_contacts(by=desk.actor, client=desk.client, why=said, opened_on=sent_version(request.POST))
    except ReplacedMeanwhile:
        desk = desk_of(request, reference)
        state = Opened(version_on(desk), Conflict(last_saved(desk), corrects=False))
        return _page(request, desk, _form(desk, desk.waiting, None), why, state)
    messages.success(request, _("The agreed contact is cancelled. No other is agreed."))
    return redirect(on_to(request, desk))


def _form(desk: Desk, waiting: Planned | None, sent: QueryDict | None) -> NextContactForm:
    return NextContactForm(sent, kinds=desk.words.choices, initial=_start(desk, waiting))


def _page(request: HttpRequest, desk: Desk, form: NextContactForm, why: WhyForm, state: Opened) -> HttpResponse:
    agreed = [agreed_view(row, desk.words.kinds, desk.today) for row in agreed_with(*desk.client_ids)]
    context = desk.context() | {"form": form, "why": why, "agreed": agreed, "next": next_of(request)}
    context |= {"trail": desk.trail(_("Next contact")), "opened": state, "way_back": next_of(request) or desk.url}
    status = state.status(why if why.is_bound and why.errors else form)
    return render(request, "contacts/plan.html", context, status=status)


def _start(desk: Desk, waiting: Planned | None) -> dict[str, Any]:
    if waiting is None:
        return {"next_kind": "office", "next_agreed": True}
    return {
        "next_on": max(waiting.planned_on, desk.today),
        "next_time": waiting.planned_time,
        "next_kind": waiting.kind,
        "next_place": waiting.place,
        "next_agreed": waiting.agreed,
    }
