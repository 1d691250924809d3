"""Typed registries that config fills at start, so that lower rooms can ask what rooms above hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """An ordered list of entries by key; filling it twice with the same key is an error."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._entries: dict[str, Entry] = {}

    def add(self, key: str, entry: Entry) -> None:
        """Plug in one entry."""
        if key in self._entries:
            message = f"{self.name}: {key} is registered twice"
            raise ValueError(message)
        self._entries[key] = entry

    def get(self, key: str) -> Entry | None:
        """The entry, or None."""
        return self._entries.get(key)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries.values())

    def keys(self) -> list[str]:
        """The keys in the order of filling."""
        return list(self._entries)
