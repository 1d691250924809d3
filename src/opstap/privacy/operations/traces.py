"""Leaving no trace in the files of the database of who was erased: in the background, and again while others read."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext_noop

from opstap.foundation import dates
from opstap.foundation.jobs.naming import TryLater, job
from opstap.foundation.snapshots.traces import leave_no_trace
from opstap.privacy.models import Destruction

EMBEDDED = "sqlite"


def leave_no_trace_later(destruction: Destruction) -> None:
    """Put by that the file is written anew; of a server's own files nothing is promised, so nothing is put by."""
    write_anew_later(destruction.reference)


def write_anew_later(reference: str = "") -> None:
    """The same for a list that is not finished, or without one."""
    if connection.vendor == EMBEDDED:
        write_anew.enqueue(reference)


@job(gettext_noop("Write the database anew after erasing"))
def write_anew(reference: str) -> None:
    """The file without what was emptied in it, and its journal emptied; a finished list says when."""
    if not leave_no_trace(connection):
        raise TryLater("database_is_read")
    Destruction.objects.filter(reference=reference).exclude(finished=None).update(cleaned_at=dates.now())
