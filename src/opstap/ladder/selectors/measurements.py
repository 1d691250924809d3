"""Reads: what surrounds placements that are to be checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Protocol

from django.conf import settings

from opstap.audit.selectors import versions_among
from opstap.clients.models import FollowUp, Person
from opstap.clients.selectors.merged import in_dossiers_of, merged_dossiers
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.foundation.references import keyed_reference
from opstap.ladder.logic import Surroundings
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.scales import level_places

MANY = 500
LISTED = "placement-listed"  # the kind of the version of a line of a list


class Shown(Protocol):
    """Where somebody stands, as a list shows it."""

    @property
    def level_id(self) -> int | None: ...

    @property
    def measured_on(self) -> date | None: ...

    @property
    def growth(self) -> int | None: ...

    @property
    def expected_level_id(self) -> int | None: ...

    @property
    def expected_by(self) -> date | None: ...


def surroundings(client_ids: Collection[int]) -> Surroundings:
    """Levels, births, follow-up periods and standing placements; of all clients when there are many.

    What stands in another dossier of the same person surrounds it as well.
    """
    many = len(client_ids) > MANY
    merged = merged_dossiers(None if many else client_ids)
    some = {} if many else {"client_id__in": {*client_ids, *merged, *merged.values()}}
    dossiers = _dossiers(merged)
    births = dict(Person.objects.current().filter(**some).values_list("client_id", "birth_date"))
    follow_ups: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for client, start, end in (
        FollowUp.objects.current().filter(**some).values_list("client_id", "starts_on", "ends_on")
    ):
        for dossier in dossiers.get(client, (client,)):
            follow_ups[dossier].append((start, end))
    placements = Measurement.objects.current().filter(second_assessment=False, **some).order_by("recording", "pk")
    rows = list(placements.values_list("pk", "client_id", "scale_id", "measured_on", "worker_id"))
    standing = {
        (dossier, scale, day): pk
        for pk, client, scale, day, _worker in rows
        for dossier in dossiers.get(client, (client,))
    }
    placed_by = {pk: worker for pk, _client, _scale, _day, worker in rows}
    return Surroundings(level_places(), births, follow_ups, standing, placed_by)


def _dossiers(merged: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Of each dossier of who has several, all of them."""
    by_kept: dict[int, list[int]] = defaultdict(list)
    for dossier, kept in merged.items():
        by_kept[kept].append(dossier)
    people = [(kept, *others) for kept, others in by_kept.items()]
    return {dossier: person for person in people for dossier in person}


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


def what_stands(held: Measurement | None) -> dict[str, int | None]:
    """Of where somebody stands what a form that confirms it is opened on: that very placement, or none."""
    return {"placement": held.pk if held is not None else None}


def what_a_list_shows(placed: Shown) -> dict[str, str]:
    """Of a line of a list what confirming it is opened on: the level, its day, and what is expected."""
    said = (placed.level_id, placed.measured_on, placed.growth, placed.expected_level_id, placed.expected_by)
    return {"line": " ".join(map(str, said))}


def placements_ever(client_ids: Collection[int], scale_id: int) -> list[Measurement]:
    """Everything that was recorded on a scale of a client (of all their dossiers), the last recorded first."""
    own = Measurement.objects.filter(in_dossiers_of(client_ids), scale=scale_id, second_assessment=False)
    related = own.select_related("level", "expected_level", "recording")
    return list(related.order_by("-recording", "-pk"))


def measurements_of(*client_ids: int) -> list[Measurement]:
    """Every placement of a client (of all their dossiers) that stands, second assessments too, the newest first."""
    own = Measurement.objects.current().filter(in_dossiers_of(client_ids))
    related = own.select_related("scale", "level", "level__parent", "expected_level", "client_level", "worker")
    return list(related.order_by("-measured_on", "-recording", "-pk"))


def withdrawn_of(*client_ids: int) -> list[Measurement]:
    """The placements of a client (of all their dossiers) that were withdrawn, the newest first."""
    own = Measurement.objects.filter(in_dossiers_of(client_ids), withdrawn=True, replaced_by__isnull=True)
    related = own.select_related("scale", "level", "expected_level", "client_level", "worker")
    return list(related.order_by("-measured_on", "-recording", "-pk"))


def measurements_and_withdrawn_of(*client_ids: int) -> tuple[list[Measurement], list[Measurement]]:
    """Both of these lists, the withdrawn ones with the recording that did it; one query."""
    last = Measurement.objects.filter(in_dossiers_of(client_ids), replaced_by__isnull=True)
    related = last.select_related(
        "scale", "level", "level__parent", "expected_level", "client_level", "worker", "recording"
    )
    rows = list(related.order_by("-measured_on", "-recording", "-pk"))
    return [row for row in rows if not row.withdrawn], [row for row in rows if row.withdrawn]


def versions_of(reference: str, *client_ids: int) -> list[Measurement]:
    """A placement with every version of it, the latest first; empty when the client has no such placement."""
    rows = Measurement.objects.filter(in_dossiers_of(client_ids)).select_related(
        "scale", "level", "expected_level", "client_level", "worker", "recording"
    )
    return versions_among(rows, lambda row: reference_of(row) == reference)


def reference_of(measurement: Measurement) -> str:
    """The address of a placement."""
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), "measurement", measurement.pk)


def standing_on(client_id: int, scale_id: int, day: date, *, but: int | None = None) -> Measurement | None:
    """The placement of that very day in whichever of their dossiers, or None; `but` is not looked at."""
    own = Measurement.objects.current().filter(
        in_dossiers_of([client_id]), scale=scale_id, measured_on=day, second_assessment=False
    )
    return own.exclude(pk=but or 0).order_by("recording", "pk").last()
