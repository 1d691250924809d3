"""Checks within a row and between rows."""

from datetime import date

import pytest

from opstap.exchange.logic import ParsedRow, Problem, parse, recognise, refused_rows
from opstap.exchange.logic.cells import Cell
from tests.exchange.logic.sheets import sheet
from tests.exchange.logic.vocabularies import groups, vocabulary

HEADINGS = (
    "Klantnummer", "BSN", "Achternaam", "Geboortedatum", "Uitkering", "Begin uitkering", "Einde uitkering",
    "Datum meting", "Trede", "Groei", "Doel", "Opmerkingen", "Overleden", "Reden uitstroom", "Ontheffing tot",
    "Verwacht op",
)  # fmt: skip
WHOLE: dict[str, Cell] = {
    "Klantnummer": "K1", "BSN": "999986764", "Achternaam": "de Boer", "Geboortedatum": "24-05-1970", "Uitkering": "WWB",
    "Begin uitkering": "01-01-2009", "Datum meting": "24-05-2010", "Trede": "2-", "Groei": "ja", "Doel": "3+",
}  # fmt: skip


def run(*changes: dict[str, Cell], reference_date: date | None = None) -> tuple[list[ParsedRow], list[Problem]]:
    """The rows and problems of a file in which each row is whole but for its changes."""
    cells = [[(WHOLE | change).get(heading) for heading in HEADINGS] for change in changes]
    return parse(sheet(HEADINGS, *cells), recognise(HEADINGS), vocabulary(reference_date=reference_date))


def found(problems: list[Problem]) -> list[tuple[int, str, str, str]]:
    return [(problem.row, problem.column, problem.code, problem.severity) for problem in problems]


def test_a_whole_row_has_no_problem() -> None:
    rows, problems = run({})
    assert problems == []
    assert (rows[0].surname, rows[0].name_prefix, rows[0].level) == ("Boer", "de", "2-")


@pytest.mark.parametrize(
    ("change", "column", "code", "severity"),
    [
        ({"Geboortedatum": "01-01-2030"}, "Geboortedatum", "birth_in_future", "error"),
        ({"Geboortedatum": "01-01-1870"}, "Geboortedatum", "birth_too_early", "error"),
        ({"Datum meting": "02-11-2026"}, "Datum meting", "measured_in_future", "error"),
        ({"Datum meting": "01-01-1960"}, "Datum meting", "measured_before_birth", "error"),
        ({"Datum meting": None}, "Trede", "level_without_date", "error"),
        ({"Trede": None, "Groei": None, "Doel": None}, "Datum meting", "date_without_level", "warning"),
        ({"Trede": "0", "Datum meting": None, "Groei": None}, "Trede", "not_determined_without_date", "warning"),
        ({"Trede": None, "Datum meting": None, "Doel": None}, "Groei", "growth_without_placement", "warning"),
        ({"Trede": None, "Datum meting": None, "Groei": None}, "Doel", "expected_without_placement", "warning"),
        ({"Groei": "nee", "Doel": "1+"}, "Doel", "expected_below_current", "warning"),
        ({"Groei": "nee"}, "Groei", "higher_without_growth", "warning"),
        ({"Groei": "ja", "Doel": "2"}, "Groei", "growth_without_higher", "warning"),
        ({"Verwacht op": "01-01-2010"}, "Verwacht op", "expected_by_before_measured", "warning"),
        ({"Einde uitkering": "31-12-2008"}, "Einde uitkering", "benefit_end_before_begin", "error"),
        ({"Begin uitkering": None, "Einde uitkering": "31-12-2008"}, "Einde uitkering", "benefit_end_without_begin",
         "error"),
        ({"Begin uitkering": "02-11-2027"}, "Begin uitkering", "benefit_far_ahead", "error"),
        ({"Begin uitkering": "01-01-1960"}, "Begin uitkering", "benefit_before_birth", "error"),
        ({"Reden uitstroom": "werk"}, "Reden uitstroom", "exit_reason_without_end", "warning"),
        ({"Ontheffing tot": "01-01-2011"}, "Ontheffing tot", "exemption_without_ground", "warning"),
        ({"Overleden": "01-01-2030"}, "Overleden", "died_in_future", "error"),
        ({"Overleden": "01-01-1960"}, "Overleden", "died_before_birth", "error"),
        ({"Overleden": "01-01-2010"}, "Datum meting", "measured_after_death", "warning"),
        ({"Achternaam": None}, "Achternaam", "name_missing", "error"),
        ({"Klantnummer": None, "BSN": None}, "Klantnummer", "key_missing", "error"),
    ],
)  # fmt: skip
def test_within_a_row(change: dict[str, Cell], column: str, code: str, severity: str) -> None:
    _, problems = run(change)
    expected = [(2, column, code, severity)]
    if code in {"measured_after_death", "died_before_birth"}:
        assert expected[0] in found(problems)
    else:
        assert found(problems) == expected


def test_half_level_down_is_no_lower_goal_and_neither_is_another_group() -> None:
    assert run({"Trede": "2+", "Groei": "nee", "Doel": "2-"})[1] == []
    table = sheet(["BSN", "Klantgroep", "Meetmoment", "Doel"], ["999986764", "zorg", "24-05-2010", "direct"])
    grouping = vocabulary(levels=groups(), ordinal=False)
    assert parse(table, recognise(table.headings), grouping)[1] == []


def test_reference_date_stands_in_for_the_date_that_is_missing() -> None:
    rows, problems = run({"Datum meting": None}, reference_date=date(2010, 9, 15))
    assert rows[0].measured_on == date(2010, 9, 15)
    assert [problem.code for problem in problems] == ["measured_on_reference_date"]


def test_benefit_may_begin_within_a_year() -> None:
    assert run({"Begin uitkering": "31-10-2027"})[1] == []


def test_growth_is_as_recorded_and_never_follows_from_the_goal() -> None:
    rows, _ = run({"Groei": None, "Doel": "6"}, {"Klantnummer": "K2", "BSN": None, "Groei": "nee", "Doel": "6"})
    assert [row.growth for row in rows] == [None, "no"]


def test_totals_and_empty_rows_are_passed_over() -> None:
    headings = ("Klantnummer", "Achternaam", "Trede")
    table = sheet(headings, ["K1", "Boer", None], [None, " ", None], ["Totaal", "1", None], ["Totaal:", None, "1"])
    rows, problems = parse(table, recognise(headings), vocabulary())
    assert [row.number for row in rows] == [2]
    assert [(problem.row, problem.code) for problem in problems] == [(4, "total_row_skipped"), (5, "total_row_skipped")]


K2: dict[str, Cell] = {"Klantnummer": "K2", "BSN": "999924436"}
LATER: dict[str, Cell] = {"Datum meting": "24-05-2011"}


@pytest.mark.parametrize(
    ("first", "later", "problem"),
    [
        ({}, {"Klantnummer": "K9"}, ("BSN", "bsn_two_numbers", "error")),
        ({}, {"BSN": "123456782"}, ("Klantnummer", "number_two_bsns", "error")),
        ({}, {"Trede": "1+"}, ("Trede", "two_placements_one_day", "error")),
        ({}, {"Groei": "onbekend"}, ("Groei", "two_placements_one_day", "error")),
        ({}, {}, ("Klantnummer", "row_repeated", "warning")),
        ({}, LATER | {"Achternaam": "Visser"}, ("Achternaam", "person_contradicts", "error")),
        ({}, LATER | {"Geboortedatum": "25-05-1970"}, ("Geboortedatum", "person_contradicts", "error")),
        ({}, LATER | {"Begin uitkering": "01-06-2009"}, ("Begin uitkering", "benefit_overlap", "error")),
        ({"Einde uitkering": "01-06-2009"}, LATER | {"Begin uitkering": "01-06-2009"},
         ("Begin uitkering", "benefit_overlap", "error")),
        ({"BSN": None}, {"Trede": "1-"}, ("Trede", "two_placements_one_day", "error")),
        ({}, {"Klantnummer": None, "Trede": "1-"}, ("Trede", "two_placements_one_day", "error")),
    ],
)  # fmt: skip
def test_between_rows(first: dict[str, Cell], later: dict[str, Cell], problem: tuple[str, str, str]) -> None:
    _, problems = run(first, K2, later)
    assert found(problems) == [(4, *problem)]
    assert problems[0].params["first_row"] == "2"
    assert problems[0].value == str((WHOLE | later)[problem[0]] or "")
    assert refused_rows(problems) == (frozenset({4}) if problem[2] == "error" else frozenset())


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ({}, LATER),
        ({}, LATER | {"Achternaam": "DE BOER"}),
        ({"Einde uitkering": "31-05-2009"}, LATER | {"Begin uitkering": "01-06-2009"}),
        ({}, LATER | {"Begin uitkering": "01-06-2009", "Uitkering": "Bbz"}),
        ({}, {"Klantnummer": "K2", "BSN": None}),
    ],
)
def test_rows_that_go_together(first: dict[str, Cell], later: dict[str, Cell]) -> None:
    assert run(first, later)[1] == []


@pytest.mark.parametrize(
    ("heading", "first", "later"),
    [("Groei", "ja", "onbekend"), ("Geboortedatum", "1970-05-24", "25-5-1970"), ("Achternaam", "de Boer", "Visser")],
)
def test_of_cells_that_contradict_each_other_the_words_of_the_file_are_told(
    heading: str, first: str, later: str
) -> None:
    _, (problem,) = run({heading: first}, {heading: later})
    assert (problem.column, problem.params["first"], problem.value) == (heading, first, later)


def test_every_later_row_is_named() -> None:
    _, problems = run({}, {"Klantnummer": "K8"}, {"Klantnummer": "K9"})
    assert [problem.row for problem in problems] == [3, 4]


def test_a_team_whose_name_begins_like_a_total_is_no_total() -> None:
    headings = ("Team", "Klantnummer", "Achternaam")
    table = sheet(headings, ["Totaalaanpak", "K11", "Boer"], ["Totaal", "K12", "Smit"], ["Totaal", "3", None])
    rows, _problems = parse(table, recognise(headings), vocabulary())
    assert [row.client_number for row in rows] == ["K11", "K12"]
