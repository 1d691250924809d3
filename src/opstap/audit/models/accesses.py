"""The access log: who looked at what. It stands apart from the data, so that it waits for no other writing."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.foundation.appendonly import AppendOnlyModel


class Access(AppendOnlyModel):
    """One thing that somebody saw, asked or did. Clients are keyed pseudonyms; users stand by their reference.

    With its trace it is the record of the processing log too, which leaves the user out (decision record 36).
    """

    retention: ClassVar = "access_log"
    never_erased: ClassVar = True  # a chain; whom it names can no longer be told once the client is gone
    is_cut: ClassVar = True

    chain = models.CharField(max_length=24)
    position = models.BigIntegerField()
    digest = models.BinaryField()
    at = models.DateTimeField(db_index=True)
    source = models.CharField(max_length=20)
    user = models.CharField(max_length=40)
    roles = models.TextField()
    on_behalf_of = models.CharField(max_length=120)
    municipality = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80)
    method = models.CharField(max_length=8)
    subject = models.BinaryField()
    listed = models.BinaryField()
    listed_count = models.IntegerField()
    why = models.TextField()
    result = models.CharField(max_length=12)
    began_at = models.DateTimeField(null=True)
    trace = models.BinaryField(default=b"")
    caller = models.BinaryField(default=b"")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="one_record_at_a_place_of_a_chain")]
        indexes = [
            models.Index(fields=["subject", "at"], name="access_of_a_client"),
            models.Index(fields=["user", "at"], name="access_by_a_user"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.result}"


class AccessCut(AppendOnlyModel):
    """The first records of a chain are gone after their term: up to which place, how many since the cut before, and the
    digest of the last. Sealed with the key of the log, so that `verify` goes on from there and nobody else
    can make one.
    """

    never_erased: ClassVar = True

    chain = models.CharField(max_length=24)
    position = models.BigIntegerField()
    digest = models.BinaryField()
    records = models.BigIntegerField()
    before = models.DateTimeField()
    at = models.DateTimeField()
    seal = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="a_chain_is_cut_once_at_a_place")]

    def __str__(self) -> str:
        return f"{self.chain} {self.position}"
