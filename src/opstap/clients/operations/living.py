"""Changing a household by hand, from the dossier of somebody who lives in it: its type, who comes in, and its end."""

from __future__ import annotations

from datetime import date

from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import CompositionRow, Fault, HeldAlready, MemberRow, RowsRefused, overlapping, period_faults
from opstap.clients.models import Client, Household, HouseholdComposition, HouseholdMember
from opstap.clients.permissions import require_reach


def change_household_type(*, by: Actor, client: Client, kind: str, on: date) -> None:
    """Another type from a day on; from its own first day on, the type is put right."""
    by.require("record_clients")
    household = _household_of(by, client, on)
    held = HouseholdComposition.objects.active_on(on).filter(household=household).order_by("starts_on").last()
    new = CompositionRow(household.pk, kind, on, held.ends_on if held else None)
    rows = [new]
    if held is not None and held.starts_on == on:
        rows = [CompositionRow(household.pk, kind, on, held.ends_on, replaces_id=held.pk)]
    elif held is not None:
        rows = [CompositionRow(household.pk, held.kind, held.starts_on, on, replaces_id=held.pk), new]
    with writing(by=by, verb="change_household_type", about=household.reference) as recording:
        append_facts(HouseholdComposition, rows, recording=recording)


def join_household(*, by: Actor, client: Client, newcomer: Client, role: str, on: date) -> None:
    """Somebody comes to live with the client. HeldAlready when they live in another household then."""
    by.require("record_clients")
    household = _household_of(by, client, on)
    require_reach(by, {newcomer.pk})
    row = MemberRow(newcomer.pk, household.pk, role, on)
    for held in HouseholdMember.objects.current().filter(client=newcomer):
        if overlapping(held, row):
            raise HeldAlready(held.starts_on, held.ends_on)
    with writing(by=by, verb="join_household", about=household.reference) as recording:
        append_facts(HouseholdMember, [row], recording=recording)


def end_household(*, by: Actor, client: Client, on: date) -> None:
    """From a day on nobody lives in the household any more, and it has no type."""
    by.require("record_clients")
    household = _household_of(by, client, on)
    members = [
        MemberRow(one.client_id, household.pk, one.role, one.starts_on, on, replaces_id=one.pk)
        for one in HouseholdMember.objects.active_on(on).filter(household=household)
    ]
    kinds = [
        CompositionRow(household.pk, one.kind, one.starts_on, on, replaces_id=one.pk)
        for one in HouseholdComposition.objects.active_on(on).filter(household=household)
        if one.starts_on < on
    ]
    faults = period_faults(members)
    if faults:
        raise RowsRefused(faults)
    with writing(by=by, verb="end_household", about=household.reference) as recording:
        append_facts(HouseholdMember, members, recording=recording)
        append_facts(HouseholdComposition, kinds, recording=recording)


def _household_of(by: Actor, client: Client, on: date) -> Household:
    """Who may write about somebody may change the household they live in."""
    require_reach(by, {client.pk})
    member = HouseholdMember.objects.active_on(on).filter(client=client).select_related("household").first()
    if member is None:
        raise RowsRefused([Fault(0, "lives_in_no_household")])
    return member.household
