"""The town has an example of every finding of the report on quality, and is in order for the rest."""

from __future__ import annotations

import json

import pytest

from opstap.config.commands import report_command
from opstap.municipality.models import Municipality
from opstap.reporting.tables.quality.words import CHECKS
from tests.demo.towns import UNTIL


@pytest.mark.covers("B-65", page="report data-quality")
def test_there_is_an_example_of_each_finding(town: Municipality, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    capsysbinary.readouterr()
    assert report_command.run(["data-quality", "--on", f"{UNTIL}", "--format", "json"]) == 0
    found = json.loads(capsysbinary.readouterr().out)
    assert {row["check"]: row["concerned"] for row in found["rows"] if row["concerned"]}.keys() == CHECKS.keys()
    assert found["totals"]["correct"] < found["base"] / 10
