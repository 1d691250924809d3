"""Reads: which dossiers are of one person, when two were merged."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from opstap.audit.models import Fact
from opstap.clients.models import Alias, Client

PART = 500


def kept_client() -> Coalesce:
    """Whose row it is: the client, or the one their dossier was merged into."""
    merged = Alias.objects.current().filter(client=OuterRef("client"))
    return Coalesce(Subquery(merged.values("kept")[:1]), F("client"), output_field=BigIntegerField())


def of_their_client(rows: QuerySet[Any, Any]) -> Q:
    """Of rows annotated with `whose=kept_client()`: there is one of these about the same person, in any dossier."""
    merged = Alias.objects.current().filter(kept=OuterRef(OuterRef("whose"))).values("client")
    return Q(Exists(rows.filter(client=OuterRef("whose")))) | Q(Exists(rows.filter(client__in=merged)))


def about_one_of(clients: QuerySet[Client]) -> Q:
    """Of rows about a client: it is one of these. Looked up for each row, where the rows are few and the clients are
    many: a database that is handed them as a list makes that list first, also when there is no row.
    """
    return Q(Exists(clients.filter(pk=OuterRef("client"))))


def whose(row: Fact) -> int:
    """Of a row annotated with `whose=kept_client()` the client."""
    return int(row.whose)  # type: ignore[attr-defined]  # annotated


def any_dossier_of(rows: QuerySet[Any, Any]) -> Q:
    """The clients of these rows, and every other dossier of the same people."""
    kept = rows.annotate(whose=kept_client()).values("whose")
    return Q(pk__in=kept) | Q(pk__in=Alias.objects.current().filter(kept__in=kept).values("client"))


def people_of_dossiers(dossiers: Collection[int]) -> Iterator[str]:
    """The references of the people of these dossiers; of one that was merged, of the dossier it counts as."""
    ids = sorted(dossiers)
    for start in range(0, len(ids), PART):
        part = ids[start : start + PART]
        kept = dict(Alias.objects.current().filter(client__in=part).values_list("client", "kept"))
        people = {kept.get(one, one) for one in part}
        yield from Client.objects.filter(pk__in=people).order_by("pk").values_list("reference", flat=True)
