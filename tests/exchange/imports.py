"""Importing in tests: a municipality, a file of a few lines, the command, and what came of it by client number."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.db.models import Q

from opstap.accounts.models import Team, User
from opstap.audit.models import Fact, FactQuerySet
from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Client, Person
from opstap.config.command import Refusal
from opstap.config.commands import import_command
from opstap.exchange.operations import Imported, import_checked
from opstap.exchange.selectors.checking import Checked, check_file
from opstap.exchange.selectors.files import merged_overrides, read_file, remembered_overrides
from opstap.exchange.selectors.plan.stored import ACTIVITY_COLUMNS, INSTRUMENT_COLUMNS, TRAJECTORY_COLUMNS
from opstap.exchange.selectors.terms import terms_for
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.tables import TABLES
from opstap.municipality.models import Municipality
from opstap.municipality.operations import create_municipality
from opstap.plans.models import Activity, Instrument, Trajectory
from tests.exchange.faults import SNEEK

BY = command_line()
PEOPLE = (
    "surname", "name_prefix", "given_names", "birth_date", "sex", "phone", "email", "preferred_language", "died_on",
)  # fmt: skip


def town(name: str = "Waterstad") -> Municipality:
    return create_municipality(by=BY, name=name, since=date(2000, 1, 1))


def coordinator(municipality: Municipality) -> Actor:
    permissions = frozenset({"import_clients", "see_clients", "reach_municipality"})
    return Actor("coordinator0", "Coördinator", "screen", permissions, municipality_id=municipality.pk)


def lines(*rows: str) -> bytes:
    """A file from its lines; the first holds the headings."""
    return "\r\n".join(rows).encode()


def checked(
    municipality: Municipality,
    content: bytes,
    *,
    name: str = "bestand.csv",
    reference_date: date | None = None,
    strict: bool = False,
    overrides: Mapping[str, str] | None = None,
) -> Checked:
    file = read_file(content, name)
    terms = terms_for(municipality, reference_date=reference_date, strict=strict)
    chosen = merged_overrides(remembered_overrides(municipality, file.headings), overrides or {})
    return check_file(file, terms=terms, overrides=chosen)


def imported(municipality: Municipality, content: bytes, *, by: Actor = BY, **words: Any) -> Imported:
    """Import a file as the command does."""
    decisions = {key: words.pop(key) for key in ("skip_refused", "accept_large_change") if key in words}
    return import_checked(by=by, checked=checked(municipality, content, **words), **decisions)


def counts(outcome: Imported | Checked) -> tuple[int, int, int, int]:
    """New, changed, unchanged, refused."""
    found = (outcome.checked if isinstance(outcome, Imported) else outcome).counts()
    return found["new"], found["changed"], found["unchanged"], found["refused"]


def errors(outcome: Checked) -> list[tuple[int, str, str]]:
    """Row, column and code of every error."""
    return [(one.row, one.column, str(one.code)) for one in outcome.problems if one.severity == "error"]


def warnings(outcome: Imported | Checked) -> set[str]:
    found = outcome.checked if isinstance(outcome, Imported) else outcome
    return {str(one.code) for one in found.problems if one.severity == "warning"}


def held(model: type[Fact], *columns: str, number: str | None = None) -> list[Any]:
    """What holds now of one table, in order; single values where one column is asked."""
    rows: FactQuerySet[Fact] = FactQuerySet(model).current()
    if number is not None:
        rows = rows.filter(Q(client__number=number))
    return sorted(rows.values_list(*columns, flat=True) if len(columns) == 1 else rows.values_list(*columns), key=str)


def facts_by_number(municipality: Municipality) -> dict[str, list[str]]:
    """Every table of facts with client numbers, names of teams and workers, and without the clock of the database."""
    numbers = dict(Client.objects.filter(municipality=municipality).values_list("pk", "number"))
    names = {
        "team_id": dict(Team.objects.values_list("pk", "name")),
        "worker_id": dict(User.objects.values_list("pk", "name")),
    }
    facts = facts_of(municipality.pk)
    tables = {}
    for key in TABLES:
        rows = facts.table(key).drop("id", "recording").to_dicts()
        for row in rows:
            row["client_id"] = numbers[row["client_id"]]
            for column, known in names.items():
                if column in row:
                    row[column] = known.get(row[column])
        tables[key] = sorted(map(str, rows))
    return tables


def people_by_number(municipality: Municipality) -> dict[str, tuple[Any, ...]]:
    persons = Person.objects.current().filter(client__municipality=municipality)
    return {
        number: (bytes(digest or b""), *rest)
        for number, digest, *rest in persons.values_list("client__number", "bsn_digest", *PEOPLE)
    }


def help_by_number(municipality: Municipality) -> list[tuple[Any, ...]]:
    """Trajectories, activities and instruments as they stand, each with what it hangs under."""
    own = Q(client__municipality=municipality)
    period = ("client__number", "reference", "starts_on", "ends_on")
    return [
        *Trajectory.objects.current().filter(own).order_by("reference").values_list(*period, *TRAJECTORY_COLUMNS),
        *Activity.objects.current().filter(own).order_by("reference").values_list(*period, *ACTIVITY_COLUMNS),
        *Instrument.objects.current().filter(own).order_by("reference").values_list(*period, *INSTRUMENT_COLUMNS),
    ]


@dataclass(frozen=True)
class Ran:
    """What the command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


class Opstap:
    """The command `opstap import`, in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: object) -> Ran:
        self._capsys.readouterr()
        try:
            code = import_command.run([str(argument) for argument in arguments])
        except Refusal as refusal:
            out = self._capsys.readouterr()
            return Ran(refusal.code, out.out, out.err + str(refusal))
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out = self._capsys.readouterr()
        return Ran(code, out.out, out.err)


def sneek_lines() -> tuple[list[str], list[list[str]]]:
    """Headings and rows of the Sneek example."""
    with SNEEK.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = list(csv.reader(file, delimiter=";"))
    return headings, rows


def as_csv(headings: Sequence[str], rows: Sequence[Sequence[str]], delimiter: str = ";") -> str:
    text = StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()
