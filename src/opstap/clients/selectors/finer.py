"""Reads: finer kinds of barriers. Only for who may see them: `sees_finer` of the dossier's story says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from opstap.clients.logic.finer import FinerKinds, FinerSaid
from opstap.clients.models import Barrier, FinerBarrier
from opstap.clients.selectors.sealing import opened_kind


def finer_kinds_of(client_ids: Collection[int]) -> FinerKinds:
    """What was ever said of the barriers of these clients; two queries, one where nothing was."""
    rows = list(FinerBarrier.objects.filter(client__in=client_ids).order_by("recording", "pk"))
    if not rows:
        return FinerKinds()
    first: dict[int, int] = {}
    corrected = Barrier.objects.filter(client__in=client_ids, replaces__isnull=False).order_by("pk")
    for pk, replaced in corrected.values_list("pk", "replaces_id"):
        first[pk] = first.get(replaced, replaced)
    said: defaultdict[int, list[FinerSaid]] = defaultdict(list)
    for row in rows:
        kind = "" if row.withdrawn else opened_kind(row.kind_encrypted)
        said[first.get(row.barrier_id, row.barrier_id)].append(FinerSaid(row.pk, row.recording_id, kind))
    return FinerKinds(first, dict(said))
