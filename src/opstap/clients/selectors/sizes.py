"""How many clients a worker has: a number only, without a look at any of them."""

from __future__ import annotations

from datetime import date

from opstap.clients.models import Assignment


def caseload_size(user_id: int, day: date) -> int:
    """The clients in the caseload of a worker on a day."""
    return Assignment.objects.for_caseload_of(user_id, day).values("client").distinct().count()
