"""The entries of the inbox that this room tells: jobs that failed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.accounts.selectors.inbox import InboxEntry
from opstap.administration.tables.jobs import failed_jobs
from opstap.audit.permissions import Actor


def job_entries(actor: Actor) -> list[InboxEntry]:
    """Each of them: to be done again, or put away."""
    if not actor.may("configure_municipality"):
        return []
    return [
        InboxEntry(
            _("A background job failed: %(name)s.") % {"name": one.name},
            one.at or one.put_by_at,
            reverse("administration:jobs"),
        )
        for one in failed_jobs()
    ]
