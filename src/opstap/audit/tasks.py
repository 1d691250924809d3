"""What is done in the background: the access log is followed from its first record to its last."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from opstap.audit.selectors.verifying import verify_log
from opstap.foundation.jobs.naming import JobFailed, job


@job(gettext_noop("Verify the access log"))
def verify_access_log() -> int:
    """How many records were followed; fails when one is wrong."""
    found = verify_log()
    if found.wrong:
        raise JobFailed("log_is_wrong")
    return found.records
