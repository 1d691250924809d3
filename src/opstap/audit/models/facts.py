"""The base of every fact: a row that is added, corrected by another row, or withdrawn; never changed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from opstap.audit.models.recordings import Recording
from opstap.foundation.appendonly import AppendOnlyModel

M_co = TypeVar("M_co", bound=models.Model, covariant=True)


# A second correction of one row is refused. Only corrections stand in the index, so that adding facts costs nothing.
REPLACED_ONCE = models.UniqueConstraint(
    fields=["replaces"], condition=Q(replaces__isnull=False), name="%(app_label)s_%(class)s_replaced_once"
)


class FactQuerySet(models.QuerySet[M_co]):
    """The vocabulary of facts."""

    def current(self) -> Self:
        """What we hold true now: not replaced and not withdrawn."""
        return self.filter(withdrawn=False, replaced_by__isnull=True)


class Fact(AppendOnlyModel):
    """Known since a recording. A correction names the row it replaces; a withdrawal is a correction without a value."""

    # No constraints in the database on a recording, a replaced row or a client: none of them can ever be deleted,
    # while checking them for each of a million rows would hold the lock of an import longer than anything else
    # (decision record 12). `append_facts` refuses what is not there, `opstap check` looks for it.
    recording = models.ForeignKey(Recording, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by", db_index=False, db_constraint=False
    )
    withdrawn = models.BooleanField(default=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [REPLACED_ONCE]


class PeriodQuerySet(FactQuerySet[M_co]):
    """The vocabulary of facts that hold for a half-open period."""

    def active_on(self, day: date) -> Self:
        """Held true now, and holding on that day."""
        return self.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class PeriodFact(Fact):
    """A fact that holds from `starts_on` until `ends_on` (exclusive; empty is open)."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            REPLACED_ONCE,
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")) | Q(withdrawn=True),
                name="%(app_label)s_%(class)s_ends_after_it_starts",
            ),
        ]
