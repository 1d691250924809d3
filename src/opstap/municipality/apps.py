"""App of the municipality room."""

from django.apps import AppConfig


class MunicipalityConfig(AppConfig):
    """Municipalities, settings and code lists."""

    name = "opstap.municipality"
    default_auto_field = "django.db.models.BigAutoField"
