"""Who was erased: a ledger outside the database, which outlives putting back a backup."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from opstap.clients.models import Client
from opstap.foundation.crypto import Ledger

BEGUN, DONE, TAKEN_BACK = "begun", "done", "taken_back"


@dataclass(frozen=True)
class ComeBack:
    """Who stands in the database while the ledger says that they were erased, or only that it was begun."""

    erased: tuple[Client, ...]
    unsure: tuple[Client, ...]


def erasure_ledger() -> Ledger:
    """Who was erased, by a keyed mark, outside the database."""
    key = settings.OPSTAP_KEYS.key("pseudonyms")
    return Ledger(settings.OPSTAP_ERASURES, key, "erasures", head=settings.OPSTAP_ERASURES_HEAD)


def come_back() -> ComeBack:
    """LedgerBroken when the ledger is not to be relied on. Reads no client where nobody was ever erased."""
    ledger = erasure_ledger()
    done, begun = _marks([json.loads(text) for text in ledger.texts()])
    if not done | begun:
        return ComeBack((), ())
    known = {pk: ledger.mark_of(reference) for pk, reference in Client.objects.values_list("pk", "reference")}
    erased = [pk for pk, mark in known.items() if mark in done]
    unsure = [pk for pk, mark in known.items() if mark in begun - done]
    return ComeBack(
        tuple(Client.objects.filter(pk__in=erased).order_by("pk")),
        tuple(Client.objects.filter(pk__in=unsure).order_by("pk")),
    )


def _marks(lines: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """Of whom it was done, and of whom only that it was begun: it may have come to nothing."""
    done: set[str] = set()
    begun: dict[str, list[str]] = {}
    for line in lines:
        if "step" not in line:  # of before it was written down in two steps
            done.update(line["marks"])
        elif line["step"] == BEGUN:
            begun[line["erasing"]] = line["marks"]
        elif line["step"] == DONE:
            done.update(begun.pop(line["erasing"]))
        else:
            del begun[line["erasing"]]
    return done, {mark for marks in begun.values() for mark in marks}
