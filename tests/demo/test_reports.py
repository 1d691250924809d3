"""Every report that is listed finds rows on the demo, on every scale and by every dimension."""

from __future__ import annotations

import json
from itertools import cycle

import pytest

from opstap.audit.permissions import command_line
from opstap.config.commands import report_command, reports_command
from opstap.facts.selectors.dimensions import DIMENSIONS
from opstap.ladder.selectors.scales import scale_keys
from opstap.municipality.models import Municipality
from opstap.reporting.selectors.groups import dimensions_for
from opstap.reporting.tables.reports import REPORTS
from tests.demo.towns import build

pytestmark = pytest.mark.django_db
LISTED = tuple(REPORTS)


@pytest.fixture
def town(db: None) -> Municipality:
    return build(60)


def listed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert reports_command.run(["--format", "json"]) == 0
    return [one["name"] for one in json.loads(capsys.readouterr().out)]


def ways() -> list[tuple[str, str | None]]:
    """Every scale as a whole, and every dimension on one of the scales, in turn."""
    scales = scale_keys()
    return [(scale, None) for scale in scales] + list(zip(cycle(scales), DIMENSIONS))


def fewest(name: str, scale: str) -> int:
    """Three reports count only who was there a year ago, and two of them who was placed on that scale; the town places
    everyone on one scale.
    """
    if name == "traits-changed":
        return 40
    of_a_year_ago = {"movement": 40, "realised": 1}
    return of_a_year_ago[name] * (scale == "vng") if name in of_a_year_ago else 51


@pytest.mark.covers("B-02")
def test_every_listed_report_finds_rows(town: Municipality, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    for name in LISTED:
        for scale, dimension in ways():
            capsysbinary.readouterr()
            taken, asked = REPORTS[name].definition.parameters, {"scale": scale, "by": dimension}
            more = [text for key, value in asked.items() if value and key in taken for text in (f"--{key}", value)]
            assert report_command.run([name, "--on", "2026-03-31", "--format", "json", *more]) == 0
            found = json.loads(capsysbinary.readouterr().out)
            assert found["rows"]
            assert found["base"] >= fewest(name, scale)


def test_the_list_is_what_the_test_above_runs(capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(capsys) == list(LISTED)
    assert dimensions_for(command_line()) == list(DIMENSIONS)
