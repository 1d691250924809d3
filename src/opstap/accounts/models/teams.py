"""Teams, who is in them, and who holds which role; each for a half-open period."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import Q

from opstap.accounts.models.own_roles import OwnRole
from opstap.accounts.models.users import User
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


class HeldQuerySet(models.QuerySet[M_co]):
    """What holds on a day."""

    def active_on(self, day: date) -> Self:
        """Holding on that day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class TeamQuerySet(models.QuerySet["Team"]):
    """Teams on a day."""

    def open_on(self, day: date) -> Self:
        """That can be chosen on a day."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day))


class Team(models.Model):
    """A team of case managers; from `ended_on` on nobody works in it, and reports of earlier days still know it."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="teams")
    name = models.CharField(max_length=120)
    ended_on = models.DateField(null=True)

    objects = TeamQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="team_name_is_unique_in_its_municipality")
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Whether it can be chosen on a day."""
        return self.ended_on is None or day < self.ended_on


class TeamMembership(models.Model):
    """A worker in a team."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    from_organisation = models.BooleanField(default=False)  # follows a group of the provider
    ended_by_hand = models.BooleanField(default=False)  # then no group gives it back

    objects = HeldQuerySet["TeamMembership"].as_manager()

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class RoleHolding(models.Model):
    """A role that someone holds in a municipality; for a team where its reach is a team, with a supervisor where it is
    their caseload.

    Of a composed role, `role` is the one it was made from, which says whom it reaches.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_holdings")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="role_holdings")
    role = models.CharField(max_length=40)
    own_role = models.ForeignKey(OwnRole, on_delete=models.PROTECT, null=True, related_name="holdings")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="role_holdings")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="supervised")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    from_organisation = models.BooleanField(default=False)  # follows a group of the provider
    ended_by_hand = models.BooleanField(default=False)  # then no group gives it back

    objects = HeldQuerySet["RoleHolding"].as_manager()

    def __str__(self) -> str:
        return f"{self.user}: {self.role}"
