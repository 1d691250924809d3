"""Who somebody is of whom facts were written, asked of the room that knows the clients."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from opstap.foundation.registry import Registry

# The references of the people of some dossiers, each once.
people_of_dossiers: Registry[Callable[[Collection[int]], Iterable[str]]] = Registry("people of dossiers")


def people_of(dossiers: Collection[int]) -> Iterator[str]:
    """The reference of each person of these dossiers."""
    if dossiers:
        for room in people_of_dossiers:
            yield from room(dossiers)
