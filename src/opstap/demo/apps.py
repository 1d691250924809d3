"""App of the demo room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The demo municipality."""

    name = "opstap.demo"
