"""The columns of placement that are there when somebody is in them, and the row of code 0, which always is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from opstap.config.commands import report_command
from opstap.municipality.models import Municipality
from tests.reporting.conftest import Load, Report

pytestmark = pytest.mark.django_db
ON = ("--on", "2020-06-01")
GROWTH = ("without_growth", "with_growth", "unknown_growth")


@pytest.fixture
def town(db: None, load: Load) -> Municipality:
    """Somebody of each kind; who stands on 6 and on code 0 is said to grow, which counts for nothing there."""
    load(
        "2020-03-01",
        "1;Een;01-01-1980;01-01-2020;;Pw;01-02-2020;2+;ja",
        "2;Twee;01-01-1980;01-01-2020;;Pw;01-02-2020;2-;onbekend",
        "3;Drie;01-01-1980;01-01-2020;;Pw;01-02-2020;2;",
        "4;Vier;01-01-1980;01-01-2020;;Pw;01-02-2020;0;ja",
        "5;Vijf;01-01-1980;01-01-2020;;Pw;01-02-2020;6;ja",
        "6;Zes;01-01-1980;01-01-2020;;Pw;;;",
    )
    return Municipality.objects.get()


@pytest.mark.covers("B-28", "G-2")
def test_code_0_and_unknown_growth_are_counted_apart(town: Municipality, report: Report) -> None:
    found = report("placement", *ON)
    rows = {row["level"]: row for row in found["rows"]}
    assert list(rows) == ["0", "1", "2", "3", "4", "5", "6", None]
    assert [rows["2"][key] for key in ("clients", *GROWTH)] == [3, 0, 1, 2]
    assert [rows["2"][f"{key}_share"] for key in GROWTH] == [0.0, 33.3, 66.7]
    assert [rows["1"][f"{key}_share"] for key in GROWTH] == [None, None, None]
    for level in ("0", "6", None):
        assert [rows[level][key] for key in ("clients", *GROWTH)] == [1, None, None, None]
    totals = found["totals"]
    assert [totals[key] for key in ("clients", "with_level_below_top", *GROWTH)] == [6, 3, 0, 1, 2]


@pytest.mark.covers("B-28", "G-1", page="report placement")
def test_with_nobody_in_them_code_0_is_shown_and_unknown_growth_is_not(
    load: Load, report: Report, capsysbinary: pytest.CaptureFixture[bytes], signed_in: Callable[..., Client]
) -> None:
    load("2020-03-01", "1;Een;01-01-1980;01-01-2020;;Pw;01-02-2020;2+;ja")
    for name in ("placement", "profile"):
        assert {row["level"]: row["clients"] for row in report(name, *ON)["rows"]}["0"] == 0
    assert "onbekend" not in printed(capsysbinary)
    page = signed_in(Municipality.objects.get(), "coordinator").get("/rapporten/plaatsing/?on=2020-06-01")
    assert len(page.context["table"].rows[0].cells) == 7
    assert [cell.text for cell in page.context["table"].rows[0].cells][:2] == ["Nog niet bepaald", "0"]


def test_terminal_and_page_show_the_column_of_unknown_growth(
    town: Municipality, capsysbinary: pytest.CaptureFixture[bytes], signed_in: Callable[..., Client]
) -> None:
    assert "onbekend" in printed(capsysbinary)
    page = signed_in(town, "coordinator").get("/rapporten/plaatsing/?on=2020-06-01")
    cells = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in page.context["table"].rows}
    assert cells["Sociale contacten buitenshuis"] == [
        "3", "50,0\xa0%", "0", "0,0\xa0%", "1", "33,3\xa0%", "2", "66,7\xa0%",
    ]  # fmt: skip
    assert cells["Nog niet bepaald"][0] == "1"


def printed(captured: pytest.CaptureFixture[bytes]) -> str:
    captured.readouterr()
    assert report_command.run(["placement", *ON]) == 0
    return captured.readouterr().out.decode().casefold().split("niet gevuld")[0]
