"""App of the exchange room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Imports."""

    name = "opstap.exchange"
    default_auto_field = "django.db.models.BigAutoField"
