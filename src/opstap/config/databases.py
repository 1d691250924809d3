"""Which database holds what: the access log has a connection of its own, and on SQLite a file of its own."""

from __future__ import annotations

from typing import Any

from django.conf import settings

LOG = "log"
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
