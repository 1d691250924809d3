"""What is shipped as data: code lists, ages, scales, crosswalks. It is noted among the migrations, as the last one."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from functools import cache
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED = ("municipality/codelists.toml", "municipality/state_pension_age.toml", "ladder/scales", "ladder/crosswalks")
APP = "opstap_shipped"  # no app of Django: the name under which it is noted


@cache
def digest_of_shipped(package: Path = PACKAGE) -> str:
    """Of these files and what stands in them."""
    files = [one for name in SHIPPED for one in ([package / name] if name.endswith(".toml") else _in(package / name))]
    said = [f"{path.relative_to(package).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def _in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"))


def is_installed(applied: Collection[tuple[str, str]]) -> bool:
    """Whether these files are what was installed last, among all that was applied."""
    return (APP, digest_of_shipped()) in applied


def note_installed() -> None:
    """All of it is in the database: whoever starts next need not look at the files again."""
    noted = MigrationRecorder(connection)
    with transaction.atomic():
        noted.migration_qs.filter(app=APP).delete()
        noted.record_applied(APP, digest_of_shipped())
