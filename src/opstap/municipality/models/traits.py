"""Traits that a municipality defines for itself, beside those of the standard set."""

from __future__ import annotations

from django.db import models

from opstap.foundation.references import new_reference
from opstap.municipality.models.municipalities import Municipality


class TraitDefinition(models.Model):
    """What may be recorded of a client, and how: yes or no, one of a list, a number or a day. Holds for a period."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="trait_definitions")
    key = models.CharField(max_length=30)
    kind = models.CharField(max_length=10)
    name_nl = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    choices = models.JSONField(default=list)
    on_placement = models.BooleanField(default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["name_nl", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="trait_key_is_unique_in_its_municipality")
        ]

    def __str__(self) -> str:
        return self.key
