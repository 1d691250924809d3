"""Reads: the programmes and target groups of a municipality."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from opstap.clients.models import Programme


def programmes_of(municipality_id: int) -> QuerySet[Programme]:
    """All of them, ended or not, by name."""
    return Programme.objects.filter(municipality=municipality_id).order_by("name")


def programmes_open_on(municipality_id: int, day: date) -> QuerySet[Programme]:
    """Those that somebody can be put in on a day."""
    return programmes_of(municipality_id).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def words_of(programme: Programme) -> dict[str, Any]:
    """What a form changes of a programme."""
    return {"name": programme.name, "meaning": programme.meaning, "ended_on": programme.ended_on}
