"""A placement with what it replaced and what replaced it: which one a form was opened on, and what it meets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language

from opstap.clients.models import Client
from opstap.foundation import dates
from opstap.foundation.ui.conflicts import Opened, Saved, gone, newest_words, opened_of, told
from opstap.foundation.versions import version_of
from opstap.ladder.forms import PlacementForm
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import reference_of, versions_of
from opstap.ladder.selectors.scales import scales_on
from opstap.ladder.views.asked import WAS, Asked, start_of

Made = Callable[[Measurement, QueryDict | None], PlacementForm]


def chain_of(client: Client, placement: str) -> list[Measurement]:
    """Every version of a placement of this client, the newest first; 404 when there is none."""
    chain = versions_of(placement, client.pk)
    if not chain:
        raise Http404
    return chain


def version(measurement: Measurement) -> str:
    """What a form carries of it."""
    return version_of("measurement", measurement.pk)


def opened_on(request: HttpRequest, chain: Sequence[Measurement], placement: str) -> Measurement:
    """The version that a form was opened on; that of the address where it says none."""
    at_address = next(one for one in chain if reference_of(one) == placement)
    return opened_of(chain, request.POST, version) or at_address


def saved(measurement: Measurement) -> Saved:
    """Who saved it, when and why."""
    recording = measurement.recording
    return Saved(recording.actor_name, recording.at, measurement.why, measurement.withdrawn)


def led_to_newest(request: HttpRequest, client: Client, placement: str, newest: Measurement) -> HttpResponse | None:
    """From the address of a version that no longer stands to what became of it, with a sentence."""
    match = request.resolver_match
    if match is None or (reference_of(newest) == placement and not newest.withdrawn):
        return None
    messages.warning(request, newest_words(saved(newest)))
    page = "ladder:history" if newest.withdrawn else match.view_name
    following = f"?{urlencode({'next': request.GET['next']})}" if request.GET.get("next") else ""
    return redirect(reverse(page, args=[client.reference, reference_of(newest)]) + following)


def asked_on(client: Client, measurement: Measurement, sent: QueryDict | None = None) -> Asked:
    """The question of its correction, with what was filled in."""
    scales = tuple(scales_on(dates.today()))
    scale = next(one for one in scales if one.id == measurement.scale_id)
    language = get_language() or "nl"
    asked = Asked(client, scale, language, False, {}, scales, on=measurement.measured_on, corrected=measurement)
    return asked if sent is None else asked.answered(sent)


def correction_of(client: Client, opened: Measurement, sent: QueryDict, today: date) -> Made:
    """How the form of a correction is made on a version; the one that was opened as its traits were then."""
    was = {name.removeprefix(WAS): value for name, value in sent.items() if name.startswith(WAS)}

    def made(measurement: Measurement, sent: QueryDict | None) -> PlacementForm:
        asked = asked_on(client, measurement, sent)
        if sent is not None:
            return asked.form(data=sent)
        start = start_of(asked, today)
        return asked.form(initial=start | was if measurement.pk == opened.pk else start)

    return made


def newest_asked(client: Client, newest: Measurement, form: PlacementForm) -> Asked:
    """The question of what stands now, with what the form holds; its traits start from what holds now."""
    kept = {name: [str(value)] for name, value in form.data.items() if not name.startswith(WAS)}
    return asked_on(client, newest).answered(kept)


def told_of(client: Client, opened: Measurement, newest: Measurement) -> Opened:
    """What a withdrawal or a move of an older version is told."""
    if newest.withdrawn:
        return gone(version(newest), saved(newest))
    made = correction_of(client, opened, QueryDict(), dates.today())
    return told(made, opened=opened, newest=newest, version=version(newest), saved=saved(newest))
