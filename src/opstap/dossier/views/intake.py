"""Somebody new: entered once, with a warning when they look like somebody who is there already."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.models import RoleHolding
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import (
    AddressRow,
    AssignmentRow,
    BenefitSpellRow,
    FollowUpRow,
    PersonRow,
    RowsRefused,
)
from opstap.clients.operations import BsnHeldByAnother, Newcomer, register_newcomer
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.merged import LookAlike, holder_of, look_alikes
from opstap.dossier.forms.people import IntakeForm
from opstap.dossier.selectors.words import words_on
from opstap.dossier.tables.parts import refusal_words
from opstap.dossier.views.opened import choices_of
from opstap.dossier.views.person import ASKED, held_words
from opstap.foundation import dates
from opstap.municipality.models import Municipality

NEW = 0  # the client is not there yet


@require_http_methods(["GET", "HEAD", "POST"])
@requires("record_clients")
def intake(request: HttpRequest) -> HttpResponse:
    """The intake form. Whom it may be already is shown first; a second press goes on."""
    municipality, today = municipality_of(request), dates.today()
    words = words_on(latest_recording(), municipality.pk, today)
    options = choices_of(words, get_language() or "nl")
    form = IntakeForm(request.POST or None, options=options, codes=words.options, initial={"starts_on": today})
    doubles: list[LookAlike] = []
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["bsn"]
        if number and holder_of(municipality.pk, number) is not None:
            form.add_error("bsn", held_words(request, municipality.pk, number))
        else:
            doubles = [] if form.cleaned_data["anyway"] else _doubles(request, form)
            if not doubles:
                response = _saved(request, municipality, form)
                if response is not None:
                    return response
    context = {
        "form": form,
        "doubles": doubles,
        "trail": [{"label": _("New client"), "url": ""}],
    }
    return render(request, "dossier/intake.html", context, status=400 if form.errors else 200)


def _doubles(request: HttpRequest, form: IntakeForm) -> list[LookAlike]:
    given = form.cleaned_data
    return look_alikes(
        visible_clients(actor_of(request)),
        surname=given["surname"],
        given_names=given["given_names"],
        birth_date=given["birth_date"],
        postcode=given["postcode"],
        house_number=given["house_number"],
    )


def _saved(request: HttpRequest, municipality: Municipality, form: IntakeForm) -> HttpResponse | None:
    actor = actor_of(request)
    try:
        client = register_newcomer(by=actor, municipality=municipality, newcomer=_newcomer(actor, form.cleaned_data))
    except RowsRefused as refused:
        for fault, words in zip(refused.faults, refusal_words("person", refused), strict=True):
            form.add_error("number" if fault.code == "number_taken" else None, words)
        return None
    except BsnHeldByAnother:
        form.add_error("bsn", held_words(request, municipality.pk, form.cleaned_data["bsn"]))
        return None
    messages.success(request, _("The dossier is begun. Place this client to complete the intake."))
    return redirect("dossier:client", client.reference)


def _newcomer(actor: Actor, given: dict[str, Any]) -> Newcomer:
    lives = any(given[name] for name in ("street", "house_number", "postcode", "city"))
    where = (given[name] for name in ("street", "house_number", "postcode", "city"))
    address = AddressRow(NEW, given["starts_on"], None, *where)
    benefit = BenefitSpellRow(NEW, given["benefit"], given["benefit_from"]) if given["benefit"] else None
    return Newcomer(
        number=given["number"].strip(),
        person=PersonRow(NEW, **{name: given[name] for name in ASKED}, bsn=given["bsn"] or None),
        follow_up=FollowUpRow(NEW, given["starts_on"], ground=given["ground"]),
        assignment=AssignmentRow(NEW, dates.today(), team_id=_team_of(actor), worker_id=actor.user_id),
        address=address if lives else None,
        benefit=benefit,
    )


def _team_of(actor: Actor) -> int | None:
    """The team in which somebody works today."""
    held = RoleHolding.objects.active_on(dates.today()).filter(user=actor.user_id, team__isnull=False)
    found: int | None = held.order_by("pk").values_list("team_id", flat=True).first()
    return found
