"""The form in which rooms give what they hold about one client: stored rows as plain values, both clocks included.

Not here: which rows are about whom, and which are erased with them (each room's own personal_data).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from opstap.audit.models import Recording, SentForm
from opstap.audit.operations.erasing import Erasing
from opstap.audit.operations.sending import outcome_cipher
from opstap.audit.selectors.accesses import looks_at
from opstap.audit.selectors.sealed import SealedTable, sealed_by

SEALED = {"audit.sentform": SealedTable(SentForm.objects.all, sealed_by(outcome_cipher, "outcome"))}

M = TypeVar("M", bound=models.Model)


class Colleague(str):
    """The name of somebody who works here, with the reference under which a reader may know them otherwise."""

    __slots__ = ("reference",)
    reference: str

    @classmethod
    def named(cls, name: str, reference: str) -> Colleague:
        """A name that remembers whose it is."""
        made = cls(name)
        made.reference = reference
        return made


@dataclass(frozen=True, slots=True)
class HeldRow:
    """One stored row: its model and its values by field, as text, number, day, moment, yes or no, or empty."""

    model: str
    values: Mapping[str, Any]


def held_rows(rows: models.QuerySet[M], *, opened: Callable[[M], Mapping[str, Any]] = lambda _row: {}) -> list[HeldRow]:
    """Every row, oldest first. Bytes are left out: `opened` gives what they say. Other rows are named, not numbered."""
    links = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.ForeignKey)]
    whole = rows.select_related(*links) if links else rows
    return [
        HeldRow(rows.model._meta.label_lower, {**_plain_values(row), **opened(row)}) for row in whole.order_by("pk")
    ]


def _plain_values(row: models.Model) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            values |= _link(field, row)
        elif not isinstance(field, models.BinaryField):
            values[field.name] = getattr(row, field.attname)
    return values


def _link(field: models.ForeignKey[Any, Any], row: models.Model) -> dict[str, Any]:
    """A recording says when and by whom; a row that is replaced keeps its number, which stands among the others."""
    if field.related_model is type(row):
        return {field.name: getattr(row, field.attname)}
    linked = getattr(row, field.name)
    if isinstance(linked, Recording):
        by = Colleague.named(linked.actor_name, linked.actor_reference)
        return {field.name: linked.number, f"{field.name}_at": linked.at, f"{field.name}_by": by}
    if isinstance(linked, AbstractBaseUser):
        return {field.name: Colleague.named(str(linked), getattr(linked, "reference", ""))}
    return {field.name: None if linked is None else str(linked)}


class Followed(Protocol):
    """A client, as far as this room knows them."""

    @property
    def reference(self) -> str:
        """The opaque reference."""


def personal_data_of(client: Followed) -> list[HeldRow]:
    """Every record of the access log in which the client was asked for or listed by name: who looked, when and why."""
    return held_rows(looks_at([client.reference]))


def erase(client: Followed, erasing: Erasing) -> None:
    """What was done about the client stays, about nobody. The log is a chain and stays: its keyed pseudonym is made of
    the client's reference, which is nowhere any more.
    """
    erasing.empty(client.reference)
