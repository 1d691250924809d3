"""The table that Sneek published in 2010, to the digit: on the command line and on the page, and counted by hand.

Sneek had no row for code 0; ours says that nobody has it.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from opstap.config.commands import report_command
from opstap.municipality.models import Municipality
from tests.reporting.conftest import SNEEK, Report

pytestmark = pytest.mark.django_db

NOBODY_ON_CODE_0 = ("0", 0, 0, None, None, None, None)
PUBLISHED = [
    ("1", 107, 9, 48, 45, 59, 55),
    ("2", 436, 37, 186, 43, 250, 57),
    ("3", 285, 24, 86, 30, 199, 70),
    ("4", 125, 11, 49, 39, 76, 61),
    ("5", 183, 16, 68, 37, 115, 63),
    ("6", 26, 2, None, None, None, None),
    (None, 4, 0, None, None, None, None),
]
GOALS = {"1-": 2, "1+": 2, "2-": 8, "2+": 13, "3-": 8, "3+": 8, "4-": 5, "4+": 5, "5-": 6, "5+": 12, "6": 27, None: 4}
KEYS = ("level", "clients", "share", "without_growth", "without_growth_share", "with_growth", "with_growth_share")


@pytest.mark.covers("B-60", "B-88", "B-66", "G-1", "G-2", "G-14", "A-06")
def test_the_command_prints_the_published_table(sneek: Municipality, report: Report) -> None:
    found = report("placement", "--on", "2010-09-15", "--decimals", "0")
    assert [tuple(row[key] for key in KEYS) for row in found["rows"]] == [NOBODY_ON_CODE_0, *PUBLISHED]
    totals = found["totals"]
    assert (totals["with_level_below_top"], totals["clients"]) == (1136, 1166)
    assert (totals["without_growth"], totals["without_growth_share"]) == (437, 38)
    assert (totals["with_growth"], totals["with_growth_share"]) == (699, 62)
    assert totals["unknown_growth"] == 0
    assert (found["base"], found["unit"], found["scale"], found["on"]) == (1166, "persons", "vng", "2010-09-15")


@pytest.mark.covers("B-90", "A-07", "B-68")
def test_the_command_prints_the_published_goals(sneek: Municipality, report: Report) -> None:
    found = report("goals", "--on", "2010-09-15", "--decimals", "0")
    assert {row["level"]: row["share"] for row in found["rows"]} == GOALS


def test_one_decimal_unless_asked_otherwise(sneek: Municipality, report: Report) -> None:
    first = next(row for row in report("placement", "--on", "2010-09-15")["rows"] if row["level"] == "1")
    assert first == {
        "level": "1",
        "name": "Geïsoleerd",
        "clients": 107,
        "share": 9.2,
        "without_growth": 48,
        "without_growth_share": 44.9,
        "with_growth": 59,
        "with_growth_share": 55.1,
        "unknown_growth": 0,
        "unknown_growth_share": 0.0,
    }


def test_the_figures_equal_a_count_by_hand(sneek: Municipality, report: Report) -> None:
    with SNEEK.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    by_hand = Counter(row["Trede"][:1] or None for row in rows)
    growing = Counter(row["Trede"][:1] for row in rows if row["Groeipotentieel"] == "ja")
    found = report("placement", "--on", "2010-09-15")["rows"]
    assert {row["level"]: row["clients"] for row in found} == {"0": 0, **by_hand}
    assert {row["level"]: row["with_growth"] for row in found if row["with_growth"] is not None} == dict(growing)
    goals = report("goals", "--on", "2010-09-15")["rows"]
    assert {row["level"]: row["clients"] for row in goals} == dict(Counter(row["Doel"] or None for row in rows))


@pytest.mark.covers("B-88", "C-02", page="/rapporten/plaatsing/")
def test_the_page_shows_the_same_table(sneek: Municipality, signed_in: Callable[..., Client]) -> None:
    client = signed_in(sneek, "coordinator")
    page = client.get("/rapporten/plaatsing/", {"on": "2010-09-15", "decimals": "0"})
    shown = page.context["table"].rows
    code_0, *cells = [[cell.text for cell in row.cells] for row in shown]
    assert code_0[:2] == ["Nog niet bepaald", "0"]
    assert cells[0] == ["Geïsoleerd", "107", "9 %".replace(" ", "\xa0"), "48", "45\xa0%", "59", "55\xa0%"]
    assert [row[1] for row in cells] == ["107", "436", "285", "125", "183", "26", "4", "1.136", "1.166"]
    assert cells[7] == ["Totaal 1–5", "1.136", "", "437", "38\xa0%", "699", "62\xa0%"]
    assert cells[8] == ["Totaal", "1.166", "", "", "", "", ""]
    assert "van wie 1.162 op een trede" in page.content.decode()


def test_the_terminal_shows_it_too(sneek: Municipality, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    capsysbinary.readouterr()
    report_command.run(["placement", "--on", "2010-09-15", "--decimals", "0"])
    printed = capsysbinary.readouterr().out.decode()
    line = next(line for line in printed.splitlines() if line.startswith("2 "))
    assert line.split()[-6:] == ["436", "37", "186", "43", "250", "57"]
    assert "Totaal 1–5" in printed
