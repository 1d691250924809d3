"""App of the privacy room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Who looked at whom."""

    name = "opstap.privacy"
    default_auto_field = "django.db.models.BigAutoField"
