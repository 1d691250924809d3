"""Reading what is known of the clients of a file, those of one person together, whichever dossier it stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from opstap.audit.models import Fact, FactQuerySet

PART = 500
Rows = dict[int, list[tuple[Any, ...]]]
Owners = dict[type[Fact], dict[int, int]]


class Loader:
    """Reads current facts of some clients, or of the whole municipality.

    `kept` says of a dossier that was merged into which; `owners` will say of the rows of such dossiers whose they are.
    """

    def __init__(self, municipality_id: int, ids: Sequence[int] | None, kept: Mapping[int, int]) -> None:
        self._kept = kept
        self.owners: Owners = {}
        if ids is None:
            self._where: list[dict[str, Any]] = [{"client__municipality_id": municipality_id}]
        else:
            self._where = [{"client_id__in": part} for part in parts(ids)]

    def by_dossier(self, model: type[Fact], *columns: str, **where: Any) -> Rows:
        """Rows by dossier: id and columns."""
        found: Rows = defaultdict(list)
        for client, *row in self._read(model, columns, where):
            found[client].append(tuple(row))
        return dict(found)

    def rows(self, model: type[Fact], *columns: str, **where: Any) -> Rows:
        """Rows by client: id and columns; of merged dossiers before those of the one that was kept."""
        found = self.by_dossier(model, *columns, **where)
        owners = self.owners.setdefault(model, {})
        for dossier in self._kept.keys() & found.keys():
            rows, kept = found.pop(dossier), self._kept[dossier]
            owners.update((row[0], dossier) for row in rows)
            found[kept] = [*rows, *found.get(kept, ())]
        return found

    def periods(self, model: type[Fact], *columns: str, **where: Any) -> Rows:
        """Rows by client: id, start, end and columns."""
        return self.rows(model, "starts_on", "ends_on", *columns, **where)

    def _read(self, model: type[Fact], columns: Iterable[str], where: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        for clients in self._where:
            current: FactQuerySet[Fact] = FactQuerySet(model).current().filter(**clients, **where)
            yield from current.values_list("client_id", "pk", *columns)


def parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values, so many at a time as a query takes."""
    return (values[start : start + PART] for start in range(0, len(values), PART))
