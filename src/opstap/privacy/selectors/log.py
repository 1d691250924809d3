"""The access log as a list: what is asked of it, and its rows in a municipality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from opstap.audit.logic.cuts import CUT
from opstap.audit.logic.entries import OUT_OF_REACH, RESULTS
from opstap.audit.models import Access
from opstap.audit.selectors.accesses import looks_at
from opstap.foundation.dates import AMSTERDAM, parse_day
from opstap.privacy.logic.actions import BY_ITSELF, WAYS, by_way
from opstap.privacy.logic.unusual import Look

HALF_AN_HOUR = timedelta(minutes=30)


@dataclass(frozen=True)
class Wanted:
    """Which records are shown; empty for no choice. `client` is a reference, `user` too."""

    user: str = ""
    client: str = ""
    result: str = ""
    way: str = ""
    first: date | None = None
    last: date | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Wanted:
        """From an address; what can't be is no choice."""
        result, way = given.get("result", ""), given.get("way", "")
        return cls(
            user=given.get("user", ""),
            client=given.get("client", ""),
            result=result if result in RESULTS else "",
            way=way if way in WAYS else "",
            first=_day(given.get("first", "")),
            last=_day(given.get("last", "")),
        )

    @property
    def query(self) -> dict[str, str]:
        """As it stands in an address."""
        given: dict[str, Any] = {
            name: getattr(self, name) for name in ("user", "client", "result", "way", "first", "last")
        }
        return {name: str(value) for name, value in given.items() if value}


def wanted_records(municipality_id: int, wanted: Wanted, dossiers: Iterable[str] = ()) -> QuerySet[Access]:
    """The records that are wanted, the latest first. What keeps itself (drafts, openings) only when asked for.

    That records of the log were removed is told in every municipality: they went from all of them.
    """
    rows = looks_at(dossiers) if wanted.client else Access.objects.order_by("-at", "-pk")
    rows = rows.filter(told_in(municipality_id))
    by_itself = [action for action in by_way(*BY_ITSELF) if action != CUT]
    rows = rows.filter(action__in=by_way(wanted.way)) if wanted.way else rows.exclude(action__in=by_itself)
    if wanted.user:
        rows = rows.filter(user=wanted.user)
    if wanted.result:
        rows = rows.filter(result=wanted.result)
    if wanted.first:
        rows = rows.filter(at__gte=_beginning(wanted.first))
    if wanted.last:
        rows = rows.filter(at__lt=_beginning(wanted.last + timedelta(days=1)))
    return rows


def told_in(municipality_id: int) -> Q:
    """Which records stand in the log of a municipality: its own, and what was done to all of them at once."""
    return Q(municipality=municipality_id) | (Q(municipality=None) & (Q(source="command") | Q(action=CUT)))


def looks_between(municipality_id: int, first: date, last: date) -> list[Look]:
    """Every dossier that was asked for, from the first day up to and with the last."""
    rows = Access.objects.filter(
        municipality=municipality_id, at__gte=_beginning(first), at__lt=_beginning(last + timedelta(days=1))
    ).exclude(action__in=by_way(*BY_ITSELF))
    values = rows.values_list("at", "user", "subject", "result", "chain", "position").exclude(subject=b"")
    return [
        Look(at.astimezone(AMSTERDAM), user, bytes(subject), result != OUT_OF_REACH, chain, position)
        for at, user, subject, result, chain, position in values.iterator(chunk_size=5000)
    ]


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def _day(text: str) -> date | None:
    try:
        return parse_day(text) if text.strip() else None
    except ValueError:
        return None


def around_record(record: Access) -> list[Access]:
    """What the same user did in the hour around a record, at most fifty records, without drafts."""
    near = Access.objects.filter(
        user=record.user,
        municipality=record.municipality,
        at__gte=record.at - HALF_AN_HOUR,
        at__lte=record.at + HALF_AN_HOUR,
    )
    return list(near.exclude(action__in=by_way(*BY_ITSELF)).order_by("at", "pk")[:50])
