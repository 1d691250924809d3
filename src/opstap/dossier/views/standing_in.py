"""Standing in: asking it, arranging it for a team, and the page of one period."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.models import User
from opstap.accounts.permissions import actor_of, requires
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.enums import Asked
from opstap.clients.logic.handing import AnsweredMeanwhile, HandingRefused
from opstap.clients.operations import (
    Absence,
    accept_stand_in,
    arrange_stand_in,
    refuse_stand_in,
    request_stand_in,
    revoke_stand_in,
)
from opstap.clients.selectors.handing import StandInFound, stand_ins, stand_ins_with
from opstap.dossier.forms.handing import RefusalForm, StandInForm
from opstap.dossier.selectors.staff import Colleague, able_to_stand_in, colleagues_of, staff_of
from opstap.dossier.tables.handing import REFUSALS, answered_words, stand_in_state
from opstap.dossier.views.handing import trail_of
from opstap.foundation import dates


@require_http_methods(["GET", "HEAD", "POST"])
@requires("hand_over")
def new_stand_in(request: HttpRequest) -> HttpResponse:
    """Ask a colleague to stand in; who leads a team arranges it at once."""
    actor, today = actor_of(request), dates.today()
    led, colleagues = _choices(actor)
    shown = [(one.reference, one.name) for one in (led.values() if led else colleagues.values())]
    initial = {"first": today, "absent": request.GET.get("absent", "")}
    able = able_to_stand_in((led or colleagues).values(), actor.municipality_id, today)
    form = StandInForm(
        request.POST or None, absent=shown if led else [], colleagues=[(one.reference, one.name) for one in able],
        initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            reference = _asked(actor, led or colleagues, form.cleaned_data)
        except HandingRefused as refused:
            form.add_error(None, str(REFUSALS[refused.code]))
        else:
            messages.success(request, _("Arranged.") if led else _("Asked. Until it is accepted nothing changes."))
            return redirect("desk:stand-in", reference)
    context: dict[str, Any] = {
        "form": form,
        "leads": bool(led),
        "trail": trail_of(_("Hand-over and standing in"), _("Standing in")),
    }
    return render(request, "dossier/new_stand_in.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("hand_over")
def stand_in(request: HttpRequest, reference: str) -> HttpResponse:
    """One period: to whom was asked with the choice, to the others with the way to end it."""
    actor, today = actor_of(request), dates.today()
    found = _found(actor, reference)
    form = RefusalForm(request.POST if request.POST.get("action") == "refuse" else None)
    status = 400 if form.is_bound else 200
    if request.method == "POST":
        try:
            if _answered(request, actor, found, form):
                return redirect("desk:stand-in", reference)
        except AnsweredMeanwhile:
            found, status = _found(actor, reference), 409
    asked = found.state is Asked.OPEN and found.ends_on > today
    receives = found.stand_in.pk == actor.user_id
    context: dict[str, Any] = {
        "found": found,
        "last": found.ends_on - timedelta(days=1),
        "conflict": status == 409,
        "form": form,
        "answers": asked and receives,
        "revokes": not found.is_over(today) and not (asked and receives),
        "asked": asked,
        "holds": found.holds_on(today),
        "receives": receives,
        "state": stand_in_state(found, today),
        "said": answered_words(found.state, found.said.actor_name, found.said.at),
        "trail": trail_of(_("Hand-over and standing in"), _("Standing in")),
    }
    return render(request, "dossier/stand_in.html", context, status=status)


def _choices(actor: Actor) -> tuple[dict[str, Colleague], dict[str, Colleague]]:
    """Whom a leader can choose for either side, and the colleagues of who asks for themselves."""
    recording, today = latest_recording(), dates.today()
    colleagues = {one.reference: one for one in colleagues_of(actor, recording, today)}
    if not actor.may("assign_clients"):
        return {}, colleagues
    staff = staff_of(actor, recording, today)
    led = None if actor.may("reach_municipality") else actor.team_ids
    steered = [one for one in staff.colleagues if one.is_active and (led is None or one.team_ids & led)]
    return {one.reference: one for one in steered}, colleagues


def _asked(actor: Actor, known: dict[str, Colleague], given: dict[str, Any]) -> str:
    colleague = User.objects.get(pk=known[given["colleague"]].id)
    absent = User.objects.get(pk=known[given["absent"]].id if "absent" in given else actor.user_id or 0)
    absence = Absence(absent, given["first"], given["last"] + timedelta(days=1))
    if "absent" in given:
        return arrange_stand_in(by=actor, absence=absence, colleague=colleague, note=given["note"])
    return request_stand_in(by=actor, absence=absence, colleague=colleague, note=given["note"])


def _answered(request: HttpRequest, actor: Actor, found: StandInFound, form: RefusalForm) -> bool:
    action = request.POST.get("action", "")
    if action == "accept":
        accept_stand_in(by=actor, reference=found.reference)
        messages.success(request, _("You stand in for %(name)s in this period.") % {"name": found.absent.name})
        return True
    if action == "revoke":
        revoke_stand_in(by=actor, reference=found.reference)
        messages.success(request, _("Ended. The caseload is closed to the stand-in from now on."))
        return True
    if action == "refuse" and form.is_valid():
        refuse_stand_in(by=actor, reference=found.reference, why=form.cleaned_data["why"])
        messages.success(request, _("Refused. %(name)s looks for somebody else.") % {"name": found.absent.name})
        return True
    return False


def _found(actor: Actor, reference: str) -> StandInFound:
    found = stand_ins(stand_ins_with(actor).filter(reference=reference))
    if not found:
        raise Http404
    return found[0]
