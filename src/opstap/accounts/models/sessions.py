"""Where somebody is signed in: the session of the web framework, which knows whose it is and when it was last used."""

from __future__ import annotations

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from opstap.accounts.models.users import User
from opstap.foundation.references import new_reference


class Session(AbstractBaseSession):
    """One browser in which somebody is signed in; without a user what a visitor's browser needs for a while."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    user = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="sessions")
    began_at = models.DateTimeField()
    used_at = models.DateTimeField()
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used_at__gte=models.F("began_at")), name="a_session_is_used_after_it_began"
            )
        ]
        indexes = [models.Index(fields=["user", "used_at"], name="sessions_of_a_user")]

    def __str__(self) -> str:
        return self.reference
