"""The databases: on a disk of their own machine, writing in a way that survives a power cut, with their triggers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from opstap.config.backups.installation import Store, this_installation
from opstap.foundation import appendonly
from opstap.foundation.disks import network_disk

SQLITE = {"journal_mode": ("wal",), "synchronous": ("2", "3"), "foreign_keys": ("1",)}
POSTGRES = {
    "fsync": ("on",),
    "full_page_writes": ("on",),
    "synchronous_commit": ("on", "local", "remote_write", "remote_apply"),
    "server_encoding": ("UTF8",),
}
WHY = {
    "journal_mode": "zonder WAL wachten lezers en schrijvers op elkaar",
    "synchronous": "na stroomuitval kan een vastlegging weg zijn",
    "foreign_keys": "verwijzingen worden niet bewaakt",
    "fsync": "na stroomuitval kan de database stuk zijn",
    "full_page_writes": "na stroomuitval kan de database stuk zijn",
    "synchronous_commit": "na stroomuitval kan een vastlegging weg zijn",
    "server_encoding": "namen met bijzondere tekens gaan stuk",
}


def place_faults() -> list[str]:
    """SQLite on a network disk."""
    faults = []
    for store in this_installation().stores():
        found = network_disk(Path(store.place.name)) if store.place.vendor == "sqlite" else None
        if found:
            faults.append(
                f"De database {store.place.name} staat op een netwerkschijf ({found}), en daar kan SQLite gegevens "
                "verliezen. Zet de gegevensmap op een schijf van deze machine (--data MAP), of gebruik PostgreSQL "
                "(DATABASE_URL)."
            )
    return faults


def durability_faults() -> list[str]:
    """Settings under which something that was said to be saved can be lost."""
    faults = []
    for store in this_installation().stores():
        connection = connections[store.aliases[0]]
        faults += faults_of_durability(store, _shown(connection))
    return faults


def faults_of_durability(store: Store, shown: Mapping[str, str]) -> list[str]:
    """The same for settings as the database shows them."""
    sqlite = store.place.vendor == "sqlite"
    where = store.place.name
    way_out = (
        "Neem de instellingen van Opstap zelf, en zet de database op een gewone schijf."
        if sqlite
        else "Laat de beheerder van de databaseserver dit terugzetten."
    )
    return [
        f"Database {where}: {name} staat op {shown[name]}, en moet {' of '.join(right)} zijn: {WHY[name]}. {way_out}"
        for name, right in (SQLITE if sqlite else POSTGRES).items()
        if shown[name] not in right
    ]


def _shown(connection: BaseDatabaseWrapper) -> dict[str, str]:
    names, ask = (SQLITE, "PRAGMA") if connection.vendor == "sqlite" else (POSTGRES, "SHOW")
    with connection.cursor() as cursor:
        found = {}
        for name in names:
            cursor.execute(f"{ask} {name}")
            found[name] = str(cursor.fetchone()[0])
    return found


def trigger_faults() -> list[str]:
    """Triggers that are not there, or do not what they should."""
    return [
        f"Er ontbreekt een grendel: {name}. Draai `opstap migrate`."
        for store in this_installation().stores()
        for alias in store.aliases
        for name in appendonly.missing(connections[alias])
    ]
