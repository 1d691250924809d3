"""Taking away what is older than the term of the log: the first records of each chain, and never one in between."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import router, transaction
from django.db.models import Max, Min

from opstap.audit.logic.cuts import CUT, Cut
from opstap.audit.logic.entries import Entry
from opstap.audit.models import Access, AccessCut
from opstap.audit.operations.accesses import ensure_log, record_access
from opstap.audit.operations.sending import RIGHT
from opstap.audit.permissions import Actor
from opstap.audit.selectors.verifying import verify_log
from opstap.foundation import dates
from opstap.foundation.appendonly import erase_rows

AT_ONCE = 2000  # in one transaction: whoever looks at something waits no longer than that


class LogIsWrong(Exception):
    """A chain of the log is not what was written: nothing of that chain may go."""


def cut_log(*, by: Actor, before: datetime) -> int:
    """Take away the records of before a moment; returns how many.

    Of each chain its first records go, as far as all of them are older: a clock that was set back takes none along.
    A chain that is not what was written keeps all of its records; LogIsWrong then, after the others were cut.
    Killed anywhere, what went is sealed and what stays is verified from there.
    """
    by.require(RIGHT)
    ends = _ends(before)
    if not ends:
        return 0
    ensure_log()
    wrong = {one.chain for one in verify_log().wrong}
    right = {chain: places for chain, places in ends.items() if chain not in wrong}
    gone = sum(_cut(chain, first, last, before) for chain, (first, last) in right.items())
    if right:
        record_access(_said(by, before, gone, {chain: last for chain, (_, last) in right.items()}))
    if wrong:
        raise LogIsWrong
    return gone


def _ends(before: datetime) -> dict[str, tuple[int, int]]:
    """Of each chain the first place that is there, and the last that may go."""
    older = Access.objects.filter(at__lt=before).order_by().values("chain")
    found = {
        row["chain"]: (row["first"], row["last"]) for row in older.annotate(first=Min("position"), last=Max("position"))
    }
    if not found:
        return {}
    stays = Access.objects.filter(at__gte=before).order_by().values("chain").annotate(first=Min("position"))
    first_to_stay = {row["chain"]: row["first"] for row in stays if row["chain"] in found}
    ends = {chain: (first, min(last, first_to_stay.get(chain, last + 1) - 1)) for chain, (first, last) in found.items()}
    return {chain: (first, last) for chain, (first, last) in ends.items() if first <= last}


def _cut(chain: str, first: int, last: int, before: datetime) -> int:
    """Some at a time: each with what says so, in one transaction."""
    key, using = settings.OPSTAP_KEYS.key("log").value, router.db_for_write(Access)
    for start in range(first, last + 1, AT_ONCE):
        end = min(start + AT_ONCE - 1, last)
        with transaction.atomic(using=using):
            digest = bytes(Access.objects.get(chain=chain, position=end).digest)
            cut = Cut(chain, end, digest, end - start + 1, before, dates.now())
            AccessCut.objects.create(
                chain=chain, position=end, digest=digest, records=cut.records, before=before, at=cut.at,
                seal=cut.seal(key),
            )  # fmt: skip
            if erase_rows(Access.objects.filter(chain=chain, position__lte=end)) != cut.records:
                raise LogIsWrong
    return last - first + 1


def _said(by: Actor, before: datetime, records: int, ends: Mapping[str, int]) -> Entry:
    """That it was done stands in the log itself, with how many went and where each chain was cut."""
    said = {"before": before.isoformat(), "records": records, "up_to": dict(ends)}
    return Entry(
        at=dates.now(), source="log", user=by.reference, roles="", on_behalf_of="", municipality=None, action=CUT,
        method="", subject=b"", listed=b"", listed_count=0, why=json.dumps(said, sort_keys=True), result="done",
    )  # fmt: skip
