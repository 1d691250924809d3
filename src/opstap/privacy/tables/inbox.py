"""The entries of the inbox that this room tells: requests of clients that wait for an answer."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from opstap.accounts.selectors.inbox import InboxEntry
from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Person
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.privacy.selectors.waiting import requests_to_answer
from opstap.privacy.tables.requests import is_late
from opstap.privacy.tables.words import REQUEST_KINDS


def request_entries(actor: Actor) -> list[InboxEntry]:
    """By name, for they are within reach; with the day by which the law asks an answer."""
    if not actor.may("answer_requests"):
        return []
    found = list(requests_to_answer(actor).select_related("client", "recording"))
    note_listed(one.client.reference for one in found)
    persons = Person.objects.current().filter(client__in=[one.client_id for one in found])
    names = {person.client_id: person.list_name for person in persons}
    today = dates.today()
    return [
        InboxEntry(
            _("%(name)s asks: %(what)s.")
            % {"name": names.get(one.client_id, one.client.number), "what": REQUEST_KINDS[one.kind]},
            make_aware(datetime.combine(one.received_on, time())),
            reverse("rights:request", args=[one.reference]),
            due=day(one.due_on),
            is_late=is_late(one, today),
        )
        for one in found
    ]
