"""Which dossiers are protected or known to a worker, for who guards that: who it is, never what stands in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value

from opstap.accounts.enums import Scope
from opstap.accounts.logic import caseload_roles, roles_reaching
from opstap.accounts.models import RoleHolding, User
from opstap.audit.logic.seen import note_listed
from opstap.audit.models import PeriodQuerySet
from opstap.audit.permissions import Actor
from opstap.audit.selectors.recordings import versions_among
from opstap.clients.enums import AssignmentRole
from opstap.clients.models import Acquaintance, Admission, Assignment, Client, FollowUp, Person, Protection
from opstap.clients.permissions import guarded_clients, visible_clients
from opstap.clients.selectors.caseloads import caseloads_on
from opstap.clients.selectors.merged import in_dossiers_of
from opstap.clients.selectors.same_person import about_one_of, kept_client, of_their_client
from opstap.foundation import dates
from opstap.foundation.references import keyed_reference

R = TypeVar("R", Protection, Acquaintance)


@dataclass(frozen=True)
class Guarded:
    """A client as the list names them; `opens` is whether the reader may open the dossier."""

    client: Client
    name: str
    worker: str
    team: str
    opens: bool


@dataclass(frozen=True)
class Protected:
    """A protected dossier: why, since when, to be looked at again when, who is let in, and whether a case manager who
    works here guides the client.
    """

    reference: str
    row: Protection
    whom: Guarded
    readers: tuple[str, ...]
    is_guided: bool

    def is_due(self, today: date) -> bool:
        """Whether the day of the review is there."""
        return self.row.review_on <= today


@dataclass(frozen=True)
class Known:
    """A worker who knows somebody, and whether they have them in the caseload still."""

    reference: str
    row: Acquaintance
    whom: Guarded
    waits: bool


def protections_of(actor: Actor, today: date) -> list[Protected]:
    """Those within the reach of the role, the one to be looked at first on top."""
    rows = list(
        Protection.objects.active_on(today)
        .filter(about_one_of(guarded_clients(actor)))
        .select_related("client")
        .order_by("review_on", "pk")
    )
    whom = _guarded(actor, {row.client_id for row in rows}, today)
    readers: dict[int, list[str]] = {}
    admitted = Admission.objects.active_on(today).filter(client__in=[row.client_id for row in rows])
    for client, name in admitted.order_by("user__name").values_list("client", "user__name"):
        readers.setdefault(client, []).append(name)
    left = {one.pk for one in waiting_protections(actor, today) if is_left(one)}
    return [
        Protected(
            reference_of(row), row, whom[row.client_id], tuple(readers.get(row.client_id, ())), row.pk not in left
        )
        for row in rows
    ]


def acquaintances_of(actor: Actor, today: date) -> list[Known]:
    """Who knows whom, within the reach of the role; first whom somebody has in the caseload still."""
    rows = list(
        Acquaintance.objects.active_on(today)
        .filter(about_one_of(guarded_clients(actor)))
        .exclude(user=actor.user_id)
        .select_related("client", "user")
        .order_by("pk")
    )
    waits = set(known_and_held(actor, today).values_list("pk", flat=True))
    whom = _guarded(actor, {row.client_id for row in rows}, today)
    found = [Known(reference_of(row), row, whom[row.client_id], row.pk in waits) for row in rows]
    return sorted(found, key=lambda one: (not one.waits, one.whom.name))


@dataclass(frozen=True)
class Versions(Generic[R]):
    """A protection, or that somebody is known, with every version of it, the newest first; and who it is about."""

    rows: tuple[R, ...]
    whom: Guarded

    @property
    def newest(self) -> R:
        """What became of it."""
        return self.rows[0]

    def stands(self, today: date) -> bool:
        """Whether it was not ended or withdrawn."""
        ends_on = self.newest.ends_on
        return not self.newest.withdrawn and (ends_on is None or ends_on > today)


def versions_at(actor: Actor, rows: QuerySet[R], reference: str, today: date) -> Versions[R] | None:
    """What stands or stood at an address, within the reach of the role; None when that is nothing."""
    guarded = rows.filter(about_one_of(guarded_clients(actor))).select_related("client", "recording").order_by("pk")
    chain = versions_among(guarded, lambda row: reference_of(row) == reference)
    if not chain:
        return None
    client_id = chain[0].client_id
    return Versions(tuple(chain), _guarded(actor, [client_id], today)[client_id])


def admitted_before(row: Protection) -> list[str]:
    """Who was let in while a version of a protection stood, by name."""
    by_then = Admission.objects.filter(client=row.client_id, recording__lte=row.recording_id)
    replaced = by_then.filter(replaces__isnull=False).values("replaces")
    held = by_then.filter(withdrawn=False, ends_on__isnull=True).exclude(pk__in=replaced)
    return list(User.objects.filter(pk__in=held.values("user")).order_by("name", "pk").values_list("name", flat=True))


def waiting_protections(actor: Actor, today: date) -> PeriodQuerySet[Protection]:
    """Of these the ones whose day of review is there, for they do not end by themselves; and those in follow-up whom no
    case manager guides who works here (`is_left`), for most can't see that.
    """
    works = RoleHolding.objects.active_on(today).filter(
        user=OuterRef("worker"), municipality=OuterRef("client__municipality"), role__in=caseload_roles()
    )
    held = Assignment.objects.active_on(today).filter(role=AssignmentRole.CASE_MANAGER, worker__is_active=True)
    left = of_their_client(FollowUp.objects.active_on(today)) & ~of_their_client(held.filter(Exists(works)))
    rows = Protection.objects.active_on(today).filter(about_one_of(guarded_clients(actor)))
    rows = rows.annotate(whose=kept_client(), is_left=ExpressionWrapper(left, output_field=BooleanField()))
    return rows.filter(Q(review_on__lte=today) | Q(is_left=True))


def is_left(row: Protection) -> bool:
    """Of one of these whether nobody guides the client."""
    return bool(getattr(row, "is_left", False))


def known_and_held(actor: Actor, today: date) -> PeriodQuerySet[Acquaintance]:
    """Of the workers who know somebody those who have them in the caseload still: nobody guides these clients."""
    rows = (
        Acquaintance.objects.active_on(today).filter(about_one_of(guarded_clients(actor))).exclude(user=actor.user_id)
    )
    held = Assignment.objects.active_on(today).filter(role=AssignmentRole.CASE_MANAGER.value)
    last = held.annotate(whose=kept_client()).filter(whose=OuterRef("whose")).order_by("-starts_on", "-pk")
    return rows.annotate(whose=kept_client(), held_by=Subquery(last.values("worker")[:1])).filter(held_by=F("user"))


def protections_waiting(actor: Actor) -> QuerySet[Any, int] | None:
    """How many protections are to be looked at, as a subquery of one number; None for who guards none."""
    return _counted(waiting_protections(actor, dates.today())) if actor.may("protect_dossiers") else None


def known_waiting(actor: Actor) -> QuerySet[Any, int] | None:
    """How many wait for another case manager, likewise."""
    return _counted(known_and_held(actor, dates.today())) if actor.may("protect_dossiers") else None


def _counted(rows: QuerySet[Any, Any]) -> QuerySet[Any, int]:
    counted = rows.order_by().annotate(all=Value(1)).values("all").annotate(waiting=Count("pk"))
    found: QuerySet[Any, int] = counted.values_list("waiting", flat=True)
    return found


def reference_of(row: Protection | Acquaintance) -> str:
    """The address of one of these."""
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), row._meta.label_lower, row.pk)


def possible_readers(client: Client, day: date, but: Collection[int] = ()) -> list[User]:
    """Who can be let in beside the case manager, by name: those whose role would reach this client unprotected."""
    assigned = Assignment.objects.active_on(day).filter(in_dossiers_of([client.pk]))
    managed = assigned.filter(role=AssignmentRole.CASE_MANAGER)
    reaching = (
        Q(role__in=roles_reaching(Scope.MUNICIPALITY))
        | Q(role__in=roles_reaching(Scope.TEAM), team__in=managed.values("team"))
        | Q(role__in=roles_reaching(Scope.BATCH), user__in=assigned.values("worker"))
        | Q(role__in=roles_reaching(Scope.SUPERVISED), supervisor__in=managed.values("worker"))
    )
    held = RoleHolding.objects.active_on(day).filter(reaching, municipality=client.municipality_id)
    users = User.objects.filter(is_active=True, pk__in=held.values("user"))
    users = users.filter(sign_in_name__isnull=False).exclude(
        pk__in=managed.filter(worker__isnull=False).values("worker")
    )
    return list(users.exclude(pk__in=but).order_by("name", "pk"))


def admitted_to(client_id: int, day: date) -> list[User]:
    """Who is let in to a dossier, by name."""
    held = Admission.objects.active_on(day).filter(client=client_id).values("user")
    return list(User.objects.filter(pk__in=held).order_by("name", "pk"))


def _guarded(actor: Actor, ids: Collection[int], today: date) -> dict[int, Guarded]:
    clients = Client.objects.in_bulk(list(ids))
    note_listed(client.reference for client in clients.values())
    names = {one.client_id: one.list_name for one in Person.objects.current().filter(client__in=clients)}
    held = caseloads_on(today, ids)
    open_ids = set(visible_clients(actor).filter(pk__in=ids).values_list("pk", flat=True))
    found = {}
    for pk, client in clients.items():
        one = held.get(pk)
        worker = one.worker.name if one and one.worker else ""
        team = one.team.name if one and one.team else ""
        found[pk] = Guarded(client, names.get(pk, client.number), worker, team, pk in open_ids)
    return found
