"""Closing a dossier, by its reason or because somebody died."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q

from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Client, FollowUp
from opstap.clients.operations import close_follow_up, end_priorities, record_death
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.contacts.operations import cancel_next_contacts

DECEASED, MOVED = "deceased", "moved_out"


def close_dossier(*, by: Actor, client: Client, ends_on: date, reason: str) -> None:
    """End the follow-up with its reason, and what was agreed with it. RowsRefused when there is no follow-up."""
    by.require("close_dossiers")
    with writing(by=by, verb="close_dossier", about=client.reference):
        close_follow_up(by=by, client=client, ends_on=ends_on, reason=reason)
        cancel_next_contacts(by=by, client=client, why=reason)
        end_priorities(by=by, client=client, ends_on=ends_on)


def record_departure(*, by: Actor, client: Client, died_on: date, why: str, opened_on: str | None = None) -> None:
    """Somebody died: the follow-up, if there is any, ends the day after, and nothing is sent any more.

    `opened_on` as where a death is recorded.
    """
    by.require("close_dossiers")
    with writing(by=by, verb="record_departure", about=client.reference):
        record_death(by=by, client=client, died_on=died_on, why=why, opened_on=opened_on)
        cancel_next_contacts(by=by, client=client, why=DECEASED)
        own = FollowUp.objects.current().filter(in_dossiers_of([client.pk]), starts_on__lte=died_on)
        after = died_on + timedelta(days=1)
        if own.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=after)).exists():
            close_dossier(by=by, client=client, ends_on=after, reason=DECEASED)
