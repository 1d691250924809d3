"""Which database holds what: the access log has a connection of its own, and on SQLite a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

LOG = "log"
WAITS_FOR_A_LOCK = 20  # seconds: what the settings say of SQLite
KEPT_IN_LOG = {("audit", "access"), ("audit", "accesscut")}


def log_stands_apart() -> bool:
    """Whether the log has tables of its own, or only a connection of its own to the same database."""
    return bool(settings.OPSTAP_LOG_APART)


class LogApart:
    """Sends the access log to its own connection, so that a transaction that fails takes no entry with it."""

    def db_for_read(self, model: type[Any], **_: Any) -> str | None:
        """The log is read where it is written."""
        return self._of(model)

    def db_for_write(self, model: type[Any], **_: Any) -> str | None:
        """As above."""
        return self._of(model)

    def allow_migrate(self, db: str, app_label: str, model_name: str | None = None, **_: Any) -> bool | None:
        """Each table in one database: a second connection to the same one makes none."""
        if (app_label, model_name) in KEPT_IN_LOG:
            return db == (LOG if log_stands_apart() else "default")
        return db != LOG

    def _of(self, model: type[Any]) -> str | None:
        return LOG if (model._meta.app_label, model._meta.model_name) in KEPT_IN_LOG else None


def wait_as_long_as_sqlite(connection: BaseDatabaseWrapper, **_: object) -> None:
    """On PostgreSQL a save would wait as long as an import lasts: on either database it says that it is too busy."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{WAITS_FOR_A_LOCK}s"])


@contextmanager
def without_limit(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Of PostgreSQL: for what may take long and must wait for its turn."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")
    try:
        yield
    finally:
        wait_as_long_as_sqlite(connection)
