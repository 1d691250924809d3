"""The entries of the inbox that this room tells, each in one sentence."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.accounts.selectors.inbox import InboxEntry
from opstap.audit.logic.seen import note_listed
from opstap.audit.permissions import Actor
from opstap.clients.models import Person
from opstap.clients.selectors.glass import glass_to_judge, glass_to_oversee, glasses
from opstap.clients.selectors.handing import handovers, handovers_asked_of, stand_ins, stand_ins_asked_of
from opstap.clients.selectors.outside import call_backs, call_backs_for
from opstap.dossier.selectors.protected import is_left, known_and_held, waiting_protections
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day


def handover_entries(actor: Actor) -> list[InboxEntry]:
    """What colleagues ask to take over; how many, not who: the dossiers are not within reach yet."""
    return [
        InboxEntry(
            ngettext(
                "%(giver)s asks you to take over %(n)d client from %(day)s.",
                "%(giver)s asks you to take over %(n)d clients from %(day)s.",
                len(one.client_ids),
            )
            % {"giver": one.giver.name, "n": len(one.client_ids), "day": day(one.from_on)},
            one.said.at,
            reverse("desk:handover", args=[one.batch]),
        )
        for one in handovers(handovers_asked_of(actor))
    ]


def stand_in_entries(actor: Actor) -> list[InboxEntry]:
    """What colleagues ask to stand in for."""
    return [
        InboxEntry(
            _("%(absent)s asks you to stand in from %(first)s up to and including %(last)s.")
            % {"absent": one.absent.name, "first": day(one.starts_on), "last": day(one.ends_on - timedelta(days=1))},
            one.said.at,
            reverse("desk:stand-in", args=[one.reference]),
        )
        for one in stand_ins(stand_ins_asked_of(actor))
    ]


def call_back_entries(actor: Actor) -> list[InboxEntry]:
    """Who called while the worker was away; by name, for they are within reach."""
    if not actor.may("see_clients"):
        return []
    found = call_backs(call_backs_for(actor))
    note_listed(one.client.reference for one in found)
    persons = Person.objects.current().filter(client__in=[one.client.pk for one in found])
    names = {person.client_id: person.spoken_name for person in persons}
    return [
        InboxEntry(
            _("%(name)s called and waits to be called back.") % {"name": names.get(one.client.pk, one.client.number)},
            one.said.at,
            reverse("desk:call-back", args=[one.reference]),
        )
        for one in found
    ]


def glass_entries(actor: Actor) -> list[InboxEntry]:
    """Emergency access that waits for a judgement; the privacy officer is told of all of it."""
    oversees = actor.may("review_access_log")
    found = glasses(glass_to_oversee(actor) if oversees else glass_to_judge(actor))
    told = _("%(name)s opened a dossier by emergency access; the team leader or the coordinator judges it.")
    asked = _("%(name)s opened a dossier by emergency access. Judge whether that was right.")
    return [
        InboxEntry(
            (told if oversees else asked) % {"name": one.user.name},
            one.opens_at,
            reverse("desk:glass", args=[one.reference]),
            due=day(one.review_by),
            is_late=one.is_late(dates.today()),
        )
        for one in found
    ]


def protection_entries(actor: Actor) -> list[InboxEntry]:
    """Protections whose day of review is there, and of whom nobody guides; without a name, for the dossier is kept from
    most who guard it.
    """
    if not actor.may("protect_dossiers"):
        return []
    today = dates.today()
    due = _("A protected dossier is to be looked at again: is the protection still needed?")
    left = _("A client with a protected dossier has no case manager who works here. Let in somebody who can assign.")
    return [
        InboxEntry(
            left if is_left(one) else due,
            make_aware(datetime.combine(one.review_on if one.review_on <= today else one.starts_on, time())),
            reverse("desk:protected"),
            due=day(one.review_on) if one.review_on <= today else "",
            is_late=one.review_on < today,
        )
        for one in waiting_protections(actor, today)
    ]


def known_entries(actor: Actor) -> list[InboxEntry]:
    """Workers who said to know a client whom they have in the caseload still."""
    if not actor.may("protect_dossiers"):
        return []
    return [
        InboxEntry(
            _("%(name)s knows a client in their caseload and guides them no longer. Give the client to a colleague.")
            % {"name": one.user.name},
            one.recording.at,
            reverse("desk:protected"),
        )
        for one in known_and_held(actor, dates.today()).select_related("user", "recording")
    ]
