"""Registers the look with Django: templates, template tags, static files, translations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "opstap.foundation.ui"
    label = "ui"
    verbose_name = _("Look")
