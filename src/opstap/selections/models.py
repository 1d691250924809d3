"""Working lists under a name, and a worker's own marks on clients."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from opstap.accounts.models import Team, User
from opstap.clients.enums import RETENTION_CLIENT_FILE
from opstap.clients.models import Client
from opstap.foundation.references import new_reference
from opstap.municipality.models import Municipality


class WorkingList(models.Model):
    """What is asked of a list of a municipality, kept under a name: by its maker, for the maker or for a team."""

    reference = models.CharField(max_length=12, unique=True, default=new_reference)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="working_lists")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="working_lists")
    team = models.ForeignKey(Team, on_delete=models.CASCADE, null=True, related_name="working_lists")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=600)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "municipality", "name"], name="list_name_is_unique_for_its_owner")
        ]

    def __str__(self) -> str:
        return self.name


class ClientMark(models.Model):
    """A worker's own star and note on a client: for nobody else to see. The note stands encrypted."""

    retention: ClassVar = RETENTION_CLIENT_FILE

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="client_marks")
    client = models.ForeignKey(Client, on_delete=models.PROTECT, db_constraint=False, related_name="marks")
    starred = models.BooleanField(default=False)
    note_encrypted = models.BinaryField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "client"], name="one_mark_of_a_worker_on_a_client")]

    def __str__(self) -> str:
        return f"{self.user_id} on {self.client_id}"
