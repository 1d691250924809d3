"""App of the audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Recordings and events."""

    name = "opstap.audit"
    default_auto_field = "django.db.models.BigAutoField"
