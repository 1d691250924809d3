"""Placing someone: by questions or directly, confirming an unchanged placement, and the draft of it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from opstap.accounts.operations import discard_draft, save_draft
from opstap.accounts.permissions import actor_of, requires
from opstap.accounts.selectors import draft_of
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.models import Client
from opstap.clients.permissions import client_or_404
from opstap.foundation import dates
from opstap.foundation.ui.addresses import own_path
from opstap.foundation.ui.conflicts import Opened, sent_version
from opstap.foundation.ui.templatetags.ui_format import moment
from opstap.ladder.forms import AT_CONTACT
from opstap.ladder.logic import MeasurementsRefused, Remark
from opstap.ladder.operations import confirm_measurement
from opstap.ladder.selectors.placing import default_scale_key
from opstap.ladder.selectors.scales import ScaleOnDay, scales_on
from opstap.ladder.tables.confirming import placement_met, placement_version
from opstap.ladder.tables.placing import fault_words, warning_words
from opstap.ladder.views.asked import Asked, start_of
from opstap.ladder.views.page import page_of, show_faults, trail_of
from opstap.ladder.views.resuming import Otherwise, resumed
from opstap.ladder.views.saving import save

KIND = "placement"


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_placements")
def place(request: HttpRequest, reference: str) -> HttpResponse:
    """The form of a placement; answering a question shows the next one, saving leads on."""
    client = client_or_404(actor_of(request), reference)
    asked = asked_of(request, client)
    if request.method == "POST" and "save" in request.POST:
        return _saved(request, asked)
    draft, otherwise = None, list[Otherwise]()
    if request.method == "POST":
        asked = asked.answered(request.POST)
    else:
        draft = draft_of(actor_of(request).user_id, KIND, _about(asked))
        if draft is not None:
            asked, otherwise = resumed(asked, draft.content, request.GET)
    form = asked.form(initial=start_of(asked, dates.today()))
    context = page_of(request, asked, form) | {"draft": draft, "otherwise": otherwise}
    return render(request, "ladder/place.html", context)


def asked_of(request: HttpRequest, client: Client) -> Asked:
    """What the address asks: for whom, on which ladder, with the questions or directly."""
    language = get_language() or "nl"
    given = request.POST if request.method == "POST" else request.GET
    key = given.get("ladder") or default_scale_key(client, dates.today())
    scales = {scale.key: scale for scale in scales_on(dates.today())}
    if key not in scales:
        raise Http404
    by_questions = given.get("wijze") == "vragen"
    start = {"reason": [given["reason"]]} if given.get("reason") else {}
    return Asked(client, scales[key], language, by_questions, start, tuple(scales.values()), on=_day_of(request))


def _day_of(request: HttpRequest) -> date:
    """The day that the form starts with: that of the contact one comes from, or today."""
    try:
        return min(date.fromisoformat(request.GET.get("op", "")), dates.today())
    except ValueError:
        return dates.today()


def _saved(request: HttpRequest, asked: Asked) -> HttpResponse:
    actor = actor_of(request)
    asked = asked.answered(request.POST)
    form = asked.form(data=request.POST)
    if form.is_valid():
        try:
            remarks = save(actor, asked, form)
        except MeasurementsRefused as refused:
            show_faults(form, refused)
        except ReplacedMeanwhile:
            form.add_error(None, fault_words("replaced_meanwhile"))
        else:
            discard_draft(by=actor, kind=KIND, about=_about(asked))
            return _on(request, asked.client, remarks, _("The placement is saved."))
    return render(request, "ladder/place.html", page_of(request, asked, form), status=400)


@require_POST
@requires("confirm_placements")
def confirm(request: HttpRequest, reference: str) -> HttpResponse:
    """Looked at again and unchanged."""
    actor = actor_of(request)
    client = client_or_404(actor, reference)
    asked = asked_of(request, client)
    asked_reason = request.POST.get("reason")
    reason = asked_reason if asked_reason in asked.lists["placement_reason"] else AT_CONTACT
    try:
        remarks = confirm_measurement(
            by=actor,
            client=client,
            scale_id=asked.scale.id,
            on=dates.today(),
            reason=str(reason),
            opened_on=sent_version(request.POST),
        )
    except MeasurementsRefused as refused:
        messages.error(request, " ".join(fault_words(fault.code) for fault in refused.faults))
        return redirect(place_url(client, asked.scale))
    except ReplacedMeanwhile:
        return _meets(request, asked_of(request, client))
    return _on(request, client, remarks, _("The placement is confirmed as of today."))


def _meets(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Somebody else placed them while the page was open: both, and the question again."""
    shown, held = sent_version(request.POST), asked.held
    conflict = placement_met([asked.client.pk], asked.scale, asked.language, shown=shown, held=held)
    context = {
        "person": asked.person,
        "scale": asked.scale,
        "reason": request.POST.get("reason", ""),
        "next": following_of(request),
        "opened": Opened(placement_version(held), conflict),
        "way_back": place_url(asked.client, asked.scale),
        "trail": trail_of(asked.person, _("Still so: confirm")),
    }
    return render(request, "ladder/confirm.html", context, status=409)


@require_POST
@requires("record_placements")
def keep_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep the form as it stands; answers with the words that stand beside the button."""
    asked = asked_of(request, client_or_404(actor_of(request), reference))
    content = {key: request.POST.getlist(key) for key in request.POST if key != "csrfmiddlewaretoken"}
    kept = save_draft(by=actor_of(request), kind=KIND, about=_about(asked), content=content)
    return HttpResponse(_("Draft kept, %(moment)s") % {"moment": moment(kept)}, content_type="text/plain")


@require_POST
@requires("record_placements")
def drop_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Throw the draft away and begin anew."""
    client = client_or_404(actor_of(request), reference)
    asked = asked_of(request, client)
    discard_draft(by=actor_of(request), kind=KIND, about=_about(asked))
    anew = {"next": following_of(request)} | {name: request.POST.get(name, "") for name in ("reason", "op")}
    kept = urlencode({name: value for name, value in anew.items() if value})
    return redirect(place_url(client, asked.scale) + (f"&{kept}" if kept else ""))


def place_url(client: Client, scale: ScaleOnDay) -> str:
    """The page of placing someone on a ladder."""
    return f"{reverse('ladder:place', args=[client.reference])}?{urlencode({'ladder': scale.key})}"


def _about(asked: Asked) -> str:
    return f"{asked.client.reference}.{asked.scale.key}"


def _on(request: HttpRequest, client: Client, remarks: list[Remark], said: str) -> HttpResponse:
    """Back to where one came from, or to the dossier; saying that it was saved, and what is worth a look."""
    messages.success(request, said)
    for remark in remarks:
        messages.warning(request, warning_words(remark.code))
    following = following_of(request)
    return redirect(following) if following else redirect("dossier:client", client.reference)


def following_of(request: HttpRequest) -> str:
    """Where one came from, where that is a page of ours."""
    return own_path(str(request.POST.get("next", "")))


def way_back_of(request: HttpRequest) -> str:
    """The same, also for a form that was just opened."""
    return following_of(request) or own_path(request.GET.get("next", ""))
