"""PostgreSQL's own programs: where they are, whether they are new enough, and running one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.conninfo import make_conninfo

from opstap.foundation.snapshots.places import Unusable

TOOLS = "OPSTAP_POSTGRES_TOOLS"  # a folder with pg_dump and pg_restore, looked in before all others
DEBIAN = Path("/usr/lib/postgresql")
OURS = {"client_encoding", "prepare_threshold", "autocommit"}  # of the driver, unknown to the programs


def find(name: str, *, server: int) -> str:
    """The program of this name that is at least as new as the server (its major version)."""
    seen = []
    for path in _candidates(name):
        version = _version(path)
        if version >= server:
            return path
        if version:
            seen.append(str(version))
    too_old = f" Gevonden is alleen versie {', '.join(dict.fromkeys(seen))}, en dat is te oud." if seen else ""
    raise Unusable(
        f"het programma {name} van PostgreSQL {server} is er niet.{too_old} Installeer postgresql-client-{server} "
        f"(of nieuwer), of zet {TOOLS} op de map waarin het staat."
    )


def _candidates(name: str) -> Iterator[str]:
    folders = [os.environ[TOOLS]] if os.environ.get(TOOLS) else []
    folders += [str(path) for path in sorted(DEBIAN.glob("*/bin"), reverse=True)]
    for folder in folders:
        if (Path(folder) / name).is_file():
            yield str(Path(folder) / name)
    on_path = shutil.which(name)
    if on_path:
        yield on_path


def _version(path: str) -> int:
    """The major version, 0 when it does not run."""
    try:
        ran = subprocess.run([path, "--version"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603 - ours
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r"(\d+)(?:\.\d+|\w+)", ran.stdout)
    return int(found[1]) if found and not ran.returncode else 0


def run(program: str, connection: BaseDatabaseWrapper, *arguments: str, database: str | None = None) -> None:
    """Run one on the database of a connection. The password goes by the environment, where no list of processes is."""
    given = {
        key: value
        for key, value in connection.get_connection_params().items()
        if isinstance(value, str | int) and key not in OURS
    }
    password = str(given.pop("password", "") or "")
    if database:
        given["dbname"] = database
    ran = subprocess.run(  # noqa: S603 - the program was found above, and its arguments are ours
        [program, f"--dbname={make_conninfo('', **given)}", *arguments],
        env={**os.environ, **({"PGPASSWORD": password} if password else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        raise Unusable(f"{Path(program).name} mislukte: {ran.stderr.strip()[-400:]}")
