"""App of the administration room."""

from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    """The pages of the functional administrator."""

    name = "opstap.administration"
    default_auto_field = "django.db.models.BigAutoField"
