"""`opstap demo` from outside: it builds once, prints the sign-ins, and spares what is not a demo."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from opstap.audit.permissions import command_line
from opstap.config.command import Refusal, WrongUse
from opstap.config.commands import demo_command
from opstap.foundation.crypto.key_file import load_keys
from opstap.municipality.models import Municipality
from opstap.municipality.operations import create_municipality

ROOT = Path(__file__).resolve().parents[2]
WHO = (
    "from opstap.clients.models import Person; "
    "print(' '.join(Person.objects.filter(client__number__in=range(301, 307)).values_list('given_names', flat=True)))"
)


def opstap(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder of its own."""
    own = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "OPSTAP_DATA"}
    environment = {name: value for name, value in os.environ.items() if name not in own}
    environment["PYTHONPATH"] = str(ROOT / "src")
    command = [sys.executable, "-m", "opstap", "--data", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, check=False)


def test_it_builds_once_with_six_people_to_show(tmp_path: Path) -> None:
    built = opstap(tmp_path, "demo", "--no-serve", "--clients", "40", "--until", "2026-03-31")
    assert built.returncode == 0, built.stderr
    assert "Klaar in" in built.stdout
    for name in ("casemanager@", "teamleider@", "coordinator@", "beheerder@"):
        assert name in built.stdout
    assert set(opstap(tmp_path, "manage", "shell", "--no-imports", "-c", WHO).stdout.split()) == {
        "Yvonne",
        "Farah",
        "Anne",
        "Pieter",
        "Johan",
        "Selena",
    }
    again = opstap(tmp_path, "demo", "--no-serve")
    assert "Klaar in" not in again.stdout, "a demo that is there is not built again"
    signing_in = built.stdout[built.stdout.index("Aanmelden kan als:") :]
    assert again.stdout.splitlines() == signing_in.splitlines(), "the same sign-ins"
    other = opstap(tmp_path, "demo", "--no-serve", "--clients", "50", "--seed", "1")
    assert other.returncode == 3
    assert "--clients 40" in other.stderr
    assert "--fresh" in other.stderr
    fresh = opstap(tmp_path, "demo", "--no-serve", "--clients", "30", "--until", "31-03-2025", "--fresh")
    assert fresh.returncode == 0, fresh.stderr
    assert fresh.stdout.splitlines()[-5:] == built.stdout.splitlines()[-5:], "the folder keeps its passwords"
    assert opstap(tmp_path, "check").returncode == 0


@pytest.mark.django_db
@pytest.mark.parametrize("words", [[], ["--fresh"]])
def test_a_municipality_that_is_no_demo_is_left_alone(words: list[str]) -> None:
    create_municipality(by=command_line(), name="Echtestad", since=date(2026, 1, 1))
    with pytest.raises(Refusal, match=r"bevat de gemeente Echtestad\. Er is niets gewist"):
        demo_command.run(["--no-serve", *words])
    assert Municipality.objects.get().name == "Echtestad"


def test_a_port_that_is_taken_is_told_before_anything_is_built(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        refused = opstap(tmp_path, "demo", "--port", str(taken.getsockname()[1]))
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "al in gebruik" in refused.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--clients", "3"], "van 30 tot en met 50000"),
        (["--seed", "x"], "geheel getal"),
        (["--until", "31-02-2025"], "geen datum"),
        (["--until", "2150-01-01"], "tot en met vandaag"),
        (["--until", "2012-01-01"], "van 01-01-2021"),
    ],
)
def test_wrong_use_is_told(words: list[str], told: str) -> None:
    with pytest.raises(WrongUse, match=told):
        demo_command.run(words)


def test_a_database_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    broken = tmp_path / "opstap.sqlite3"
    broken.write_bytes(b"this is a letter to my aunt, not a database" * 100)
    refused = opstap(tmp_path, "demo", "--no-serve", "--fresh")
    assert refused.returncode == 3
    assert "alleen bij een database die te lezen is" in refused.stderr
    load_keys(tmp_path / "keys.json", may_make=True)
    refused = opstap(tmp_path, "demo", "--no-serve", "--fresh")
    assert (refused.returncode, "niet te lezen" in refused.stderr) == (3, True), refused.stderr
    assert broken.read_bytes().startswith(b"this is a letter")
