"""What is done in the background: staged rows that are older than they are kept."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from opstap.audit.permissions import background_jobs
from opstap.exchange.operations import empty_old_staging
from opstap.foundation import dates
from opstap.foundation.jobs.naming import job


@job(gettext_noop("Empty the rows of imports that were never confirmed"))
def empty_staging() -> int:
    """Rows of a file that nobody confirmed, past the days that the municipality keeps them; how many."""
    return empty_old_staging(by=background_jobs(), now=dates.now())
