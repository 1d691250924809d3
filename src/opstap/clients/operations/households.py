"""Recording households with their type and members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Household, HouseholdComposition, HouseholdMember
from opstap.clients.operations.appending import require_recording_clients
from opstap.foundation.bulk import insert_rows, reserve_ids
from opstap.foundation.references import new_references
from opstap.municipality.models import Municipality


@dataclass(frozen=True, slots=True)
class NewHousehold:
    """A household as it starts: its type and its members with their roles."""

    kind: str
    starts_on: date
    members: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Composition:
    household_id: int
    kind: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class _Member:
    household_id: int
    client_id: int
    role: str
    starts_on: date


def record_households(*, by: Actor, municipality: Municipality, rows: Sequence[NewHousehold]) -> None:
    """Make households; a member who lives in another household on that day moves by a row of its own, later."""
    require_recording_clients(by)
    if not rows:
        return
    references = new_references(len(rows))
    with writing(by=by, verb="record_households", count=len(rows)) as recording:
        ids = reserve_ids(Household, len(rows))
        insert_rows(
            Household,
            ["id", "reference", "municipality_id", "recording_id"],
            [(pk, reference, municipality.pk, recording.number) for pk, reference in zip(ids, references, strict=True)],
        )
        compositions = [_Composition(pk, row.kind, row.starts_on) for pk, row in zip(ids, rows, strict=True)]
        members = [
            _Member(pk, client_id, role, row.starts_on)
            for pk, row in zip(ids, rows, strict=True)
            for client_id, role in row.members
        ]
        append_facts(HouseholdComposition, compositions, recording=recording)
        append_facts(HouseholdMember, members, recording=recording)
