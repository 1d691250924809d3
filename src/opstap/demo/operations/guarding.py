"""One dossier of a colleague that is protected, and one client whom their case manager turns out to know."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from opstap.audit.permissions import Actor
from opstap.clients.models import Assignment
from opstap.clients.operations import protect_dossier, say_known
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.staff import OPTIMIST
from opstap.demo.operations.staffing import Setup

REVIEW = timedelta(days=21)


def guard_some(by: Actor, setup: Setup, span: Span) -> None:
    """Both in one caseload of the team whose leader signs in, by client number."""
    worker = setup.worker_ids[OPTIMIST]
    held = Assignment.objects.for_caseload_of(worker, span.until).select_related("client").order_by("client__number")
    whom = [one.client for one in held[3:5]]
    if len(whom) == 2:
        protect_dossier(
            by=by, client=whom[0], reason="colleague", review_on=span.until + REVIEW, why="werkt op de afdeling"
        )
        say_known(by=replace(by, user_id=worker), client=whom[1], why="buren")
