"""Broken glass: a dossier out of reach, opened for a short time with a reason, and what was said of it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models

from opstap.accounts.models import User
from opstap.audit.models import Fact, FactQuerySet
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models.clients import Client


class BrokenGlassQuerySet(FactQuerySet["BrokenGlass"]):
    """The vocabulary of broken glass."""

    def open_for(self, user_id: int, moment: datetime) -> BrokenGlassQuerySet:
        """What this user has open at a moment, to the second."""
        return self.current().filter(user=user_id, opens_at__lte=moment, closes_at__gt=moment)

    def open_since(self, user_id: int, moment: datetime) -> BrokenGlassQuerySet:
        """What this user has open, or had at a moment or after it."""
        return self.current().filter(user=user_id, closes_at__gt=moment)

    def unjudged(self) -> BrokenGlassQuerySet:
        """Of which nobody has said yet whether it was right."""
        return self.current().exclude(reference__in=GlassReview.objects.current().values("glass"))


class BrokenGlass(Fact):
    """One user, one client, one reason, until a moment. Ending it early is a row that replaces it."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("note_encrypted", "note_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="broken_glass")
    reference = models.CharField(max_length=12, db_index=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    reason = models.CharField(max_length=40)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    review_by = models.DateField()
    note_encrypted = models.BinaryField(null=True)
    note_key = models.CharField(max_length=20, blank=True)

    objects = BrokenGlassQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id}: {self.client_id}"


class GlassReview(Fact):
    """What the team leader says of it afterwards; one for each."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("note_encrypted", "note_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="glass_reviews")
    glass = models.CharField(max_length=12, db_index=True)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, null=True, db_constraint=False, related_name="+")
    verdict = models.CharField(max_length=12)
    note_encrypted = models.BinaryField(null=True)
    note_key = models.CharField(max_length=20, blank=True)

    objects = FactQuerySet["GlassReview"].as_manager()

    def __str__(self) -> str:
        return f"{self.glass} {self.verdict}"
