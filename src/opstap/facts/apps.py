"""App of the facts room."""

from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Columnar facts; no models."""

    name = "opstap.facts"
