"""Who was erased: a ledger outside the database, which outlives putting back a backup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from opstap.clients.models import Client
from opstap.foundation.crypto import Ledger

BEGUN, DONE, TAKEN_BACK = "begun", "done", "taken_back"


@dataclass(frozen=True)
class ComeBack:
    """Who stands in the database while the ledger says that they were erased, or only that it was begun. `days` says
    of the erased on which day: what is left of them ends there.
    """

    erased: tuple[Client, ...]
    unsure: tuple[Client, ...]
    days: Mapping[int, date]


def erasure_ledger() -> Ledger:
    """Who was erased, by a keyed mark, outside the database."""
    key = settings.OPSTAP_KEYS.key("pseudonyms")
    return Ledger(settings.OPSTAP_ERASURES, key, "erasures", head=settings.OPSTAP_ERASURES_HEAD)


def come_back() -> ComeBack:
    """LedgerBroken when the ledger is not to be relied on. Reads no client where nobody was ever erased."""
    ledger = erasure_ledger()
    done, begun = _marks([json.loads(text) for text in ledger.texts()])
    if not done and not begun:
        return ComeBack((), (), {})
    known = {pk: ledger.mark_of(reference) for pk, reference in Client.objects.values_list("pk", "reference")}
    erased = [pk for pk, mark in known.items() if mark in done]
    unsure = [pk for pk, mark in known.items() if mark in begun and mark not in done]
    return ComeBack(
        tuple(Client.objects.filter(pk__in=erased).order_by("pk")),
        tuple(Client.objects.filter(pk__in=unsure).order_by("pk")),
        {pk: date.fromisoformat(done[known[pk]]) for pk in erased},
    )


def _marks(lines: list[dict[str, Any]]) -> tuple[dict[str, str], set[str]]:
    """Of whom it was done, and on which day last; of whom only that it was begun: it may have come to nothing."""
    done: dict[str, str] = {}
    begun: dict[str, dict[str, Any]] = {}
    for line in lines:
        if "step" not in line:  # of before it was written down in two steps
            done.update(dict.fromkeys(line["marks"], line["on"]))
        elif line["step"] == BEGUN:
            begun[line["erasing"]] = line
        elif line["step"] == DONE:
            of_then = begun.pop(line["erasing"])
            done.update(dict.fromkeys(of_then["marks"], of_then["on"]))
        else:
            del begun[line["erasing"]]
    return done, {mark for line in begun.values() for mark in line["marks"]}
