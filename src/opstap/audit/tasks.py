"""What is done in the background: the access log is followed, keys are renewed, forms are forgotten."""

from __future__ import annotations

import time

from django.conf import settings
from django.utils.translation import gettext_noop

from opstap.audit.logic.cuts import kept_since
from opstap.audit.operations import LogIsWrong, cut_log, forget_sent_forms, seal_some_anew
from opstap.audit.permissions import background_jobs
from opstap.audit.selectors.terms import has_records_before, was_written_last_month
from opstap.audit.selectors.verifying import verify_log
from opstap.foundation import dates
from opstap.foundation.jobs.naming import JobFailed, job

SOME_SECONDS = 20.0  # of one job: others get their turn, and who kills it loses little
PAUSE = 0.01  # between two batches: whoever wants to write comes first


@job(gettext_noop("Verify the access log"))
def verify_access_log() -> int:
    """How many records were followed; fails when one is wrong."""
    found = verify_log()
    if found.wrong:
        raise JobFailed("log_is_wrong")
    return found.records


@job(gettext_noop("Remove records of the logs past their term"))
def cut_access_log() -> int:
    """How many went; fails when a chain is wrong, which keeps its records, or the clock may be ahead."""
    before = kept_since(dates.today(), settings.OPSTAP_LOG_YEARS)
    if has_records_before(before) and not was_written_last_month(dates.now()):
        raise JobFailed("clock_is_ahead")
    try:
        return cut_log(by=background_jobs(), before=before)
    except LogIsWrong as wrong:
        raise JobFailed("log_is_wrong") from wrong


@job(gettext_noop("Forget which forms were saved"))
def forget_forms() -> int:
    """How many were forgotten."""
    return forget_sent_forms(by=background_jobs())


@job(gettext_noop("Seal by the new keys what the old ones sealed"))
def seal_by_new_keys(table: str = "", after: int = 0, changed: int = 0) -> int:
    """Table after table, some seconds at a time; once more from the beginning until nothing was found. How many so far.

    Killed anywhere it goes on where it was: what was done is only looked at again.
    """
    if not settings.OPSTAP_KEYS.newest().former:
        return 0
    until = time.monotonic() + SOME_SECONDS
    while time.monotonic() < until:
        done = seal_some_anew(by=background_jobs(), table=table, after=after)
        table, after, changed = done.table, done.after, changed + done.changed
        if not table and not changed:
            return 0
        if not table:
            break
        if done.changed:
            time.sleep(PAUSE)
    seal_by_new_keys.enqueue(table, after, changed if table else 0)
    return changed
