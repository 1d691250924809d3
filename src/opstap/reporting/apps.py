"""App of the reporting room."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reports, and extracts for research."""

    name = "opstap.reporting"
    default_auto_field = "django.db.models.BigAutoField"
