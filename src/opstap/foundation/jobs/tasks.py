"""What is done in the background for the jobs themselves."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from opstap.foundation.jobs.naming import job
from opstap.foundation.jobs.working import forget_what_was_done


@job(gettext_noop("Forget jobs that went well a month ago"))
def forget_done_jobs() -> None:
    """What failed stays until somebody looks at it."""
    forget_what_was_done()
