"""Recording households with their type and members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import Fault, RowsRefused
from opstap.clients.models import Household, HouseholdComposition, HouseholdMember
from opstap.clients.operations.appending import require_recording_clients
from opstap.clients.permissions import PART, require_reach
from opstap.foundation.bulk import insert_rows, reserve_ids
from opstap.foundation.references import new_references
from opstap.municipality.models import Municipality

MANY = 500


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
    """Make households. RowsRefused when a member lives in another household then or later: that one must end first."""
    require_recording_clients(by)
    if not rows:
        return
    members = [client_id for row in rows for client_id, _role in row.members]
    require_reach(by, members[:PART] if by.may("import_clients") else members)
    references = new_references(len(rows))
    with writing(by=by, verb="record_households", count=len(rows)) as recording:
        _refuse_living_elsewhere(rows)
        ids = reserve_ids(Household, len(rows))
        insert_rows(
            Household,
            ["id", "reference", "municipality_id", "recording_id"],
            [(pk, reference, municipality.pk, recording.number) for pk, reference in zip(ids, references, strict=True)],
        )
        compositions = [_Composition(pk, row.kind, row.starts_on) for pk, row in zip(ids, rows, strict=True)]
        living = [
            _Member(pk, client_id, role, row.starts_on)
            for pk, row in zip(ids, rows, strict=True)
            for client_id, role in row.members
        ]
        append_facts(HouseholdComposition, compositions, recording=recording)
        append_facts(HouseholdMember, living, recording=recording)


def _refuse_living_elsewhere(rows: Sequence[NewHousehold]) -> None:
    members = {client for row in rows for client, _role in row.members}
    living = HouseholdMember.objects.current().values_list("client_id", "ends_on")
    ends: dict[int, date] = {}
    for client, end in living.filter(client_id__in=members) if len(members) <= MANY else living:
        ends[client] = max(ends.get(client, date.min), end or date.max)
    faults = []
    for number, row in enumerate(rows):
        for client, _role in row.members:
            if ends.get(client, date.min) > row.starts_on:
                faults.append(Fault(number, "in_another_household"))
            ends[client] = date.max
    if faults:
        raise RowsRefused(faults)
