"""Adding facts in bulk, withdrawing them, and superseding all that one recording added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from operator import attrgetter
from typing import Any

from django.apps import apps

from opstap.audit.models import Fact, FactQuerySet, Recording
from opstap.foundation.bulk import insert_rows


def append_facts(model: type[Fact], rows: Sequence[Any], *, recording: Recording) -> None:
    """Insert rows (dataclasses named as the columns of the model) as facts known since the recording."""
    if not rows:
        return
    columns = _payload_columns(model)
    given = [column for column in columns if hasattr(rows[0], column)]
    pick = attrgetter(*given)
    replaces = hasattr(rows[0], "replaces_id")
    number = recording.number
    tuples = [(number, row.replaces_id if replaces else None, False, *_as_tuple(pick(row), len(given))) for row in rows]
    insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *given], tuples)


def withdraw_facts(model: type[Fact], ids: Collection[int], *, recording: Recording) -> int:
    """Add a withdrawal for each of these rows that still stands; returns how many."""
    columns = _payload_columns(model)
    rows = list(FactQuerySet(model).current().filter(pk__in=list(ids)).values_list("pk", *columns))
    tuples = [(recording.number, row[0], True, *row[1:]) for row in rows]
    insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *columns], tuples)
    return len(tuples)


def undo_recording(undone: Recording, *, recording: Recording) -> dict[str, int]:
    """Supersede everything a recording added that was not corrected since; returns rows touched per table.

    A row that was new is withdrawn; a row that replaced another gets a successor with the earlier value.
    Rows corrected or withdrawn by somebody afterwards stay as that person left them.
    """
    touched: dict[str, int] = {}
    for model in fact_models():
        columns = _payload_columns(model)
        earlier = [f"replaces__{column}" for column in columns]
        standing: FactQuerySet[Fact] = FactQuerySet(model).filter(recording=undone, replaced_by__isnull=True)
        rows = list(standing.values_list("pk", "replaces_id", "withdrawn", "replaces__withdrawn", *columns, *earlier))
        tuples = [_undoing(row, len(columns), recording.number) for row in rows if not (row[1] is None and row[2])]
        insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *columns], tuples)
        if tuples:
            touched[model._meta.label_lower] = len(tuples)
    return touched


def fact_models() -> list[type[Fact]]:
    """Every concrete fact table, parents before children."""
    return [model for model in apps.get_models() if issubclass(model, Fact)]


def _undoing(row: tuple[Any, ...], width: int, number: int) -> tuple[Any, ...]:
    pk, replaced, _withdrawn, replaced_withdrawn = row[:4]
    if replaced is None:
        return (number, pk, True, *row[4 : 4 + width])
    return (number, pk, bool(replaced_withdrawn), *row[4 + width :])


def _payload_columns(model: type[Fact]) -> list[str]:
    own = {"id", "recording_id", "replaces_id", "withdrawn"}
    return [field.attname for field in model._meta.concrete_fields if field.attname not in own]


def _as_tuple(value: Any, width: int) -> tuple[Any, ...]:
    return (value,) if width == 1 else value
