"""Where everything of this installation stands: its folder, its databases, its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from opstap.config.command import Refusal
from opstap.foundation.crypto import Key, KeyRing
from opstap.foundation.snapshots import Place, same_place

USE = "backup"
MAIN = "default"


@dataclass(frozen=True)
class Store:
    """One database, with every alias under which it is known."""

    place: Place
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Installation:
    """Everything that a backup is made of, or put back into."""

    data: Path
    databases: Mapping[str, Mapping[str, Any]]
    keys: KeyRing
    heads: Path

    def stores(self) -> list[Store]:
        """Its databases, the main one first; two aliases of one database once."""
        found: list[Store] = []
        for alias in sorted(self.databases, key=lambda alias: alias != MAIN):
            place = Place(alias, self.databases[alias])
            known = next((store for store in found if same_place(store.place, place)), None)
            if known is None:
                found.append(Store(place, (alias,)))
            else:
                found[found.index(known)] = Store(known.place, (*known.aliases, alias))
        return found

    def key(self) -> Key:
        """The key that seals backups; refused when the key file is older than backups are."""
        if USE not in self.keys.keys:
            raise Refusal("het sleutelbestand heeft nog geen sleutel voor reservekopieën. Draai `opstap migrate`.")
        return self.keys.key(USE)


def this_installation() -> Installation:
    """As the settings say."""
    data = Path(settings.DATA)
    return Installation(
        data=data,
        databases=settings.DATABASES,
        keys=settings.OPSTAP_KEYS,
        heads=Path(getattr(settings, "OPSTAP_LOG_HEADS", data / "log-heads")),
    )
