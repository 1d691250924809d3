"""The next contact by itself: agreed, moved or cancelled without a contact now."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.permissions import requires
from opstap.contacts.forms import NextContactForm, WhyForm
from opstap.contacts.operations import cancel_next_contacts, record_next_contacts
from opstap.contacts.selectors import agreed_with
from opstap.contacts.tables.contacts import agreed_view, day_and_time
from opstap.contacts.views.noting import next_row
from opstap.contacts.views.page import Desk, desk_of, next_of, on_to


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_contacts")
def plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree the next contact; the one that waits is replaced."""
    desk = desk_of(request, reference)
    form = NextContactForm(request.POST or None, kinds=desk.words.choices, initial=_start(desk))
    if request.method == "POST" and form.is_valid():
        row = next_row(desk, form.cleaned_data)
        record_next_contacts(by=desk.actor, rows=[row])
        when = day_and_time(row.planned_on, row.planned_time)
        messages.success(request, _("Next contact: %(when)s.") % {"when": when})
        return redirect(on_to(request, desk))
    return _page(request, desk, form, WhyForm(prefix="cancel"), status=400 if form.errors else 200)


@require_POST
@requires("record_contacts")
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """The agreed contact will not take place, and no other is agreed."""
    desk = desk_of(request, reference)
    why = WhyForm(request.POST, prefix="cancel")
    if not why.is_valid():
        form = NextContactForm(kinds=desk.words.choices, initial=_start(desk))
        return _page(request, desk, form, why, status=400)
    cancel_next_contacts(by=desk.actor, client=desk.client, why=why.cleaned_data["why"])
    messages.success(request, _("The agreed contact is cancelled. No other is agreed."))
    return redirect(on_to(request, desk))


def _page(request: HttpRequest, desk: Desk, form: NextContactForm, why: WhyForm, *, status: int) -> HttpResponse:
    agreed = [agreed_view(row, desk.words.kinds, desk.today) for row in agreed_with(*desk.client_ids)]
    context = desk.context() | {"form": form, "why": why, "agreed": agreed, "next": next_of(request)}
    context |= {"trail": desk.trail(_("Next contact"))}
    return render(request, "contacts/plan.html", context, status=status)


def _start(desk: Desk) -> dict[str, Any]:
    waiting = desk.waiting
    if waiting is None:
        return {"next_kind": "office", "next_agreed": True}
    return {
        "next_on": max(waiting.planned_on, desk.today),
        "next_time": waiting.planned_time,
        "next_kind": waiting.kind,
        "next_place": waiting.place,
        "next_agreed": waiting.agreed,
    }
