"""Putting a placement right: corrected, withdrawn, or moved to the person it belongs to; each with its reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.permissions import actor_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.models import Client
from opstap.clients.permissions import client_or_404, visible_clients
from opstap.foundation import dates
from opstap.ladder.forms import REPLACE, SECOND, MoveForm, PlacementForm, WhyForm
from opstap.ladder.logic import MeasurementsRefused
from opstap.ladder.models import Measurement
from opstap.ladder.operations import move_measurement, withdraw_measurement
from opstap.ladder.selectors.beside import recorded_with
from opstap.ladder.selectors.measurements import measurements_of, reference_of, standing_on
from opstap.ladder.selectors.placing import Placeable, lists_on, placeable
from opstap.ladder.selectors.scales import scales_on
from opstap.ladder.tables.placing import PlacedView, fault_words, placed_view, warning_words
from opstap.ladder.tables.traits import trait_words
from opstap.ladder.views.asked import Asked, start_of
from opstap.ladder.views.page import page_of, show_faults, trail_of
from opstap.ladder.views.placing import following_of, place_url
from opstap.ladder.views.saving import save
from opstap.municipality.selectors import own_traits


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_placements")
def correct(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """The form of a placement as it stands, to be put right with the reason."""
    client, measurement = _found(request, reference, placement)
    scales = tuple(scales_on(dates.today()))
    scale = next(one for one in scales if one.id == measurement.scale_id)
    language = get_language() or "nl"
    asked = Asked(client, scale, language, False, {}, scales, on=measurement.measured_on, corrected=measurement)
    if request.method != "POST":
        form = asked.form(initial=start_of(asked, dates.today()))
        return render(request, "ladder/place.html", page_of(request, asked, form) | {"draft": None})
    asked = asked.answered(request.POST)
    form = asked.form(data=request.POST)
    if form.is_valid() and _corrected(request, asked, form):
        return redirect(following_of(request) or place_url(client, scale))
    return render(request, "ladder/place.html", page_of(request, asked, form) | {"draft": None}, status=400)


def _corrected(request: HttpRequest, asked: Asked, form: PlacementForm) -> bool:
    """Whether there is nothing left to ask: it is saved, or somebody else was first."""
    try:
        remarks = save(actor_of(request), asked, form)
    except MeasurementsRefused as refused:
        show_faults(form, refused)
        return False
    except ReplacedMeanwhile:
        messages.error(request, fault_words("replaced_meanwhile"))
        return True
    messages.success(request, _("The placement is corrected. What stood there before is kept."))
    for remark in remarks:
        messages.warning(request, warning_words(remark.code))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_placements")
def withdraw(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """A placement that should not have been there."""
    client, measurement = _found(request, reference, placement)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        withdraw_measurement(by=actor_of(request), measurement=measurement, why=form.cleaned_data["why"])
        messages.success(request, _("The placement is withdrawn: it counts no longer."))
        return redirect("ladder:place", client.reference)
    context = {"form": form, **_context(client, measurement, _("Withdraw"))}
    return render(request, "ladder/withdraw.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_placements")
def move(request: HttpRequest, reference: str, placement: str) -> HttpResponse:
    """Entered for the wrong person: first who is meant, then done at once for both."""
    client, measurement = _found(request, reference, placement)
    form = MoveForm(request.POST or None)
    meant: Placeable | None = None
    if request.method == "POST" and form.is_valid():
        meant = _meant(request, client, form)
        agreed = meant is not None and form.cleaned_data["agreed"] == meant.client.reference
        if meant is not None and agreed and _moved(request, measurement, meant.client, form):
            messages.success(request, _("The placement is moved to the right person."))
            return redirect("ladder:place", meant.client.reference)
    form.fields["same_day"].required = meant is not None and _is_taken(measurement, meant.client)
    context = {"form": form, "meant": meant, **_context(client, measurement, _("Move"))}
    return render(request, "ladder/move.html", context, status=400 if form.errors else 200)


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
        form.add_error(None, fault_words("replaced_meanwhile"))
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


def _found(request: HttpRequest, reference: str, placement: str) -> tuple[Client, Measurement]:
    client = client_or_404(actor_of(request), reference)
    for measurement in measurements_of(client.pk):
        if reference_of(measurement) == placement:
            return client, measurement
    raise Http404


def _context(client: Client, measurement: Measurement, doing: str) -> dict[str, object]:
    language = get_language() or "nl"
    today = dates.today()
    person, lists = placeable(client, today), lists_on(today, language)
    scales = {scale.id: scale for scale in scales_on(today)}
    shown: PlacedView = placed_view(measurement, scales, lists["placement_reason"], language)
    beside = trait_words(recorded_with(measurement).said, own_traits(client.municipality_id), lists, language)
    return {"person": person, "placement": shown, "beside": beside, "trail": trail_of(person, doing)}
