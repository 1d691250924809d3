"""Which heading fills which field: by the file of synonyms, by hand, and never for what Opstap doesn't hold."""

import tomllib
from pathlib import Path

import pytest

from opstap.exchange import logic
from opstap.exchange.logic import FIELDS, ColumnsRefused, heading_score, normalise, recognise, still_present

SYNONYMS = tomllib.loads((Path(logic.__file__).parents[1] / "columns.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Klantnummer", "client_number"), ("Cliëntnr.", "client_number"), ("CLIENT_NR", "client_number"),
        ("klant-nr", "client_number"), ("Dossiernummer", "client_number"), ("Nr", "client_number"),
        ("Burgerservicenummer", "bsn"), ("SOFINUMMER", "bsn"), ("Geb.dat.", "birth_date"),
        ("Geboortedatum (dd-mm-jjjj)", "birth_date"), ("Achternaam, voornaam", "full_name"),
        ("Meetmoment", "measured_on"),
        ("Datum plaatsing", "measured_on"), ("Peildatum meting", "measured_on"), ("Positie ladder", "level"),
        ("Huidige trede", "level"), ("Klantgroep", "level"), ("Niveau", "level"), ("Doel", "expected_level"),
        ("Groei", "growth"), ("Regeling", "benefit_kind"), ("Ingangsdatum uitkering", "benefit_from"),
        ("Klantmanager", "worker"), ("Consulent", "worker"), ("Coach", "worker"), ("E-mail", "email"),
    ],
)  # fmt: skip
def test_recognises(heading: str, field: str) -> None:
    assert recognise([heading]).places == {field: 0}


def test_every_field_has_headings_and_every_heading_one_meaning() -> None:
    assert set(SYNONYMS["fields"]) == set(FIELDS)
    assert set(SYNONYMS["fallback"]) <= set(FIELDS)
    words = [
        (normalise(word), section, meaning)
        for section, meanings in SYNONYMS.items()
        for meaning, texts in meanings.items()
        for word in texts
    ]
    meanings: dict[str, tuple[str, str]] = {}
    for word, *meaning in words:
        assert meanings.setdefault(word, (meaning[0], meaning[1])) == tuple(meaning), word


def test_what_is_unknown_is_kept_aside_under_a_name_of_its_own() -> None:
    columns = recognise(["BSN", "Hobby", "hobby", "Hobby", "", "Opmerkingen", "Toelichting"])
    assert columns.kept == ((1, "Hobby"), (2, "hobby"), (3, "Hobby (2)"), (4, "#5"), (6, "Toelichting"))
    assert columns.places == {"bsn": 0, "remarks": 5}
    assert columns.usable


def test_two_headings_for_one_field_is_a_problem_at_the_second() -> None:
    columns = recognise(["BSN", "Trede", "Huidige trede"], row=4)
    problem = columns.problems[0]
    assert (problem.row, problem.column, problem.code, problem.params["first"]) == (
        4, "Huidige trede", "column_twice", "Trede",
    )  # fmt: skip
    assert not columns.usable


def test_a_choice_by_hand_settles_it() -> None:
    headings = ["BSN", "Trede", "Huidige trede"]
    assert recognise(headings, overrides={"huidige TREDE": "level"}).places == {"bsn": 0, "level": 2}
    columns = recognise(headings, overrides={"Trede": ""})
    assert (columns.places, columns.kept) == ({"bsn": 0, "level": 2}, ((1, "Trede"),))
    assert columns.usable
    assert recognise(headings, overrides=columns.as_overrides()) == columns


def test_a_guess_gives_way() -> None:
    columns = recognise(["Nr", "Klantnummer", "Jobcoach", "Casemanager", "Niveau", "Trede"])
    assert columns.places == {"client_number": 1, "worker": 3, "level": 5}
    assert [name for _, name in columns.kept] == ["Nr", "Jobcoach", "Niveau"]
    assert columns.usable


def test_without_a_key_nothing_can_be_read() -> None:
    columns = recognise(["Achternaam", "Trede"])
    assert [problem.code for problem in columns.problems] == ["key_column_missing"]
    assert not columns.usable


@pytest.mark.parametrize(
    ("heading", "reason"),
    [("Nationaliteit", "origin"), ("Land van herkomst", "origin"), ("Diagnose", "health"), ("Maatregel", "sanction"),
     ("Strafblad", "justice"), ("Kans op werk", "prediction")],
)  # fmt: skip
def test_what_opstap_does_not_hold_is_left_out_whatever_is_asked(heading: str, reason: str) -> None:
    for overrides in ({}, {heading: ""}):
        columns = recognise(["BSN", heading], overrides=overrides)
        assert (columns.left_out, columns.kept) == (((1, reason),), ())
        assert [(found.code, found.severity) for found in columns.problems] == [("column_left_out", "warning")]
        assert columns.usable


def test_unknown_field_or_heading_names_the_right_ones() -> None:
    with pytest.raises(ColumnsRefused) as refused:
        recognise(["BSN", "Stand"], overrides={"Stand": "levl"})
    assert (refused.value.code, refused.value.params["suggestion"]) == ("unknown_field", "level")
    assert "benefit_kind" in refused.value.params["fields"]
    with pytest.raises(ColumnsRefused) as refused:
        recognise(["BSN", "Stand"], overrides={"Stant": "level"})
    assert (refused.value.code, refused.value.params["suggestion"]) == ("unknown_heading", "Stand")


def test_dutch_word_for_a_field_is_understood_as_a_hint() -> None:
    with pytest.raises(ColumnsRefused) as refused:
        recognise(["BSN", "Stand"], overrides={"Stand": "Trede"})
    assert refused.value.params["suggestion"] == "level"


def test_remembered_overrides_that_are_absent_do_no_harm() -> None:
    assert still_present({"Stand": "level", "Oud": "team"}, ["BSN", "stand"]) == {"Stand": "level"}


def test_heading_scores_above_a_title_and_above_data() -> None:
    heading = heading_score(["Klantnummer", "BSN", "Trede", "Hobby"])
    assert heading == 3
    assert heading_score(["Overzicht cliënten 2010", "", ""]) == 0
    assert heading_score(["S00001", "999986764", "2+", "vissen"]) == 0
