"""Reads: which dossiers are kept from somebody whose role would reach them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from opstap.clients.models import Acquaintance, Admission, Alias, Assignment, Protection


def any_dossier_of(client_ids: QuerySet[Any, Any]) -> Q:
    """These clients, and every other dossier of the same people."""
    merged = Alias.objects.current()
    kept = merged.filter(client__in=client_ids).values("kept")
    others = merged.filter(Q(kept__in=client_ids) | Q(kept__in=kept)).values("client")
    return Q(pk__in=client_ids) | Q(pk__in=kept) | Q(pk__in=others)


def protected_on(day: date) -> Q:
    """Clients whose dossier is protected on a day: whoever may not see one, learns nothing of them anywhere."""
    return any_dossier_of(Protection.objects.active_on(day).values("client"))


def withheld_from(user_id: int | None, day: date) -> Q:
    """Clients who are kept from this user: protected, unless they are the case manager or let in; or known to them."""
    own = Assignment.objects.for_caseload_of(user_id or 0, day).values("client")
    let_in = Admission.objects.active_on(day).filter(user=user_id or 0).values("client")
    return (protected_on(day) & ~any_dossier_of(own) & ~any_dossier_of(let_in)) | known_to(user_id, day)


def known_to(user_id: int | None, day: date) -> Q:
    """Clients of whom this user said to know the person."""
    return any_dossier_of(Acquaintance.objects.active_on(day).filter(user=user_id or 0).values("client"))
