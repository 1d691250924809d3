"""App of the facts room."""

import polars as pl
from django.apps import AppConfig


class FactsConfig(AppConfig):
    """Columnar facts; no models."""

    name = "opstap.facts"

    def ready(self) -> None:
        """Frames are in memory as a whole and mostly of few rows: the engine that handles them in batches takes three
        times as long to begin (decision 76).
        """
        pl.Config.set_engine_affinity("in-memory")
