"""The entries of the inbox that this room tells: requests of clients, and lists of dossiers to erase."""

from __future__ import annotations

from datetime import datetime, time

from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.accounts.selectors.inbox import InboxEntry
from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Person
from opstap.clients.permissions import reachable_clients
from opstap.clients.selectors.same_person import kept_client, whose
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.privacy.selectors.waiting import lists_to_confirm, requests_to_answer
from opstap.privacy.tables.requests import is_late
from opstap.privacy.tables.words import REQUEST_KINDS


def request_entries(actor: Actor) -> list[InboxEntry]:
    """By name, for they are within reach; with the day by which the law asks an answer. Who answers no requests is told
    what they decide: what is asked beside one record.
    """
    answers = actor.may("answer_requests")
    if not answers and not actor.may("record_clients"):
        return []
    rows = requests_to_answer(actor).select_related("client", "recording")
    found = list(rows.annotate(whose=kept_client()).order_by("recording", "pk"))
    clients = reachable_clients(actor).in_bulk([whose(one) for one in found])
    note_listed(one.reference for one in clients.values())
    persons = Person.objects.current().filter(client__in=clients)
    names = {person.client_id: person.spoken_name for person in persons}
    entries = []
    for one in found:
        client = clients[whose(one)]
        name, what = names.get(client.pk, client.number), REQUEST_KINDS[one.kind]
        said = _("%(name)s asks: %(what)s.") if answers else _("%(name)s asks: %(what)s. Decide about it.")
        entries.append(
            InboxEntry(
                said % {"name": name, "what": what},
                make_aware(datetime.combine(one.received_on, time())),
                reverse("rights:request", args=[one.reference])
                if answers
                else reverse("rights:decide", args=[client.reference, one.reference]),
                due=day(one.due_on),
                is_late=is_late(one, dates.today()),
            )
        )
    return entries


def destruction_entries(actor: Actor) -> list[InboxEntry]:
    """What a colleague proposed to erase, by how many; who stands on it is on the list itself."""
    if not actor.may("destroy_dossiers"):
        return []
    return [
        InboxEntry(
            ngettext(
                "%(name)s proposes to erase %(n)s dossier. Confirm that, or drop the list.",
                "%(name)s proposes to erase %(n)s dossiers. Confirm that, or drop the list.",
                one.people,
            )
            % {"name": one.proposed.actor_name, "n": number(one.people)},
            one.proposed.at,
            reverse("retention:list", args=[one.reference]),
        )
        for one in lists_to_confirm(actor).select_related("proposed").order_by("proposed")
    ]
