"""What is done in the background: drafts and sessions that nobody comes back to."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from opstap.accounts.operations import empty_old_drafts, empty_old_sessions
from opstap.audit.permissions import background_jobs
from opstap.foundation.jobs.naming import job


@job(gettext_noop("Remove drafts that nobody came back to"))
def empty_drafts() -> int:
    """Drafts older than they are kept; how many."""
    return empty_old_drafts(by=background_jobs())


@job(gettext_noop("Remove sessions that have ended"))
def clear_sessions() -> int:
    """Sessions that nobody can go on with; how many."""
    return empty_old_sessions(by=background_jobs())
