"""What clients ask about one record of theirs, shown beside it: the room above that keeps it plugs itself in."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.selectors.same_person import kept_client
from opstap.foundation.registry import Registry


@dataclass(frozen=True, slots=True)
class AskedBeside:
    """That a client wants a record put right; once that was refused, what they say of it stays beside the record."""

    about: str
    row: int
    reference: str
    record: str
    url: str
    received_on: date
    words: str
    is_open: bool
    reason: str
    permissions: frozenset[str]  # of whoever decides: all of them
    read_with: str = ""  # what whoever reads it holds, where not everybody who sees the dossier may read the record
    to_correct: bool = False  # decided that it is put right, and the record still stands as it was
    may_decide: bool = False


@dataclass(frozen=True, slots=True)
class AskedSource:
    """The rows that stand beside records, and what they say; `rows` ride along on the query of the dossier."""

    rows: Callable[[], QuerySet[Any]]
    of: Callable[[Client], list[AskedBeside]]


asked_sources: Registry[AskedSource] = Registry("what clients ask about a record")


def with_asked(clients: QuerySet[Client]) -> QuerySet[Client]:
    """With `has_asked`: whether anything stands beside a record, so that nothing is asked where nothing does."""
    anything = Q()
    for source in asked_sources:
        anything |= Q(Exists(source.rows().annotate(whose=kept_client()).filter(whose=OuterRef("pk"))))
    return clients.annotate(has_asked=anything) if anything else clients


def asked_of(actor: Actor, client: Client) -> list[AskedBeside]:
    """Everything that stands beside a record of the client, for who may read that record; what waits first."""
    if not getattr(client, "has_asked", True):
        return []
    found = [one for source in asked_sources for one in source.of(client)]
    shown = [one for one in found if not one.read_with or actor.may(one.read_with)]
    told = [replace(one, may_decide=one.is_open and all(map(actor.may, one.permissions))) for one in shown]
    return sorted(told, key=lambda one: (not one.is_open, not one.to_correct))


def asked_beside(actor: Actor, client: Client, about: str, rows: Collection[int]) -> list[AskedBeside]:
    """What stands beside one record, in whichever of its versions."""
    return [one for one in asked_of(actor, client) if one.about == about and one.row in rows]
