"""Levels as people write them, on a ladder with half-levels, one without, and a grouping."""

from datetime import date

import pytest

from opstap.exchange.logic import LevelWord
from opstap.exchange.logic.cells import Cell
from opstap.exchange.logic.values.levels import read_expected_level, read_level
from tests.exchange.logic.vocabularies import groups, vocabulary

VNG = vocabulary()
WITHOUT_HALVES = vocabulary(levels=(LevelWord("1", "niet actief"), LevelWord("2", "sporadisch actief", None, 2)))


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("2", "2"), (2, "2"), (2.0, "2"), ("2,0", "2"), ("02", "2"), ("Trede 2", "2"), ("trede2", "2"), ("T2", "2"),
        ("2+", "2+"), ("2 +", "2+"), ("2-", "2-"), ("2 -", "2-"), ("2−", "2-"), ("2–", "2-"), ("2 plus", "2+"),
        ("Trede 2+", "2+"), ("trede 2 -", "2-"), ("2 (+)", "2+"), ("2 min", "2-"),
        ("Trede 2 Sociale contacten buitenshuis +", "2+"), ("Trede 2 Sociale contacten buitenshuis -", "2-"),
        ("Trede 2 Sociale contacten buitenshuis (+)", "2+"), ("Trede 2 Sociale contacten buitenshuis", "2"),
        ("Trede 2 | Sociale contacten buitenshuis", "2"), ("Trede 2: sociale contacten buitenshuis", "2"),
        ("2 - Sociale contacten", "2"), ("2 - Sociale contacten buitenshuis", "2"),
        ("2 – Sociale contacten buitenshuis +", "2+"), ("2+ Sociale contacten buitenshuis", "2+"),
        ("2+ | Sociale contacten buitenshuis", "2+"), ("Sociale contacten buitenshuis", "2"),
        ("sociale contacten buitenshuis -", "2-"), ("GEISOLEERD", "1"), ("Betaald werk", "6"),
        ("Betaald werk met ondersteuning", "5"), ("0", "0"), (0, "0"), ("nog niet bepaald", "0"),
        ("0 - nog niet bepaald", "0"), ("Trede 0", "0"), ("onbekend", "0"),
    ],
)  # fmt: skip
def test_reads(cell: Cell, level: str) -> None:
    value, faults = read_level(cell, VNG)
    assert value == level
    assert [fault.code for fault in faults if fault.code != "level_name_differs"] == []


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("7", "level_unknown"), ("12", "level_unknown"), ("7+", "level_unknown"), (2.5, "level_unknown"),
        ("2,5", "level_unknown"), ("-1", "level_unknown"), ("hoog", "level_unknown"), ("2/3", "level_unknown"),
        ("2 of 3", "level_unknown"), ("2-3", "level_unknown"), ("2 +/-", "level_unknown"), ("2++", "level_unknown"),
        ("02-01-2010", "level_unknown"), (date(2010, 1, 2), "level_unknown"), (True, "level_unknown"),
        ("6+", "level_no_half"), ("6 -", "level_no_half"), ("Betaald werk +", "level_no_half"),
        ("Trede 2 Onbetaald werk", "level_contradicts"), ("2+ Onbetaald werk", "level_contradicts"),
    ],
)  # fmt: skip
def test_refuses(cell: Cell, code: str) -> None:
    value, faults = read_level(cell, VNG)
    assert value is None
    assert [fault.code for fault in faults] == [code]


def test_dash_stuck_to_the_number_with_a_name_behind_it_is_read_as_a_line_and_said() -> None:
    value, faults = read_level("2- Sociale contacten buitenshuis", VNG)
    assert (value, [fault.code for fault in faults]) == ("2", ["level_dash_before_name"])
    assert faults[0].params == {"level": "2"}
    assert all(fault.severity == "warning" for fault in faults)


def test_unknown_name_behind_a_number_is_said() -> None:
    value, faults = read_level("2 - Activering", VNG)
    assert (value, [fault.code for fault in faults]) == ("2", ["level_name_differs"])


def test_suggests_the_nearest_name() -> None:
    assert read_level("Geisolerd", VNG).faults[0].params["suggestion"] == "Geïsoleerd"
    assert read_level("9", VNG).faults[0].params["levels"] == "0, 1, 2, 3, 4, 5, 6"


def test_scale_without_halves_refuses_one_and_offers_the_whole() -> None:
    value, faults = read_level("2+", WITHOUT_HALVES)
    assert (value, faults[0].code, faults[0].params["suggestion"]) == (None, "level_no_half", "2")
    assert read_level("2 - sporadisch actief", WITHOUT_HALVES) == ("2", ())
    assert read_level("2- sporadisch actief", WITHOUT_HALVES) == ("2", ())


def test_grouping_by_name_or_code() -> None:
    grouping = vocabulary(levels=groups(), ordinal=False)
    assert read_level("Werken en ervaren", grouping).faults[0].params["suggestion"] == "Werken & ervaren"
    assert read_level("Werken & Ervaren", grouping) == ("ervaren", ())
    assert read_level("ZORG", grouping) == ("zorg", ())
    assert read_level("1", grouping).faults[0].code == "level_unknown"


@pytest.mark.parametrize("cell", ["onbekend", "0", "nog niet bepaald"])
def test_expected_level_may_be_unknown(cell: str) -> None:
    assert read_expected_level(cell, VNG) == (None, ())
