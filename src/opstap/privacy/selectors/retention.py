"""Reads: how long dossiers are kept in a municipality, whose term has passed and whom a hold keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from opstap.audit.models import PeriodQuerySet
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.permissions import reachable_clients
from opstap.clients.selectors.merged import in_dossiers_with, merged_dossiers
from opstap.privacy.logic.retention import Term, shipped_terms
from opstap.privacy.models import LegalHold, RetentionRule
from opstap.privacy.selectors.standings import Standing, standings_on

TERM, HOLDS = "retention_term", "legal_holds"  # the kinds of version that their forms carry


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


def terms_on(municipality_id: int, on: date, *, known: int | None = None) -> list[Term]:
    """The terms, one for each outcome: the municipality's own of the day, else as Opstap ships it; perhaps as they were
    known at a recording.
    """
    own = RetentionRule.objects.active_on(on) if known is None else _as_known(on, known)
    own = own.filter(municipality=municipality_id)
    said = {one.outcome: Term(one.outcome, one.years, one.starts_at, one.source) for one in own}
    return [said.get(outcome, term) for outcome, term in shipped_terms().items()]


def _as_known(on: date, recording: int) -> PeriodQuerySet[RetentionRule]:
    replaced = RetentionRule.objects.filter(recording__lte=recording, replaces__isnull=False).values("replaces")
    rows = RetentionRule.objects.filter(recording__lte=recording, withdrawn=False)
    rows = rows.exclude(pk__in=replaced)
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


def last_term_change(municipality_id: int, outcome: str) -> dict[str, int | None]:
    """Which change of the term was the last: what the version of its form is made of."""
    rows = RetentionRule.objects.filter(municipality=municipality_id, outcome=outcome)
    return {"last": rows.order_by("-pk").values_list("pk", flat=True).first()}


def last_term(municipality_id: int, outcome: str) -> RetentionRule | None:
    """The term that was saved last, with who did; it may hold from a later day on."""
    rows = RetentionRule.objects.current().filter(municipality=municipality_id, outcome=outcome)
    return rows.select_related("recording").order_by("-starts_on", "-pk").first()


def holds_on(client_id: int, on: date) -> list[LegalHold]:
    """What holds somebody back, in whichever of their dossiers, with who said so."""
    held = LegalHold.objects.active_on(on).filter(in_dossiers_with(client_id))
    return list(held.select_related("recording").order_by("pk"))


def holding(holds: Iterable[LegalHold]) -> dict[str, str]:
    """Which they are: what the version of their form is made of."""
    return {"held": " ".join(str(one.pk) for one in holds)}


def last_hold_written(client_id: int) -> LegalHold | None:
    """The last that was said of holding somebody back, with who said it: held, or let go."""
    rows = LegalHold.objects.filter(in_dossiers_with(client_id))
    return rows.select_related("recording").order_by("-pk").first()


def due_on(municipality_id: int, on: date) -> list[Due]:
    """Everybody whose term has passed on the day, by client number. As many queries for any number."""
    terms = {term.outcome: term for term in terms_on(municipality_id, on)}
    clients = {one.pk: one for one in Client.objects.filter(municipality=municipality_id).select_related("recording")}
    kept = merged_dossiers()
    held = {kept.get(pk, pk) for pk in LegalHold.objects.active_on(on).values_list("client_id", flat=True)}
    due = []
    for pk, standing in standings_on(clients, kept, on).items():
        outcome, since = term_of(standing, terms)
        if since <= on:
            one = clients[pk]
            due.append(Due(pk, one.reference, one.number, outcome, standing.closed_on, since, pk in held))
    return sorted(due, key=lambda one: one.number)


def term_of(standing: Standing, terms: Mapping[str, Term]) -> tuple[str, date]:
    """Of everything that came of a dossier what keeps it longest, and the day on which that has passed."""
    ends = {
        outcome: terms[outcome].ends_on(standing.closed_on, standing.outcomes[outcome])
        for outcome in shipped_terms()
        if outcome in standing.outcomes
    }
    longest = max(ends, key=lambda outcome: ends[outcome])
    return longest, ends[longest]


def due_for(actor: Actor, municipality_id: int, on: date) -> list[Due]:
    """Those of them within the actor's reach: a protected dossier is for whoever is let in."""
    reached = set(reachable_clients(actor).filter(municipality=municipality_id).values_list("pk", flat=True))
    return [one for one in due_on(municipality_id, on) if one.client_id in reached]
