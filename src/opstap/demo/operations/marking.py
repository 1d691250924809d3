"""The marks and the working list of the case manager who signs in: what they want to do first."""

from __future__ import annotations

from dataclasses import replace

from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.staff import WORKERS
from opstap.demo.operations.staffing import Setup
from opstap.selections.logic import Criteria
from opstap.selections.operations import keep_list, mark_client

NOTES = ("eerst bellen, belt liever 's ochtends", "", "vraag naar de taalcursus")


def mark_own(by: Actor, setup: Setup, span: Span) -> None:
    """Stars and notes on the first clients of that caseload, by client number."""
    place = next(place for place, worker in enumerate(WORKERS) if worker.sign_in)
    own = replace(by, user_id=setup.worker_ids[place], municipality_id=setup.municipality.pk)
    held = Assignment.objects.for_caseload_of(setup.worker_ids[place], span.until).select_related("client")
    for note, one in zip(NOTES, held.order_by("client__number"), strict=False):
        mark_client(by=own, client=one.client, starred=True, note=note)
    keep_list(by=own, name="Trede 2 met groei", criteria=Criteria(level="2", growth="with", sort="since"))
