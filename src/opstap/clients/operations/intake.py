"""Somebody new: the identity, who it is, follow-up, address, benefit and caseload at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from opstap.audit.models import Fact
from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import (
    AddressRow,
    AssignmentRow,
    BenefitSpellRow,
    Fault,
    FollowUpRow,
    PersonRow,
    RowsRefused,
    period_faults,
    person_faults,
)
from opstap.clients.models import Address, Assignment, BenefitSpell, Client, FollowUp, Person
from opstap.clients.operations.clients import hold_bsns, register_clients, seal
from opstap.foundation import dates
from opstap.municipality.models import Municipality


@dataclass(frozen=True)
class Newcomer:
    """What an intake knows; the rows get their client once there is one."""

    number: str
    person: PersonRow
    follow_up: FollowUpRow
    assignment: AssignmentRow | None = None
    address: AddressRow | None = None
    benefit: BenefitSpellRow | None = None


def register_newcomer(*, by: Actor, municipality: Municipality, newcomer: Newcomer) -> Client:
    """Begin a dossier. RowsRefused when the number is taken or a value is impossible; BsnHeldByAnother.

    Nobody reaches a client who is not there yet: whoever may begin dossiers does, and it is theirs.
    """
    by.require("begin_dossiers")
    told: list[tuple[type[Fact], Any]] = [
        (FollowUp, newcomer.follow_up),
        (Assignment, newcomer.assignment),
        (Address, newcomer.address),
        (BenefitSpell, newcomer.benefit),
    ]
    periods = [(model, row) for model, row in told if row is not None]
    faults = [*person_faults([newcomer.person], dates.today()), *period_faults([row for _, row in periods])]
    if Client.objects.filter(municipality=municipality, number=newcomer.number).exists():
        faults.append(Fault(0, "number_taken"))
    if faults:
        raise RowsRefused(faults)
    sealed = seal(newcomer.person)
    with writing(by=by, verb="register_newcomer") as recording:
        (pk,) = register_clients(by=by, municipality=municipality, numbers=[newcomer.number])
        person = replace(sealed, client_id=pk)
        append_facts(Person, hold_bsns(municipality, [person]), recording=recording)
        for model, row in periods:
            append_facts(model, [replace(row, client_id=pk)], recording=recording)
    return Client.objects.get(pk=pk)
