"""What somebody was writing and has not saved yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.accounts.models.users import User
from opstap.foundation.references import new_reference


class Draft(models.Model):
    """An unsaved form, encrypted: one for a person, a kind of form and what it is about (an opaque reference)."""

    retention: ClassVar = "draft"

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60)
    content = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "about"], name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return self.reference
