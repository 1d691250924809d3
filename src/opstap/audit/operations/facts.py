"""Adding facts in bulk, withdrawing them, and superseding all that one recording added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.apps import apps
from django.db import IntegrityError
from django.db.models import Model, QuerySet

from opstap.audit.logic.seen import note_written
from opstap.audit.models import Fact, FactQuerySet, Recording
from opstap.foundation.bulk import insert_rows
from opstap.foundation.versions import version_of_values

PART = 500
CLIENT = "client_id"


class ReplacedMeanwhile(IntegrityError):
    """A row that was to be corrected has been corrected already: look at it again."""


def append_facts(model: type[Fact], rows: Sequence[Any], *, recording: Recording) -> None:
    """Insert rows (dataclasses named as the columns of the model) as facts known since the recording.

    ReplacedMeanwhile when one of them replaces a row that another row replaced before.
    """
    if not rows:
        return
    columns = _payload_columns(model)
    _refuse_other_clients(model, rows)
    _refuse_dangling(model, rows)
    own = ["replaces_id"] if hasattr(rows[0], "replaces_id") else []
    given = [*own, *(column for column in columns if hasattr(rows[0], column))]
    number = recording.number
    tuples = [(number, False, *picked) for picked in _picked(rows, given)]
    try:
        insert_rows(model, ["recording_id", "withdrawn", *given], tuples)
        _note_whose(given, (row[2:] for row in tuples))
    except IntegrityError as fault:
        if _is_second_correction(model, fault):
            raise ReplacedMeanwhile(model._meta.label_lower) from fault
        raise


def require_standing(model: type[Fact], ids: Collection[int]) -> None:
    """ReplacedMeanwhile when one of these rows was corrected or withdrawn since it was read.

    Ask it within `writing`: from there on nobody else writes.
    """
    wanted = list(set(ids))
    for start in range(0, len(wanted), PART):
        some = wanted[start : start + PART]
        standing: FactQuerySet[Fact] = FactQuerySet(model).current().filter(pk__in=some)
        if standing.count() != len(some):
            raise ReplacedMeanwhile(model._meta.label_lower)


def require_unchanged(kind: str, values: Mapping[str, Any], opened_on: str | None) -> None:
    """The same for what is changed in place: these values are no longer the version that a form was opened on.

    None says that no form was: nothing is compared. Ask it within `writing`, of what was read there.
    """
    if opened_on is not None and version_of_values(kind, values) != opened_on:
        raise ReplacedMeanwhile(kind)


def _refuse_other_clients(model: type[Fact], rows: Sequence[Any]) -> None:
    """A row corrects a row of the same client: anything else would silently take a fact of somebody else away."""
    if not (hasattr(rows[0], "client_id") and hasattr(rows[0], "replaces_id")):
        return
    wanted = {row.replaces_id: row.client_id for row in rows if row.replaces_id is not None}
    ids = list(wanted)
    for start in range(0, len(ids), PART):
        rows_held: FactQuerySet[Fact] = FactQuerySet(model).filter(pk__in=ids[start : start + PART])
        held = dict(rows_held.values_list("pk", CLIENT))
        if any(wanted[pk] != held.get(pk) for pk in ids[start : start + PART]):
            message = f"{model._meta.label_lower}: a row can only replace one of the same client"
            raise ValueError(message)


def _refuse_dangling(model: type[Fact], rows: Sequence[Any]) -> None:
    """What the database does not check (decision record 12) is checked here; of an import, by `opstap check`."""
    if len(rows) > PART:
        return
    for key in unchecked_keys(model):
        if key.name == "recording" or not hasattr(rows[0], key.attname):
            continue
        wanted = {getattr(row, key.attname) for row in rows} - {None}
        if QuerySet(key.remote_field.model).filter(pk__in=wanted).count() != len(wanted):
            message = f"{model._meta.label_lower}: a row names a {key.name} that is not there"
            raise ValueError(message)


def unchecked_keys(model: type[Model]) -> list[Any]:
    """The foreign keys of a table that are no constraint of the database."""
    return [key for key in model._meta.concrete_fields if key.is_relation and not getattr(key, "db_constraint", True)]


def withdraw_facts(
    model: type[Fact], ids: Collection[int], *, recording: Recording, said: Mapping[str, Any] | None = None
) -> int:
    """Add a withdrawal for each of these rows that still stands; returns how many.

    `said` fills columns of the withdrawal itself, such as why.
    """
    columns = _payload_columns(model)
    wanted = list(dict.fromkeys(ids))
    tuples: list[tuple[Any, ...]] = []
    for start in range(0, len(wanted), PART):
        standing: FactQuerySet[Fact] = FactQuerySet(model).current().filter(pk__in=wanted[start : start + PART])
        for pk, *row in standing.values_list("pk", *columns):
            payload = {**dict(zip(columns, row, strict=True)), **(said or {})}
            tuples.append((recording.number, pk, True, *payload.values()))
    insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *columns], tuples)
    _note_whose(columns, (row[3:] for row in tuples))
    return len(tuples)


@dataclass(frozen=True)
class Undone:
    """How many rows of a recording no longer hold, and how many stay because somebody corrected them since."""

    superseded: int
    left: int


@dataclass(frozen=True)
class Superseding:
    """What undoing a recording will add: by model the replaced id, whether it withdraws, and the payload."""

    rows: Mapping[type[Fact], Sequence[tuple[Any, ...]]]
    left: int


def undo_recording(undone: Recording, *, recording: Recording, read: Superseding | None = None) -> Undone:
    """Supersede everything a recording added, as `superseding` read it."""
    read = superseding(undone) if read is None else read
    for model, rows in read.rows.items():
        columns = _payload_columns(model)
        tuples = [(recording.number, *row) for row in rows]
        insert_rows(model, ["recording_id", "replaces_id", "withdrawn", *columns], tuples)
        _note_whose(columns, (row[3:] for row in tuples))
    return Undone(sum(map(len, read.rows.values())), read.left)


def superseding(*undone: Recording, undone_before: Collection[int] = (), undoings: Collection[int] = ()) -> Superseding:
    """Each chain of corrections that these recordings wrote in, read on as if none of them ever was.

    `undone_before` are the numbers of recordings that were undone already, `undoings` of those that undid them: a
    value that an undoing put back counts as the value it put back. A chain that somebody corrected since stays.
    """
    left = 0
    own = {recording.number for recording in undone}
    passed = {*own, *undone_before, *undoings}
    rows: dict[type[Fact], list[tuple[Any, ...]]] = {}
    for model in fact_models():
        rows[model] = []
        for chain in _chains(model, undone):
            written = [link.number for link in chain if link.number in own]
            others = [link.number for link in chain if link.number not in passed]
            left += any(number > written[0] for number in others)
            if any(number > written[-1] for number in others):
                continue
            holds = [link for link in chain if link.number not in passed]
            value, head = (holds[-1] if holds else None), chain[-1]
            withdrawn = value is None or value.withdrawn
            payload = head.payload if value is None else value.payload
            if (head.withdrawn, head.payload) != (withdrawn, payload) and not (head.withdrawn and withdrawn):
                rows[model].append((head.pk, withdrawn, *payload))
    return Superseding(rows, left)


@dataclass(frozen=True)
class _Link:
    """A row of a chain of corrections."""

    pk: int
    replaces: int | None
    number: int
    withdrawn: bool
    payload: tuple[Any, ...]


def _chains(model: type[Fact], recordings: Collection[Recording]) -> list[list[_Link]]:
    """Each chain of corrections that these recordings wrote in, from its first row to the one that stands."""
    columns = ["pk", "replaces_id", "recording_id", "withdrawn", *_payload_columns(model)]
    corrections = _links(FactQuerySet(model).filter(replaces__isnull=False), columns)
    following = {link.replaces: link for link in corrections.values()}
    added = _links(FactQuerySet(model).filter(recording__in=recordings), columns)
    firsts = {_first(link, corrections) for link in added.values()}
    roots = {pk: link for pk, link in added.items() if pk in firsts}
    wanted = sorted(firsts - roots.keys())
    for start in range(0, len(wanted), PART):
        roots |= _links(FactQuerySet(model).filter(pk__in=wanted[start : start + PART]), columns)
    chains = []
    for root in roots.values():
        chain = [root]
        while chain[-1].pk in following:
            chain.append(following[chain[-1].pk])
        chains.append(chain)
    return chains


def _first(link: _Link, corrections: dict[int, _Link]) -> int:
    """The row that a chain of corrections began with."""
    while link.replaces is not None and link.replaces in corrections:
        link = corrections[link.replaces]
    return link.pk if link.replaces is None else link.replaces


def _links(rows: FactQuerySet[Fact], columns: list[str]) -> dict[int, _Link]:
    return {row[0]: _Link(row[0], row[1], row[2], row[3], tuple(row[4:])) for row in rows.values_list(*columns)}


def fact_models() -> list[type[Fact]]:
    """Every concrete fact table, parents before children."""
    return [model for model in apps.get_models() if issubclass(model, Fact)]


def _note_whose(columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Tell the access log whose facts were written: no operation and no page can forget it."""
    if CLIENT in columns:
        place = columns.index(CLIENT)
        note_written(row[place] for row in rows)


def _is_second_correction(model: type[Fact], fault: IntegrityError) -> bool:
    table = model._meta.db_table
    return any(name in str(fault) for name in (f"{table}.replaces_id", f"{table}_replaced_once"))


def _payload_columns(model: type[Fact]) -> list[str]:
    own = {"id", "recording_id", "replaces_id", "withdrawn"}
    return [field.attname for field in model._meta.concrete_fields if field.attname not in own]


def _picked(rows: Sequence[Any], names: list[str]) -> Iterable[tuple[Any, ...]]:
    pick = attrgetter(*names)
    return ((pick(row),) for row in rows) if len(names) == 1 else map(pick, rows)
