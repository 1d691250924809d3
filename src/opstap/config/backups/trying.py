"""Putting the parts of a backup at places of their own, and looking whether each is what it should be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from opstap.config import shipped
from opstap.config.backups.archives import unpack_archive
from opstap.config.backups.contents import Manifest, Part
from opstap.config.backups.installation import MAIN, Installation, Store
from opstap.config.backups.workshop import Workshop
from opstap.config.command import Refusal
from opstap.config.databases import LOG
from opstap.foundation import appendonly
from opstap.foundation.snapshots import Place, Unusable, postgres, rows_of, sqlite

LONGEST_NAME = 63  # of a database in PostgreSQL

NO_MIGRATIONS = frozenset({"sessions", shipped.APP})  # a part of Django that Opstap had before; a note of Opstap itself


@dataclass(frozen=True)
class Staged:
    """A part of a backup at a place of its own, beside the database whose place it may take."""

    store: Store
    place: Place
    part: Part


def try_backup(path: Path, shop: Workshop, *, moment: datetime) -> Manifest:
    """Put a backup back beside what is there, look at it, and take it away again. Refusal when anything is wrong."""
    installation = shop.installation
    manifest = unpack_archive(path, installation.keys.named, shop.folder)
    for staged in stage(shop, manifest, suffix=f"trial_{moment:%Y%m%d%H%M%S}", beside=False):
        look_at(staged, manifest)
    return manifest


def stage(shop: Workshop, manifest: Manifest, *, suffix: str, beside: bool) -> list[Staged]:
    """Every database of a backup at a place of its own: in the workshop, or beside where it is to stand."""
    found = []
    for store, part in _matched(shop.installation, manifest):
        unpacked = shop.folder / part.name
        if store.place.vendor == "sqlite":
            now = Path(store.place.name)
            at = now.with_name(f".{now.name}.{suffix}") if beside else shop.folder / f"{part.name}.{suffix}"
            place = sqlite.put(store.place, unpacked, shop.will_make_file(at))
        else:
            name = f"{store.place.name[: LONGEST_NAME - len(suffix) - 1]}_{suffix}"
            place = _put_on_server(store, unpacked, shop.will_make_database(store.place, name))
        unpacked.unlink()
        found.append(Staged(store, place, part))
    return found


def _put_on_server(store: Store, unpacked: Path, name: str) -> Place:
    try:
        return postgres.put(store.place, unpacked, name)
    except Unusable as fault:
        raise Refusal(str(fault)) from None


def look_at(staged: Staged, manifest: Manifest) -> None:
    """Whole, with its references, its triggers, as many rows as were counted, and the last recording."""
    place, part = staged.place, staged.part
    vendor = sqlite if place.vendor == "sqlite" else postgres
    try:
        faults = [*vendor.faults(place), *_faults_of(staged, manifest)]
    except DatabaseError as error:
        faults = [str(error).strip()]
    if faults:
        raise Refusal(f"de reservekopie deugt niet: {'; '.join(faults)} ({part.name}). Er is niets teruggezet.")
    if place.vendor == "sqlite":
        sqlite.settle(place)


def _faults_of(staged: Staged, manifest: Manifest) -> list[str]:
    with staged.place.opened() as connection:
        rows = rows_of(connection)
        other = [table for table, count in (staged.part.rows or {}).items() if rows.get(table) != count]
        if other:
            return [f"het aantal rijen van {', '.join(other)} is niet dat van het origineel"]
        if MAIN in staged.store.aliases:
            _refuse_later_version(connection, manifest)
            if last_recording(connection) != manifest.recording:
                return [f"de laatste vastlegging is niet {manifest.recording}"]
    return _lost_triggers(staged)


def _lost_triggers(staged: Staged) -> list[str]:
    """Triggers are put in place, and compared; tables that a later version brings have none yet."""
    lost = []
    for alias in staged.store.aliases:
        with staged.place.named(staged.place.name, alias).opened() as connection:
            appendonly.install(connection)
            tables = set(connection.introspection.table_names())
            lost += [name for name in appendonly.missing(connection) if appendonly.table_of(name) in tables]
    return [f"de grendel {name} is niet terug te zetten" for name in lost]


def last_recording(connection: BaseDatabaseWrapper) -> int:
    """The number of the last recording in a database, 0 when there is none."""
    if "audit_recording" not in connection.introspection.table_names():
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(number) FROM audit_recording")
        return int(cursor.fetchone()[0] or 0)


def _refuse_later_version(connection: BaseDatabaseWrapper, manifest: Manifest) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = {(str(app), str(name)) for app, name in cursor.fetchall()}
    ours = MigrationLoader(None).disk_migrations or {}
    replaced = {name for migration in ours.values() for name in migration.replaces}  # by one that took them together
    unknown = sorted(name for name in applied - ours.keys() - replaced if name[0] not in NO_MIGRATIONS)
    if unknown:
        raise Refusal(
            f"deze reservekopie is van een nieuwere Opstap (versie {manifest.version}): deze kent "
            f"{'.'.join(unknown[0])} niet. Installeer eerst die versie. Er is niets veranderd."
        )


def _matched(installation: Installation, manifest: Manifest) -> Sequence[tuple[Store, Part]]:
    stores = {alias: store for store in installation.stores() for alias in store.aliases}
    matched = []
    for part in manifest.databases:
        store = stores.get(part.aliases[0])
        if store is None or store.place.vendor != part.vendor:
            raise Refusal(
                f"deze reservekopie is van een {part.vendor}-database ({part.aliases[0]}), en deze installatie heeft "
                "die niet. Zet DATABASE_URL zoals hij toen stond. Er is niets veranderd."
            )
        matched.append((store, part))
    _refuse_log_elsewhere(installation, manifest)
    return matched


def _refuse_log_elsewhere(installation: Installation, manifest: Manifest) -> None:
    """The log goes with its heads, or neither does: where it stood apart then, it must do so now, and the reverse."""
    if LOG not in installation.databases:
        return
    apart_now = not any({MAIN, LOG} <= set(store.aliases) for store in installation.stores())
    with_all_else = any({MAIN, LOG} <= set(part.aliases) for part in manifest.databases)
    if apart_now and with_all_else:
        raise Refusal(
            "in deze reservekopie staat het inzagelogboek in dezelfde database als al het andere, en in deze "
            "installatie in een eigen database. Haal OPSTAP_LOG_DATABASE_URL weg, zoals toen. Er is niets veranderd."
        )
    if not apart_now and not with_all_else:
        raise Refusal(
            "in deze reservekopie staat het inzagelogboek in een eigen database, en in deze installatie niet. Zet "
            "OPSTAP_LOG_DATABASE_URL zoals hij toen stond. Er is niets veranderd."
        )
