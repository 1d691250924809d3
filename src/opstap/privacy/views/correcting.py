"""A client wants one record put right: noted beside it, and decided by whoever may correct it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.clients.permissions import client_or_404
from opstap.foundation import dates
from opstap.privacy.enums import RequestKind, RequestOutcome
from opstap.privacy.forms.correcting import CorrectionForm
from opstap.privacy.operations import note_request
from opstap.privacy.selectors.giving import dossiers_of
from opstap.privacy.selectors.records import permissions_to_decide, record_at, url_of
from opstap.privacy.selectors.requests import opened_texts, request_at
from opstap.privacy.tables.words import record_words
from opstap.privacy.views.answering import answering, keep_answer


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def ask(request: HttpRequest, reference: str, slug: str, fact: str) -> HttpResponse:
    """Note what the client says is wrong with a record."""
    actor = actor_of(request)
    client = client_or_404(actor, reference)
    found = record_at([one.pk for one in dossiers_of(client)], slug, fact)
    if found is None:
        raise Http404
    form = CorrectionForm(request.POST or None, initial={"received_on": dates.today()})
    url = url_of(client, found.about, found.row)
    if request.method == "POST" and form.is_valid():
        with override("nl"):
            record = record_words(found.about, found.on, found.detail)
        note_request(
            by=actor,
            client=client,
            kind=RequestKind.CORRECTION,
            received_on=form.cleaned_data["received_on"],
            words=form.cleaned_data["words"],
            about=found.about,
            about_row=found.row,
            record=record,
        )
        messages.success(request, _("It is noted, and stands beside the record until somebody decides."))
        return redirect(url)
    context = {
        "form": form,
        "client": client,
        "record": record_words(found.about, found.on, found.detail),
        "url": url,
        "trail": [_dossier(reference), {"label": _("Put right"), "url": ""}],
    }
    return render(request, "privacy/correction_form.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def decide(request: HttpRequest, reference: str, asked: str) -> HttpResponse:
    """Decide about it, with the reason; what is refused leaves the client's own words beside the record."""
    actor = actor_of(request)
    client = client_or_404(actor, reference)
    found = request_at(actor, asked)
    if found is None or found.about_row is None or found.client_id not in {one.pk for one in dossiers_of(client)}:
        raise Http404
    for permission in sorted(permissions_to_decide(found)):
        actor.require(permission)
    url = url_of(client, found.about, found.about_row)
    sent = request.POST if request.method == "POST" else None
    state = answering(found, sent)
    if sent is not None:
        again = state.send(sent, partial(keep_answer, actor))
        if again is None:
            messages.success(request, _said(RequestOutcome(sent["outcome"])))
            return redirect(url)
        state = again
    context = {
        "form": state.form,
        "opened": state.opened,
        "client": client,
        "texts": opened_texts(state.found),
        "found": state.found,
        "url": url,
        "trail": [_dossier(reference), {"label": _("Decide"), "url": ""}],
    }
    return render(request, "privacy/decide.html", context, status=state.status)


def _said(outcome: RequestOutcome) -> str:
    if outcome is RequestOutcome.REFUSED:
        return _("The decision is kept. What the client says stays beside the record.")
    if outcome is RequestOutcome.PARTLY:
        return _("The decision is kept. Correct the part that you agree with here; the client's words stay beside it.")
    if outcome is RequestOutcome.GRANTED:
        return _("The decision is kept. Now correct the record here.")
    return _("The decision is kept.")


def _dossier(reference: str) -> dict[str, str]:
    return {"label": _("Dossier"), "url": reverse("dossier:client", args=[reference])}
