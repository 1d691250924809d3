"""Team: who has whom, who waits to be divided, and assigning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.accounts.selectors.steering import notices_for
from opstap.audit.logic.seen import note_listed
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import Actor
from opstap.clients.models import Person
from opstap.clients.operations import Share, assign_clients
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.assigned import Moved
from opstap.dossier.forms.caseload import AssignForm
from opstap.dossier.logic import divided
from opstap.dossier.selectors.attention import Desk, desk_of
from opstap.dossier.selectors.staff import Colleague, Staff, staff_of
from opstap.dossier.selectors.teams import clients_of, team_caseloads, unseen_of
from opstap.dossier.views.assigned import met, opened_on, sent_on, version_in
from opstap.dossier.views.together import ASSIGN, MOST, Done, keep_done, path_of_ours
from opstap.foundation import dates
from opstap.municipality.selectors import consents_to_figures_by_worker, words_on
from opstap.selections.logic import NONE

REASONS = "assignment_end_reason"
NOT_HERE = {"follow_up_ended"}
TEAM = "team:"  # before the reference of a team, among those of workers


@dataclass(frozen=True)
class Handing:
    """Whom it is about: some clients by name, or everybody of one worker or of nobody."""

    client_ids: tuple[int, ...]
    words: str
    but: str
    following: str
    waits: bool = False
    worker_id: int | None = None

    def concerns(self, moved: Moved) -> bool:
        """Whether it is about somebody who was assigned meanwhile: named here, or come to or gone from whose all go."""
        if moved.client_id in self.client_ids:
            return True
        rows = (moved.was, moved.now)
        return bool(self.words) and self.worker_id in {row.worker_id if row else None for row in rows}


@require_safe
@requires("assign_clients")
def team(request: HttpRequest) -> HttpResponse:
    """The caseloads within reach."""
    actor = actor_of(request)
    desk = desk_of(municipality_of(request).pk, dates.today())
    staff = staff_of(actor, desk.recording, desk.day)
    caseloads = team_caseloads(actor, desk, staff)
    context: dict[str, Any] = {
        "caseloads": caseloads,
        "may_protect": actor.may("protect_dossiers"),
        "notices": notices_for(actor, municipality_of(request), desk.recording),
        "one_team": len(staff.team_list) == 1,
        "by_worker": consents_to_figures_by_worker(municipality_of(request).pk, desk.day),
        "scale": desk.scale.name(get_language() or "nl"),
        "placement_months": desk.placement_months,
        "lately": _("In the last {months} months").format(months=desk.placement_months),
    }
    return render(request, "dossier/team.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires("assign_clients")
def assign(request: HttpRequest) -> HttpResponse:
    """Assign some clients, all of a worker, or all who wait; to a colleague, a team, or divided evenly."""
    actor, language = actor_of(request), get_language() or "nl"
    desk = desk_of(municipality_of(request).pk, dates.today())
    staff = staff_of(actor, desk.recording, desk.day)
    handing = _handing(request, actor, desk, staff)
    whose = handing.worker_id
    unseen = 0 if whose is None else unseen_of(actor, desk, whose, handing.client_ids)
    if not handing.client_ids:
        messages.info(request, _unseen_words(unseen) or _("There is nobody to assign here."))
        return redirect("desk:protected" if unseen else handing.following)
    choices = [(one.reference, one.name) for one in _receivers(staff, actor) if one.reference != handing.but]
    labels = words_on([REASONS], desk.day, language)[1][REASONS]
    reasons = [(code, label) for code, label in labels.items() if code not in NOT_HERE]
    form = AssignForm(
        request.POST or None, workers=choices, teams=_teams(handing, staff), reasons=reasons,
        initial={"from_on": desk.day, "reason": "transferred" if handing.but else "caseload_divided"},
    )  # fmt: skip
    state = sent_on(request) if form.is_bound else opened_on(handing.client_ids, desk.recording)
    if request.method == "POST" and form.is_valid():
        try:
            return _assigned(request, handing, staff, form.cleaned_data)
        except ReplacedMeanwhile:
            state = met(request, handing.client_ids, handing.concerns)
    context: dict[str, Any] = {
        "form": form,
        "opened": state,
        "unseen": _unseen_words(unseen),
        "handing": handing,
        "count": len(handing.client_ids),
        "names": _names(handing) if len(handing.client_ids) <= 50 else [],
        "trail": [{"label": _("Team"), "url": reverse("desk:team")}, {"label": _("Assign")}],
    }
    return render(request, "dossier/assign.html", context, status=state.status(form))


def _assigned(request: HttpRequest, handing: Handing, staff: Staff, given: dict[str, Any]) -> HttpResponse:
    actor = actor_of(request)
    chosen = given["workers"]
    to: list[tuple[int | None, int | None]] = [
        (one.id, _team_of(one, actor)) for one in _receivers(staff, actor) if one.reference in chosen
    ]
    to += [(None, pk) for pk, reference, _name in staff.team_list if f"{TEAM}{reference}" in chosen]
    parts = divided(handing.client_ids, len(to))
    shares = [Share(client_id, *one) for one, part in zip(to, parts, strict=True) for client_id in part]
    opened = version_in(sent_on(request))
    done = assign_clients(by=actor, shares=shares, from_on=given["from_on"], reason=given["reason"], opened_on=opened)
    if done.number is None:
        messages.info(request, _("Nothing changed: they were there already."))
        return redirect(handing.following)
    left = len(handing.client_ids) - done.clients
    return redirect(keep_done(request, Done(ASSIGN, done.number, done.clients, left, handing.following)))


def _receivers(staff: Staff, actor: Actor) -> list[Colleague]:
    """Who can be given clients: of the teams one leads, not oneself in a team that somebody else leads."""
    led = None if actor.may("reach_municipality") else actor.team_ids
    return [one for one in staff.colleagues if one.is_active and (led is None or one.team_ids & led)]


def _teams(handing: Handing, staff: Staff) -> list[tuple[str, str]]:
    """Whom a team can be chosen for: not those who wait with the only one there is."""
    if handing.waits and len(staff.team_list) == 1:
        return []
    return [(f"{TEAM}{reference}", name) for _pk, reference, name in staff.team_list]


def _handing(request: HttpRequest, actor: Actor, desk: Desk, staff: Staff) -> Handing:
    following = path_of_ours(request.GET.get("next", "") or reverse("desk:team"))
    who = request.GET.get("worker", "")
    if not who:
        asked = request.GET.getlist("client")[:MOST]
        ids = visible_clients(actor).filter(reference__in=asked).values_list("pk", flat=True)
        return Handing(tuple(ids), "", "", following)
    if who == NONE:
        waiting = tuple(clients_of(actor, desk, None))
        return Handing(
            waiting, _("Divide who has no case manager"), "", following, waits=not actor.may("reach_municipality")
        )
    steered = staff.by_reference(who)
    worker = steered or staff.left(who)
    own = tuple(clients_of(actor, desk, worker.id)) if worker is not None else ()
    if worker is None or not (steered or own):
        raise Http404
    return Handing(own, worker.name, worker.reference, following, worker_id=worker.id)


def _team_of(worker: Colleague, actor: Actor) -> int | None:
    """The team in which the worker gets the client: of several the one that the actor leads."""
    led = worker.team_ids & actor.team_ids
    return min(led or worker.team_ids, default=None)


def _unseen_words(count: int) -> str:
    """Of whom one guards and does not see: they stay where they are."""
    text = ngettext(
        "%(n)d protected dossier of this colleague does not go along: you don't see it. Under Protected dossiers, let "
        "in somebody who can assign it.",
        "%(n)d protected dossiers of this colleague do not go along: you don't see them. Under Protected dossiers, let "
        "in somebody who can assign them.",
        count,
    )
    return text % {"n": count} if count else ""


def _names(handing: Handing) -> list[str]:
    current = Person.objects.current().filter(client_id__in=handing.client_ids)
    persons = list(current.select_related("client").order_by("folded_name", "client"))
    note_listed(person.client.reference for person in persons)
    return [person.list_name for person in persons]
