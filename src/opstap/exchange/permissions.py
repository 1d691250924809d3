"""Which imports an importer may see: those of the own municipality; others do not exist."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from opstap.audit.permissions import Actor
from opstap.exchange.models import ImportBatch


def visible_batches(actor: Actor) -> QuerySet[ImportBatch]:
    """The imports of the actor's municipality, the newest first."""
    batches = ImportBatch.objects.order_by("-made_at", "-pk")
    if actor.may_all:
        return batches
    if not actor.may("import_clients") or actor.municipality_id is None:
        return batches.none()
    return batches.filter(municipality_id=actor.municipality_id)


def batch_or_404(actor: Actor, reference: str) -> ImportBatch:
    """The import at a reference."""
    batch = visible_batches(actor).filter(reference=reference).select_related("municipality").first()
    if batch is None:
        raise Http404
    return batch
