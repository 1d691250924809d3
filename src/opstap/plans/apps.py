"""App of the plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Trajectories, activities and instruments."""

    name = "opstap.plans"
    default_auto_field = "django.db.models.BigAutoField"
