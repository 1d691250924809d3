"""Signing in with one's organisation: by which identity there somebody is known, and what its groups give."""

from __future__ import annotations

from django.db import models

from opstap.accounts.models.teams import HeldQuerySet, Team
from opstap.accounts.models.users import User
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class Identity(models.Model):
    """Who somebody is at the provider: its issuer and what it calls them, which never becomes another person."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="identity")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "subject"], name="an_identity_belongs_to_one_user")]

    def __str__(self) -> str:
        return f"{self.user} at the provider"


class GroupRole(models.Model):
    """What a group of the provider gives from a day on: a role, and a team to lead or to work in.

    It is never changed: another role is another row, and the first one ends.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="group_roles")
    group = models.CharField(max_length=200)
    label = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=40)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="group_roles")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    made_by = models.CharField(max_length=120)
    ended_by = models.CharField(max_length=120, blank=True)

    objects = HeldQuerySet["GroupRole"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "group", "role", "team"],
                condition=models.Q(ends_on__isnull=True, team__isnull=False),
                name="a_group_gives_a_role_for_a_team_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "group", "role"],
                condition=models.Q(ends_on__isnull=True, team__isnull=True),
                name="a_group_gives_a_role_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label or self.group}: {self.role}"
