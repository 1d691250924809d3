"""Putting a placement right: corrected, withdrawn, or moved to the person it belongs to; each with its reason."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.models import Client
from opstap.clients.permissions import client_or_404, visible_clients
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Opened, gone, met, settled_words
from opstap.ladder.forms import REPLACE, SECOND, MoveForm, PlacementForm, WhyForm
from opstap.ladder.logic import MeasurementsRefused
from opstap.ladder.models import Measurement
from opstap.ladder.operations import move_measurement, withdraw_measurement
from opstap.ladder.selectors.beside import recorded_with
from opstap.ladder.selectors.measurements import standing_on
from opstap.ladder.selectors.placing import Placeable, lists_on, placeable
from opstap.ladder.selectors.scales import scales_on
from opstap.ladder.tables.placing import PlacedView, placed_view, warning_words
from opstap.ladder.tables.traits import trait_words
from opstap.ladder.views.asked import Asked, start_of
from opstap.ladder.views.page import page_of, show_faults, trail_of
from opstap.ladder.views.placing import following_of, place_url, way_back_of
from opstap.ladder.views.saving import save
from opstap.ladder.views.versions import (
    asked_on,
    chain_of,
    correction_of,
    led_to_newest,
    newest_asked,
    opened_on,
    saved,
    told_of,
    version,
)
from opstap.municipality.selectors import own_traits


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_placements")
def correct(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """The form of a placement as it stands, to be put right with the reason."""
    client, chain = _found(request, reference, placement)
    if request.method != "POST":
        asked = asked_on(client, chain[0])
        form = asked.form(initial=start_of(asked, dates.today()))
        led = led_to_newest(request, client, placement, chain[0])
        return led or _corrects(request, asked, form, Opened(version(chain[0])))
    opened = opened_on(request, chain, placement)
    asked = asked_on(client, opened, request.POST)
    form = asked.form(data=request.POST)
    if form.is_valid() and _corrected(request, asked, form):
        return redirect(following_of(request) or place_url(client, asked.scale))
    newest = chain_of(client, placement)[0]
    if newest.pk == opened.pk:
        return _corrects(request, asked, form, Opened(version(opened)))
    return _meets(request, asked, opened, newest)


def _corrects(request: HttpRequest, asked: Asked, form: PlacementForm, state: Opened) -> HttpResponse:
    context = page_of(request, asked, form) | {"draft": None, "opened": state}
    context["way_back"] = way_back_of(request) or place_url(asked.client, asked.scale)
    return render(request, "ladder/place.html", context, status=state.status(form))


def _corrected(request: HttpRequest, asked: Asked, form: PlacementForm) -> bool:
    """Whether it is saved."""
    try:
        remarks = save(actor_of(request), asked, form)
    except MeasurementsRefused as refused:
        show_faults(form, refused)
        return False
    except ReplacedMeanwhile:
        return False
    messages.success(request, _("The placement is corrected. What stood there before is kept."))
    for remark in remarks:
        messages.warning(request, warning_words(remark.code))
    return True


def _meets(request: HttpRequest, asked: Asked, opened: Measurement, newest: Measurement) -> HttpResponse:
    """Somebody else corrected or withdrew it while the form was open."""
    client, sent = asked.client, request.POST
    if newest.withdrawn:
        state = gone(version(newest), saved(newest), anew=place_url(client, asked.scale))
        return _corrects(request, asked, asked.form(data=sent), state)
    made = correction_of(client, opened, sent, dates.today())
    form, state = met(
        made,
        sent,
        opened=opened,
        newest=newest,
        version=version(newest),
        saved=saved(newest),
        but=["same_day"],
    )
    if state.is_settled:
        messages.success(request, settled_words())
        return redirect(following_of(request) or place_url(client, asked.scale))
    return _corrects(request, newest_asked(client, newest, form), form, state)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_placements")
def withdraw(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """A placement that should not have been there."""
    client, chain = _found(request, reference, placement)
    if request.method != "POST" and (led := led_to_newest(request, client, placement, chain[0])):
        return led
    opened = opened_on(request, chain, placement)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_measurement(by=actor_of(request), measurement=opened, why=form.cleaned_data["why"])
        except ReplacedMeanwhile:
            chain = chain_of(client, placement)
        else:
            messages.success(request, _("The placement is withdrawn: it counts no longer."))
            return redirect("ladder:place", client.reference)
    if saved(chain[0]).is_this_withdrawal(request.POST):
        messages.success(request, settled_words())
        return redirect("ladder:place", client.reference)
    context = {"form": form, **_context(client, opened, chain[0], _("Withdraw"))}
    return render(request, "ladder/withdraw.html", context, status=context["opened"].status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_placements")
def move(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """Entered for the wrong person: first who is meant, then done at once for both."""
    client, chain = _found(request, reference, placement)
    if request.method != "POST" and (led := led_to_newest(request, client, placement, chain[0])):
        return led
    opened = opened_on(request, chain, placement)
    form = MoveForm(request.POST or None)
    meant: Placeable | None = None
    if request.method == "POST" and form.is_valid():
        meant = _meant(request, client, form)
        agreed = meant is not None and form.cleaned_data["agreed"] == meant.client.reference
        if meant is not None and agreed and _moved(request, opened, meant.client, form):
            messages.success(request, _("The placement is moved to the right person."))
            return redirect("ladder:place", meant.client.reference)
    newest = chain_of(client, placement)[0]
    form.fields["same_day"].required = meant is not None and _is_taken(opened, meant.client)
    context = {"form": form, "meant": meant, **_context(client, opened, newest, _("Move"))}
    return render(request, "ladder/move.html", context, status=context["opened"].status(form))


def _moved(request: HttpRequest, measurement: Measurement, to: Client, form: MoveForm) -> bool:
    """Whether it stands with the right person now."""
    same_day = form.cleaned_data["same_day"]
    try:
        move_measurement(
            by=actor_of(request),
            measurement=measurement,
            to=to,
            why=form.cleaned_data["why"],
            takes_over=same_day == REPLACE,
            is_second=same_day == SECOND,
        )
    except MeasurementsRefused as refused:
        show_faults(form, refused)
        return False
    except ReplacedMeanwhile:
        return False
    return True


def _is_taken(measurement: Measurement, to: Client) -> bool:
    """Whether it has to be said which one holds."""
    if measurement.second_assessment:
        return False
    return standing_on(to.pk, measurement.scale_id, measurement.measured_on) is not None


def _meant(request: HttpRequest, client: Client, form: MoveForm) -> Placeable | None:
    number = form.cleaned_data["number"].strip()
    found = visible_clients(actor_of(request)).filter(number=number, municipality=client.municipality_id).first()
    if found is None:
        form.add_error("number", _("There is nobody with this client number whom you may see. Check the number."))
        return None
    if found.pk == client.pk:
        form.add_error("number", _("This is the person with whom the placement stands now. Fill in another number."))
        return None
    return placeable(found, dates.today())


def _found(request: HttpRequest, reference: str, placement: str) -> tuple[Client, list[Measurement]]:
    client = client_or_404(actor_of(request), reference)
    return client, chain_of(client, placement)


def _context(client: Client, opened: Measurement, newest: Measurement, doing: str) -> dict[str, Any]:
    language = get_language() or "nl"
    today = dates.today()
    person, lists = placeable(client, today), lists_on(today, language)
    scales = {scale.id: scale for scale in scales_on(today)}
    shown: PlacedView = placed_view(newest, scales, lists["placement_reason"], language)
    said = () if newest.withdrawn else recorded_with(newest).said
    beside = trait_words(said, own_traits(client.municipality_id), lists, language)
    state = Opened(version(newest)) if opened.pk == newest.pk else told_of(client, opened, newest)
    return {"person": person, "placement": shown, "beside": beside, "opened": state, "trail": trail_of(person, doing)}
