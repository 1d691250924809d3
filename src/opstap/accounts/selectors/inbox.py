"""What waits for a decision of somebody: a registry of sources, filled by `config`, and their count in one query.

A source counts in the database and tells its entries in words; it says nothing to whom it is not about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from opstap.audit.permissions import Actor
from opstap.foundation.registry import Registry


@dataclass(frozen=True)
class InboxEntry:
    """One thing to decide: what and about whom in a sentence, since when, and the page where it is decided."""

    what: str
    since: datetime
    url: str
    due: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class InboxSource:
    """Where entries come from. `waiting` is a subquery of one number, or None for who can have none of these; it leans
    on the actor and the day alone, for it is kept.
    """

    waiting: Callable[[Actor], QuerySet[Any, Any] | None]
    entries: Callable[[Actor], list[InboxEntry]]


inbox_sources: Registry[InboxSource] = Registry("sources of the inbox")


def entries_of(actor: Actor) -> list[InboxEntry]:
    """All that waits for this person: what is late first, then what waits longest."""
    found = [entry for source in inbox_sources for entry in source.entries(actor)]
    return sorted(found, key=lambda entry: (not entry.is_late, entry.since))


def waiting_count(actor: Actor) -> Combinable:
    """How much waits, to ride along on a query that is asked anyway."""
    total: Combinable = Value(0, output_field=IntegerField())
    for source in inbox_sources:
        counted = source.waiting(actor)
        if counted is not None:
            total = total + Coalesce(Subquery(counted, output_field=IntegerField()), 0)
    return total
