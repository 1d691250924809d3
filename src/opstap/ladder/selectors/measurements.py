"""Reads: what surrounds placements that are to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from opstap.clients.models import FollowUp, Person
from opstap.clients.selectors.merged import in_dossiers_of, kept_client, whose
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
    rows = list(
        Measurement.objects.current()
        .filter(second_assessment=False, **some)
        .values_list("pk", "client_id", "scale_id", "measured_on", "worker_id")
    )
    standing = {(client, scale, day): pk for pk, client, scale, day, _worker in rows}
    placed_by = {pk: worker for pk, _client, _scale, _day, worker in rows}
    return Surroundings(level_places(), births, follow_ups, standing, placed_by)


def standing_measurement(client_id: int, scale_id: int) -> Measurement | None:
    """Where someone stands on a scale, as known now, in whichever of their dossiers."""
    return standing_by_client([client_id], scale_id).get(client_id)


def standing_by_client(client_ids: Collection[int], scale_id: int) -> dict[int, Measurement]:
    """Where each of these clients stands on a scale, as known now, in whichever dossier; one query.

    Who was never placed is left out.
    """
    own = Measurement.objects.current().filter(in_dossiers_of(client_ids), scale=scale_id, second_assessment=False)
    rows = own.select_related("level", "expected_level", "worker").annotate(whose=kept_client())
    return {whose(row): row for row in rows.order_by("measured_on", "recording", "pk")}


def measurements_of(*client_ids: int) -> list[Measurement]:
    """Every placement of a client (of all their dossiers) that stands, second assessments too, the newest first."""
    own = Measurement.objects.current().filter(in_dossiers_of(client_ids))
    related = own.select_related("scale", "level", "level__parent", "expected_level", "client_level", "worker")
    return list(related.order_by("-measured_on", "-recording", "-pk"))


def standing_on(client_id: int, scale_id: int, day: date) -> int | None:
    """The placement of that very day, or None."""
    own = Measurement.objects.current().filter(client=client_id, scale=scale_id, second_assessment=False)
    found: int | None = own.filter(measured_on=day).values_list("pk", flat=True).first()
    return found
