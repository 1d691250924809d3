"""The agreed contacts of today and of this week: whom to see, when and where; printed as the sheet for the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from opstap.accounts.models import User
from opstap.accounts.permissions import actor_of, municipality_of, requires
from opstap.audit.logic.seen import note_listed, note_on_behalf
from opstap.audit.permissions import Actor
from opstap.clients.models import Person
from opstap.clients.selectors.handing import stood_in_beyond
from opstap.clients.selectors.outside import CallBackFound, call_backs, call_backs_for
from opstap.clients.selectors.same_person import whose
from opstap.contacts.logic import week_of
from opstap.contacts.models import NextContact
from opstap.contacts.selectors.agenda import (
    agreed_until,
    clients_of,
    worker_by_client,
    workers_within_reach,
)
from opstap.contacts.selectors.desk import Spoken, Words, spoken_with, words_on
from opstap.contacts.tables.contacts import PlannedView, away_words, planned_view
from opstap.contacts.views.page import StandingView, dossier_url, standing_view
from opstap.foundation import dates

PAGE_SIZE = 50


@dataclass(frozen=True)
class Row:
    """One agreed contact in the list."""

    group: str
    time: str
    url: str
    person: Spoken
    planned: PlannedView
    standing: StandingView | None
    worker: str
    away: str


@require_safe
@requires("see_clients")
def today(request: HttpRequest) -> HttpResponse:
    """What is agreed for today, and what passed its day."""
    now = dates.today()
    return _page(request, now, now, "contacts:today")


@require_safe
@requires("see_clients")
def week(request: HttpRequest) -> HttpResponse:
    """What is agreed for this week, and what passed its day."""
    now = dates.today()
    return _page(request, now, week_of(now)[1], "contacts:week")


def _page(request: HttpRequest, now: date, last: date, name: str) -> HttpResponse:
    actor, language = actor_of(request), get_language() or "nl"
    words = words_on(municipality_of(request).pk, now, language)
    absent = stood_in_beyond(actor, now)
    workers = workers_within_reach(actor, now) if absent or _sees_others(actor) else []
    chosen = _chosen(request, workers)
    if absent and (chosen is None or chosen.pk != actor.user_id):
        note_on_behalf(", ".join(one.absent.name for one in absent if chosen in {None, one.absent}))
    agreed = agreed_until(actor, now, last, chosen)
    page = Paginator(agreed, PAGE_SIZE).get_page(request.GET.get("page"))
    query = {"medewerker": chosen.reference} if chosen else {}
    context = {
        "rows": _rows(
            actor, list(page.object_list), words, now, language, with_worker=bool(workers) and chosen is None
        ),
        "page_obj": page,
        "page_url": f"?{urlencode(query | {'page': ''})}",
        "overdue": sum(day < now for day in agreed.order_by().values_list("planned_on", flat=True)),
        "is_week": name == "contacts:week",
        "today": now,
        "last": last,
        "day": date_format(now, "l j F Y"),
        "workers": workers,
        "chosen": chosen,
        "call_backs": _call_backs(actor),
        "may_note": actor.may("record_contacts"),
        "query": f"?{urlencode(query)}" if query else "",
        "here": f"{reverse(name)}{'?' + urlencode(query) if query else ''}",
    }
    return render(request, "contacts/agenda.html", context)


def _call_backs(actor: Actor) -> list[tuple[str, CallBackFound]]:
    """Who called while the worker was away, by name."""
    found = call_backs(call_backs_for(actor))
    if not found:
        return []
    note_listed(one.client.reference for one in found)
    persons = Person.objects.current().filter(client__in=[one.client.pk for one in found])
    names = {person.client_id: person.list_name for person in persons}
    return [(names.get(one.client.pk, one.client.number), one) for one in found]


def _sees_others(actor: Actor) -> bool:
    """Who has more than the own caseload within reach chooses whose list it is."""
    return actor.may("reach_municipality") or actor.may("reach_team")


def _chosen(request: HttpRequest, workers: Sequence[User]) -> User | None:
    asked = request.GET.get("medewerker", "")
    if not asked or not workers:
        return None
    found = next((worker for worker in workers if worker.reference == asked), None)
    if found is None:
        raise Http404
    return found


def _rows(
    actor: Actor, agreed: Sequence[NextContact], words: Words, now: date, language: str, *, with_worker: bool
) -> list[Row]:
    clients = clients_of(actor, agreed, now)
    people = spoken_with(clients.values(), words.scale.id, now)
    workers = worker_by_client(list(clients), now) if with_worker else {}
    return [
        Row(
            group=_group(row.planned_on, now),
            time=f"{row.planned_time:%H:%M}" if row.planned_time else "",
            url=dossier_url(people[client_id].client.reference),
            person=people[client_id],
            planned=planned_view(row, words.kinds, now),
            standing=standing_view(people[client_id].held, words, language),
            worker=workers.get(client_id, ""),
            away=away_words(people[client_id].unreachable),
        )
        for row, client_id in ((row, whose(row)) for row in agreed)
        if client_id in people
    ]


def _group(day: date, now: date) -> str:
    if day < now:
        return _("Passed its day")
    if day == now:
        return _("Today")
    return date_format(day, "l j F")
