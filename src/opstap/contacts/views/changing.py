"""Putting a contact right, withdrawing one, and looking back at how it was recorded."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.selectors.asked import asked_beside
from opstap.contacts.enums import Outcome
from opstap.contacts.forms import CorrectionForm, WhyForm
from opstap.contacts.logic import ContactRow, Note
from opstap.contacts.operations import record_contacts, withdraw_contacts
from opstap.contacts.selectors import ContactFound, history_of
from opstap.contacts.tables.contacts import contact_view
from opstap.contacts.views.page import Desk, desk_of, next_of, on_to
from opstap.foundation.ui.conflicts import Opened, Saved, gone, met, newest_words, opened_of, settled_words, told
from opstap.foundation.versions import version_of


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_contacts")
def correct(request: HttpRequest, reference: str, contact: str) -> HttpResponse:
    """A contact as it stands, to be put right with the reason."""
    desk = desk_of(request, reference)
    chain = _chain(desk, contact)
    made = partial(_correction, desk)
    if request.method != "POST":
        return _led_to_newest(request, desk, contact, chain[0]) or _corrects(request, desk, made(chain[0], None), chain)
    opened = _opened(request, chain, contact)
    form = made(opened, request.POST)
    if form.is_valid():
        try:
            record_contacts(by=desk.actor, rows=[_corrected(opened, form.cleaned_data, _worker_of(desk, opened))])
        except ReplacedMeanwhile:
            chain = _chain(desk, contact)
        else:
            messages.success(request, _("The contact is corrected. What stood there before is kept."))
            return redirect(on_to(request, desk))
    if opened.pk == chain[0].pk:
        return _corrects(request, desk, form, chain)
    form, state = _met(desk, request.POST, opened, chain[0])
    if state.is_settled:
        messages.success(request, settled_words())
        return redirect(on_to(request, desk))
    return _corrects(request, desk, form, chain, state)


def _corrects(
    request: HttpRequest, desk: Desk, form: Form, chain: list[ContactFound], state: Opened | None = None
) -> HttpResponse:
    state = state or Opened(_version(chain[0]))
    context = desk.context() | {"form": form, "trail": desk.trail(_("Correct")), "next": next_of(request)}
    context |= {"opened": state, "way_back": next_of(request) or desk.url}
    return render(request, "contacts/correct.html", context, status=state.status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_contacts")
def withdraw(request: HttpRequest, reference: str, contact: str) -> HttpResponse:
    """A contact that should not have been there."""
    desk = desk_of(request, reference)
    chain = _chain(desk, contact)
    if request.method != "POST" and (led := _led_to_newest(request, desk, contact, chain[0], "withdraw")):
        return led
    opened = _opened(request, chain, contact)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_contacts(by=desk.actor, contact_ids=[opened.pk], why=form.cleaned_data["why"])
        except ReplacedMeanwhile:
            chain = _chain(desk, contact)
        else:
            messages.success(request, _("The contact is withdrawn: it counts no longer."))
            return redirect(on_to(request, desk))
    if _saved(chain[0]).is_this_withdrawal(request.POST):
        messages.success(request, settled_words())
        return redirect(on_to(request, desk))
    state = Opened(_version(chain[0])) if opened.pk == chain[0].pk else _told(desk, opened, chain[0])
    context = desk.context() | {"form": form, "trail": desk.trail(_("Withdraw")), "next": next_of(request)}
    context |= {"contact": contact_view(chain[0], desk.words.kinds), "opened": state}
    context |= {"way_back": next_of(request) or desk.url}
    return render(request, "contacts/withdraw.html", context, status=state.status(form))


@require_safe
@requires("record_contacts")
def history(request: HttpRequest, reference: str, contact: str) -> HttpResponse:
    """A contact and every version of it before, with who recorded it when and why."""
    desk = desk_of(request, reference, reading=True)
    chain = _chain(desk, contact)
    versions = [contact_view(one, desk.words.kinds) for one in chain]
    context = desk.context() | {"versions": versions, "trail": desk.trail(_("History"))}
    asked = asked_beside(desk.actor, desk.client, "contact", {one.pk for one in chain})
    may_ask = desk.actor.may("record_clients") and not chain[0].withdrawn
    context |= {"asked": asked, "newest": chain[0].reference, "may_ask": may_ask}
    return render(request, "contacts/history.html", context)


def _chain(desk: Desk, contact: str) -> list[ContactFound]:
    found = history_of(contact, *desk.client_ids)
    if not found:
        raise Http404
    return found


def _version(found: ContactFound) -> str:
    return version_of("contact", found.pk)


def _opened(request: HttpRequest, chain: list[ContactFound], contact: str) -> ContactFound:
    """The version that the form was opened on; that of the address where it says none."""
    at_address = next(one for one in chain if one.reference == contact)
    return opened_of(chain, request.POST, _version) or at_address


def _led_to_newest(
    request: HttpRequest, desk: Desk, contact: str, newest: ContactFound, doing: str = "correct"
) -> HttpResponse | None:
    """From the address of a version that no longer stands to what became of it, with a sentence."""
    if newest.reference == contact and not newest.withdrawn:
        return None
    messages.warning(request, newest_words(_saved(newest)))
    following = f"?{urlencode({'next': next_of(request)})}" if next_of(request) else ""
    page = "history" if newest.withdrawn else doing
    return redirect(reverse(f"contacts:{page}", args=[desk.client.reference, newest.reference]) + following)


def _saved(found: ContactFound) -> Saved:
    return Saved(found.recorded_by, found.recorded_at, found.why, found.withdrawn)


def _correction(desk: Desk, version: ContactFound, sent: QueryDict | None) -> CorrectionForm:
    return CorrectionForm(sent, kinds=_kinds_of(desk, version, sent), initial=_as_noted(version))


def _met(desk: Desk, sent: QueryDict, opened: ContactFound, newest: ContactFound) -> tuple[CorrectionForm, Opened]:
    made = partial(_correction, desk)
    if newest.withdrawn:
        return made(opened, sent), gone(_version(newest), _saved(newest), anew=desk.url)
    return met(made, sent, opened=opened, newest=newest, version=_version(newest), saved=_saved(newest))


def _told(desk: Desk, opened: ContactFound, newest: ContactFound) -> Opened:
    if newest.withdrawn:
        return gone(_version(newest), _saved(newest))
    made = partial(_correction, desk)
    return told(made, opened=opened, newest=newest, version=_version(newest), saved=_saved(newest))


def _kinds_of(desk: Desk, version: ContactFound, sent: QueryDict | None) -> dict[str, str]:
    """What could be chosen on the day of the contact, with the kind that was noted."""
    noted = version.held_on.isoformat()
    offered = desk.kinds_on(noted if sent is None else sent.get("held_on", noted))
    return {kind: words for kind, words in desk.words.kinds.items() if kind in offered or kind == version.kind}


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
