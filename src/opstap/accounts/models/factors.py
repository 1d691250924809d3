"""What somebody proves beside a password: an app with codes, a passkey, a recovery code."""

from __future__ import annotations

from django.db import models

from opstap.accounts.enums import FactorKind
from opstap.accounts.models.users import User
from opstap.foundation.references import new_reference


class SecondFactor(models.Model):
    """One of them. `content` is encrypted (app, passkey) or a keyed digest (recovery code, gone once it is used)."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in FactorKind])
    name = models.CharField(max_length=60, blank=True)
    content = models.BinaryField()
    counter = models.BigIntegerField(default=0)  # the last step of an app, the count of a passkey: never twice the same
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(kind="app"), name="one_app_with_codes_a_user")
        ]

    def __str__(self) -> str:
        return self.reference
