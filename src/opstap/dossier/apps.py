"""App of the dossier room."""

from django.apps import AppConfig


class DossierConfig(AppConfig):
    """The page of one client, caseloads and teams."""

    name = "opstap.dossier"
    default_auto_field = "django.db.models.BigAutoField"
