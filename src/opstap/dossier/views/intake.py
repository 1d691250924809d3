"""Somebody new: entered once, with a warning when they look like somebody who is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from opstap.accounts.models import Team
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors import teams_worked_in
from opstap.audit.logic.seen import note_asked, note_reason
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
from opstap.clients.logic.outside import TRIED
from opstap.clients.operations import BsnHeldByAnother, Newcomer, register_newcomer
from opstap.clients.permissions import reachable_clients, visible_clients
from opstap.clients.selectors.merged import LookAlike, holder_of, look_alikes, looks_like_another
from opstap.clients.selectors.outside import questions_left
from opstap.dossier.forms.people import IntakeForm, IntoCaseloadForm
from opstap.dossier.selectors.staff import staff_of
from opstap.dossier.selectors.words import words_on
from opstap.dossier.views.opened import choices_of, say_refusal
from opstap.dossier.views.person import ASKED, held_words, too_often
from opstap.foundation import dates
from opstap.municipality.models import Municipality

NEW = 0  # the client is not there yet


@dataclass(frozen=True)
class Doubles:
    """Whom it may be already: of those one may see by name, and that there is somebody beyond them."""

    seen: Sequence[LookAlike] = ()
    beyond: bool = False

    @property
    def any(self) -> bool:
        """Whether there is anybody to look at first."""
        return bool(self.seen) or self.beyond


@require_http_methods(["GET", "HEAD", "POST"])
@requires("begin_dossiers")
def intake(request: HttpRequest) -> HttpResponse:
    """The intake form. Whom it may be already is shown first; a second press goes on."""
    municipality, today = municipality_of(request), dates.today()
    words = words_on(latest_recording(), municipality.pk, today)
    options = choices_of(words, get_language() or "nl")
    actor = actor_of(request)
    own, teams = _has_caseload(actor), _teams(actor)
    start = {"starts_on": today, "team": teams[0][0] if len(teams) == 1 else ""}
    kind = IntoCaseloadForm if own else IntakeForm
    form = kind(request.POST or None, options=options, codes=words.options, teams=teams, initial=start)
    doubles = Doubles()
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["bsn"]
        if not questions_left(actor, municipality.pk):
            form.add_error(None, too_often())
        elif number and holder_of(municipality.pk, number) is not None:
            form.add_error("bsn", held_words(request, municipality.pk, number))
        else:
            doubles = Doubles() if form.cleaned_data["anyway"] else _doubles(actor, municipality, form.cleaned_data)
            if not doubles.any:
                response = _saved(request, municipality, form)
                if response is not None:
                    return response
    context = {
        "form": form,
        "doubles": doubles,
        "has_caseload": own,
        "trail": [{"label": _("New client"), "url": ""}],
    }
    return render(request, "dossier/intake.html", context, status=400 if form.errors else 200)


def _doubles(actor: Actor, municipality: Municipality, given: dict[str, Any]) -> Doubles:
    who = {name: given[name] for name in ("surname", "given_names", "birth_date")}
    where = {name: given[name] for name in ("postcode", "house_number")}
    return Doubles(
        look_alikes(visible_clients(actor), **who, **where),
        looks_like_another(municipality.pk, reachable_clients(actor), **who),
    )


def _saved(request: HttpRequest, municipality: Municipality, form: IntakeForm) -> HttpResponse | None:
    actor = actor_of(request)
    try:
        client = register_newcomer(by=actor, municipality=municipality, newcomer=_newcomer(actor, form.cleaned_data))
    except RowsRefused as refused:
        say_refusal(form, "person", refused)
        _count_as_question(form.cleaned_data)
        return None
    except BsnHeldByAnother:
        form.add_error("bsn", held_words(request, municipality.pk, form.cleaned_data["bsn"]))
        return None
    note_asked(client.reference)
    messages.success(request, _("The dossier is begun. Place this client to complete the intake."))
    return redirect("dossier:client", client.reference)


def _count_as_question(given: dict[str, Any]) -> None:
    """A refusal for something else tells that nobody else has this number or this name, so it counts as asking that."""
    if given["bsn"] or given["birth_date"]:
        note_reason(TRIED)


def _newcomer(actor: Actor, given: dict[str, Any]) -> Newcomer:
    lives = any(given[name] for name in ("street", "house_number", "postcode", "city"))
    where = (given[name] for name in ("street", "house_number", "postcode", "city"))
    address = AddressRow(NEW, given["starts_on"], None, *where)
    benefit = BenefitSpellRow(NEW, given["benefit"], given["benefit_from"]) if given["benefit"] else None
    return Newcomer(
        number=given["number"].strip(),
        person=PersonRow(NEW, **{name: given[name] for name in ASKED}, bsn=given["bsn"] or None),
        follow_up=FollowUpRow(NEW, given["starts_on"], ground=given["ground"]),
        assignment=_assigned(actor, given),
        address=address if lives else None,
        benefit=benefit,
    )


def _has_caseload(actor: Actor) -> bool:
    """Whether clients can be in the caseload of who sits here: a case manager."""
    return actor.may("hold_caseload")


def _teams(actor: Actor) -> list[tuple[str, str]]:
    """The teams to choose from: of those one steers, or of the own ones when one has a caseload in several."""
    if _has_caseload(actor):
        own = _own_teams(actor)
        return [(team.reference, team.name) for team in own] if len(own) > 1 else []
    return [(reference, name) for _pk, reference, name in staff_of(actor, latest_recording(), dates.today()).team_list]


def _assigned(actor: Actor, given: dict[str, Any]) -> AssignmentRow | None:
    """To the case manager who begins the dossier, in the team they work in; else with the team that was chosen, to be
    divided.
    """
    if _has_caseload(actor):
        own = _own_teams(actor)
        chosen = [team.pk for team in own if len(own) == 1 or team.reference == given.get("team")]
        return AssignmentRow(NEW, dates.today(), team_id=next(iter(chosen), None), worker_id=actor.user_id)
    team = staff_of(actor, latest_recording(), dates.today()).teams.get(given.get("team", ""))
    return None if team is None else AssignmentRow(NEW, dates.today(), team_id=team, worker_id=None)


def _own_teams(actor: Actor) -> list[Team]:
    """The teams in which somebody works today, by name."""
    ids = teams_worked_in([actor.user_id] if actor.user_id else [], dates.today(), actor.municipality_id)
    return list(Team.objects.filter(pk__in=ids.get(actor.user_id or 0, ())).order_by("name"))
