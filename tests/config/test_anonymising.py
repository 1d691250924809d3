"""`opstap anonymise`: nothing of anybody is in the bytes of the copy, and what is counted stays as it was."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import models

from opstap.clients.logic import bsn_is_valid
from opstap.config.anonymising.becoming import rules, without_rule
from opstap.config.anonymising.invented import FREE_SETTINGS, kept_answers, kept_setting
from opstap.foundation.crypto import Cipher, load_keys
from opstap.municipality.logic import PART_PREFIX
from opstap.municipality.models import Setting
from tests.config.installed import Installed
from tests.postgres import own_database

BORN = "1931-02-03"
PLAIN: dict[type[models.Field[Any, Any]], Any] = {  # a moment is a day too: it comes first
    models.DateTimeField: "2026-01-02 03:04:05+00:00",
    models.DateField: "2026-01-02",
    models.TimeField: "10:30",
    models.BooleanField: True,
    models.SmallIntegerField: 1,
    models.IntegerField: 9_001,
}
# What the copy keeps on purpose, of models that also hold something of people.
KEPT = {
    "municipality.municipality.name", "municipality.municipality.cbs_code", "municipality.codelabel.nl",
    "municipality.codelabel.en", "clients.programme.name",
}  # fmt: skip


def of_people() -> list[type[models.Model]]:
    """Every table of ours but those that are copied as they are."""
    found = [model for model in apps.get_models() if model.__module__.startswith("opstap.")]
    assert all(model._meta.label_lower not in rules().as_it_is for model in found if hasattr(model, "retention"))
    return [model for model in found if model._meta.label_lower not in rules().as_it_is]


class Planting:
    """A row in every table with a mark of its own in every field."""

    def __init__(self, town: Installed) -> None:
        keys = load_keys(town.folder / "keys.json", may_make=False)
        self.marks: dict[str, bytes] = {}
        self._sealing, self._numbers = Cipher(keys.key("bsn"), "bsn"), count(1)
        # What a command looks at before it believes that the keys are those of the database.
        self._sealed_by = {"bsn_key": keys.key("bsn").identifier, "note_key": keys.key("notes").identifier}

    def row(self, model: type[models.Model], called: str = "") -> dict[str, Any]:
        called = called or model._meta.label_lower
        fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
        return {str(field.column): self._value(field, f"{called}.{field.name}") for field in fields}

    def _value(self, field: models.Field[Any, Any], name: str) -> Any:
        plain = next((value for kind, value in PLAIN.items() if isinstance(field, kind)), None)
        if isinstance(field, models.ForeignKey):
            return None if field.null else 1
        if plain is not None:
            return BORN if field.name in {"birth_date", "died_on"} else plain
        return self._marked(field, name)

    def _marked(self, field: models.Field[Any, Any], name: str) -> Any:
        mark = self._sealed_by.get(field.name) or f"Kn{next(self._numbers):03d}ri"
        mark = mark.lower() if field.name == "answers" else mark  # as answers look
        if isinstance(field, models.BinaryField):
            self.marks[name] = mark.encode() * 4
            return self._sealing.encrypt("999900006") if field.name == "bsn_encrypted" else self.marks[name]
        if (getattr(field, "max_length", None) or 99) < len(mark):
            return "x"
        if name not in KEPT:
            self.marks[name] = mark.encode()
        return json.dumps([mark]) if isinstance(field, models.JSONField) else mark


def statements(planting: Planting, mark: str) -> Iterator[tuple[str, list[Any]]]:
    planted = [(model, planting.row(model)) for model in of_people()]
    planted += [(Setting, {**planting.row(Setting, key), "key": key}) for key in FREE_SETTINGS]
    for model, row in planted:
        columns, marks = ", ".join(f'"{column}"' for column in row), ", ".join([mark] * len(row))
        yield f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})', list(row.values())  # noqa: S608 - own names


def found_in(folder: Path, planting: Planting) -> list[str]:
    """The fields whose mark is in any file of the copy."""
    content = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert len(content) > 100_000
    sought = {**planting.marks, "birth": BORN.encode(), "bsn": b"999900006", "name": b"Mulder"}
    return [name for name, mark in sought.items() if mark in content]


def test_nothing_that_a_copy_could_hold_is_without_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new model, or a new field with words, fails the build until somebody says what becomes of it."""
    assert without_rule() == []
    known = {model._meta.label_lower: model for model in apps.get_models(include_auto_created=True)}
    assert {*rules().left_out, *rules().as_it_is, *rules().given} == set(known)
    for label, given in rules().given.items():
        assert given.keys() <= {field.name for field in known[label]._meta.concrete_fields}, label
    lacking = {key: value for key, value in rules().given.items() if key != "clients.barrier"}
    monkeypatch.setattr("opstap.config.anonymising.becoming.rules", lambda: _with(lacking))
    assert without_rule() == ["clients.barrier: clients.barrier"]
    monkeypatch.setattr("opstap.config.anonymising.becoming.rules", lambda: _with({**lacking, "clients.barrier": {}}))
    assert without_rule() == ["clients.barrier: kind"]


def _with(given: dict[str, Any]) -> Any:
    from opstap.config.anonymising import becoming as module  # noqa: PLC0415 - its function is replaced meanwhile

    whole = rules()
    return module.Rules(whole.left_out, whole.as_it_is, whole.everywhere, given)


def test_of_what_stands_in_every_field_nothing_is_in_the_copy(town: Installed, tmp_path: Path) -> None:
    planting = Planting(town)
    with closing(sqlite3.connect(town.database)) as main, closing(sqlite3.connect(town.folder / "log.sqlite3")) as log:
        for statement, values in statements(planting, "?"):
            (log if '"audit_access' in statement else main).execute(statement, values)
        main.commit()
        log.commit()
    assert len(planting.marks) > 150
    made = town.opstap("anonymise", str(tmp_path / "kopie"))
    assert made.returncode == 0, made
    assert found_in(tmp_path / "kopie", planting) == []
    assert found_in(town.folder, planting) != []
    copy = Installed(tmp_path / "kopie")
    assert copy.asked("SELECT COUNT(*) FROM clients_person") == [(4,)]
    assert copy.asked("SELECT COUNT(*) FROM clients_address") == [(1,)]


@pytest.mark.postgres
def test_of_a_server_nothing_is_in_the_copy_either(tmp_path: Path) -> None:
    with own_database() as address:
        town = Installed(tmp_path / "data", DATABASE_URL=address)
        town.with_people()
        planting = Planting(town)
        with psycopg.connect(address) as server:
            server.execute("SET session_replication_role = replica")  # links may lead nowhere
            for statement, values in statements(planting, "%s"):
                server.execute(statement.encode(), values)
        made = town.opstap("anonymise", str(tmp_path / "kopie"))
        assert made.returncode == 0, made
    assert found_in(tmp_path / "kopie", planting) == []
    assert Installed(tmp_path / "kopie").asked("SELECT COUNT(*) FROM clients_person") == [(4,)]


def test_of_answers_only_those_to_questions_that_are_known_stay() -> None:
    known = {"contract", "tasks"}
    assert kept_answers("contract:no tasks:yes", known) == "contract:no tasks:yes"
    assert kept_answers("contract:jansen mulder:yes woont in een tent tasks:yes", known) == "contract:no tasks:yes"
    assert kept_answers("", known) == ""


def test_settings_stay_but_not_what_is_said_in_own_words() -> None:
    known = {"large_change_share": 10, "second_factor_roles": "all", f"{PART_PREFIX}contacts": "off"}
    assert {key: kept_setting(key, value) for key, value in known.items()} == known
    said = {key: kept_setting(key, "Jo Jansen, 06-12345678") for key in FREE_SETTINGS}
    emptied = dict.fromkeys(("privacy_desk", "case_system_url", "finer_barriers_ground"), "")
    assert said == {**emptied, "works_council_consent": "Testkopie"}
    assert (kept_setting("works_council_consent", ""), kept_setting("of_before", "Jo")) == ("", "")


def test_the_copy_counts_as_the_original_and_is_nobody(town: Installed, tmp_path: Path) -> None:
    town.with_user("jo@gemeente.example")
    made = town.opstap("anonymise", str(tmp_path / "kopie"))
    assert made.returncode == 0, made
    assert "3 cliënten en 3 plaatsingen" in made.stdout
    assert "Geboortedagen zijn de echte, één tot zestig dagen vervroegd" in made.stdout
    copy = Installed(tmp_path / "kopie")
    for report in ("placement", "movement"):
        assert copy.opstap("report", report).stdout == town.opstap("report", report).stdout
    keys = load_keys(copy.folder / "keys.json", may_make=False)
    assert {key.value for key in keys.keys.values()}.isdisjoint(
        key.value for key in load_keys(town.folder / "keys.json", may_make=False).keys.values()
    )
    sealed = [bytes(one) for (one,) in copy.asked("SELECT bsn_encrypted FROM clients_person") if one is not None]  # type: ignore[call-overload]  # as SQLite gives it
    numbers = {Cipher(keys.key("bsn"), "bsn").decrypt(one) for one in sealed}
    assert len(numbers) == 2
    assert all(number.startswith("9") and bsn_is_valid(number) for number in numbers)
    question = "SELECT id, julianday(birth_date) FROM clients_person"
    moved = zip(town.asked(question), copy.asked(question), strict=True)
    assert all(1 <= float(str(before)) - float(str(after)) <= 60 for (_pk, before), (_same, after) in moved)
    assert copy.asked("SELECT environment FROM municipality_municipality") == [("test",)]
    assert copy.asked("SELECT COUNT(*) FROM accounts_user WHERE password NOT LIKE '!%'") == [(0,)]
    for table in ("accounts_session", "accounts_secondfactor", "django_tasks_database_dbtaskresult", "audit_sentform"):
        assert copy.asked(f"SELECT COUNT(*) FROM {table}") == [(0,)]  # noqa: S608 - own names
    assert copy.opstap("check").returncode == 0
    assert copy.opstap("privacy", "access", numbers.pop()).returncode == 0
    with closing(sqlite3.connect(town.folder / "log.sqlite3")) as log:
        said = log.execute("SELECT result FROM audit_access WHERE action = 'command:anonymise' ORDER BY id").fetchall()
    assert said == [("begun",), ("done",)]


OWN_TRAIT = """
from datetime import date
from opstap.audit.permissions import command_line as by
from opstap.clients.models import Client
from opstap.clients.logic import TraitRow
from opstap.clients.operations import record_traits
from opstap.municipality.logic import TraitDesign
from opstap.municipality.models import Municipality
from opstap.municipality.operations import define_trait
choices = (("bike", "fiets", "bike"), ("none", "geen", "none"))
design = TraitDesign("vervoer", "choice", "Vervoer", date(2024, 1, 1), "Transport", choices)
define_trait(by=by(), municipality=Municipality.objects.get(), design=design)
client = Client.objects.order_by("pk").first().pk
for value, month in (("bike", 2), ("Jo", 3)):
    record_traits(by=by(), rows=[TraitRow(client, "own_vervoer", value, date(2024, month, 1))])
"""


def test_what_was_chosen_of_an_own_list_stays_and_other_words_do_not(town: Installed, tmp_path: Path) -> None:
    made = town.opstap("manage", "shell", "--no-imports", "-c", OWN_TRAIT)
    assert made.returncode == 0, made
    assert town.opstap("anonymise", str(tmp_path / "kopie")).returncode == 0
    held = Installed(tmp_path / "kopie").asked("SELECT kind, value FROM clients_trait ORDER BY id")
    assert held == [("own_vervoer", "bike"), ("own_vervoer", "")]


def test_nothing_is_written_over_nor_beside_the_original(town: Installed, tmp_path: Path) -> None:
    (tmp_path / "vol").mkdir()
    places = (town.folder, tmp_path / "vol", town.folder / "kopie", tmp_path / "er" / "niet")
    for place in places:
        refused = town.opstap("anonymise", str(place))
        assert refused.returncode == 3, refused
        assert "Traceback" not in refused.stderr
    assert not (town.folder / "kopie").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"data", "vol"}


def test_it_is_made_while_keys_are_renewed_as_well(town: Installed, tmp_path: Path) -> None:
    assert town.opstap("keys", "rotate").returncode == 0
    assert town.opstap("anonymise", str(tmp_path / "kopie")).returncode == 0
    holders = Installed(tmp_path / "kopie").asked(
        "SELECT COUNT(*) FROM clients_bsnholder JOIN clients_person ON bsn_digest = digest"
    )
    assert holders == [(2,)]
