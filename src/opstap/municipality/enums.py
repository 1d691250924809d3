"""Closed choices of the municipality room."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Environment(TextChoices):
    """What an installation's municipality is for; shown as a banner unless it is real."""

    PRODUCTION = "production", _("production")
    TEST = "test", _("test")
    DEMO = "demo", _("demo")
