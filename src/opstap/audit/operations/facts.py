"""Adding facts in bulk, withdrawing them, and superseding all that one recording added."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db import IntegrityError

from opstap.audit.models import Fact, FactQuerySet, Recording
from opstap.foundation.bulk import insert_rows

PART = 500


class ReplacedMeanwhile(IntegrityError):
    """A row that was to be corrected has been corrected already: look at it again."""


def append_facts(model: type[Fact], rows: Sequence[Any], *, recording: Recording) -> None:
    """Insert rows (dataclasses named as the columns of the model) as facts known since the recording.

    ReplacedMeanwhile when one of them replaces a row that another row replaced before.
    """
    if not rows:
        return
    columns = _payload_columns(model)
    given = [column for column in columns if hasattr(rows[0], column)]
    pick = attrgetter(*given)
    replaces = hasattr(rows[0], "replaces_id")
    number = recording.number
    tuples = [(number, row.replaces_id if replaces else None, False, *_as_tuple(pick(row), len(given))) for row in rows]
    try:
        insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *given], tuples)
    except IntegrityError as fault:
        if _is_second_correction(model, fault):
            raise ReplacedMeanwhile(model._meta.label_lower) from fault
        raise


def withdraw_facts(model: type[Fact], ids: Collection[int], *, recording: Recording) -> int:
    """Add a withdrawal for each of these rows that still stands; returns how many."""
    columns = _payload_columns(model)
    wanted = list(dict.fromkeys(ids))
    tuples: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), PART):
        standing: FactQuerySet[Fact] = FactQuerySet(model).current().filter(pk__in=wanted[start : start + PART])
        tuples += [(recording.number, pk, True, *row) for pk, *row in standing.values_list("pk", *columns)]
    insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *columns], tuples)
    return len(tuples)


def undo_recording(undone: Recording, *, recording: Recording) -> dict[str, int]:
    """Supersede everything a recording added that was not corrected since; returns rows touched per table.

    A row that was new is withdrawn; a row that replaced another gets a successor with the value from before the
    recording. Rows corrected or withdrawn by somebody afterwards stay as that person left them.
    """
    touched: dict[str, int] = {}
    for model in fact_models():
        columns = _payload_columns(model)
        tuples = [(recording.number, *row) for row in _before(model, columns, undone)]
        insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *columns], tuples)
        if tuples:
            touched[model._meta.label_lower] = len(tuples)
    return touched


def fact_models() -> list[type[Fact]]:
    """Every concrete fact table, parents before children."""
    return [model for model in apps.get_models() if issubclass(model, Fact)]


def _before(model: type[Fact], columns: list[str], undone: Recording) -> Iterator[tuple[Any, ...]]:
    """For each row of the recording that stands: its id, and how things stood before (withdrawn, and the values)."""
    added: FactQuerySet[Fact] = FactQuerySet(model).filter(recording=undone)
    rows = {pk: row for pk, *row in added.values_list("pk", "replaces_id", "replaced_by", "withdrawn", *columns)}
    replaced_there: FactQuerySet[Fact] = FactQuerySet(model).filter(replaced_by__recording=undone)
    earlier = replaced_there.exclude(recording=undone)
    values = {pk: row for pk, *row in earlier.values_list("pk", "withdrawn", *columns)}
    for pk, (replaced, replaced_by, withdrawn, *own) in rows.items():
        origin = replaced
        while origin in rows:  # the recording corrected its own row
            origin = rows[origin][0]
        if replaced_by is None and origin is not None:
            yield (pk, *values[origin])
        elif replaced_by is None and not withdrawn:
            yield (pk, True, *own)


def _is_second_correction(model: type[Fact], fault: IntegrityError) -> bool:
    table = model._meta.db_table
    return any(name in str(fault) for name in (f"{table}.replaces_id", f"{table}_replaces_id_key"))


def _payload_columns(model: type[Fact]) -> list[str]:
    own = {"id", "recording_id", "replaces_id", "withdrawn"}
    return [field.attname for field in model._meta.concrete_fields if field.attname not in own]


def _as_tuple(value: Any, width: int) -> tuple[Any, ...]:
    return (value,) if width == 1 else value
