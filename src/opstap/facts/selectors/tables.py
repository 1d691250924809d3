"""Which rows become which columnar table, and reading them from the database into Polars."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl
from django.db import connection
from django.db.models import Model

from opstap.analytics.periods import FAR
from opstap.audit.models import Erasure
from opstap.clients.models import (
    Acquaintance,
    Address,
    Alias,
    Assignment,
    Barrier,
    BenefitSpell,
    Exemption,
    FollowUp,
    HouseholdComposition,
    HouseholdMember,
    Membership,
    Person,
    Protection,
    Trait,
)
from opstap.contacts.models import Contact, NextContact
from opstap.ladder.models import Measurement
from opstap.plans.models import Instrument, Trajectory

CLOCK = {"id": pl.Int32, "recording": pl.Int32, "replaces": pl.Int32, "withdrawn": pl.Boolean}
"""Two thousand million rows of a table are more than anybody will write: it takes half of the memory."""
CODE = pl.Categorical
"""A word of a short list, kept as its number: a quarter of the memory of a text. The words stay in the process until it
ends, so nothing is one that may be one person's own, as a number or a day that a municipality records.
"""
OF_ROWS_ALONE = ("replaces", "withdrawn")
"""What says whether a row stands, and is the same of all that do."""
OWNERS = {"client_id": "clients_client", "household_id": "clients_household"}
PART = 50_000  # rows at a time
DAYS = {"moment": ("measured_on",), "period": ("starts_on", "ends_on"), "none": ()}


@dataclass(frozen=True)
class FactTable:
    """One columnar table: its source, its kind of time, and its payload columns with their types.

    `read_as` is the SQL of a column that is not handed over as it is stored. With `one_each` a client has one row at
    most: of two merged dossiers the row of the kept one.
    """

    name: str
    model: type[Model]
    time: Literal["moment", "period", "none"]
    payload: Mapping[str, type[pl.DataType]]
    owner: Literal["client_id", "household_id"] = "client_id"
    read_as: Mapping[str, str] = field(default_factory=dict)
    one_each: bool = False

    @property
    def schema(self) -> dict[str, type[pl.DataType]]:
        """All columns with their types."""
        return {**CLOCK, self.owner: pl.Int64, **dict.fromkeys(DAYS[self.time], pl.Date), **self.payload}


TABLES: dict[str, FactTable] = {
    table.name: table
    for table in (
        FactTable(
            "measurements",
            Measurement,
            "moment",
            {
                "scale_id": pl.Int32,
                "level_id": pl.Int32,
                "growth": pl.Int8,
                "expected_level_id": pl.Int32,
                "expected_by": pl.Date,
                "second_assessment": pl.Boolean,
            },
        ),
        FactTable("follow_ups", FollowUp, "period", {"ground": CODE, "end_reason": CODE}),
        FactTable("assignments", Assignment, "period", {"team_id": pl.Int64, "worker_id": pl.Int64, "role": CODE}),
        FactTable("benefit_spells", BenefitSpell, "period", {"kind": CODE, "exit_reason": CODE}),
        FactTable("traits", Trait, "period", {"kind": CODE, "value": pl.String}),
        FactTable("barriers", Barrier, "period", {"kind": CODE}),
        FactTable("exemptions", Exemption, "period", {"ground": CODE}),
        FactTable("memberships", Membership, "period", {"programme_id": pl.Int64}),
        FactTable("household_members", HouseholdMember, "period", {"household_id": pl.Int64, "role": CODE}),
        FactTable("household_types", HouseholdComposition, "period", {"kind": CODE}, owner="household_id"),
        FactTable(
            "trajectories",
            Trajectory,
            "period",
            {"kind": CODE, "goal_level_id": pl.Int32, "maintains_level": pl.Boolean},
        ),
        FactTable("instruments", Instrument, "period", {"kind": CODE}),
        FactTable("contacts", Contact, "none", {"held_on": pl.Date, "outcome": CODE}),
        FactTable("next_contacts", NextContact, "none", {"planned_on": pl.Date, "kind": CODE, "state": CODE}),
        FactTable(
            "addresses",
            Address,
            "period",
            {"postcode": pl.String, "is_secret": pl.Boolean},
            read_as={"postcode": """CASE WHEN f."is_secret" THEN '' ELSE f."postcode" END"""},
        ),
        FactTable(
            "persons",
            Person,
            "none",
            {"birth_date": pl.Date, "sex": CODE, "folded_name": pl.String, "died_on": pl.Date},
            one_each=True,
        ),
    )
}

MERGED, ERASED = "merged", "erased"
KEPT_FROM_SOME = {"protected": Protection, "known": Acquaintance}
"""Where it is written that a dossier is kept from those whose role would reach it."""
RENAMED = {"recording": "recording_id", "replaces": "replaces_id"}


def last_written() -> dict[str, int]:
    """By table, of merges, of erasures and of what is kept from some the last recording that wrote there, whichever
    municipality's. One query.

    That of the last erasure is the generation: what was read before it holds somebody who is gone.
    """
    sources: dict[str, type[Model]] = {name: table.model for name, table in TABLES.items()}
    sources |= {MERGED: Alias, ERASED: Erasure, **KEPT_FROM_SOME}
    sql = " UNION ALL ".join(
        f"""SELECT '{name}', MAX("recording_id") FROM "{model._meta.db_table}" """  # noqa: S608 - own names
        for name, model in sources.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {str(name): int(number or 0) for name, number in cursor.fetchall()}


def read_rows(table: FactTable, municipality_id: int) -> pl.DataFrame:
    """The rows of a municipality, replaced and withdrawn ones included; part by part, as rows take much room."""
    source = table.model._meta.db_table
    columns = ", ".join(table.read_as.get(column) or _selected(column, kind) for column, kind in table.schema.items())
    sql = (
        f'SELECT {columns} FROM "{source}" f JOIN "{OWNERS[table.owner]}" o ON o."id" = f."{table.owner}" '  # noqa: S608 - own names
        'WHERE o."municipality_id" = %s'
    )
    parts = [_typed(table, [])]
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, [municipality_id])
        while rows := cursor.fetchmany(PART):
            parts.append(_typed(table, rows))
    return pl.concat(parts, rechunk=True)


def read_newer_rows(municipality_id: int, since: Mapping[str, int], until: int) -> dict[str, pl.DataFrame]:
    """By table the rows of a municipality recorded after the recording that is given with it, up to another.

    One query for all of them: each column goes by its place, as text. Meant for the few rows that were recorded since.
    """
    width = max(len(TABLES[name].schema) for name in since)
    sql = " UNION ALL ".join(_newer_sql(TABLES[name], width) for name in since)
    parameters = [value for recording in since.values() for value in (municipality_id, recording, until)]
    rows: dict[str, list[tuple[str | None, ...]]] = {name: [] for name in since}
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for name, *cells in cursor.fetchall():
            rows[name].append(tuple(cells))
    return {name: _typed_from_text(TABLES[name], rows[name]) for name in since}


def _newer_sql(table: FactTable, width: int) -> str:
    """By the recording first. The plus keeps SQLite from going over all clients of the municipality instead."""
    named = [table.read_as.get(column) or f'f."{RENAMED.get(column, column)}"' for column in table.schema]
    cells = ", ".join([f"CAST({name} AS TEXT)" for name in named] + ["CAST(NULL AS TEXT)"] * (width - len(named)))
    return (
        f"SELECT '{table.name}', {cells} FROM \"{table.model._meta.db_table}\" f "  # noqa: S608 - own names
        f'JOIN "{OWNERS[table.owner]}" o ON o."id" = f."{table.owner}" '
        'WHERE +o."municipality_id" = %s AND f."recording_id" > %s AND f."recording_id" <= %s'
    )


def _typed_from_text(table: FactTable, rows: Sequence[tuple[str | None, ...]]) -> pl.DataFrame:
    names = list(table.schema)
    texts = pl.DataFrame([row[: len(names)] for row in rows], schema=dict.fromkeys(names, pl.String), orient="row")
    frame = texts.with_columns(_from_text(column, kind) for column, kind in table.schema.items())
    return _with_far(table, frame)


def _from_text(column: str, kind: type[pl.DataType]) -> pl.Expr:
    if kind == pl.Date:
        return pl.col(column).str.to_date("%Y-%m-%d")
    if kind == pl.Boolean:
        return pl.col(column).is_in(["1", "true"])
    return pl.col(column).cast(kind)


def _selected(column: str, kind: type[pl.DataType]) -> str:
    name = f'f."{RENAMED.get(column, column)}"'
    if connection.vendor == "sqlite" and kind in {pl.Date, pl.Boolean}:
        # Without its declared type a column is handed over as stored, instead of cell by cell through Python.
        return f"CAST({name} AS {'TEXT' if kind == pl.Date else 'INTEGER'})"
    return name


def _typed(table: FactTable, rows: list[tuple[object, ...]]) -> pl.DataFrame:
    as_text = connection.vendor == "sqlite"
    read_schema = {
        column: pl.String if as_text and kind == pl.Date else pl.Int64 if as_text and kind == pl.Boolean else kind
        for column, kind in table.schema.items()
    }
    frame = pl.DataFrame(rows, schema=read_schema, orient="row")
    frame = frame.with_columns(
        pl.col(column).str.to_date("%Y-%m-%d") if as_text and kind == pl.Date else pl.col(column).cast(kind)
        for column, kind in table.schema.items()
    )
    return _with_far(table, frame)


def _with_far(table: FactTable, frame: pl.DataFrame) -> pl.DataFrame:
    if table.time == "period":
        return frame.with_columns(pl.col("ends_on").fill_null(FAR))
    return frame
