"""What is done for many clients at once, the page that tells it, and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.operations import take_back_assigning, take_back_priorities
from opstap.clients.permissions import visible_clients
from opstap.dossier.selectors.attention import desk_of
from opstap.dossier.selectors.handing import handed_over
from opstap.dossier.selectors.offered import names_of
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.foundation.ui.addresses import own_path
from opstap.foundation.versions import as_version
from opstap.ladder.operations import confirm_measurements, take_back_confirming

KEPT = "done_together"
MOST_KEPT = 10
MOST = 500
CONFIRM, ASSIGN, HAND_OVER, PRIORITY = "confirm", "assign", "hand_over", "priority"
YEARLY = "yearly"
SHOWN = "shown-"  # and the reference: the field with what the list showed of where somebody stands
CHOOSING = {ASSIGN: "desk:assign", "beside": "desk:beside", PRIORITY: "desk:prioritise"}  # where one goes on


@dataclass(frozen=True)
class Done:
    """What was done together, as it lies in the session: no names, only which recording, none where nobody could be;
    and the references of those who stand elsewhere than the list showed.
    """

    what: str
    number: int | None
    clients: int
    left: int
    following: str
    changed: Sequence[str] = ()


@require_POST
@requires("see_clients")
def together(request: HttpRequest) -> HttpResponse:
    """Confirm the placements of those ticked, or go on to say who gets them or why they come first."""
    chosen = request.POST.getlist("client")[:MOST]
    back = path_of_ours(request.POST.get("next", ""))
    if not chosen:
        messages.warning(request, _("Nobody was ticked: tick the clients first."))
        return redirect(back)
    if request.POST.get("what") in CHOOSING:
        pairs = [("client", reference) for reference in chosen] + [("next", back)]
        return redirect(f"{reverse(CHOOSING[request.POST['what']])}?{urlencode(pairs)}")
    if request.POST.get("what") == HAND_OVER:
        return redirect(f"{reverse('desk:hand-over')}?{urlencode([('client', reference) for reference in chosen])}")
    return _confirmed(request, chosen, back)


def _confirmed(request: HttpRequest, chosen: list[str], back: str) -> HttpResponse:
    actor, today = actor_of(request), dates.today()
    found = dict(visible_clients(actor).filter(reference__in=chosen).values_list("pk", "reference"))
    shown = {pk: as_version(request.POST.get(f"{SHOWN}{reference}", "")) for pk, reference in found.items()}
    desk = desk_of(municipality_of(request).pk, today, request.POST.get("scale", ""))
    try:
        done = confirm_measurements(
            by=actor, client_ids=list(found), scale_id=desk.scale.id, on=today, reason=YEARLY, shown=shown
        )
    except ReplacedMeanwhile:
        messages.warning(request, _("A colleague placed one of them just now. Nothing was confirmed."))
        return redirect(back)
    if done.number is None and not done.changed:
        messages.warning(request, _("There was nothing to confirm: not placed yet, or placed today already."))
        return redirect(back)
    changed = [found[pk] for pk in done.changed]
    return redirect(keep_done(request, Done(CONFIRM, done.number, done.clients, done.left, back, changed)))


@require_safe
@requires("see_clients")
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """What was done, for whom, with the way back."""
    told = _kept(request, reference)
    context: dict[str, Any] = {
        "done": told,
        "reference": reference,
        "words": _words(told),
        "left": _left(told),
        "changed": _changed(request, told),
        "lines": handed_over(actor_of(request), told.number) if told.what == ASSIGN and told.number else [],
        "trail": [{"label": _("Back to the list"), "url": told.following}, {"label": _("Done")}],
    }
    return render(request, "dossier/done.html", context)


@require_POST
@requires("see_clients")
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """As it was before, except for whom somebody changed it since."""
    told = _kept(request, reference)
    if told.number is None:
        raise Http404
    if told.what == CONFIRM:
        count = take_back_confirming(by=actor_of(request), number=told.number)
        left, ended = told.clients - count, 0
    elif told.what == PRIORITY:
        count = take_back_priorities(by=actor_of(request), number=told.number)
        left, ended = told.clients - count, 0
    else:
        try:
            taken = take_back_assigning(by=actor_of(request), number=told.number)
        except ReplacedMeanwhile:
            messages.warning(request, _("A colleague assigned one of them just now. Nothing was taken back."))
            return redirect("desk:done", reference)
        count, left, ended = taken.clients, taken.left, taken.of_ended_team
    del request.session[KEPT][reference]
    request.session.modified = True
    if count or not ended:
        messages.success(
            request, ngettext("Taken back for %(n)d client.", "Taken back for %(n)d clients.", count) % {"n": count}
        )
    if ended:
        messages.warning(request, _of_ended_team(ended))
    if left:
        messages.warning(
            request,
            ngettext(
                "%(n)d client stays as it is: something was recorded since.",
                "%(n)d clients stay as they are: something was recorded since.",
                left,
            )
            % {"n": left},
        )
    return redirect(told.following)


def _of_ended_team(count: int) -> str:
    text = ngettext(
        "%(n)d client stays where they are: the team they had before has ended. Choose another for them with Assign, "
        "or have that team opened again.",
        "%(n)d clients stay where they are: the team they had before has ended. Choose another for them with Assign, "
        "or have that team opened again.",
        count,
    )
    return text % {"n": count}


def keep_done(request: HttpRequest, told: Done) -> str:
    """Keep what was done in the session; returns the address that tells it."""
    kept: dict[str, Any] = request.session.get(KEPT, {})
    reference = new_reference()
    request.session[KEPT] = dict([*kept.items(), (reference, asdict(told))][-MOST_KEPT:])
    return reverse("desk:done", args=[reference])


def path_of_ours(path: str) -> str:
    """The path to go back to; the caseload where it is none of ours."""
    return own_path(path) or reverse("dossier:caseload")


def _kept(request: HttpRequest, reference: str) -> Done:
    kept = request.session.get(KEPT, {}).get(reference)
    if kept is None:
        raise Http404
    told = Done(**kept)
    if told.what == ASSIGN and not actor_of(request).may("assign_clients"):
        raise PermissionDenied
    return told


def _changed(request: HttpRequest, told: Done) -> list[tuple[str, str]]:
    clients = visible_clients(actor_of(request)).filter(reference__in=told.changed)
    return names_of(list(clients)) if told.changed else []


def _words(told: Done) -> str:
    if told.number is None:
        return _("Nothing was confirmed.")
    if told.what == CONFIRM:
        text = ngettext(
            "The placement of %(n)d client is confirmed as of today.",
            "The placements of %(n)d clients are confirmed as of today.",
            told.clients,
        )
    elif told.what == PRIORITY:
        text = ngettext("%(n)d client has priority.", "%(n)d clients have priority.", told.clients)
    else:
        text = ngettext("%(n)d client is assigned.", "%(n)d clients are assigned.", told.clients)
    return text % {"n": told.clients}


def _left(told: Done) -> str:
    if not told.left:
        return ""
    if told.what == CONFIRM:
        text = ngettext(
            "%(n)d client was left out: not placed yet, or placed today already.",
            "%(n)d clients were left out: not placed yet, or placed today already.",
            told.left,
        )
    elif told.what == PRIORITY:
        text = ngettext(
            "%(n)d client had priority already.",
            "%(n)d clients had priority already.",
            told.left,
        )
    else:
        text = ngettext(
            "%(n)d client was there already.",
            "%(n)d clients were there already.",
            told.left,
        )
    return text % {"n": told.left}
