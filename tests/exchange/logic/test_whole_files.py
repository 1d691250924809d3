"""Whole files: the Sneek example, the same with forty planted faults, and columns shuffled or left out."""

from collections import Counter
from time import process_time

from opstap.exchange.logic import ActivitySaid, Problem, TrajectorySaid, parse, recognise, refused_rows
from opstap.exchange.logic.parsed import ParsedRow
from tests.exchange.faults import SNEEK, Planted, planted
from tests.exchange.logic.sheets import Sheet, sheet, sheet_of
from tests.exchange.logic.vocabularies import vocabulary


def _parse(table: Sheet) -> tuple[list[ParsedRow], list[Problem]]:
    columns = recognise(table.headings)
    assert columns.usable
    return parse(table, columns, vocabulary())


def test_sneek_parses_to_1166_rows_without_errors() -> None:
    rows, problems = _parse(sheet_of(SNEEK.read_bytes()))
    assert len(rows) == 1166
    assert refused_rows(problems) == frozenset()
    assert {problem.code for problem in problems} == {"barrier_broadened"}
    placed = Counter(row.level[0] for row in rows if row.level)
    assert placed == {"1": 107, "2": 436, "3": 285, "4": 125, "5": 183, "6": 26}
    assert Counter(row.growth for row in rows) == {"yes": 699, "no": 437, None: 30}
    assert sum(row.level is None for row in rows) == 4


def test_first_row_of_sneek_in_full() -> None:
    rows, _ = _parse(sheet_of(SNEEK.read_bytes()))
    row = rows[0]
    assert (row.number, row.client_number, row.bsn) == (2, "S00001", "999986764")
    assert (row.name_prefix, row.surname, row.given_names) == ("van der", "Meer", "Trijntje")
    assert (str(row.birth_date), row.sex, row.postcode) == ("1988-06-21", "female", "8601 AM")
    assert (row.benefit_kind, str(row.benefit_from), row.worker, row.team) == ("wwb", "2006-06-21", "CM02", "Team Werk")
    assert (str(row.measured_on), row.level, row.growth, row.expected_level) == ("2010-05-24", "4-", "no", "4-")
    assert (row.barriers, row.exemption, row.basic_qualification) == (("health",), None, "no")
    assert (row.low_literate, row.integration) == ("no", "duty")
    assert row.trajectory == TrajectorySaid("unspecified", keeps=True)
    assert row.activity == ActivitySaid("Participatiebaan", "work")
    assert row.kept == {}


def test_forty_planted_faults_are_reported_at_their_row_and_column_and_no_others() -> None:
    content, faults = planted()
    _, problems = _parse(sheet_of(content))
    assert len(faults) == 40
    errors = [Planted(problem.row, problem.column, problem.code) for problem in problems if problem.severity == "error"]
    assert sorted(errors) == sorted(faults)
    warnings = {problem.code for problem in problems if problem.severity == "warning"}
    assert warnings == {"barrier_broadened"}


def test_a_problem_shows_the_value_as_in_the_file() -> None:
    content, _ = planted()
    _, problems = _parse(sheet_of(content))
    values = {problem.code: problem.value for problem in problems if problem.severity == "error"}
    assert values["bsn_shortened"] == "9,7E+08"
    assert values["level_contradicts"] == "Trede 2 Onbetaald werk"
    lost = next(problem for problem in problems if problem.code == "bsn_lost_zero")
    assert lost.params["suggestion"] == "012345672"


def test_shuffled_columns_give_equal_rows() -> None:
    table = sheet_of(SNEEK.read_bytes())
    order = [*range(1, len(table.headings), 2), *range(0, len(table.headings), 2)]
    shuffled = sheet(
        [table.headings[place] for place in order], *([row.cells[place] for place in order] for row in table.rows)
    )
    assert _parse(shuffled)[0] == _parse(table)[0]


def test_a_file_with_a_few_columns_only_leaves_the_rest_empty() -> None:
    rows, problems = _parse(sheet(["bsn", "Meetmoment", "Huidige trede"], ["999986764", "2010-05-24", "2+"]))
    assert problems == []
    assert rows == [ParsedRow(2, bsn="999986764", measured_on=rows[0].measured_on, level="2+")]


def test_many_rows_take_seconds() -> None:
    table = sheet_of(SNEEK.read_bytes())
    many = Sheet(table.headings, table.rows * 10)
    begin = process_time()
    _parse(many)
    assert process_time() - begin < 10
