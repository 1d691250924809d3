"""The processing log: each record of the access log as lines of its own a person, and without a user.

The shape is that of the government's Logboek Dataverwerkingen; `privacy/processing.toml` says which activity a record
is part of. Nothing is stored beside the access log: a line is derived, the same each time (decision record 36).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Protocol

from django.conf import settings
from django.db.models import Case, F, IntegerField, Q, Sum, Value, When

from opstap.accounts.selectors.towns import several_towns
from opstap.audit.logic.entries import DONE, FAILED, pseudonyms_in
from opstap.audit.logic.traces import TRACE_BYTES, span_for, trace_at
from opstap.audit.models import Access
from opstap.audit.selectors import latest_recording, remembered_briefly
from opstap.audit.selectors.accesses import looks_at
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.foundation.crypto import LookUp
from opstap.foundation.dates import AMSTERDAM
from opstap.privacy.logic.processing import Activity, activity_of
from opstap.privacy.selectors.around import references_of, subjects_of

PART = 2000
PROCESSED = (DONE, FAILED)  # who was refused, or found nobody, got no data of anybody
OK, ERROR = 1, 2  # as the standard numbers them
OF_ALL = Q(municipality=None, source="command")


@dataclass(frozen=True)
class Line:
    """One line: an action about one person, or the action above those about each of several (`subject` empty)."""

    trace: bytes
    span: bytes
    parent: bytes
    caller: bytes
    status: int
    action: str
    method: str
    activity: Activity
    began_at: datetime
    ended_at: datetime
    subject: bytes


@dataclass(frozen=True)
class Processing:
    """What was done with somebody's data, as they may hear it: when, what, and as part of which activity."""

    at: datetime
    action: str
    method: str
    activity: Activity
    on_a_list: bool


@dataclass(frozen=True)
class Counted:
    """How many times somebody's data were in an activity (by its key), in each of the months."""

    key: str
    people: tuple[int, ...]


class Followed(Protocol):
    """A client, as far as this is concerned."""

    @property
    def reference(self) -> str:
        """The opaque reference."""

    @property
    def municipality_id(self) -> int:
        """Whose client it is."""


def lines_between(municipality_id: int, first: date, last: date) -> Iterator[Line]:
    """Every line from the first day up to and with the last, in the order of what happened."""
    within = Q(at__gte=_beginning(first), at__lt=_beginning(last + timedelta(days=1)))
    rows = Access.objects.filter(within, Q(municipality=municipality_id) | OF_ALL, result__in=PROCESSED)
    for record in rows.order_by("at", "pk").iterator(chunk_size=PART):
        yield from lines_of(record) if record.municipality else _lines_here(record, municipality_id)


def _lines_here(record: Access, municipality_id: int) -> list[Line]:
    """Of what a command did in every municipality: the action itself, and the people of this one."""
    own = _subjects_here(latest_recording(), municipality_id)
    return [line for line in lines_of(record) if not line.subject or line.subject in own]


@remembered_briefly
def _subjects_here(latest: int, municipality_id: int) -> frozenset[bytes]:
    return frozenset(_subject(one) for one in subjects_of(latest, municipality_id))


def lines_of(record: Access) -> list[Line]:
    """The lines of one record: one where it is about one person, else one above and one for each person."""
    activity = activity_of(record.action)
    if activity is None or record.result not in PROCESSED:
        return []
    people = [bytes(record.subject)] if record.subject else []
    people += [one for one in pseudonyms_in(bytes(record.listed)) if one not in people]
    own = bytes(record.trace) or trace_at(record.chain, record.position)
    trace, span = own[:TRACE_BYTES], own[TRACE_BYTES:]

    def line(of_span: bytes, parent: bytes, subject: bytes) -> Line:
        return Line(
            trace=trace,
            span=of_span,
            parent=parent,
            caller=b"" if parent else bytes(record.caller),
            status=ERROR if record.result == FAILED else OK,
            action=record.action,
            method=record.method,
            activity=activity,
            began_at=record.began_at or record.at,
            ended_at=record.at,
            subject=_subject(subject) if subject else b"",
        )

    if len(people) == 1 and record.listed_count <= 1:
        return [line(span, b"", people[0])]
    return [line(span, b"", b""), *(line(span_for(own, person), span, person) for person in people)]


def processings_of(client: Followed) -> list[Processing]:
    """All that was done with the data of a client, in whichever of their dossiers, the latest first."""
    own = references_of(client.municipality_id, client.reference)
    asked = {pseudonym_of(reference) for reference in own}
    found = []
    for record in looks_at(own).filter(result__in=PROCESSED).iterator(chunk_size=PART):
        activity = activity_of(record.action)
        if activity is not None:
            on_a_list = bytes(record.subject) not in asked
            found.append(Processing(record.at, record.action, record.method, activity, on_a_list))
    return found


def counts_by_month(municipality_id: int, months: Iterable[date]) -> list[Counted]:
    """Of each activity that took place, how many times somebody's data were in it."""
    begins = list(months)
    spans = {f"m{number}": _within(begin) for number, begin in enumerate(begins)}
    people = Case(When(subject=b"", then=Value(0)), default=Value(1)) + F("listed_count")
    sums = {name: _sum_where(span, people) for name, span in spans.items()}
    since = Q(at__gte=_beginning(min(begins))) if begins else Q()
    rows = Access.objects.filter(since, municipality=municipality_id, result__in=PROCESSED)
    totals: dict[str, list[int]] = {}
    for action, *counted in rows.values("action").annotate(**sums).values_list("action", *sums):
        _add(totals, action, counted)
    of_all = Access.objects.filter(since, OF_ALL, result__in=PROCESSED).exclude(subject=b"", listed_count=0)
    everybody = not several_towns()
    for record in of_all.iterator(chunk_size=PART):
        count = _people_here(record, None if everybody else municipality_id)
        month = record.at.astimezone(AMSTERDAM).date().replace(day=1)
        _add(totals, record.action, [count if begin.replace(day=1) == month else 0 for begin in begins])
    return [Counted(key, tuple(people_of)) for key, people_of in totals.items()]


def _add(totals: dict[str, list[int]], action: str, counted: list[int]) -> None:
    activity = activity_of(action)
    if activity is not None:
        before = totals.get(activity.key, [0] * len(counted))
        totals[activity.key] = [held + more for held, more in zip(before, counted, strict=True)]


def _people_here(record: Access, municipality_id: int | None) -> int:
    """How many of them are people of a municipality. Where it is the only one all are, also who is not named."""
    if municipality_id is None:
        return record.listed_count + bool(record.subject)
    return sum(1 for line in _lines_here(record, municipality_id) if line.subject)


def _within(month: date) -> Q:
    following = (month.replace(day=1) + timedelta(days=32)).replace(day=1)
    return Q(at__gte=_beginning(month.replace(day=1)), at__lt=_beginning(following))


def _sum_where(span: Q, value: object) -> Sum:
    return Sum(Case(When(span, then=value), default=Value(0), output_field=IntegerField()))


def _beginning(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


@cache
def _subjects() -> LookUp:
    return LookUp(settings.OPSTAP_KEYS.key("pseudonyms"), "processing-log:data-subject")


def _subject(pseudonym: bytes) -> bytes:
    """Another pseudonym than that of the access log: with a line in hand nobody finds who looked."""
    return _subjects().digest(pseudonym.hex())[:TRACE_BYTES] if pseudonym else b""
