"""What is done in the background: finer kinds of barriers and judgements past their term, and the file written anew."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext_noop

from opstap.audit.logic.cuts import kept_since
from opstap.audit.permissions import background_jobs
from opstap.audit.selectors.terms import was_written_last_month
from opstap.foundation import dates
from opstap.foundation.jobs.naming import JobFailed, job
from opstap.privacy.operations import erase_old_finer_barriers, erase_old_judgements
from opstap.privacy.operations.traces import write_anew_later
from opstap.privacy.selectors.finer import is_any_finer_due
from opstap.privacy.selectors.judgements import has_judgements_before

__all__ = ["erase_finer_barriers", "erase_judgements", "write_anew_later"]


@job(gettext_noop("Erase finer kinds of barriers past their term"))
def erase_finer_barriers() -> int:
    """How many rows left; fails when the clock may be ahead."""
    today = dates.today()
    if is_any_finer_due(today) and not was_written_last_month(dates.now()):
        raise JobFailed("clock_is_ahead")
    return erase_old_finer_barriers(by=background_jobs(), today=today)


@job(gettext_noop("Erase judgements on looks past their term"))
def erase_judgements() -> int:
    """How many went; fails when the clock may be ahead.

    Each has the term of the log from its own day on, which is later than that of what it is about.
    """
    before = kept_since(dates.today(), settings.OPSTAP_LOG_YEARS)
    if has_judgements_before(before) and not was_written_last_month(dates.now()):
        raise JobFailed("clock_is_ahead")
    return erase_old_judgements(by=background_jobs(), before=before)
