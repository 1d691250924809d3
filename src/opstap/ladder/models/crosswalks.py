"""Crosswalks: for each level of one scale the level of another that it is read as, or none; in versions."""

from __future__ import annotations

from django.db import models

from opstap.ladder.models.scales import Level, Scale


class Crosswalk(models.Model):
    """A way to read the placements on one scale as levels of another. Reports use it only when it is asked for."""

    key = models.CharField(max_length=60, unique=True)
    source = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="crosswalks_from")
    target = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="crosswalks_to")
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    explanation_nl = models.TextField(blank=True)
    explanation_en = models.TextField(blank=True)
    is_example = models.BooleanField(default=False)
    is_own = models.BooleanField(default=False)  # made or changed here: what Opstap ships leaves it alone

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" else self.name_nl


class CrosswalkVersion(models.Model):
    """What the crosswalk says in a half-open period."""

    crosswalk = models.ForeignKey(Crosswalk, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["crosswalk", "number"]
        constraints = [
            models.UniqueConstraint(fields=["crosswalk", "number"], name="version_number_is_unique_in_its_crosswalk")
        ]

    def __str__(self) -> str:
        return f"{self.crosswalk} {self.number}"


class CrosswalkEntry(models.Model):
    """A level of the source with its counterpart, or without one. A half-level may go apart from its whole level."""

    version = models.ForeignKey(CrosswalkVersion, on_delete=models.CASCADE, related_name="entries")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="+")
    counterpart = models.ForeignKey(Level, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "level"], name="level_has_one_entry_in_a_crosswalk_version")
        ]

    def __str__(self) -> str:
        return f"{self.level} → {self.counterpart or '–'}"
