"""Handing clients over: asking, and the page where the colleague answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.models import User
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.enums import Asked
from opstap.clients.logic.handing import AnsweredMeanwhile, HandingRefused
from opstap.clients.models import Client
from opstap.clients.operations import accept_handover, refuse_handover, request_handovers, revoke_handover
from opstap.clients.selectors.handing import (
    HandoverFound,
    handover_of,
    handovers,
    handovers_with,
    stand_ins,
    stand_ins_with,
)
from opstap.dossier.forms.handing import HandOverForm, RefusalForm
from opstap.dossier.selectors.offered import names_of, offered_in, outcome, own_caseload
from opstap.dossier.selectors.staff import colleagues_of
from opstap.dossier.selectors.words import own_scale
from opstap.dossier.tables.handing import REFUSALS, answered_words, handover_lines, stand_in_lines
from opstap.foundation import dates

MOST_SHOWN = 50


@require_safe
@requires("hand_over")
def handing(request: HttpRequest) -> HttpResponse:
    """What one handed over and took over, and who stands in for whom; with the ways to ask it."""
    actor, today = actor_of(request), dates.today()
    user_id = actor.user_id or 0
    context: dict[str, Any] = {
        "handovers": handover_lines(handovers(handovers_with(actor))[:MOST_SHOWN], user_id),
        "stand_ins": stand_in_lines(stand_ins(stand_ins_with(actor))[:MOST_SHOWN], today),
        "leads": actor.may("assign_clients"),
        "trail": trail_of(_("Hand-over and standing in")),
    }
    return render(request, "dossier/handing.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("hand_over")
def hand_over(request: HttpRequest) -> HttpResponse:
    """Ask colleagues to take over some clients of the own caseload, or all of them."""
    actor, today = actor_of(request), dates.today()
    caseload = own_caseload(actor, today)
    asked = set(request.GET.getlist("client"))
    chosen = [one for one in caseload if one.reference in asked] if asked else caseload
    if not chosen:
        messages.info(request, _("There is nobody in your own caseload to hand over here."))
        return redirect("desk:handing")
    known = {one.reference: one for one in colleagues_of(actor, latest_recording(), today)}
    choices = [(one.reference, one.name) for one in known.values()]
    form = HandOverForm(request.POST or None, colleagues=choices, initial={"from_on": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        receivers = list(User.objects.filter(pk__in=[known[one].id for one in given["receivers"]]).order_by("name"))
        named = [reference for reference, _name in names_of(chosen)]
        ids = {one.reference: one.pk for one in chosen}
        try:
            request_handovers(
                by=actor, client_ids=[ids[one] for one in named], receivers=receivers,
                from_on=given["from_on"], note=given["note"],
            )  # fmt: skip
        except HandingRefused as refused:
            form.add_error(None, _refusal(refused, chosen))
        else:
            names = ", ".join(one.name for one in receivers)
            messages.success(
                request, _("Asked of %(names)s. Until it is accepted you remain the case manager.") % {"names": names}
            )
            return redirect("desk:handing")
    context: dict[str, Any] = {
        "form": form,
        "count": len(chosen),
        "names": [name for _reference, name in names_of(chosen)],
        "everyone": not asked,
        "trail": trail_of(_("Hand-over and standing in"), _("Hand over")),
    }
    return render(request, "dossier/hand_over.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("hand_over")
def handover(request: HttpRequest, batch: str) -> HttpResponse:
    """One hand-over: to the receiver with the choice, to the giver with the way back."""
    actor = actor_of(request)
    found = handover_of(actor, batch)
    if found is None:
        raise Http404
    form = RefusalForm(request.POST if request.POST.get("action") == "refuse" else None)
    status = 400 if form.is_bound else 200
    if request.method == "POST":
        try:
            done = _answered(request, actor, found, form)
        except AnsweredMeanwhile:
            found, status = handover_of(actor, batch) or found, 409
        else:
            if done:
                return redirect(done)
    scale = own_scale(municipality_of(request).pk, dates.today())
    receives = found.receiver.pk == actor.user_id
    context: dict[str, Any] = {
        "found": found,
        "conflict": status == 409,
        "form": form,
        "receives": receives,
        "waits": found.state is Asked.OPEN,
        "outcome": outcome(found, dates.today()) if found.state is Asked.ACCEPTED and not receives else None,
        "said": answered_words(found.state, found.said.actor_name, found.said.at),
        "offered": offered_in(actor, found, scale),
        "trail": trail_of(_("Hand-over and standing in"), _("Hand-over")),
    }
    return render(request, "dossier/handover.html", context, status=status)


def _answered(request: HttpRequest, actor: Actor, found: HandoverFound, form: RefusalForm) -> str:
    """Where to go on; empty where the form says what is missing."""
    action = request.POST.get("action", "")
    here = reverse("desk:handover", args=[found.batch])
    if action == "accept":
        _accepted(request, actor, found.batch)
        return here
    if action == "revoke":
        revoke_handover(by=actor, batch=found.batch)
        messages.success(request, _("Revoked. Nothing changed in your caseload."))
        return here
    if action == "refuse" and form.is_valid():
        refuse_handover(by=actor, batch=found.batch, why=form.cleaned_data["why"])
        messages.success(request, _("Refused. Your colleague remains the case manager."))
        return here
    return ""


def _accepted(request: HttpRequest, actor: Actor, batch: str) -> None:
    try:
        accepted = accept_handover(by=actor, batch=batch)
    except HandingRefused as refused:
        messages.error(request, str(REFUSALS[refused.code]))
        return
    words = ngettext("%(n)d client comes to you.", "%(n)d clients come to you.", accepted.clients)
    messages.success(request, words % {"n": accepted.clients})
    if accepted.left:
        left = ngettext(
            "%(n)d client did not come to you: with somebody else by now or on a later day, or not open to you.",
            "%(n)d clients did not come to you: with somebody else by now or on a later day, or not open to you.",
            accepted.left,
        )  # fmt: skip
        messages.warning(request, left % {"n": accepted.left})


def _refusal(refused: HandingRefused, chosen: Collection[Client]) -> str:
    """Why it can't be asked, and of whom not where that is of some."""
    words = str(REFUSALS[refused.code])
    named = [name for _reference, name in names_of([one for one in chosen if one.pk in refused.client_ids])]
    about = _("It is about: %(names)s.") % {"names": "; ".join(named)}
    return f"{words} {about}" if named else words


def trail_of(*words: str) -> list[dict[str, str]]:
    """The steps above a page of this kind."""
    steps = [
        {"label": _("My messages"), "url": reverse("desk:inbox")},
        {"label": words[0], "url": reverse("desk:handing")},
    ]
    return [*steps, {"label": words[1]}] if len(words) > 1 else [steps[0], {"label": words[0]}]
