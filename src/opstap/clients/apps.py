"""App of the clients room."""

from django.apps import AppConfig


class ClientsConfig(AppConfig):
    """People in follow-up."""

    name = "opstap.clients"
    default_auto_field = "django.db.models.BigAutoField"
