"""Reads: what surrounds placements that are to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from opstap.clients.models import FollowUp, Person
from opstap.ladder.logic import Surroundings
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.scales import level_places

MANY = 500


def surroundings(client_ids: Collection[int]) -> Surroundings:
    """Levels, births, follow-up periods and standing placements; of all clients when there are many."""
    some = {} if len(client_ids) > MANY else {"client_id__in": list(client_ids)}
    births = dict(Person.objects.current().filter(**some).values_list("client_id", "birth_date"))
    follow_ups: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for client, start, end in (
        FollowUp.objects.current().filter(**some).values_list("client_id", "starts_on", "ends_on")
    ):
        follow_ups[client].append((start, end))
    standing = {
        (client, scale, day): pk
        for pk, client, scale, day in Measurement.objects.current()
        .filter(second_assessment=False, **some)
        .values_list("pk", "client_id", "scale_id", "measured_on")
    }
    return Surroundings(level_places(), births, follow_ups, standing)
