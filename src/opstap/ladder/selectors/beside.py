"""Reads: the traits that were recorded with a placement, and how to take them back."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from opstap.audit.models import Event
from opstap.clients.logic import TraitRow
from opstap.clients.models import Trait
from opstap.clients.selectors.merged import in_dossiers_of, merged_dossiers
from opstap.ladder.models import Measurement

VERB = "record_measurement"


@dataclass(frozen=True)
class RecordedWith:
    """What a placement said anew, the rows that go when it goes, and those with which the value before holds again."""

    said: tuple[Trait, ...]
    gone: tuple[int, ...]
    again: tuple[TraitRow, ...]


def person_of(measurement: Measurement) -> int:
    """The dossier that is kept of whom a placement is about."""
    return merged_dossiers([measurement.client_id]).get(measurement.client_id, measurement.client_id)


def recorded_with(measurement: Measurement) -> RecordedWith:
    """The traits of the recordings in which a placement and its corrections were made by hand.

    A trait that somebody changed apart since is left alone.
    """
    chain = [measurement]
    while chain[-1].replaces_id is not None:
        chain.append(Measurement.objects.get(pk=chain[-1].replaces_id))
    numbers = [one.recording_id for one in chain]
    by_hand = Event.objects.filter(recording__in=numbers, verb=VERB).values("recording")
    own = Trait.objects.filter(in_dossiers_of([person_of(measurement)]), recording__in=by_hand)
    by_kind: dict[str, dict[int, Trait]] = defaultdict(dict)
    for trait in own.order_by("pk"):
        by_kind[trait.kind][trait.pk] = trait
    days = {one.measured_on for one in chain}
    heads = [head for rows in by_kind.values() for head in _heads(rows)]
    said = [head for head, _before in heads if head.starts_on in days and not head.withdrawn]
    gone = [head.pk for head, before in heads if before is None]
    again = [
        TraitRow(head.client_id, head.kind, before.value, before.starts_on, before.ends_on, replaces_id=head.pk)
        for head, before in heads
        if before is not None
    ]
    return RecordedWith(tuple(said), tuple(gone), tuple(again))


def _heads(rows: dict[int, Trait]) -> list[tuple[Trait, Trait | None]]:
    """The rows that stand, each with what stood before these recordings; none when one was changed apart since."""
    later = dict(Trait.objects.filter(replaces__in=rows).values_list("replaces", "pk"))
    if any(pk not in rows for pk in later.values()):
        return []
    before = Trait.objects.in_bulk([row.replaces_id for row in rows.values() if row.replaces_id is not None])
    heads = []
    for head in rows.values():
        if head.pk in later:
            continue
        first = head
        while first.replaces_id in rows:
            first = rows[first.replaces_id]
        earlier = before.get(first.replaces_id or 0)
        if earlier is not None or not head.withdrawn:
            heads.append((head, earlier))
    return heads
