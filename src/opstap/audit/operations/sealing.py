"""New keys, and sealing by them what older ones sealed: some rows at a time, while others read and write."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from opstap.audit.models import PermittedRow, RecordingCounter
from opstap.audit.operations.recordings import writing
from opstap.audit.permissions import Actor
from opstap.audit.selectors.sealed import SealedTable, sealed_tables, walked
from opstap.foundation import dates
from opstap.foundation.appendonly import AppendOnlyModel
from opstap.foundation.crypto import KeyRing, change_keys
from opstap.foundation.crypto.keys import RENEWED_USES, renewed, without_former

RIGHT = "change_keys"  # of the command and the background; no role has it


@dataclass(frozen=True)
class Sealed:
    """How far it came: the table and the last row looked at, empty at the end; how many rows were sealed anew."""

    table: str
    after: int
    changed: int


def renew_keys(*, by: Actor) -> KeyRing:
    """New keys for all that is sealed in fields: from now on they seal, and the ones of before only open.

    While it is done nobody writes, so every write is by the old keys, and complete, or knows the new ones.
    """
    by.require(RIGHT)
    with writing(by=by, verb="renew_keys"):
        return change_keys(settings.KEYS_FILE, lambda ring: renewed(ring, RENEWED_USES, dates.now()))


def retire_keys(*, by: Actor) -> KeyRing:
    """Take the keys of before out of the file. Whoever asks has seen that they seal nothing any more."""
    by.require(RIGHT)
    with writing(by=by, verb="retire_keys"):
        return change_keys(settings.KEYS_FILE, without_former)


def seal_some_anew(*, by: Actor, table: str = "", after: int = 0) -> Sealed:
    """Look at the next rows of a table, and seal by the keys of now what older ones sealed."""
    by.require(RIGHT)
    keys = sealed_tables.keys()
    key = table or keys[0]
    held = sealed_tables.get(key)
    rows = next(walked(held, after), []) if held is not None else []
    if held is not None and rows:
        stale = [row.pk for row in rows if held.renewal(row)]
        return Sealed(key, rows[-1].pk, _seal_anew(held, stale) if stale else 0)
    following = keys[keys.index(key) + 1 :] if key in keys else []
    return Sealed(following[0] if following else "", 0, 0)


def _seal_anew(table: SealedTable, ids: Collection[int]) -> int:
    """In one transaction in which nobody else writes. It takes no recording: nothing that is known changes by it."""
    guarded = issubclass(table.model, AppendOnlyModel)
    name = table.model._meta.db_table
    with transaction.atomic():
        RecordingCounter.objects.get_or_create(pk=1)
        RecordingCounter.objects.select_for_update().get(pk=1)
        if guarded:
            PermittedRow.objects.bulk_create([PermittedRow(table=name, row=pk) for pk in ids])
        changed = sum(_sealed_anew(table, row) for row in table.rows().filter(pk__in=ids))
        if guarded:
            PermittedRow.objects.filter(table=name).delete()
    return changed


def _sealed_anew(table: SealedTable, row: Any) -> int:
    """Whether it was; not when somebody wrote something else meanwhile, which the keys of now sealed then."""
    anew = table.renewal(row)
    if not anew:
        return 0
    as_it_was = {column: getattr(row, column) for column in anew}
    return table.rows().filter(pk=row.pk, **as_it_was).update(**anew)
