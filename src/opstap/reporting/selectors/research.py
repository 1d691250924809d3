"""Reads: which research is permitted, and for which of it somebody may take an extract."""

from __future__ import annotations

from datetime import date

from opstap.audit.models import Recording
from opstap.audit.permissions import Actor
from opstap.clients.permissions import may_study
from opstap.reporting.models import ResearchPermit


def permits_of(municipality_id: int) -> list[ResearchPermit]:
    """All research as it stands now, also what has ended or was withdrawn; the latest first."""
    rows = ResearchPermit.objects.filter(municipality=municipality_id, replaced_by__isnull=True)
    return list(rows.select_related("recording").order_by("-starts_on", "-pk"))


def permit_history(municipality_id: int, reference: str) -> list[ResearchPermit]:
    """Every row of one piece of research, the first one first; empty when there is no such."""
    rows = ResearchPermit.objects.filter(municipality=municipality_id, reference=reference)
    return list(rows.select_related("recording").order_by("recording", "pk"))


def open_research(actor: Actor, day: date) -> list[ResearchPermit]:
    """For what the actor may take an extract on a day: what somebody else permitted, and what has not ended."""
    if not may_study(actor):
        return []
    rows = ResearchPermit.objects.active_on(day).filter(municipality=actor.municipality_id)
    by_others = rows.exclude(recording__actor_reference=actor.reference)
    return list(by_others.select_related("recording").order_by("name", "pk"))


def first_known(permit: ResearchPermit) -> Recording:
    """As of when an extract is known: when these moments were first permitted in the municipality, for whatever
    research. Of two moments on a scale there is so one state alone that ever leaves.
    """
    same = {key: getattr(permit, key) for key in ("municipality_id", "earlier", "later", "scale")}
    first = ResearchPermit.objects.filter(**same).select_related("recording").earliest("recording")
    return first.recording
