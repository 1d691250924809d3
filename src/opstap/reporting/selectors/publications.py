"""Reads: what was set down, what is being made, and how each came to be. No person stands in any of it."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet

from opstap.foundation import dates
from opstap.reporting.models import Publication

COMES_WITHIN = timedelta(hours=1)
"""What was not made by then was stopped."""
LAST = 5


def publications_of(municipality_id: int) -> list[Publication]:
    """All that was ever asked for as it stands now, made or not, the latest day first; tables stand with their own."""
    rows = _standing(municipality_id).filter(within="")
    return list(rows.order_by("-on", "-pk"))


def tables_within(municipality_id: int, reference: str) -> list[Publication]:
    """The tables that were asked for beside a publication, the latest first."""
    return list(_standing(municipality_id).filter(within=reference).order_by("-pk"))


def set_down(municipality_id: int) -> list[Publication]:
    """Publications that are out, the latest day first. Also those that were withdrawn: they are known for good."""
    return [one for one in publications_of(municipality_id) if one.figures]


def latest_publication(municipality_id: int) -> Publication | None:
    """The one of the latest day that holds."""
    rows = _standing(municipality_id).filter(within="", withdrawn=False)
    return rows.exclude(figures={}).order_by("-on", "-pk").first()


def latest_row(municipality_id: int, reference: str) -> Publication | None:
    """A publication or table as it stands now."""
    return _standing(municipality_id).filter(reference=reference).first()


def history_of(municipality_id: int, reference: str) -> list[Publication]:
    """Every row of one, the first one first; empty when there is no such."""
    rows = Publication.objects.filter(municipality=municipality_id, reference=reference)
    return list(rows.select_related("recording").order_by("recording", "pk"))


def asked_for(reference: str) -> Publication | None:
    """What is still to be made under this reference."""
    return Publication.objects.current().filter(reference=reference, figures={}, why="").first()


def is_being_made(municipality_id: int) -> bool:
    """Whether something is still to be made, and was asked for so lately that it may yet come."""
    waiting = Publication.objects.current().filter(municipality=municipality_id, figures={}, why="")
    return waiting.filter(recording__at__gt=dates.now() - COMES_WITHIN).exists()


def took(municipality_id: int) -> list[timedelta]:
    """How long the last ones took from asking to being there, the latest first; not what a clock that was set says."""
    made = Publication.objects.filter(municipality=municipality_id, withdrawn=False, replaces__isnull=False)
    rows = made.exclude(figures={}).select_related("recording", "replaces__recording").order_by("-pk")[:LAST]
    lasted = [row.recording.at - row.replaces.recording.at for row in rows if row.replaces is not None]
    return [one for one in lasted if timedelta(seconds=1) <= one <= COMES_WITHIN]


def _standing(municipality_id: int) -> QuerySet[Publication]:
    rows = Publication.objects.filter(municipality=municipality_id, replaced_by__isnull=True)
    return rows.select_related("recording")
