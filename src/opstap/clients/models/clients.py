"""The identity of a client, the person behind it, where they live, and what a file brought along without a home."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from opstap.audit.models import Fact, FactQuerySet, PeriodFact, PeriodQuerySet, Recording
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.logic.persons import listed_as
from opstap.foundation.appendonly import AppendOnlyModel
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality

WHY: Any = {"max_length": 400, "blank": True, "db_default": ""}  # an import says no why, and does not pay for it


class Client(AppendOnlyModel):
    """An identity: everything known about the person hangs on it as facts."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    erased_with: ClassVar = "id"

    reference = models.CharField(max_length=12, default=new_reference)
    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, db_constraint=False, related_name="clients"
    )
    number = models.CharField(max_length=40)
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="client_number_is_unique_in_municipality"),
            # Not `unique=True`: PostgreSQL would keep a second index, for searching on the beginning of a reference.
            models.UniqueConstraint(fields=["reference"], name="client_reference_is_unique"),
        ]

    def __str__(self) -> str:
        return self.reference


class Person(Fact):
    """Who the client is. The BSN stands encrypted; it is found by a keyed digest."""

    retention: ClassVar = RETENTION_CLIENT_FILE
    sealed_columns: ClassVar = ("bsn_encrypted", "bsn_digest", "bsn_key")

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="persons")
    bsn_encrypted = models.BinaryField(null=True)
    bsn_digest = models.BinaryField(max_length=32, null=True)
    bsn_key = models.CharField(max_length=20, blank=True)
    surname = models.CharField(max_length=120)
    name_prefix = models.CharField(max_length=20, blank=True)
    given_names = models.CharField(max_length=120, blank=True)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.CharField(max_length=254, blank=True)
    preferred_language = models.CharField(max_length=10, blank=True)
    preferred_channel = models.CharField(max_length=20, blank=True)
    died_on = models.DateField(null=True)
    folded_name = models.TextField(blank=True)  # made of the name where the row is sealed
    why = models.CharField(**WHY)

    objects = FactQuerySet["Person"].as_manager()

    def __str__(self) -> str:
        return str(self.client_id)

    @property
    def list_name(self) -> str:
        """As in a list: `Boer, Leyla de`."""
        return listed_as(self.surname, self.name_prefix, self.given_names)

    @property
    def spoken_name(self) -> str:
        """As in a sentence: `Leyla de Boer`."""
        return " ".join(part for part in (self.given_names, self.name_prefix, self.surname) if part)


class BsnHolder(models.Model):
    """Who holds a BSN now: keeps it unique within a municipality, whatever corrections were made."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    digest = models.BinaryField(max_length=32)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "digest"], name="bsn_is_unique_in_municipality")]

    def __str__(self) -> str:
        return str(self.client_id)


class Alias(Fact):
    """Two dossiers of one person: this client counts as the one kept. Nothing is re-pointed; withdrawn is undone."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="aliases")
    kept = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="merged")
    why = models.CharField(**WHY)

    objects = FactQuerySet["Alias"].as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} is {self.kept_id}"


class Address(PeriodFact):
    """Where the client lives. A secret address is shown to nobody without the right to see it."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="addresses")
    street = models.CharField(max_length=120, blank=True)
    house_number = models.CharField(max_length=20, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=80, blank=True)
    is_secret = models.BooleanField(default=False)
    why = models.CharField(**WHY)

    objects = PeriodQuerySet["Address"].as_manager()

    def __str__(self) -> str:
        return str(self.client_id)


class KeptValue(Fact):
    """A value from a file that has no home in Opstap yet, kept per client, source and heading."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="kept_values")
    source = models.CharField(max_length=80)
    heading = models.CharField(max_length=120)
    value = models.TextField()

    objects = FactQuerySet["KeptValue"].as_manager()

    def __str__(self) -> str:
        return self.heading
