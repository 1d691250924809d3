"""One entry of the access log as plain values, and the bytes that its digest is taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from opstap.foundation.chained import joined

FORM, TRACED = "1", "2"  # of the bytes; a record without a trace has the first form
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
PSEUDONYM_BYTES = 16

DONE, REFUSED, NOT_THERE, FAILED, BEGUN = "done", "refused", "not_there", "failed", "begun"
OUT_OF_REACH = "out_of_reach"
RESULTS = (DONE, OUT_OF_REACH, REFUSED, NOT_THERE, FAILED, BEGUN)
OPENED = "log:opened"


@dataclass(frozen=True)
class Entry:
    """Who did what, for whom and why, about which client (a keyed pseudonym), and what came of it.

    `trace` and `caller` are a trace and a span each, 24 bytes (`logic.traces`): the own one, and that of who asked.
    """

    at: datetime
    source: str
    user: str
    roles: str
    on_behalf_of: str
    municipality: int | None
    action: str
    method: str
    subject: bytes
    listed: bytes
    listed_count: int
    why: str
    result: str
    began_at: datetime | None = None
    trace: bytes = b""
    caller: bytes = b""


def content_of(chain: str, position: int, entry: Entry) -> bytes:
    """What the digest of this entry is taken over: every value, its chain and its place."""
    traced = _traced(entry)
    texts = (
        TRACED if traced else FORM,
        chain,
        str(position),
        moment_text(entry.at),
        entry.source,
        entry.user,
        entry.roles,
        entry.on_behalf_of,
        "" if entry.municipality is None else str(entry.municipality),
        entry.action,
        entry.method,
        str(entry.listed_count),
        entry.why,
        entry.result,
    )
    return joined([*(text.encode() for text in texts), entry.subject, entry.listed, *traced])


def _traced(entry: Entry) -> list[bytes]:
    began = b"" if entry.began_at is None else moment_text(entry.began_at).encode()
    parts = [began, entry.trace, entry.caller]
    return parts if any(parts) else []


def moment_text(at: datetime) -> str:
    """A moment as digests take it."""
    return str((at - BEGINNING) // MICROSECOND)


def pseudonyms_in(listed: bytes) -> Iterable[bytes]:
    """The pseudonyms of a list, one after the other."""
    return (listed[at : at + PSEUDONYM_BYTES] for at in range(0, len(listed), PSEUDONYM_BYTES))


def result_of(status: int, *, out_of_reach: bool = False) -> str:
    """What came of a request, by the status of its answer; `out_of_reach` when the gate gave no client."""
    if status in {401, 403, 429}:
        return REFUSED
    if status == 404:
        return OUT_OF_REACH if out_of_reach else NOT_THERE
    return FAILED if status >= 500 else DONE
