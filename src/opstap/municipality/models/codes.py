"""Code lists: codes that keep their identity, labels that hold for a period."""

from __future__ import annotations

from django.db import models


class CodeList(models.Model):
    """A list of codes, such as the kinds of benefit."""

    key = models.CharField(max_length=40, unique=True)
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.key


class Code(models.Model):
    """One code; chosen only within its period of validity. Words in files lead to it.

    `is_own`: added by an administrator. `ended_on` and `own_position` are the installation's own too, so that a new
    release of the shipped lists leaves them as they are. Of an instrument: the code that CBS has for it where it is
    known, and whether it is delivered to CBS at all.
    """

    code_list = models.ForeignKey(CodeList, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    is_own = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    own_position = models.PositiveSmallIntegerField(null=True)
    counts_as_benefit = models.BooleanField(default=False)
    cbs_code = models.CharField(max_length=4, blank=True)
    delivered = models.BooleanField(default=False)
    synonyms = models.JSONField(default=list)
    finer = models.JSONField(default=list)

    class Meta:
        ordering = ["code_list", "position"]
        constraints = [models.UniqueConstraint(fields=["code_list", "code"], name="code_is_unique_in_its_list")]

    def __str__(self) -> str:
        return self.code


class CodeLabel(models.Model):
    """What a code is called in a period, in both languages.

    An own label (`is_own`) is added and never changed: it goes before what is shipped from its first day on, until a
    later one begins. Of two that begin on one day the one that was recorded last holds.
    """

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="labels")
    nl = models.CharField(max_length=200)
    en = models.CharField(max_length=200)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    is_own = models.BooleanField(default=False)
    recorded_at = models.DateTimeField(null=True)
    recorded_by = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.nl


class StatePensionAge(models.Model):
    """State pension age for people born in a half-open range of days."""

    born_from = models.DateField(null=True)
    born_until = models.DateField(null=True)
    years = models.PositiveSmallIntegerField()
    months = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["years", "months"]

    def __str__(self) -> str:
        return f"{self.years}y{self.months}m"
