"""Holding one dossier back from being erased, and letting it go, on the version that the page was opened on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import client_or_404
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Conflict, Opened, begun_on, saved_by, sent_version
from opstap.foundation.versions import version_of_values
from opstap.privacy.forms.retention import HoldForm
from opstap.privacy.models import LegalHold
from opstap.privacy.operations import hold_dossier, let_go
from opstap.privacy.selectors.requests import request_cipher
from opstap.privacy.selectors.retention import HOLDS, holding, holds_on, last_hold_written
from opstap.privacy.views.retention import above

Held = list[tuple[LegalHold, str]]


@require_http_methods(["GET", "HEAD", "POST"])
@requires("destroy_dossiers")
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Hold one dossier back, or let it go."""
    actor = actor_of(request)
    client = client_or_404(actor, reference)
    if "let_go" in request.POST:
        return _let_go(request, actor, client)
    sent = request.POST if request.method == "POST" else None
    form, held = HoldForm(sent), _held(client)
    state = begun_on(sent, _version(held))
    if sent is not None and form.is_valid():
        why, until = form.cleaned_data["why"], form.cleaned_data["until"]
        try:
            hold_dossier(by=actor, client=client, why=why, until=until, opened_on=sent_version(sent))
        except ReplacedMeanwhile:
            held = _held(client)
            state = _met(client, held, is_settled=_stands(held, why, until))
        if state.conflict is None or state.is_settled:
            messages.success(request, _("The dossier is held back."))
            return redirect("retention:hold", reference)
    return _page(request, client, held, form=form, opened=state)


def _let_go(request: HttpRequest, actor: Actor, client: Client) -> HttpResponse:
    """What is let go was seen: where other holds stand by now, the page again with these."""
    try:
        let_go(by=actor, client=client, opened_on=sent_version(request.POST))
    except ReplacedMeanwhile:
        held = _held(client)
        if held:
            return _page(request, client, held, going=_met(client, held))
    messages.success(request, _("The dossier is no longer held back."))
    return redirect("retention:hold", client.reference)


def _page(
    request: HttpRequest,
    client: Client,
    held: Held,
    *,
    form: HoldForm | None = None,
    opened: Opened | None = None,
    going: Opened | None = None,
) -> HttpResponse:
    form, now = form or HoldForm(), Opened(_version(held))
    state = going or opened or now
    context: dict[str, Any] = {
        "form": form,
        "client": client,
        "holds": held,
        "opened": opened or now,
        "going": going or now,
        "holds_anew": form.is_bound or not held,
        "trail": [above(), {"label": _("Hold back"), "url": ""}],
    }
    return render(request, "privacy/hold.html", context, status=state.status(form))


def _held(client: Client) -> Held:
    """The holds that stand, with why."""
    holds = holds_on(client.pk, dates.today())
    return [(one, request_cipher().decrypt(bytes(one.why_encrypted))) for one in holds]


def _version(held: Held) -> str:
    return version_of_values(HOLDS, holding(one for one, _why in held))


def _stands(held: Held, why: str, until: date | None) -> bool:
    """Whether the same is held back already: it was sent twice."""
    return any((said, one.ends_on) == (why.strip(), until) for one, said in held)


def _met(client: Client, held: Held, *, is_settled: bool = False) -> Opened:
    """A colleague held it back or let it go since; the page lists what stands."""
    last = last_hold_written(client.pk)
    saved = saved_by(None if last is None else last.recording)
    return Opened(_version(held), Conflict(saved, corrects=False), is_settled)
