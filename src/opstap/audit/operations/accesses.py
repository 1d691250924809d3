"""Adding to the access log. Each process writes a chain of its own; what can't be logged may not be shown."""

from __future__ import annotations

import json
import os
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import Error as DatabaseProblem
from django.db import router, transaction

from opstap.audit.logic.entries import OPENED, Entry, content_of
from opstap.audit.logic.seen import Seen
from opstap.audit.logic.traces import new_trace
from opstap.audit.models import Access, AccessCut
from opstap.audit.permissions import Actor
from opstap.audit.selectors.pseudonyms import pseudonym_of, pseudonyms_of
from opstap.audit.selectors.whose import people_of
from opstap.foundation import dates
from opstap.foundation.chained import EMPTY, Head, HeadFile, latest_heads, next_digest, opening_digest

ANCHORED_HEADS = 50
MOST_NAMED = 10_000  # clients in one list; of a longer one only their number is kept


class LogUnavailable(Exception):
    """The access log can't be written: nothing may be shown until it can."""


class _Chain:
    """What one process has written: where it is, and the file with its head."""

    def __init__(self) -> None:
        folder = Path(settings.OPSTAP_LOG_HEADS)
        self._key = settings.OPSTAP_KEYS.key("log").value
        known = islice(filter(_says_something, latest_heads(folder, self._key)), ANCHORED_HEADS)
        opening = _opening({head.chain: [head.position, head.digest.hex()] for head in known})
        self.process = os.getpid()
        self.day = _day()
        self.name = secrets.token_hex(12)
        self._head = Head(self.name, 0, opening_digest(self._key, self.name))
        self._file = HeadFile(folder, self.name, self._head.digest, self._key)
        self._open(opening)

    def _open(self, opening: Entry) -> None:
        """Leaves no file open when it fails, and none at all when the row is not there for sure."""
        was_added = False
        try:
            with transaction.atomic(using=router.db_for_write(Access)):
                head = self._add(opening)
                was_added = True
            self._moved_to(head)
        except BaseException:
            if was_added:
                self._file.close()  # asked to keep it, the database may have done so before it failed
            else:
                self._file.take_back()
            raise

    def append(self, entry: Entry) -> None:
        """The row first, then the head: a head is never ahead of what is in the database."""
        self._moved_to(self._add(entry))

    def _add(self, entry: Entry) -> Head:
        position = self._head.position + 1
        digest = next_digest(self._key, self._head.digest, content_of(self.name, position, entry))
        values = {field: getattr(entry, field) for field in Entry.__dataclass_fields__}
        Access.objects.create(chain=self.name, position=position, digest=digest, **values)
        return Head(self.name, position, digest)

    def _moved_to(self, head: Head) -> None:
        self._head = head
        self._file.write(head)

    def close(self) -> None:
        """It has its last record: the next chain vouches for it."""
        self._file.close()


def _says_something(head: Head) -> bool:
    """Of a chain without a record there is nothing to vouch for; that the head of one that has or had records was
    emptied, is put down for good.
    """
    if head.position != EMPTY:
        return head.position > 0
    return any(model.objects.filter(chain=head.chain).exists() for model in (Access, AccessCut))


def _day() -> int:
    """The day of the machine, by which chains change: days since 1970 in UTC."""
    return int(time.time()) // 86_400


_lock = threading.RLock()
_chains: list[_Chain] = []  # none or one


def ensure_log() -> None:
    """Before anything is done: refuse with LogUnavailable while the log can't be written."""
    with _writing_log():
        _chain()


def record_access(entry: Entry) -> None:
    """Add an entry. LogUnavailable when it can't be kept; the next try begins a new chain."""
    with _writing_log():
        _chain().append(entry)


@contextmanager
def _writing_log() -> Iterator[None]:
    with _lock:
        try:
            yield
        except (DatabaseProblem, OSError) as problem:
            while _chains:
                _chains.pop().close()
            raise LogUnavailable from problem


def _chain() -> _Chain:
    """That of this process; after a fork or a failure a new one, and each day: its opening vouches for the ends of all
    others, so that what was cut off is missed within a day.
    """
    if not _chains or _chains[0].process != os.getpid():
        _chains[:] = [_Chain()]
    elif _chains[0].day != _day():
        ended, _chains[:] = _chains[0], [_Chain()]
        ended.close()
    return _chains[0]


def log_access(*, by: Actor, action: str, method: str, result: str, seen: Seen) -> None:
    """Add what an actor saw, asked or did, with the clients that were shown meanwhile and whose data were written."""
    people = _whose(seen)
    written = [reference for reference in people if reference != seen.subject]
    listed = [one for one in seen.listed if one != seen.subject and one not in people]
    named = [*written, *(listed if len(listed) + seen.more <= MOST_NAMED else [])]
    record_access(
        Entry(
            at=dates.now(),
            source=by.source[:20],
            user=by.reference[:40],
            roles=",".join(by.roles),
            on_behalf_of=(seen.on_behalf_of or by.on_behalf_of)[:120],
            municipality=by.municipality_id,
            action=action[:80],
            method=method[:8],
            subject=pseudonym_of(seen.subject),
            listed=pseudonyms_of(named),
            listed_count=len(written) + len(listed) + seen.more,
            why=seen.why,
            result=result,
            began_at=seen.began_at,
            trace=seen.trace or new_trace(),
            caller=seen.caller,
        )
    )


def _whose(seen: Seen) -> dict[str, None]:
    """Each person whose data were written, once. LogUnavailable while nobody can say who they are."""
    try:
        return dict.fromkeys(people_of(seen.written))
    except DatabaseProblem as problem:
        raise LogUnavailable from problem


def _opening(heads: dict[str, list[int | str]]) -> Entry:
    """The first entry of a chain vouches for the ends of the chains before it."""
    return Entry(
        at=dates.now(), source="log", user="", roles="", on_behalf_of="", municipality=None, action=OPENED, method="",
        subject=b"", listed=b"", listed_count=0, why=json.dumps(heads, sort_keys=True), result="done",
    )  # fmt: skip
