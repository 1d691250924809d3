"""What surrounds rows that are to be checked: goals, codes, standing trajectories, follow-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from opstap.audit.selectors import latest_recording, remembered
from opstap.clients.models import FollowUp
from opstap.ladder.enums import UNDETERMINED
from opstap.ladder.models import Level
from opstap.municipality.selectors import codes_valid
from opstap.plans.enums import KindOf
from opstap.plans.logic import Around
from opstap.plans.models import Trajectory

MANY = 500
Codes = dict[str, dict[str, tuple[date | None, date | None]]]


def around_trajectories(client_ids: Collection[int]) -> Around:
    """What trajectories are checked against: goals, codes, and the follow-up of these clients."""
    follow_ups: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    rows = FollowUp.objects.current().filter(**_some(client_ids))
    for client, start, end in rows.values_list("client_id", "starts_on", "ends_on"):
        follow_ups[client].append((start, end))
    latest = latest_recording()
    return Around(goals=_goals(latest), codes=_codes(latest), follow_ups=follow_ups)


def around_parts(client_ids: Collection[int]) -> Around:
    """What hangs under trajectories is checked against: codes, and the trajectories of these clients that stand."""
    rows = Trajectory.objects.current().filter(**_some(client_ids))
    standing = {
        reference: (client, (start, end))
        for reference, client, start, end in rows.values_list("reference", "client_id", "starts_on", "ends_on")
    }
    return Around(codes=_codes(latest_recording()), standing=standing)


def _some(client_ids: Collection[int]) -> dict[str, list[int]]:
    """These clients; all of them when there are many."""
    return {} if len(client_ids) > MANY else {"client_id__in": list(client_ids)}


@remembered
def _goals(latest: int) -> frozenset[int]:
    """Every level that can be a goal: not the one of who was not determined yet."""
    del latest
    return frozenset(Level.objects.exclude(code=UNDETERMINED).values_list("pk", flat=True))


@remembered
def _codes(latest: int) -> Codes:
    del latest
    return codes_valid([one.value for one in KindOf])
