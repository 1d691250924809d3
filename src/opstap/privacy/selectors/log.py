"""The access log as a list: what is asked of it, and its rows in a municipality."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BinaryField, Case, F, Q, QuerySet, Value, When

from opstap.audit.logic.cuts import CUT
from opstap.audit.logic.entries import DONE, OUT_OF_REACH, RESULTS, pseudonyms_in
from opstap.audit.models import Access
from opstap.audit.selectors.accesses import looks_at
from opstap.clients.logic.outside import MET, TRIED
from opstap.foundation.dates import AMSTERDAM, parse_day
from opstap.privacy.logic.actions import BY_ITSELF, WAYS, actions, by_way
from opstap.privacy.logic.looks import FILE, PAPER, SEARCH, Look

HALF_AN_HOUR = timedelta(minutes=30)
COLUMNS = (
    "at", "user", "subject", "result", "chain", "position", "action", "method", "why", "listed_count", "named",
)  # fmt: skip
# Asking whether somebody is known, or who looked at them: no dossier was opened.
QUESTIONS = frozenset({"outside", MET, TRIED})
ASKING = frozenset({"privacy:accesses", "privacy:accesses-file"})


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

    That records of the log were removed is told in every municipality: they went from all of them. Of a client of this
    municipality every record is, also of who tried from another.
    """
    rows = Access.objects.filter(told_in(municipality_id)).order_by("-at", "-pk")
    rows = looks_at(dossiers) if wanted.client else rows
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


def looks_between(municipality_id: int, first: date, last: date) -> Iterator[Look]:
    """Who was asked for, listed or searched for, from the first day up to and with the last; by user, then by time.

    They come one by one: of a year there may be more than fit in memory.
    """
    searched = Q(action__in=by_way(SEARCH), method="POST")
    shown = Q(result=DONE) & (Q(listed_count__gt=0) | searched)
    taken = When(action__in=by_way(FILE, PAPER), subject=b"", then=F("listed"))
    rows = Access.objects.filter(
        ~Q(subject=b"") | shown,
        municipality=municipality_id,
        at__gte=_beginning(first),
        at__lt=_beginning(last + timedelta(days=1)),
    ).exclude(action__in=by_way(*BY_ITSELF))
    named = Case(taken, default=Value(b""), output_field=BinaryField())
    return map(_look, rows.annotate(named=named).order_by("user", "at", "pk").values_list(*COLUMNS).iterator(5000))


def _look(row: tuple[Any, ...]) -> Look:
    at, user, subject, result, chain, position, action, method, why, people, named = row
    known = actions().get(action)
    way = known.way if known else ""
    return Look(
        at.astimezone(AMSTERDAM),
        user,
        bytes(subject),
        result != OUT_OF_REACH,
        chain,
        position,
        way=way,
        people=people,
        named=tuple(pseudonyms_in(bytes(named))),
        is_question=why in QUESTIONS or action in ASKING,
        is_search=way == SEARCH and method == "POST",
    )


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def _day(text: str) -> date | None:
    try:
        return parse_day(text) if text.strip() else None
    except ValueError:
        return None


def record_at(municipality_id: int, chain: str, position: int, subjects: Container[bytes]) -> Access | None:
    """The record at a place of a chain, where it stands in the log of a municipality or is about one of its clients."""
    found = Access.objects.filter(chain=chain, position=position).exclude(action=CUT).first()
    if found is None or any(one in subjects for one in (bytes(found.subject), *pseudonyms_in(bytes(found.listed)))):
        return found
    return Access.objects.filter(told_in(municipality_id), pk=found.pk).first()


def around_record(record: Access, municipality_id: int) -> list[Access]:
    """What the same user did in the hour around a record, at most fifty records, without drafts; of what they did in
    another municipality no more than the record itself.
    """
    near = Access.objects.filter(
        told_in(municipality_id) | Q(pk=record.pk),
        user=record.user,
        at__gte=record.at - HALF_AN_HOUR,
        at__lte=record.at + HALF_AN_HOUR,
    )
    return list(near.exclude(action__in=by_way(*BY_ITSELF)).order_by("at", "pk")[:50])
