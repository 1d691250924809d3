"""App of the config room: fills the registries and looks after the database's set-up."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate


class ConfigConfig(AppConfig):
    """Plugs the rooms in."""

    name = "opstap.config"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """After every migration the triggers are put back: Django remakes SQLite tables and loses them."""
        post_migrate.connect(_put_triggers_back, sender=apps.get_app_config("audit"))


def _put_triggers_back(*, using: str, **_: Any) -> None:
    from opstap.foundation import appendonly  # noqa: PLC0415 - models can't be imported before the apps are loaded

    appendonly.install(connections[using])
