"""App of the reporting room."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """Reports; no models."""

    name = "opstap.reporting"
