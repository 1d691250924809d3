"""Forms that were sent and saved, for as long as they may be sent again."""

from __future__ import annotations

from django.db import models


class SentForm(models.Model):
    """That a form was saved and where it led to, written in the transaction of what it saved; gone some days later.

    Whose it was, what it said and its key stand in it as one keyed digest; where it led to and its messages encrypted.
    """

    digest = models.BinaryField(max_length=32)
    sent_at = models.DateTimeField(db_index=True)
    outcome = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="a_form_is_saved_once")]

    def __str__(self) -> str:
        return str(self.sent_at)
