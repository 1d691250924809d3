"""Scales, their levels, and the versions that say what a level means in a period."""

from __future__ import annotations

from django.db import models

from opstap.ladder.enums import UNDETERMINED


class Scale(models.Model):
    """A participation ladder or a client grouping."""

    key = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=10)
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    description_nl = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    horizon_months = models.PositiveSmallIntegerField(default=12)
    growth_on_halves = models.BooleanField(default=False)
    source = models.TextField(blank=True)
    is_own = models.BooleanField(default=False)  # made or changed here: what Opstap ships leaves it alone

    def __str__(self) -> str:
        return self.key

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" else self.name_nl


class Level(models.Model):
    """A rung or a group. A half-level has a parent; counts roll up to the parent, sorting keeps the order."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="levels")
    code = models.CharField(max_length=20)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="halves")
    position = models.PositiveSmallIntegerField()
    records_growth = models.BooleanField(default=True)
    works_without_help = models.BooleanField(default=False)
    has_support = models.BooleanField(default=False)
    has_aftercare = models.BooleanField(default=False)

    class Meta:
        ordering = ["scale", "position"]
        constraints = [models.UniqueConstraint(fields=["scale", "code"], name="level_code_is_unique_in_its_scale")]

    def __str__(self) -> str:
        return self.code

    @property
    def is_undetermined(self) -> bool:
        """Code 0: not determined."""
        return self.code == UNDETERMINED

    @property
    def whole_position(self) -> int:
        """The place of the whole level this one belongs to."""
        return self.parent.position if self.parent is not None else self.position


class ScaleVersion(models.Model):
    """What the levels of a scale are called and mean in a half-open period."""

    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["scale", "number"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "number"], name="version_number_is_unique_in_its_scale")
        ]

    def __str__(self) -> str:
        return f"{self.scale} {self.number}"


class LevelText(models.Model):
    """Name, full definition, examples and distance band of a level in one version of its scale."""

    version = models.ForeignKey(ScaleVersion, on_delete=models.CASCADE, related_name="texts")
    level = models.ForeignKey(Level, on_delete=models.PROTECT, related_name="texts")
    name_nl = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    definition_nl = models.TextField(blank=True)
    definition_en = models.TextField(blank=True)
    examples_nl = models.JSONField(default=list)
    examples_en = models.JSONField(default=list)
    band_nl = models.CharField(max_length=60, blank=True)
    band_en = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "level"], name="level_has_one_text_in_a_version")]

    def __str__(self) -> str:
        return self.name_nl


class ScaleQuestion(models.Model):
    """A yes/no question of a version: of the way to the current level, or to the level within the horizon."""

    version = models.ForeignKey(ScaleVersion, on_delete=models.CASCADE, related_name="questions")
    part = models.CharField(max_length=10)
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    yes = models.CharField(max_length=20)
    no = models.CharField(max_length=20)
    text_nl = models.TextField()
    text_en = models.TextField()
    explanation_nl = models.TextField(blank=True)
    explanation_en = models.TextField(blank=True)

    class Meta:
        ordering = ["version", "part", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "part", "key"], name="question_key_is_unique_in_its_part")
        ]

    def __str__(self) -> str:
        return self.key

    def text(self, language: str) -> str:
        """The question in a language."""
        return self.text_en if language == "en" else self.text_nl

    def explanation(self, language: str) -> str:
        """What helps to answer it."""
        return self.explanation_en if language == "en" else self.explanation_nl
