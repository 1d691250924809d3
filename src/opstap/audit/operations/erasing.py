"""The one road by which rows leave: a permit for as long as one transaction takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db.models import Model, QuerySet, Value
from django.db.models.functions import Replace

from opstap.audit.models import Erasure, ErasurePermit, Event, PermittedRow, Recording
from opstap.foundation.appendonly import erase_rows

NOBODY = "–"


@dataclass
class Erasing:
    """An erasure that is going on: who leaves, and how many rows left by table."""

    client_ids: frozenset[int]
    references: frozenset[str]
    gone: dict[str, int] = field(default_factory=dict)

    def erase(self, rows: QuerySet[Model]) -> None:
        """Rows about these clients."""
        self._count(rows, erase_rows(rows))

    def erase_single(self, rows: QuerySet[Model]) -> None:
        """Rows of a table without a client, each named in a permit first."""
        self._permit(rows)
        self._count(rows, erase_rows(rows))

    def empty(self, reference: str) -> None:
        """What was done stays, about nobody; of two dossiers that were merged the other is still named."""
        rows = Event.objects.filter(about__contains=reference)
        self._permit(rows)
        self._count(rows, rows.update(about=Replace("about", Value(reference), Value(NOBODY))))

    def _permit(self, rows: QuerySet[Model]) -> None:
        table = rows.model._meta.db_table
        PermittedRow.objects.bulk_create(
            [PermittedRow(table=table, row=pk) for pk in rows.values_list("pk", flat=True)],
            ignore_conflicts=True,  # an event about both of two dossiers
        )

    def _count(self, rows: QuerySet[Model], count: int) -> None:
        label = rows.model._meta.label_lower
        self.gone[label] = self.gone.get(label, 0) + count


@contextmanager
def erasing(
    *, recording: Recording, municipality_id: int, client_ids: Collection[int], references: Collection[str]
) -> Iterator[Erasing]:
    """Within `writing`: rows of these clients may leave until this ends; that it happened is kept without them."""
    going_on = Erasing(frozenset(client_ids), frozenset(references))
    ErasurePermit.objects.bulk_create([ErasurePermit(client=pk) for pk in client_ids])
    yield going_on
    ErasurePermit.objects.filter(client__in=client_ids).delete()
    PermittedRow.objects.all().delete()
    rows = sum(going_on.gone.values())
    Erasure.objects.create(recording=recording, municipality=municipality_id, rows=rows)
