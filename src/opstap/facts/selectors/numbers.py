"""The reference and number of each client. These never change, so only who was registered since is read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from threading import Lock

import polars as pl

from opstap.audit.selectors import open_recording
from opstap.clients.models import Client

PART = 50_000  # rows at a time
SCHEMA = {"client_id": pl.Int64, "reference": pl.String, "number": pl.String}


@dataclass(frozen=True)
class _Known:
    recording: int
    frame: pl.DataFrame


_known: dict[int, _Known] = {}
_lock = Lock()


def numbers_until(municipality_id: int, recording: int) -> pl.DataFrame:
    """Columns client_id, reference and number, of at least everybody who was registered by then; sorted by client."""
    own = open_recording.get()
    if own is not None and recording >= own.number:
        return _read(municipality_id, 0, recording)  # what is being written may be undone yet
    with _lock:
        known = _known.get(municipality_id) or _Known(0, pl.DataFrame(schema=SCHEMA))
        if known.recording < recording:
            newer = _read(municipality_id, known.recording, recording)
            frame = pl.concat([known.frame, newer], rechunk=True).sort("client_id") if len(newer) else known.frame
            known = _known[municipality_id] = _Known(recording, frame)
    return known.frame


def forget_numbers() -> None:
    """Empty what is kept: when somebody was erased, for tests, and after a database was put back."""
    with _lock:
        _known.clear()


def _read(municipality_id: int, after: int, until: int) -> pl.DataFrame:
    newer = Client.objects.filter(municipality=municipality_id, recording__gt=after, recording__lte=until)
    rows = newer.order_by("pk").values_list("pk", "reference", "number").iterator(PART)
    parts = [pl.DataFrame(schema=SCHEMA)]
    while part := list(islice(rows, PART)):
        parts.append(pl.DataFrame(part, schema=SCHEMA, orient="row"))
    return pl.concat(parts, rechunk=True)
