"""Numbers, answers, contact, names and code words, one cell at a time; and no cell at all that raises."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.exchange.logic import FIELDS
from opstap.exchange.logic.cells import Cell
from opstap.exchange.logic.columns import recognise
from opstap.exchange.logic.fields import Kind
from opstap.exchange.logic.readers import columns_to_read
from opstap.exchange.logic.values.bsn import read_bsn, read_number
from opstap.exchange.logic.values.choices import read_sex, read_yes_no
from opstap.exchange.logic.values.codes import read_barriers, read_code
from opstap.exchange.logic.values.contact import read_email, read_phone, read_postcode
from opstap.exchange.logic.values.names import Name, split_full_name, split_surname
from tests.exchange.logic.vocabularies import vocabulary

WORDS = vocabulary()


@pytest.mark.parametrize("cell", ["999986764", "9999.86.764", " 999 986 764 ", 999986764, 999986764.0, "999986764,0"])
def test_bsn(cell: Cell) -> None:
    assert read_bsn(cell) == ("999986764", ())


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("999986765", "bsn_check"), ("000000000", "bsn_check"), (12345672, "bsn_lost_zero"),
        (12345672.0, "bsn_lost_zero"), ("12345673", "bsn_length"), ("9999867641", "bsn_length"), ("", "bsn_not_digits"),
        ("9,7E+08", "bsn_shortened"), ("9.7E+8", "bsn_shortened"), ("volgt", "bsn_not_digits"),
        ("٩٩٩٩٨٦٧٦٤", "bsn_not_digits"), (1e22, "bsn_shortened"), (float("inf"), "bsn_not_digits"),
        (date(2010, 1, 1), "bsn_not_digits"),
    ],
)  # fmt: skip
def test_bsn_refused(cell: Cell, code: str) -> None:
    value, faults = read_bsn(cell)
    assert (value, [fault.code for fault in faults]) == (None, [code])


def test_lost_zero_is_offered_not_filled_in() -> None:
    assert read_bsn("12345672").faults[0].params == {"suggestion": "012345672"}


def test_client_number_keeps_its_zeros_and_refuses_what_the_spreadsheet_spoilt() -> None:
    assert read_number("00123", 40).value == "00123"
    assert read_number(123.0, 40).value == "123"
    assert read_number("12E5", 40).value == "12E5"
    assert read_number("1,23E+11", 40).faults[0].code == "number_shortened"
    assert read_number(date(2010, 1, 2), 40).faults[0].code == "text_became_date"
    assert read_number("x" * 41, 40).faults[0].code == "text_too_long"
    assert read_number("a\x00b", 40).faults[0].code == "unreadable_characters"


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ja", "yes"), ("J", "yes"), ("1", "yes"), (1, "yes"), (1.0, "yes"), (True, "yes"), ("x", "yes"),
        ("WAAR", "yes"), ("true", "yes"), ("✓", "yes"), ("nee", "no"), ("n", "no"), (0, "no"), (False, "no"),
        ("Onwaar", "no"), ("onbekend", "unknown"), ("?", "unknown"), ("misschien", None), ("2", None),
    ],
)  # fmt: skip
def test_yes_no(cell: Cell, answer: str | None) -> None:
    value, faults = read_yes_no(cell)
    assert (value, bool(faults)) == (answer, answer is None)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("M", "male"), ("man", "male"), ("V", "female"), ("Vrouw", "female"), ("X", "x"), ("onbekend", "unknown"),
     (1, "male"), (2, "female"), (True, None), ("K", None)],
)  # fmt: skip
def test_sex(cell: Cell, sex: str | None) -> None:
    assert read_sex(cell).value == sex


def test_contact() -> None:
    assert read_postcode("8601am").value == "8601 AM"
    assert [read_postcode(text).value for text in ("0601 AM", "8601 SS", "8601", "B-1000")] == [None] * 4
    assert read_email("a.de-boer@sneek.example", 254) == ("a.de-boer@sneek.example", ())
    for text in ("a@b", "geen", "a b@c.nl", "a@b..nl", "@c.nl", "a@c.nl; d@e.nl"):
        value, faults = read_email(text, 254)
        assert (value, faults[0].severity) == (None, "warning")
    assert read_phone(612345678.0, 30).value == "0612345678"
    assert read_phone("06-12345678", 30) == ("06-12345678", ())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("van der Meer", Name("Meer", "van der")), ("'t Hart", Name("Hart", "'t")), ("El Amrani", Name("El Amrani")),
        ("Van Damme", Name("Van Damme")), ("van", Name("van")), ("de", Name("de")),
    ],
)  # fmt: skip
def test_surname(text: str, name: Name) -> None:
    assert split_surname(text) == name


@pytest.mark.parametrize(
    ("text", "name", "guessed"),
    [
        ("Bakker, A. de", Name("Bakker", "de", initials="A."), False),
        ("Bakker, Anna de", Name("Bakker", "de", "Anna"), False),
        ("de Bakker, Anna", Name("Bakker", "de", "Anna"), False),
        ("Bakker de, A.B.", Name("Bakker", "de", initials="A.B."), False),
        ("Bakker", Name("Bakker"), False),
        ("Anna Bakker", Name("Bakker", "", "Anna"), False),
        ("A. B. van der Meer", Name("Meer", "van der", initials="A.B."), False),
        ("Anna de Bakker", Name("Bakker", "de", "Anna"), False),
        ("Leyla El Amrani", Name("Amrani", "", "Leyla El"), True),
    ],
)
def test_full_name(text: str, name: Name, guessed: bool) -> None:
    found, fault = split_full_name(text)
    assert (found, fault is not None) == (name, guessed)


def test_code_words() -> None:
    assert read_code("Bijstand", "benefit_kind", WORDS).value == "participatiewet"
    fault = read_code("bijstant", "benefit_kind", WORDS).faults[0]
    assert (fault.code, fault.severity, fault.params["suggestion"]) == ("code_unknown", "error", "Participatiewet")
    assert "WWB" in fault.params["known"]
    assert read_code("nee", "exemption_ground", WORDS) == (None, ())


def test_barriers_are_taken_in_their_broad_kind() -> None:
    value, faults = read_barriers("psychisch; schulden / taal, lichamelijk", WORDS)
    assert value == ("health", "money", "language")
    assert [fault.params["word"] for fault in faults] == ["psychisch", "schulden", "lichamelijk"]
    assert {(fault.code, fault.severity) for fault in faults} == {("barrier_broadened", "warning")}


def test_unknown_barrier_becomes_other_and_says_so() -> None:
    value, faults = read_barriers("kat", WORDS)
    assert (value, faults[0].code, faults[0].severity) == (("other",), "barrier_unknown", "warning")


_ANY_CELL = st.one_of(
    st.text(), st.text("0123456789-+/., TredeE|:"), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(),
    st.from_regex(r"(trede )?[0-9]{1,2} ?[-+|:] ?\w*", fullmatch=True), st.datetimes(),
)  # fmt: skip
_COLUMNS = columns_to_read(recognise(list(FIELDS)), WORDS)


@given(_ANY_CELL)
def test_no_cell_raises_and_each_is_a_value_or_a_fault(cell: Cell) -> None:
    assert len(_COLUMNS) == sum(field.kind is not Kind.KEPT for field in FIELDS.values())
    for column in _COLUMNS:
        value, faults = column.read(cell)
        if any(fault.severity == "error" for fault in faults):
            assert value is None


@given(st.lists(st.one_of(st.just(1), st.just(1.0), st.just(True), st.just("1"))))
def test_repeated_cells_are_not_mistaken_for_each_other(cells: list[Cell]) -> None:
    columns = {column.field: column.read for column in columns_to_read(recognise(list(FIELDS)), WORDS)}
    for cell in cells:
        assert (columns["sex"](cell).value is None) == (cell is True)
