"""Reads: whether somebody out of reach is known, how often that was asked, and the notes left for their worker.

Only an exact match is told, so that nobody can find out by trying who is a client.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles_reaching
from opstap.accounts.models import RoleHolding, User
from opstap.audit.models import Access, Recording
from opstap.audit.permissions import Actor
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.enums import AssignmentRole
from opstap.clients.logic import bsn_is_valid
from opstap.clients.logic.outside import MET, TRIED, Sought
from opstap.clients.models import Acquaintance, Alias, Assignment, CallBack, Client, Person
from opstap.clients.models.followup import AssignmentQuerySet
from opstap.clients.selectors.bsn import bsn_look_up
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import about_one_of, kept_client, of_their_client, whose
from opstap.clients.selectors.scopes import held_assignments
from opstap.clients.selectors.sealing import opened_words
from opstap.clients.selectors.withheld import protected_on, withheld_from
from opstap.foundation import dates
from opstap.foundation.folding import fold
from opstap.foundation.prepared import prepared
from opstap.municipality.logic import OUTSIDE_AN_HOUR
from opstap.municipality.selectors import setting_on

ASKED = "desk:outside"  # the address of the question, as the access log has it
HOUR = timedelta(hours=1)
MOST_SHOWN = 100


def findable_clients(municipality_id: int) -> QuerySet[Client]:
    """Of whom it may be told that they are known."""
    return Client.objects.filter(municipality=municipality_id).exclude(protected_on(dates.today()))


def find_outside(municipality_id: int, sought: Sought) -> list[Client]:
    """Everybody who is exactly meant: one, nobody, or several who share a name and a birth date."""
    known = findable_clients(municipality_id)
    if sought.number:
        digits = "".join(sign for sign in sought.number if sign.isdecimal()).zfill(9)
        by_number = Q(number__iexact=sought.number.strip())
        if bsn_is_valid(digits):
            by_number |= Q(persons__bsn_digest__in=bsn_look_up().digests(digits), **_STANDING)
        found = known.filter(by_number)
    elif sought.surname.strip() and sought.birth_date:
        found = known.filter(pk__in=_of_that_name(known, sought))
    else:
        return []
    ids = set(found.values_list("pk", flat=True))
    kept = dict(Alias.objects.current().filter(client__in=ids).values_list("client", "kept"))
    return list(findable_clients(municipality_id).filter(pk__in={kept.get(pk, pk) for pk in ids}))


_STANDING = {"persons__withdrawn": False, "persons__replaced_by__isnull": True}


def _of_that_name(known: QuerySet[Client], sought: Sought) -> list[int]:
    """Surname with or without its prefix; the first given name where it was said."""
    surname, given = fold(sought.surname), fold(sought.given_names).split()
    born = Person.objects.current().filter(birth_date=sought.birth_date, client__in=known)
    return [
        one.client_id
        for one in born
        if surname in {fold(one.surname), fold(f"{one.name_prefix} {one.surname}")}
        and (not given or fold(one.given_names).split()[:1] == given[:1])
    ]


def questions_left(actor: Actor, municipality_id: int) -> int:
    """How often this user may still learn this hour whether somebody out of reach is known, as the access log has it:
    by asking, by a form that met them, or by one that did not and was refused for something else.
    """
    rows = Access.objects.filter(user=actor.reference, at__gt=dates.now() - HOUR, method="POST")
    most = int(setting_on(municipality_id, OUTSIDE_AN_HOUR, dates.today()))
    return max(0, most - rows.filter(Q(action=ASKED) | Q(why__in=(MET, TRIED))).count())


def found_this_hour(actor: Actor, client: Client) -> bool:
    """Whether this user asked for this very client, in the last hour."""
    rows = Access.objects.filter(
        user=actor.reference, at__gt=dates.now() - HOUR, subject=pseudonym_of(client.reference)
    )
    return rows.filter(action=ASKED, method="POST", result="done").exists()


@dataclass(frozen=True)
class CallBackFound:
    """A note that somebody left: whom to call, on which number, and why."""

    reference: str
    client: Client
    taken_by: User | None
    phone: str
    text: str
    said: Recording


def sealed_call_back(phone: str, text: str) -> str:
    """Both together, as they are encrypted."""
    return json.dumps([phone.strip(), text.strip()])


def call_backs(rows: QuerySet[CallBack]) -> list[CallBackFound]:
    """These notes, the oldest first, each about the dossier that counts; one query, and one for whose was merged."""
    shown = rows.annotate(whose=kept_client()).select_related("client", "taken_by", "recording")
    notes = list(shown.order_by("recording", "pk")[:MOST_SHOWN])
    kept = Client.objects.in_bulk({whose(row) for row in notes if whose(row) != row.client_id})
    found = []
    for row in notes:
        phone, text = json.loads(opened_words(row.note_encrypted))
        client = kept.get(whose(row), row.client)
        found.append(CallBackFound(row.reference, client, row.taken_by, phone, text, row.recording))
    return found


def call_backs_for(actor: Actor) -> QuerySet[CallBack]:
    """What waits for this worker: about the own caseload and that of whom one stands in for; for who divides the work
    that of nobody's clients, and of whom has a case manager who can't answer. Only of whom the roles reach today, and
    nobody who is kept from the worker.
    """
    return _call_backs_for(actor.nameless(), dates.today())


@prepared
def _call_backs_for(actor: Actor, day: date) -> QuerySet[CallBack]:
    wanted = _about(held_assignments(actor, day))
    if actor.may("assign_clients"):
        held = Assignment.objects.active_on(day).filter(role=AssignmentRole.CASE_MANAGER.value)
        unanswered = ~of_their_client(_answered(held, day))
        everywhere = actor.may("reach_municipality")
        wanted |= unanswered if everywhere else _about(held.filter(team_id__in=actor.team_ids)) & unanswered
    theirs = Client.objects.filter(municipality=actor.municipality_id or 0)
    if not actor.may_all:
        theirs = theirs.exclude(withheld_from(actor.user_id, day))
    waiting = CallBack.objects.waiting().annotate(whose=kept_client())
    return waiting.filter(wanted, about_one_of(theirs))


def _answered(held: AssignmentQuerySet, day: date) -> AssignmentQuerySet:
    """Of these the ones whose worker gets the notes: who works here still, in a role that reaches them, and did not say
    to know the person.
    """
    works = RoleHolding.objects.active_on(day).filter(
        user=OuterRef("worker"),
        municipality=OuterRef("client__municipality"),
        role__in=roles_reaching(Scope.OWN_CASELOAD) | roles_reaching(Scope.BATCH),
    )
    knows = Acquaintance.objects.active_on(day).filter(user=OuterRef("worker"))
    knows = knows.annotate(known=kept_client()).filter(known=OuterRef("whose"))
    held = held.annotate(whose=kept_client()).filter(worker__is_active=True)
    return held.filter(Exists(works), ~Exists(knows))


def client_called_about(reference: str) -> Client | None:
    """The client of a note, answered or not, in the dossier that counts; whoever tells of it asks the gate."""
    about = CallBack.objects.current().filter(reference=reference).annotate(whose=kept_client())
    return Client.objects.filter(pk__in=about.values("whose")).first()


def call_backs_waiting(actor: Actor) -> QuerySet[CallBack, int] | None:
    """How many, as a subquery of one number."""
    if not actor.may("see_clients"):
        return None
    counted = call_backs_for(actor).order_by().annotate(all=Value(1)).values("all").annotate(waiting=Count("pk"))
    return counted.values_list("waiting", flat=True)


def _about(assigned: QuerySet[Assignment]) -> Q:
    return in_dossiers_of(assigned.annotate(whose=kept_client()).values("whose"))
