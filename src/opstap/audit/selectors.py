"""Reads of the order of writing."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from opstap.audit.models import Recording


def latest_recording() -> int:
    """The number of the last committed recording, 0 when nothing was written yet."""
    return int(Recording.objects.aggregate(last=Max("number"))["last"] or 0)


def recording_known_at(moment: datetime) -> int:
    """The last recording whose moment lies before (or at) the one given."""
    return int(Recording.objects.filter(at__lte=moment).aggregate(last=Max("number"))["last"] or 0)
