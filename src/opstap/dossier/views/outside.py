"""Somebody calls and their worker is away: known or not, a note to call back, and having called back.

What was found lies sealed in the session under a fresh reference, so that no address says anything of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.logic.seen import note_asked, note_listed, note_reason
from opstap.clients.logic.handing import AnsweredMeanwhile
from opstap.clients.models import Assignment, Client
from opstap.clients.operations import leave_call_back, settle_call_back
from opstap.clients.permissions import client_or_404, knows, may_see_client
from opstap.clients.selectors.caseloads import caseloads_on
from opstap.clients.selectors.outside import (
    call_backs,
    call_backs_for,
    client_called_about,
    find_outside,
    findable_clients,
    found_this_hour,
    questions_left,
)
from opstap.dossier.forms.outside import CallBackForm, OutsideForm
from opstap.dossier.selectors.offered import names_of
from opstap.dossier.selectors.searching import opened, sealed
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.logic import OUTSIDE_SEARCH
from opstap.municipality.selectors import setting_on

KEPT, MOST_KEPT = "outside", 10
NOBODY, SEVERAL = "nobody", "several"
WHY = "outside"  # as the access log has it


@dataclass(frozen=True)
class Width:
    """What this municipality lets be told, and how often somebody may still ask."""

    tells: str
    left: int


@require_http_methods(["GET", "HEAD", "POST"])
@requires("find_outside_scope")
def outside(request: HttpRequest) -> HttpResponse:
    """The question. Its answer stands on a page of its own, so that it is not asked again by going back."""
    width = _width(request)
    if width.tells == "off" and request.method == "POST":
        raise PermissionDenied
    form = OutsideForm(request.POST or None)
    status = 400 if form.is_bound else 200
    if request.method == "POST":
        note_reason(WHY)
        if width.left <= 0:
            status = 429
        elif form.is_valid():
            found = find_outside(municipality_of(request).pk, form.sought)
            if len(found) > 1:
                note_listed(one.reference for one in found)
            elif found:
                note_asked(found[0].reference)
            said = NOBODY if not found else SEVERAL if len(found) > 1 else found[0].reference
            return redirect("desk:outside-answer", _keep(request, said))
    context: dict[str, Any] = {"form": form, "width": width, "too_often": width.left <= 0}
    return render(request, "dossier/outside.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("find_outside_scope")
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Known or not, with worker and team where that may be told; and the note to call back."""
    actor, width = actor_of(request), _width(request)
    said = _kept(request, reference)
    form = CallBackForm(request.POST or None)
    if said is None and width.tells != "off" and was_typed(request, form):
        return _lost(request, form)
    if said is None or width.tells == "off":
        return redirect("desk:outside")
    client = _client(request, said)
    is_old = client is not None and not found_this_hour(actor, client)
    if request.method == "POST":
        if client is None:
            raise Http404
        if is_old:
            form.add_error(None, asked_too_long_ago())
        elif form.is_valid():
            leave_call_back(by=actor, client=client, phone=form.cleaned_data["phone"], text=form.cleaned_data["text"])
            messages.success(request, _("Your note is passed on. Tell the caller that they will be called back."))
            return redirect("desk:outside")
    elif is_old:
        return too_old(request)
    own = client if client and may_see_client(actor, client) else None
    context: dict[str, Any] = {
        "several": said == SEVERAL,
        "known": client is not None,
        "held": _held(client) if client and width.tells == "worker" and not is_old else None,
        "tells_worker": width.tells == "worker",
        "own": own,
        "knows": bool(client and knows(actor, client)),
        "may_break": client is not None and own is None and not is_old and actor.may("break_the_glass"),
        "ask_again": is_old,
        "reference": reference,
        "form": form,
        "trail": _trail(),
    }
    return render(request, "dossier/outside_answer.html", context, status=400 if form.is_bound else 200)


def _lost(request: HttpRequest, form: CallBackForm) -> HttpResponse:
    """A note about nobody knows whom: what was filled in stands there to copy."""
    form.add_error(None, asked_by_nobody())
    context: dict[str, Any] = {"form": form, "ask_again": True, "lost": True, "trail": _trail()}
    return render(request, "dossier/outside_answer.html", context, status=409)


def _trail() -> list[dict[str, str]]:
    return [{"label": _("Who is calling?"), "url": reverse("desk:outside")}, {"label": _("Answer"), "url": ""}]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("see_clients")
def call_back(request: HttpRequest, reference: str) -> HttpResponse:
    """A note that was left: whom to call on which number; done with one click."""
    actor = actor_of(request)
    found = next(iter(call_backs(call_backs_for(actor).filter(reference=reference))), None)
    if request.method == "POST":
        about = client_called_about(reference)
        if about is None:
            raise Http404
        client_or_404(actor, about.reference)  # of whom one does not reach there is no note
        try:
            settle_call_back(by=actor, reference=reference)
        except AnsweredMeanwhile:
            messages.warning(request, _("A colleague did this before you."))
        else:
            messages.success(request, _("Noted that you called back. What was said goes into a contact note."))
        return redirect("desk:inbox")
    if found is None:
        raise Http404
    client = client_or_404(actor, found.client.reference)
    ((_reference, name),) = names_of([client])
    context: dict[str, Any] = {
        "found": found,
        "client": client,
        "name": name,
        "may_note": actor.may("record_contacts"),
        "trail": [{"label": _("My messages"), "url": reverse("desk:inbox")}, {"label": _("Call back")}],
    }
    return render(request, "dossier/call_back.html", context)


def _width(request: HttpRequest) -> Width:
    town = municipality_of(request).pk
    return Width(str(setting_on(town, OUTSIDE_SEARCH, dates.today())), questions_left(actor_of(request), town))


def found_before(request: HttpRequest, reference: str) -> Client | None:
    """The client of an answer that this session holds, where the municipality lets it be asked."""
    said = _kept(request, reference)
    return None if said is None or _width(request).tells == "off" else _client(request, said)


def asked_too_long_ago() -> str:
    """For who sends a form an hour after the question: what was filled in stays on the page, to be sent once more."""
    return _(
        "You asked more than an hour ago whether this client is known. Ask it again below, in another window; then "
        "send this once more. What you filled in stays here."
    )


def asked_by_nobody() -> str:
    """For who sends a form whose answer the session does not hold any more."""
    return _(
        "This page no longer knows whom it is about: too much was asked since, or you worked in another municipality. "
        "Nothing was saved. Ask it again below, in another window, and fill in there what stands here."
    )


def was_typed(request: HttpRequest, form: Form) -> bool:
    """Whether a form came in with anything filled in."""
    return request.method == "POST" and any(request.POST.get(name, "").strip() for name in form.fields)


def too_old(request: HttpRequest) -> HttpResponse:
    """An answer that nothing can be done with any more."""
    messages.info(request, _("You asked this more than an hour ago. Ask it again."))
    return redirect("desk:outside")


def _held(client: Client) -> Assignment | None:
    return caseloads_on(dates.today(), [client.pk]).get(client.pk)


def _client(request: HttpRequest, said: str) -> Client | None:
    """The one who was found; noted as asked for, each time the answer is shown."""
    if said in {NOBODY, SEVERAL}:
        return None
    found = findable_clients(municipality_of(request).pk).filter(reference=said).first()
    if found is not None:
        note_asked(said)
        note_reason(WHY)
    return found


def _kept(request: HttpRequest, reference: str) -> str | None:
    kept: dict[str, str] = request.session.get(KEPT, {})
    return opened(kept[reference]) if reference in kept else None


def _keep(request: HttpRequest, said: str) -> str:
    reference = new_reference()
    kept: dict[str, str] = request.session.get(KEPT, {})
    request.session[KEPT] = dict([*kept.items(), (reference, sealed(said))][-MOST_KEPT:])
    return reference
