"""How many clients a worker or a team has: a number only, without a look at any of them; and who is still followed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from opstap.clients.models import Assignment, FollowUp
from opstap.clients.selectors.same_person import kept_client


def caseload_size(user_id: int, municipality_id: int, day: date) -> int:
    """The clients in the caseload of a worker on a day."""
    held = Assignment.objects.for_caseload_of(user_id, day).filter(client__municipality=municipality_id)
    return held.values("client").distinct().count()


def team_size(team_id: int, day: date) -> int:
    """The clients who have this team on a day or later, and whose dossier is not closed by then."""
    held = Assignment.objects.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), team=team_id)
    people = held.annotate(whose=kept_client()).filter(Q(whose__in=followed_after(day)))
    return people.values("whose").distinct().count()


def followed_after(day: date) -> QuerySet[FollowUp, Any]:
    """Who is followed on a day or will be later, in either of their dossiers."""
    going_on = FollowUp.objects.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return going_on.annotate(whose=kept_client()).values("whose")
