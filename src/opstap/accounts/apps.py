"""App of the accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Users, teams and roles."""

    name = "opstap.accounts"
    default_auto_field = "django.db.models.BigAutoField"
