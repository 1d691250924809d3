"""What a restore set aside: a whole installation, in which whoever was erased since still stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from django.db import DatabaseError

from opstap.config.backups.installation import Installation, this_installation
from opstap.foundation import dates
from opstap.foundation.snapshots import Place
from opstap.privacy.logic.retention import BACKUP_DAYS

ASIDE = re.compile(r"[/_]replaced_(\d{14})$")


def set_aside_remarks() -> list[str]:
    """Those that have been there longer than a backup may."""
    until = f"{dates.now() - timedelta(days=BACKUP_DAYS):%Y%m%d%H%M%S}"
    return [
        f"{name} werd opzij gezet toen een reservekopie werd teruggezet, langer dan {BACKUP_DAYS} dagen geleden. Wie "
        "sindsdien gewist is, staat er nog in. Wis het."
        for name, moment in sorted(_set_aside(this_installation()))
        if moment < until
    ]


def _set_aside(installation: Installation) -> set[tuple[str, str]]:
    """By name, and the moment in UTC that stands in it."""
    places = [store.place for store in installation.stores()]
    folders = {Path(place.name).parent for place in places if place.vendor == "sqlite"} | {installation.heads.parent}
    names = {str(path) for folder in folders if folder.is_dir() for path in folder.glob("replaced_*")}
    for place in places:
        names.update(_databases_beside(place) if place.vendor == "postgresql" else ())
    return {(name, found[1]) for name in names if (found := ASIDE.search(name))}


def _databases_beside(place: Place) -> Iterator[str]:
    """Databases on the server; a role that may not ask sees none."""
    try:
        with place.opened() as connection, connection.cursor() as cursor:
            cursor.execute("SELECT datname FROM pg_database")
            names = [str(row[0]) for row in cursor.fetchall()]
    except DatabaseError:
        return
    yield from (name for name in names if name.startswith(place.name[:20]))
