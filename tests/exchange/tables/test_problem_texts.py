"""Each code has words in both languages, and they are about the value at hand."""

import pytest
from django.utils import translation

from opstap.exchange.enums import Compared
from opstap.exchange.logic import Code, ColumnsRefused, Problem, parse, recognise
from opstap.exchange.tables.problem_texts import TEXTS, describe, describe_code
from opstap.exchange.tables.problem_texts.compared import COMPARED
from opstap.exchange.tables.refusal_texts import REFUSALS, describe_note, describe_refusal
from tests.exchange.faults import planted
from tests.exchange.logic.sheets import sheet_of
from tests.exchange.logic.vocabularies import vocabulary


def test_every_code_has_words_in_dutch() -> None:
    assert set(TEXTS) == set(Code)
    assert set(COMPARED) == set(Compared)
    for words in (*TEXTS.values(), *COMPARED.values(), *REFUSALS.values()):
        for text in words:
            with translation.override("en"):
                english = str(text)
            with translation.override("nl"):
                assert str(text) not in {"", english}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_placeholder_is_left_open_in_the_forty_faults(language: str) -> None:
    table = sheet_of(planted()[0])
    _, problems = parse(table, recognise(table.headings), vocabulary())
    with translation.override(language):
        told = [describe(problem) for problem in problems]
    for message, fix in told:
        assert "…" not in message + fix
        assert "%(" not in message + fix


def test_lost_zero_says_what_to_fill_in() -> None:
    problem = Problem(7, "BSN", "12345672", "bsn_lost_zero", "error", {"suggestion": "012345672"})
    with translation.override("nl"):
        message, fix = describe(problem)
    assert message == "BSN 12345672 heeft 8 cijfers; waarschijnlijk is de voorloopnul weggevallen."
    assert fix == "Vul 012345672 in en maak van de kolom tekst."


def test_unknown_field_asks_whether_another_was_meant() -> None:
    with pytest.raises(ColumnsRefused) as refused:
        recognise(["BSN", "Stand"], overrides={"Stand": "levl"})
    with translation.override("nl"):
        _, fix = describe_code(refused.value.code, refused.value.params)
    assert fix.startswith("Bedoelt u “level”?")


def test_column_left_out_says_why() -> None:
    with translation.override("nl"):
        message, _ = describe(recognise(["BSN", "Nationaliteit"]).problems[0])
    assert "herkomst" in message


def test_refusals_and_notes() -> None:
    with translation.override("nl"):
        large = describe_refusal("too_large", {"bytes": 60_100_000, "limit": 50_000_000})
        wrong = describe_refusal("not_a_spreadsheet", {"name": "lijst.xlsx", "kind": "pdf"})
        note = describe_note("total_row_left_out", {"row": 90})
    assert large.message == "Het bestand is 61 MB; er kan hoogstens 50 MB worden gelezen."
    assert wrong.message == "“lijst.xlsx” is een pdf-document en geen rekenblad, wat de naam ook zegt."
    assert note == "Rij 90 is een rij met totalen en is overgeslagen."


def test_a_code_without_words_still_says_something() -> None:
    assert "gek" in describe_code("new_code", {"value": "gek"}).message
