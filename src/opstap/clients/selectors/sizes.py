"""How many clients a worker or a team has: a number only, without a look at any of them."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from opstap.clients.models import Assignment


def caseload_size(user_id: int, day: date) -> int:
    """The clients in the caseload of a worker on a day."""
    return Assignment.objects.for_caseload_of(user_id, day).values("client").distinct().count()


def team_size(team_id: int, day: date) -> int:
    """The clients who have this team on a day or later."""
    held = Assignment.objects.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), team=team_id)
    return held.values("client").distinct().count()
