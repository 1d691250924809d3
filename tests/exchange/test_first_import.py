"""The first import of an installation, which makes its municipality."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client
from opstap.exchange.enums import Halt
from opstap.exchange.operations import ImportHalted
from opstap.exchange.operations.applying import sealed_persons
from opstap.municipality.models import Municipality
from opstap.municipality.operations import create_municipality
from tests.exchange.faults import SNEEK
from tests.exchange.imports import Opstap

pytestmark = pytest.mark.django_db


SOURCE = Path(__file__).parents[2] / "src"


KEYS = ["rows", "new", "changed", "unchanged", "refused", "warnings", "problems"]


@pytest.fixture
def opstap(capsys: pytest.CaptureFixture[str]) -> Opstap:
    return Opstap(capsys)


@pytest.mark.covers("B-18")
@pytest.mark.covers("B-61")
@pytest.mark.covers("B-13")
def test_a_bare_folder_becomes_a_municipality_with_its_clients(tmp_path: Path) -> None:
    settings = {"OPSTAP_DATA": str(tmp_path / "nieuw"), "DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    environment = os.environ | settings | {"PYTHONPATH": str(SOURCE)}
    environment.pop("DATABASE_URL", None)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "opstap", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    trial = run("import", str(SNEEK), "--dry-run", "--format", "json")
    assert (trial.returncode, json.loads(trial.stdout)["new"]) == (0, 1166)
    first = run("import", str(SNEEK))
    assert first.returncode == 0
    assert "nieuw 1166, gewijzigd 0, ongewijzigd 0, geweigerd 0" in first.stdout
    again = run("import", str(SNEEK), "--format", "json")
    assert [json.loads(again.stdout)[key] for key in KEYS[:5]] == [1166, 0, 0, 1166, 0]
    report = run("report", "placement", "--on", "2010-09-15", "--decimals", "0", "--format", "json")
    rows = {row["level"]: row for row in json.loads(report.stdout)["rows"]}
    assert [rows[code]["clients"] for code in ("1", "2", "3", "4", "5", "6", None)] == [107, 436, 285, 125, 183, 26, 4]


def test_two_first_imports_at_once_make_one_municipality(tmp_path: Path) -> None:
    environment = os.environ | {"OPSTAP_DATA": str(tmp_path / "nieuw"), "PYTHONPATH": str(SOURCE)}
    environment |= {"DJANGO_SETTINGS_MODULE": "opstap.config.settings"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "opstap", "import", str(SNEEK)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
        for _ in range(2)
    ]
    said = [" ".join(one.communicate(timeout=120)) for one in both]
    assert [one.returncode for one in both] == [0, 0], said
    assert sorted("niets veranderd" in text for text in said) == [False, True]


def test_a_first_import_that_halts_leaves_no_municipality(
    opstap: Opstap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(*_: object, **__: object) -> None:
        raise ImportHalted(Halt.CHANGED_MEANWHILE)

    monkeypatch.setattr("opstap.exchange.operations.confirming.apply_plan", breaks)
    before = latest_recording()
    assert opstap(SNEEK).code == 3
    assert (Municipality.objects.count(), latest_recording()) == (0, before)


def test_a_first_import_goes_into_the_municipality_that_another_made_meanwhile(
    opstap: Opstap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(*arguments: Any, **words: Any) -> Any:
        if not Municipality.objects.exists():
            create_municipality(by=command_line(), name="Mijn gemeente", since=date(1900, 1, 1))
        return sealed_persons(*arguments, **words)

    monkeypatch.setattr("opstap.exchange.operations.confirming.sealed_persons", overtaken)
    assert opstap(SNEEK).code == 0
    assert Client.objects.filter(municipality=Municipality.objects.get()).count() == 1166
