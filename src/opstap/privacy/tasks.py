"""What is done in the background: finer kinds of barriers whose own term has passed, and the file written anew."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from opstap.audit.permissions import background_jobs
from opstap.foundation import dates
from opstap.foundation.jobs.naming import job
from opstap.privacy.operations import erase_old_finer_barriers
from opstap.privacy.operations.traces import write_anew_later

__all__ = ["erase_finer_barriers", "write_anew_later"]


@job(gettext_noop("Erase finer kinds of barriers past their term"))
def erase_finer_barriers() -> int:
    """How many rows left."""
    return erase_old_finer_barriers(by=background_jobs(), today=dates.today())
