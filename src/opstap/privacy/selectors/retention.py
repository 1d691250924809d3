"""Reads: how long dossiers are kept in a municipality, whose term has passed and whom a hold keeps."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from opstap.audit.permissions import Actor
from opstap.clients.models import Application, BenefitSpell, Client, FollowUp
from opstap.clients.permissions import reachable_clients
from opstap.clients.selectors.merged import merged_dossiers
from opstap.foundation.dates import AMSTERDAM
from opstap.privacy.logic.retention import Term, shipped_terms
from opstap.privacy.models import LegalHold, RetentionRule

GRANTED, GUIDED = "granted", "guided"


@dataclass(frozen=True, slots=True)
class Due:
    """A dossier whose term has passed: what came of it, when the clock began, and whether a hold keeps it."""

    client_id: int
    reference: str
    number: str
    outcome: str
    closed_on: date
    since: date
    held: bool


@dataclass(frozen=True)
class _Standing:
    """When somebody was closed, as far as that is known; None while they are followed or on benefit."""

    closed_on: date
    decided_on: date | None
    outcome: str


def terms_on(municipality_id: int, on: date) -> list[Term]:
    """The terms, one for each outcome: the municipality's own of the day, else as Opstap ships it."""
    own = RetentionRule.objects.active_on(on).filter(municipality=municipality_id)
    known = {one.outcome: Term(one.outcome, one.years, one.starts_at, one.source) for one in own}
    return [known.get(outcome, term) for outcome, term in shipped_terms().items()]


def due_on(municipality_id: int, on: date) -> list[Due]:
    """Everybody whose term has passed on the day, by client number. As many queries for any number."""
    terms = {term.outcome: term for term in terms_on(municipality_id, on)}
    clients = {one.pk: one for one in Client.objects.filter(municipality=municipality_id).select_related("recording")}
    kept = merged_dossiers()
    held = {kept.get(pk, pk) for pk in LegalHold.objects.active_on(on).values_list("client_id", flat=True)}
    due = []
    for pk, standing in _standings(clients, kept, on).items():
        since = terms[standing.outcome].ends_on(standing.closed_on, standing.decided_on)
        if since <= on:
            one = clients[pk]
            due.append(Due(pk, one.reference, one.number, standing.outcome, standing.closed_on, since, pk in held))
    return sorted(due, key=lambda one: one.number)


def due_for(actor: Actor, municipality_id: int, on: date) -> list[Due]:
    """Those of them within the actor's reach: a protected dossier is for whoever is let in."""
    reached = set(reachable_clients(actor).filter(municipality=municipality_id).values_list("pk", flat=True))
    return [one for one in due_on(municipality_id, on) if one.client_id in reached]


def _standings(clients: dict[int, Client], kept: dict[int, int], on: date) -> dict[int, _Standing]:
    """Of each person in all their dossiers. Who is followed, or on benefit, on the day or later is not closed."""
    ends: dict[int, list[date | None]] = defaultdict(list)
    on_benefit: set[int] = set()
    for pk, ended in FollowUp.objects.current().filter(client__in=_ids(clients)).values_list("client_id", "ends_on"):
        ends[kept.get(pk, pk)].append(ended)
    spells = BenefitSpell.objects.current().filter(client__in=_ids(clients))
    for pk, ended in spells.values_list("client_id", "ends_on"):
        on_benefit.add(kept.get(pk, pk))
        ends[kept.get(pk, pk)].append(ended)
    answers: dict[int, tuple[str, date | None]] = {}
    asked = Application.objects.current().filter(client__in=_ids(clients)).order_by("reported_on", "pk")
    for pk, outcome, decided_on in asked.values_list("client_id", "outcome", "decided_on"):
        answers[kept.get(pk, pk)] = (outcome, decided_on)
    found = {}
    for pk, client in clients.items():
        own = ends.get(pk, [client.recording.at.astimezone(AMSTERDAM).date()])
        closed = [end for end in own if end is not None]
        if pk in kept or len(closed) < len(own) or max(closed) > on:
            continue
        outcome, decided_on = answers.get(pk, ("", None))
        if pk in on_benefit:
            outcome = GRANTED
        found[pk] = _Standing(max(closed), decided_on, outcome if outcome in shipped_terms() else GUIDED)
    return found


def _ids(clients: dict[int, Client]) -> QuerySet[Client]:
    town = next(iter(clients.values())).municipality_id if clients else 0
    return Client.objects.filter(municipality=town)
