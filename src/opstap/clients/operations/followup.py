"""Recording follow-up, applications, benefit spells and assignments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from opstap.audit.operations import append_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.logic import ApplicationRow, AssignmentRow, BenefitSpellRow, Fault, FollowUpRow, RowsRefused
from opstap.clients.models import Application, Assignment, BenefitSpell, Client, FollowUp
from opstap.clients.operations.appending import append_periods, explained, require_reach_of, require_recording_clients
from opstap.clients.permissions import require_reach
from opstap.clients.selectors.merged import in_dossiers_of


def record_follow_ups(*, by: Actor, rows: Sequence[FollowUpRow]) -> None:
    """Open, close or correct periods of follow-up."""
    append_periods(by=by, model=FollowUp, verb="record_follow_ups", rows=rows)


def record_benefit_spells(*, by: Actor, rows: Sequence[BenefitSpellRow]) -> None:
    """Record benefit spells, ended, extended or put back in time by a row that replaces."""
    append_periods(by=by, model=BenefitSpell, verb="record_benefit_spells", rows=rows)


def record_assignments(*, by: Actor, rows: Sequence[AssignmentRow]) -> None:
    """Put clients in caseloads. An assignment names a team, a worker, or both."""
    if not by.may("import_clients"):
        by.require("assign_clients")
    faults = [
        Fault(number, "assignment_names_nobody")
        for number, row in enumerate(rows)
        if row.team_id is None and row.worker_id is None
    ]
    if faults:
        raise RowsRefused(faults)
    append_periods(by=by, model=Assignment, verb="record_assignments", rows=rows)


def record_applications(*, by: Actor, rows: Sequence[ApplicationRow], why: str = "") -> None:
    """Record applications with their outcome; a correction says why. Decided before reported is refused."""
    require_recording_clients(by)
    faults = [
        Fault(number, "decided_before_reported")
        for number, row in enumerate(rows)
        if row.decided_on is not None and row.decided_on < row.reported_on
    ]
    if faults:
        raise RowsRefused(faults)
    if not rows:
        return
    require_reach_of(by, rows)
    with writing(by=by, verb="record_applications", count=len(rows)) as recording:
        append_facts(Application, explained(rows, why), recording=recording)


def close_follow_up(*, by: Actor, client: Client, ends_on: date, reason: str, why: str = "") -> None:
    """End the follow-up that holds on the day before, in each dossier. RowsRefused when there is none.

    An end that was agreed for later is brought forward.
    """
    by.require("close_dossiers")
    require_reach(by, {client.pk})
    own = FollowUp.objects.current().filter(in_dossiers_of([client.pk]), starts_on__lt=ends_on)
    held = own.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=ends_on)).order_by("pk")
    rows = [FollowUpRow(one.client_id, one.starts_on, ends_on, one.ground, reason, replaces_id=one.pk) for one in held]
    if not rows:
        raise RowsRefused([Fault(0, "not_followed")])
    with writing(by=by, verb="close_follow_up", about=client.reference):
        append_periods(by=by, model=FollowUp, verb="record_follow_ups", rows=rows, why=why)
