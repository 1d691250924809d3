"""App of the jobs: it has tables of its own."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """What the schedule put by, and when the worker was last seen."""

    name = "opstap.foundation.jobs"
    label = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
