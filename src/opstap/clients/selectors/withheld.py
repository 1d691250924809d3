"""Reads: which dossiers are kept from somebody whose role would reach them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from opstap.audit.models import Recording
from opstap.clients.models import Acquaintance, Admission, Assignment, Protection
from opstap.clients.selectors.same_person import any_dossier_of
from opstap.foundation.dates import AMSTERDAM


def protected_on(day: date) -> Q:
    """Clients whose dossier is protected on a day: whoever may not see one, learns nothing of them anywhere."""
    return any_dossier_of(Protection.objects.active_on(day))


def protected_at(known: Recording) -> Q:
    """Clients whose dossier was protected on the day of a recording, as was known by then."""
    day = known.at.astimezone(AMSTERDAM).date()
    by_then = Protection.objects.filter(recording__lte=known.pk)
    replaced = by_then.filter(replaces__isnull=False).values("replaces")
    held = by_then.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), withdrawn=False, starts_on__lte=day)
    return any_dossier_of(held.exclude(pk__in=replaced))


def withheld_from(user_id: int | None, day: date) -> Q:
    """Clients who are kept from this user: protected, unless they are the case manager or let in; or known to them."""
    own = Assignment.objects.for_caseload_of(user_id or 0, day)
    let_in = Admission.objects.active_on(day).filter(user=user_id or 0)
    return (protected_on(day) & ~any_dossier_of(own) & ~any_dossier_of(let_in)) | known_to(user_id, day)


def kept_from_some(day: date) -> Q:
    """Clients who are kept from anybody whose role would reach them: protected, or known to a worker."""
    return protected_on(day) | any_dossier_of(Acquaintance.objects.active_on(day))


def known_to(user_id: int | None, day: date) -> Q:
    """Clients of whom this user said to know the person."""
    return any_dossier_of(Acquaintance.objects.active_on(day).filter(user=user_id or 0))
