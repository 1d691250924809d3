"""The gate: which clients an actor may see. Every view goes through here; what is not yours does not exist."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from opstap.audit.logic.seen import note_asked, note_out_of_reach, note_reason
from opstap.audit.models import Event, Recording
from opstap.audit.permissions import Actor
from opstap.clients.models import Alias, Assignment, BrokenGlass, Client, HouseholdMember
from opstap.clients.selectors.asked import with_asked
from opstap.clients.selectors.grants import (
    BROKEN_GLASS,
    KEPT_AFTER,
    NOTED_AFTER,
    glass_broken_by,
    granted_dossiers,
    note_way,
    way_to,
    with_way,
)
from opstap.clients.selectors.handing import still_offered
from opstap.clients.selectors.households import Housemate, housemates_in, rows_of_housemates
from opstap.clients.selectors.merged import MergedDossier, merged_in, rows_with_merged, with_a_dossier_among
from opstap.clients.selectors.outside import found_this_hour
from opstap.clients.selectors.same_person import any_dossier_of
from opstap.clients.selectors.scopes import (
    own_assignments,
    reached_teams,
    reached_workers,
    stood_in_assignments,
)
from opstap.clients.selectors.withheld import known_to, protected_at, withheld_from
from opstap.foundation import dates
from opstap.foundation.prepared import MOST, prepared
from opstap.foundation.prepared.compiled import Compiled, asked, compiled
from opstap.foundation.prepared.slots import Slots

PART = 5000  # ids a query


def visible_clients(actor: Actor, *, on: date | None = None) -> QuerySet[Client]:
    """The clients within the reach of the actor's roles today: own caseload, team, municipality, those given by
    name, the caseload of one's supervisor; else none. Of several roles each adds the clients that it reaches.

    Of a person with two dossiers the one that was kept; the other stands nowhere by itself.
    """
    return _visible(actor.nameless(), on or dates.today())


@prepared
def _visible(actor: Actor, day: date) -> QuerySet[Client]:
    return reachable_clients(actor, on=day).exclude(pk__in=Alias.objects.current().values("client"))


def visible_ids(actor: Actor) -> list[int]:
    """The same as ids; one query, composed and compiled once for all who may the same."""
    slots = Slots()
    return asked(_visible_ids(actor.in_slots(slots), dates.today()), slots.stands_for)


@lru_cache(maxsize=MOST)
def _visible_ids(actor: Actor, day: date) -> Compiled[int]:
    return compiled(visible_clients(actor, on=day).values_list("pk", flat=True))


def reachable_clients(actor: Actor, *, on: date | None = None) -> QuerySet[Client]:
    """The same with the dossiers that were merged into another: their rows can still be put right."""
    return _reachable(actor.nameless(), on or dates.today())


@prepared
def _reachable(actor: Actor, day: date) -> QuerySet[Client]:
    clients = scoped_clients(actor, on=day)
    return clients if actor.may_all else clients.exclude(withheld_from(actor.user_id, day))


def scoped_clients(actor: Actor, *, on: date | None = None) -> QuerySet[Client]:
    """Whom the actor's roles reach, also those who are kept from them. Only to guard those: never to read."""
    day = on or dates.today()
    clients = Client.objects.all()
    if actor.may_all:
        return clients
    if not actor.may("see_clients") or actor.municipality_id is None:
        return clients.none()
    clients = clients.filter(municipality_id=actor.municipality_id)
    if actor.may("reach_municipality"):
        return clients
    if not reached_teams(actor) and not reached_workers(actor) and not actor.may("reach_batch"):
        return clients.none()
    return _reached(clients, own_assignments(actor, day) | stood_in_assignments(actor, day))


def _reached(clients: QuerySet[Client], assigned: QuerySet[Assignment]) -> QuerySet[Client]:
    """Who is assigned, by either of their dossiers when they have two."""
    return clients.filter(any_dossier_of(assigned))


def guarded_clients(actor: Actor) -> QuerySet[Client]:
    """Whose protection the actor guards, protected ones too: who it is and who sees them, nothing of the dossier.

    Never somebody whom they said to know.
    """
    if not actor.may("protect_dossiers"):
        return Client.objects.none()
    return scoped_clients(actor).exclude(known_to(actor.user_id, dates.today()))


def withheld_clients(actor: Actor) -> QuerySet[Client]:
    """The clients of the municipality who are kept from the actor."""
    if actor.may_all:
        return Client.objects.none()
    return _withheld(actor, dates.today())


def _withheld(actor: Actor, day: date) -> QuerySet[Client]:
    return Client.objects.filter(withheld_from(actor.user_id, day), municipality_id=actor.municipality_id or 0)


def housemates_of(actor: Actor, client_ids: Collection[int]) -> list[Housemate]:
    """The other members of every household these clients are or were in, but for who is kept from the actor; one query,
    composed and compiled once for all who may the same.
    """
    slots = Slots()
    kept = _housemates(actor.in_slots(slots), slots.some(client_ids), dates.today())
    return housemates_in(asked(kept, slots.stands_for))


@lru_cache(maxsize=MOST)
def _housemates(actor: Actor, client_ids: frozenset[int], day: date) -> Compiled[HouseholdMember]:
    return compiled(rows_of_housemates(client_ids, visible_clients(actor, on=day), withheld_clients(actor)))


def withheld_ids(actor: Actor) -> frozenset[int]:
    """The same as ids; one query, composed and compiled once for all who may the same."""
    if actor.may_all:
        return frozenset()
    slots = Slots()
    return frozenset(asked(_withheld_ids(actor.in_slots(slots), dates.today()), slots.stands_for))


@lru_cache(maxsize=MOST)
def _withheld_ids(actor: Actor, day: date) -> Compiled[int]:
    return compiled(_withheld(actor, day).values_list("pk", flat=True))


def may_study(actor: Actor) -> bool:
    """Whether the actor may take extracts for research: never who sees people with their names too, by any role in
    any municipality.
    """
    meets = actor.may("see_clients") or actor.sees_people_elsewhere
    return actor.municipality_id is not None and actor.may("take_research_extract") and not meets


def studied_clients(actor: Actor, known: Recording) -> QuerySet[Client]:
    """Whom an extract for research may hold: those of the municipality who were not protected when it was permitted.
    For rows in which nobody stands out; never for a list or a page.

    As it was then: if somebody who is protected later fell out of it, two extracts would tell which row was theirs.
    """
    if actor.municipality_id is None or not may_study(actor):
        return Client.objects.none()
    return Client.objects.filter(municipality_id=actor.municipality_id).exclude(protected_at(known))


def sees_whole_municipality(actor: Actor) -> bool:
    """Whether the actor's role reaches every client of the municipality. A protected dossier may be kept from them
    still: then they neither count nor meet its person (`withheld_ids`).
    """
    return actor.may_all or (actor.may("see_clients") and actor.may("reach_municipality"))


def may_see_client(actor: Actor, client: Client) -> bool:
    """The same gate for one client."""
    return visible_clients(actor).filter(pk=client.pk).exists()


def knows(actor: Actor, client: Client) -> bool:
    """Whether the actor said to know this person: no road leads them to the dossier, emergency access neither."""
    return Client.objects.filter(known_to(actor.user_id, dates.today()), pk=client.pk).exists()


def client_or_404(actor: Actor, reference: str, *, reading: bool = False) -> Client:
    """The client at a reference; one that is not yours and one that does not exist answer alike.

    A page that only shows says `reading`: it is open to whom a grant lets read, too.
    """
    return dossier_or_404(actor, reference, reading=reading)[0]


def dossier_or_404(actor: Actor, reference: str, *, reading: bool = False) -> tuple[Client, list[MergedDossier]]:
    """The same with the dossiers that were merged into it; one query."""
    note_asked(reference)  # the log knows who was asked for, also where the answer is that there is nobody
    slots = Slots()
    alike, word, moment = actor.in_slots(slots), slots.word(reference), slots.moment(dates.now())
    found = merged_in(asked(_dossier(alike, word, moment, dates.today(), reading), slots.stands_for))
    if found is None:
        note_out_of_reach()
        raise Http404
    note_way(found[0])
    return found


@lru_cache(maxsize=MOST)
def _dossier(actor: Actor, reference: str, at: datetime, day: date, reading: bool) -> Compiled[Client]:
    """Composed and compiled once for all who may the same; who asks, of whom and when is filled in."""
    clients = opened_clients(actor, at) if reading else visible_clients(actor, on=day)
    return compiled(rows_with_merged(with_asked(with_way(clients, actor, at)), reference))


def opened_clients(actor: Actor, at: datetime | None = None) -> QuerySet[Client]:
    """Whom the actor may see, and who is open to them by a grant, to read only: never for a list."""
    opened = granted_dossiers(actor, at)
    if opened is None or sees_whole_municipality(actor) or not actor.may("see_clients"):
        return visible_clients(actor)
    clients = _kept_in_town(actor, Q(pk__in=visible_clients(actor).values("pk")) | with_a_dossier_among(opened))
    return clients.exclude(withheld_from(actor.user_id, dates.today()))


def noted_clients(actor: Actor) -> QuerySet[Client]:
    """Those with whom the actor may note a conversation because they broke the glass: as long as that is open, and a
    quarter of an hour for what was being written when it ended. Never to read.
    """
    return _behind_glass(actor, NOTED_AFTER).exclude(withheld_from(actor.user_id, dates.today()))


def written_about_or_404(actor: Actor, reference: str) -> Client:
    """The client at a reference whose dossier the actor broke the glass of within a day, also where it is kept from
    them since: to give back what they wrote themselves. Nothing of the dossier is for them.
    """
    note_asked(reference)
    found = _behind_glass(actor, KEPT_AFTER).filter(reference=reference).first()
    if found is None:
        note_out_of_reach()
        raise Http404
    note_reason(BROKEN_GLASS)
    return found


def _behind_glass(actor: Actor, within: timedelta) -> QuerySet[Client]:
    """Of a person with two dossiers the one that was kept."""
    if not actor.may("see_clients"):
        return Client.objects.none()
    broken = Client.objects.filter(pk__in=glass_broken_by(actor, within=within).values("client"))
    return _kept_in_town(actor, with_a_dossier_among(broken.values("pk")))


def _kept_in_town(actor: Actor, whose: Q) -> QuerySet[Client]:
    clients = Client.objects.filter(municipality_id=actor.municipality_id or 0).filter(whose)
    return clients.exclude(pk__in=Alias.objects.current().values("client"))


READS = frozenset({"see_clients", "see_secret_addresses", "see_scales"})


def narrowed(actor: Actor, client: Client) -> Actor:
    """The actor with what they may do with this client: on a road that only lets read, nothing is written."""
    return replace(actor, permissions=actor.permissions & READS) if way_to(client).reads_only else actor


def offered_clients(actor: Actor, batch: str) -> QuerySet[Client]:
    """Whom a colleague wants to hand over to the actor, while that waits and the colleague has them still: by name and
    level only (decision 34).
    """
    asked = still_offered(dates.today()).filter(batch=batch, receiver=actor.user_id or 0)
    clients = Client.objects.filter(pk__in=asked.values("whose"))
    kept = withheld_from(actor.user_id, dates.today())
    return clients.filter(municipality_id=actor.municipality_id or 0).exclude(kept)


def require_reach(actor: Actor, client_ids: Collection[int], *, guarding: bool = False) -> None:
    """Refuse an actor who writes about a client outside their reach. Every operation about clients asks this.

    `guarding` is of an import, which shows nobody.
    """
    if actor.may_all:
        return
    wanted = list(set(client_ids))
    for start in range(0, len(wanted), PART):
        part = wanted[start : start + PART]
        reached = scoped_clients(actor) if guarding else reachable_clients(actor)
        if reached.filter(pk__in=part).count() != len(part):
            message = "client out of reach"
            raise PermissionDenied(message)


def require_guarding(actor: Actor, client: Client) -> None:
    """Refuse whoever does not guard this protection: beyond their roles, or of somebody whom they know."""
    if not guarded_clients(actor).filter(pk=client.pk).exists():
        message = "not theirs to guard"
        raise PermissionDenied(message)


def require_noting(actor: Actor, client_ids: Collection[int]) -> None:
    """The same for noting a conversation: also with somebody whose dossier one opened for a short time."""
    noted = noted_clients(actor).filter(pk__in=client_ids)
    opened = set() if actor.may_all else set(noted.values_list("pk", flat=True))
    require_reach(actor, set(client_ids) - opened)


def require_glass(actor: Actor, row: BrokenGlass | None) -> BrokenGlass:
    """Broken glass that is the actor's own to end, or theirs to judge; else refused."""
    if row is None or actor.user_id is None:
        message = "not for this actor"
        raise PermissionDenied(message)
    return row


def require_found(actor: Actor, client: Client) -> None:
    """Refuse who did not ask a moment ago, here, whether this very client is known: the access log knows."""
    here = actor.municipality_id == client.municipality_id
    if not actor.may_all and not (here and found_this_hour(actor, client)):
        message = "not asked for"
        raise PermissionDenied(message)


def require_own_recording(by: Actor, number: int, allowed: set[str]) -> None:
    """Only what one did oneself on screen, and nothing but that."""
    recording = Recording.objects.filter(number=number, actor_reference=by.reference).first()
    verbs = set(Event.objects.filter(recording=number).values_list("verb", flat=True))
    if recording is None or not verbs <= allowed:
        message = "not one's own recording"
        raise PermissionDenied(message)
