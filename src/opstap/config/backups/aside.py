"""Under which name a restore sets aside what stands, and what was set aside before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.db import DatabaseError

from opstap.config.backups.installation import Installation
from opstap.foundation.snapshots import Place

ASIDE = re.compile(r"[/_]replaced_(\d{14})$")


def name_aside(installation: Installation, moment: datetime) -> str:
    """With the moment in it, to the second; the next second where that one is taken."""
    taken = {at for _name, at in set_aside(installation)}
    while (at := f"{moment:%Y%m%d%H%M%S}") in taken:
        moment += timedelta(seconds=1)
    return f"replaced_{at}"


def set_aside(installation: Installation) -> set[tuple[str, str]]:
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
