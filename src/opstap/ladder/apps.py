"""App of the ladder room."""

from django.apps import AppConfig


class LadderConfig(AppConfig):
    """Scales and placements."""

    name = "opstap.ladder"
    default_auto_field = "django.db.models.BigAutoField"
