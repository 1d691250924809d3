"""App of the selections room."""

from django.apps import AppConfig


class SelectionsConfig(AppConfig):
    """Working lists and marks."""

    name = "opstap.selections"
    default_auto_field = "django.db.models.BigAutoField"
