"""Following every chain of the access log from its opening to its head, and naming the first record that is wrong."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from django.conf import settings

from opstap.audit.logic.cuts import Cut
from opstap.audit.logic.entries import OPENED, Entry, content_of
from opstap.audit.models import Access, AccessCut
from opstap.foundation.chained import EMPTY, Head, next_digest, opening_digest, read_heads

CHANGED, MISSING, CUT_OFF, UNKNOWN_CHAIN, WHOLE_CHAIN = "changed", "missing", "cut_off", "unknown_chain", "whole_chain"
CUT_IS_WRONG = "cut_is_wrong"  # not sealed with the key of the log, or one before it is gone
VALUES = tuple(Entry.__dataclass_fields__)
PART = 5000
OPENINGS = 3  # of which one must be by the key: a single one that was changed says nothing of the key


@dataclass(frozen=True)
class Wrong:
    """A place of a chain at which the log is not what was written; the moment of the record nearest to it."""

    what: str
    chain: str
    position: int
    at: datetime | None


@dataclass
class Verified:
    """How much was looked at, and what is wrong, the earliest first."""

    records: int = 0
    chains: int = 0
    cuts: int = 0
    gone: int = 0  # records that went after their term
    wrong: list[Wrong] = field(default_factory=list)


Vouched = dict[str, dict[int, bytes]]


def verify_log() -> Verified:
    """Look at every record once, in the order of chains and places; again where old ones went meanwhile."""
    while True:
        found = _verified()
        if not found.wrong or found.cuts == AccessCut.objects.count():
            return found


def is_log_of(key: bytes, *, using: str | None = None) -> bool:
    """Whether one of the first openings of chains that are there was made by this key; also when there is none."""
    openings = Access.objects.using(using).filter(position=1).order_by("pk")
    rows = openings.values_list("chain", "digest", *VALUES)[:OPENINGS]
    proved = [
        next_digest(key, opening_digest(key, name), content_of(name, 1, Entry(*(_plain(value) for value in values))))
        == bytes(digest)
        for name, digest, *values in rows
    ]
    return any(proved) or not proved


def _verified() -> Verified:
    key, folder = settings.OPSTAP_KEYS.key("log").value, Path(settings.OPSTAP_LOG_HEADS)
    heads = read_heads(folder, key)
    empty = {name: {EMPTY: b""} for name, head in heads.items() if head.position == EMPTY}
    vouched = _vouched_for([head for head in heads.values() if head.chain not in empty])
    found = Verified()
    cuts = _cuts(key, found)
    for name, rows in chain(groupby(_rows(), key=itemgetter(0)), _nothing_of(cuts)):
        known = vouched.pop(str(name), {}) | empty.get(str(name), {})
        one = _Chain(key, str(name), known, cuts.pop(str(name), None))
        # One that was begun since the heads were read has its head by now: that is written before its first record.
        one.follow(rows, has_head=name in heads or (folder / str(name)).exists())
        found.chains += 1
        found.records += one.records
        found.wrong += [one.wrong] if one.wrong else []
    # One of which nothing is known but an empty head has never begun: whoever was to begin it was killed before.
    found.wrong += [Wrong(WHOLE_CHAIN, name, 1, None) for name, places in vouched.items() if max(places) > 0]
    found.wrong.sort(key=lambda one: (one.at is not None, one.at, one.chain))
    return found


def _rows() -> Iterator[tuple[Any, ...]]:
    fields = ("chain", "position", "digest", *VALUES)
    return Access.objects.order_by("chain", "position").values_list(*fields).iterator(chunk_size=PART)


def _cuts(key: bytes, found: Verified) -> dict[str, Cut]:
    """Where each chain begins now that its first records went after their term; a cut that nobody with the key made is
    wrong, and so is one of which the one before is gone.
    """
    cuts: dict[str, Cut] = {}
    for row in AccessCut.objects.order_by("chain", "position").iterator(chunk_size=PART):
        cut = Cut(row.chain, row.position, bytes(row.digest), row.records, row.before, row.at)
        found.cuts += 1
        before = cuts[cut.chain].position if cut.chain in cuts else 0
        if hmac.compare_digest(cut.seal(key), bytes(row.seal)) and cut.position - cut.records == before:
            cuts[cut.chain] = cut
            found.gone += cut.records
        else:
            found.wrong.append(Wrong(CUT_IS_WRONG, cut.chain, cut.position, cut.at))
    return cuts


def _nothing_of(cuts: Mapping[str, Cut]) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
    """The chains of which every record went: asked when those with records were followed, and so no longer there."""
    yield from ((name, ()) for name in sorted(cuts))


def _vouched_for(heads: Iterable[Head]) -> Vouched:
    """What is known from outside a chain: its own head, and what later chains said of it when they began."""
    places: Vouched = {head.chain: {head.position: head.digest} for head in heads}
    for why in Access.objects.filter(action=OPENED).values_list("why", flat=True).iterator(chunk_size=PART):
        for name, (position, digest) in _read(why).items():
            places.setdefault(name, {})[position] = bytes.fromhex(digest)
    return places


def _read(why: str) -> dict[str, tuple[int, str]]:
    """What an opening record says of other chains; one that was changed is found by its own digest."""
    try:
        return {name: (int(position), str(digest)) for name, (position, digest) in json.loads(why).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


class _Chain:
    """A chain as far as it was followed, and what is known of it from outside."""

    def __init__(self, key: bytes, name: str, vouched: Mapping[int, bytes], cut: Cut | None) -> None:
        self.name = name
        self.records = 0
        self.wrong: Wrong | None = None
        self._key, self._vouched = key, vouched
        self._digest, self._place = (cut.digest, cut.position) if cut else (opening_digest(key, name), 0)
        self._at: datetime | None = None
        if cut and vouched.get(cut.position, cut.digest) != cut.digest:
            self.wrong = Wrong(CUT_IS_WRONG, name, cut.position, cut.at)

    def follow(self, rows: Iterable[tuple[Any, ...]], *, has_head: bool) -> None:
        """To its end; after the first wrong record the others are counted only."""
        for row in rows:
            self.records += 1
            if self.wrong is None:
                self._next(int(row[1]), bytes(row[2]), Entry(*(_plain(value) for value in row[3:])))
        if self.wrong is None and not has_head:
            self.wrong = Wrong(UNKNOWN_CHAIN, self.name, 1, self._at)
        if self.wrong is None and max(self._vouched, default=0) > self._place:
            self.wrong = Wrong(CUT_OFF, self.name, self._place + 1, self._at)

    def _next(self, position: int, stored: bytes, entry: Entry) -> None:
        if position != self._place + 1:
            self.wrong = Wrong(MISSING, self.name, self._place + 1, entry.at)
            return
        self._digest = next_digest(self._key, self._digest, content_of(self.name, position, entry))
        if self._digest != stored or self._vouched.get(position, stored) != stored:
            self.wrong = Wrong(CHANGED, self.name, position, entry.at)
        self._place, self._at = position, entry.at


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
