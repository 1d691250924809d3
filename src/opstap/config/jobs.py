"""The schedule: what is done every night, in the quiet hours before the first backup of the day."""

from __future__ import annotations

from datetime import time
from typing import Any

from django_tasks.base import Task


def nightly() -> tuple[tuple[str, Task[Any, Any], time], ...]:
    """Key, job and time. Imported late: the rooms can't be loaded before the apps are."""
    from opstap.accounts.tasks import clear_sessions, empty_drafts  # noqa: PLC0415 - the apps are not loaded yet
    from opstap.audit.tasks import cut_access_log, forget_forms, seal_by_new_keys, verify_access_log  # noqa: PLC0415 - as above
    from opstap.exchange.tasks import empty_staging  # noqa: PLC0415 - as above
    from opstap.foundation.jobs.tasks import forget_done_jobs  # noqa: PLC0415 - as above
    from opstap.privacy.tasks import erase_finer_barriers, erase_judgements  # noqa: PLC0415 - as above

    return (
        ("empty_staging", empty_staging, time(1, 15)),
        ("empty_drafts", empty_drafts, time(1, 20)),
        ("clear_sessions", clear_sessions, time(1, 25)),
        ("forget_done_jobs", forget_done_jobs, time(1, 30)),
        ("seal_by_new_keys", seal_by_new_keys, time(1, 35)),
        ("erase_finer_barriers", erase_finer_barriers, time(1, 40)),
        ("erase_judgements", erase_judgements, time(1, 42)),
        ("forget_forms", forget_forms, time(1, 45)),
        ("verify_access_log", verify_access_log, time(3, 30)),
        ("cut_access_log", cut_access_log, time(3, 45)),
    )
