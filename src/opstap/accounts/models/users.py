"""Users: workers who sign in, and workers who so far are only named in files."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class UserAccounts(BaseUserManager["User"]):
    """Finds users by their sign-in name, as the sign-in asks."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The user with this sign-in name, whatever its capitals."""
        return self.get(sign_in_name=(username or "").casefold())


class User(AbstractBaseUser):
    """Someone who works with Opstap. Without a sign-in name: known from a file, not yet invited.

    `municipality` is the one that keeps the account: name, password, second step, closing. Where somebody works, their
    roles say (`RoleHolding.municipality`); `works_in` is where they chose to work last, and where a session begins.
    """

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="users")
    sign_in_name = models.CharField(max_length=120, unique=True, null=True)  # noqa: DJ001 - null keeps it unique
    name = models.CharField(max_length=120)
    staff_code = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, unique=True, null=True)  # noqa: DJ001 - null keeps it unique
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    works_in = models.ForeignKey(Municipality, on_delete=models.SET_NULL, null=True, related_name="+")

    USERNAME_FIELD = "sign_in_name"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects: ClassVar[UserAccounts] = UserAccounts()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "staff_code"],
                condition=~models.Q(staff_code=""),
                name="staff_code_is_unique_in_its_municipality",
            )
        ]

    def __str__(self) -> str:
        return self.name
