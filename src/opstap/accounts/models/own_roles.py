"""Roles that a municipality composed: what another role reaches, with permissions and words of its own."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class OwnRoleQuerySet(models.QuerySet["OwnRole"]):
    """Composed roles on a day."""

    def open_on(self, day: date) -> Self:
        """That can be given on a day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class OwnRole(models.Model):
    """A composed role as it is now. `base` is the role it was made from, and says whom it reaches."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="own_roles")
    base = models.CharField(max_length=40)
    name_nl = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    description_nl = models.CharField(max_length=300)
    description_en = models.CharField(max_length=300, blank=True)
    permissions = models.JSONField()
    ended_on = models.DateField(null=True)

    objects = OwnRoleQuerySet.as_manager()

    class Meta:
        ordering = ["name_nl"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "name_nl"], name="own_role_name_is_unique_in_its_municipality"
            )
        ]

    def __str__(self) -> str:
        return self.name_nl


class OwnRoleVersion(models.Model):
    """What a composed role was from a moment on: each change adds one, and none is changed."""

    role = models.ForeignKey(OwnRole, on_delete=models.CASCADE, related_name="versions")
    name_nl = models.CharField(max_length=60)
    description_nl = models.CharField(max_length=300)
    permissions = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"{self.role} from {self.made_at:%Y-%m-%d}"
