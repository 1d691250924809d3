"""Putting a contact right, withdrawing one, and looking back at how it was recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.contacts.enums import Outcome
from opstap.contacts.forms import CorrectionForm, WhyForm
from opstap.contacts.logic import ContactRow, Note
from opstap.contacts.operations import record_contacts, withdraw_contacts
from opstap.contacts.selectors import ContactFound, history_of
from opstap.contacts.tables.contacts import contact_view
from opstap.contacts.views.page import Desk, desk_of, next_of, on_to


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_contacts")
def correct(request: HttpRequest, reference: str, contact: str) -> HttpResponse:
    """A contact as it stands, to be put right with the reason."""
    desk = desk_of(request, reference)
    found = _chain(desk, contact)[0]
    if found.withdrawn:
        raise Http404
    form = CorrectionForm(request.POST or None, kinds=desk.words.kinds, initial=_as_noted(found))
    if request.method == "POST" and form.is_valid():
        try:
            record_contacts(by=desk.actor, rows=[_corrected(found, form.cleaned_data, _worker_of(desk, found))])
        except ReplacedMeanwhile:
            text = _("Somebody else corrected this contact meanwhile. Nothing was saved; below is what stands now.")
            messages.error(request, text)
        else:
            messages.success(request, _("The contact is corrected. What stood there before is kept."))
        return redirect(on_to(request, desk))
    context = desk.context() | {"form": form, "trail": desk.trail(_("Correct")), "next": next_of(request)}
    return render(request, "contacts/correct.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_contacts")
def withdraw(request: HttpRequest, reference: str, contact: str) -> HttpResponse:
    """A contact that should not have been there."""
    desk = desk_of(request, reference)
    found = _chain(desk, contact)[0]
    if found.withdrawn:
        raise Http404
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_contacts(by=desk.actor, contact_ids=[found.pk], why=form.cleaned_data["why"])
        messages.success(request, _("The contact is withdrawn: it counts no longer."))
        return redirect(on_to(request, desk))
    context = desk.context() | {"form": form, "trail": desk.trail(_("Withdraw")), "next": next_of(request)}
    context |= {"contact": contact_view(found, desk.words.kinds)}
    return render(request, "contacts/withdraw.html", context, status=400 if form.errors else 200)


@require_safe
@requires("record_contacts")
def history(request: HttpRequest, reference: str, contact: str) -> HttpResponse:
    """A contact and every version of it before, with who recorded it when and why."""
    desk = desk_of(request, reference)
    versions = [contact_view(one, desk.words.kinds) for one in _chain(desk, contact)]
    context = desk.context() | {"versions": versions, "trail": desk.trail(_("History"))}
    return render(request, "contacts/history.html", context)


def _chain(desk: Desk, contact: str) -> list[ContactFound]:
    found = history_of(contact, *desk.client_ids)
    if not found:
        raise Http404
    return found


def _as_noted(found: ContactFound) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "outcome": found.outcome,
        "held_on": found.held_on,
        "note": found.note.text,
        "client_does": found.note.client_does,
        "municipality_does": found.note.municipality_does,
    }


def _worker_of(desk: Desk, found: ContactFound) -> int | None:
    """Who held the contact holds it still, whoever corrects it."""
    return found.worker_id if found.worker_id is not None else desk.actor.user_id


def _corrected(found: ContactFound, given: dict[str, Any], worker_id: int | None) -> ContactRow:
    return ContactRow(
        client_id=found.client_id,
        held_on=given["held_on"],
        kind=given["kind"],
        outcome=given["outcome"],
        looked=found.looked if given["outcome"] == Outcome.HELD else "",
        worker_id=worker_id,
        note=Note(given["note"], given["client_does"], given["municipality_does"]),
        why=given["why"],
        replaces_id=found.pk,
    )
