"""`opstap init`: a municipality with its first administrator on an empty database, and refused a second time."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.config.programs import opstap

GIVEN = ("init", "--municipality", "Nieuwstad", "--administrator", "Ada Beheer", "--sign-in", "Ada")


def rows(folder: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder / "data" / "opstap.sqlite3")) as database:
        return list(database.execute(question))


def test_a_municipality_begins_with_a_password_that_is_printed_once(tmp_path: Path) -> None:
    begun = opstap(*GIVEN, "--cbs", "344", "--scale", "rijswijk", "--test", folder=tmp_path)
    assert begun.returncode == 0, begun.stderr
    assert "Nieuwstad is ingericht" in begun.stdout
    password = begun.stdout.split("Wachtwoord voor één keer (wordt maar één keer getoond): ")[1].split("\n")[0]
    assert rows(tmp_path, "SELECT name, cbs_code, environment FROM municipality_municipality") == [
        ("Nieuwstad", "0344", "test")
    ]
    assert rows(tmp_path, "SELECT sign_in_name, must_change_password FROM accounts_user") == [("ada", 1)]
    assert [json.loads(str(value)) for (value,) in rows(tmp_path, "SELECT value FROM municipality_setting")] == [
        "rijswijk"
    ]
    check = (
        "from django.contrib.auth.backends import ModelBackend as B; "
        f"print(B().authenticate(None, username='ada', password='{password}'))"
    )
    assert "Ada Beheer" in opstap("manage", "shell", "--no-imports", "-c", check, folder=tmp_path).stdout
    again = opstap(*GIVEN, folder=tmp_path)
    assert again.returncode == 3
    assert "deze database is niet leeg: de gemeente Nieuwstad is er al. Er is niets veranderd." in again.stderr


def test_a_script_that_names_too_little_is_wrong_use(tmp_path: Path) -> None:
    asked = opstap("init", "--municipality", "Nieuwstad", folder=tmp_path)
    assert asked.returncode == 2
    assert "--administrator" in asked.stderr
    assert opstap("init", "--gemeente", "X", folder=tmp_path).returncode == 2


def test_what_can_not_be_is_refused_and_nothing_is_made(migrated: Path) -> None:
    unknown = opstap(*GIVEN, "--scale", "bestaatniet", folder=migrated)
    assert unknown.returncode == 3
    assert "Kies uit: groningen, rijswijk" in unknown.stderr
    assert opstap(*GIVEN, "--cbs", "zeist", folder=migrated).returncode == 3
    assert opstap(*GIVEN, "--password-stdin", folder=migrated).returncode == 3
    assert rows(migrated, "SELECT count(*) FROM municipality_municipality") == [(0,)]


def test_an_imported_municipality_is_left_alone(filled: Path) -> None:
    assert opstap(*GIVEN, folder=filled).returncode == 3
    assert opstap("init", "--screen", folder=filled).returncode == 3


def test_a_code_for_the_screen_is_printed_and_only_its_digest_is_kept(migrated: Path) -> None:
    printed = opstap("init", "--screen", folder=migrated)
    assert printed.returncode == 0
    code = next(line.strip() for line in printed.stdout.splitlines() if line.startswith("  "))
    assert len(code.replace("-", "")) == 12
    ((digest,),) = rows(migrated, "SELECT digest FROM municipality_setupcode")
    assert isinstance(digest, bytes)
    assert len(digest) == 32
    assert rows(migrated, "SELECT count(*) FROM municipality_municipality") == [(0,)]
