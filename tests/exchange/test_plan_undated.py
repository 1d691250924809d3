"""Help of a file without a day of its own: each thing taken once, the rest said; an end is found again by itself."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.exchange.selectors.checking import Checked
from opstap.municipality.models import Code
from opstap.municipality.operations import end_code
from opstap.plans.models import Activity, Instrument, Trajectory
from tests.exchange.imports import BY, checked, counts, held, imported, lines, town

pytestmark = pytest.mark.django_db
HEAD = (
    "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Traject;Begin traject;Einde traject;Activiteit;"
    "Instrument;Aanbieder;Begin instrument;Einde instrument;Resultaat instrument"
)
EARLY, LATE = date(2018, 6, 1), date(2019, 6, 1)
ENDED = ("help_otherwise", "help_ended_before")


def file(*rows: str) -> bytes:
    return lines(HEAD, *(f"K1;Meer;01-01-2018;{row}" for row in rows))


def said(outcome: Checked) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, str(one.code)) for one in outcome.problems if str(one.code) in ENDED]


def instruments() -> list[tuple[object, ...]]:
    return held(Instrument, "kind", "supplier", "starts_on", "ends_on", "result")


def test_each_thing_of_undated_rows_is_taken() -> None:
    municipality = town()
    content = file(
        ";;Oriëntatietraject;;;;jobcoach;Werkpoort;;;",
        ";;Inburgering;;;Koor;cursus;;;;",
        ";;;;;Zwemmen;jobcoach;Aan de Slag;;;",
    )
    assert said(checked(municipality, content, reference_date=EARLY)) == []
    imported(municipality, content, reference_date=EARLY)
    assert held(Trajectory, "kind", "starts_on") == [("integration", EARLY), ("orientation", EARLY)]
    assert held(Activity, "description") == ["Koor", "Zwemmen"]
    assert [row[:2] for row in instruments()] == [
        ("course", ""), ("job_coach", "Aan de Slag"), ("job_coach", "Werkpoort"),
    ]  # fmt: skip
    assert counts(imported(municipality, content, reference_date=LATE)) == (0, 0, 3, 0)


def test_a_dated_row_does_not_drop_an_undated_one_about_something_else() -> None:
    municipality = town()
    content = file("01-05-2018;2;Inburgering;;;;cursus;;;;", ";;;;;Koor;jobcoach;;;;")
    assert said(checked(municipality, content, reference_date=LATE)) == []
    imported(municipality, content, reference_date=LATE)
    assert len(held(Trajectory, "pk")) == 1
    assert held(Activity, "description", "starts_on") == [("Koor", LATE)]
    assert [(row[0], row[2]) for row in instruments()] == [("course", date(2018, 5, 1)), ("job_coach", LATE)]
    assert counts(imported(municipality, content, reference_date=LATE)) == (0, 0, 2, 0)


def test_of_two_undated_rows_that_say_otherwise_the_last_is_taken_and_the_other_said() -> None:
    municipality = town()
    content = file(";;naar trede 4;;;;jobcoach;Werkpoort;;31-12-2018;", ";;naar trede 5;;;;jobcoach;Werkpoort;;;")
    outcome = checked(municipality, content, reference_date=EARLY)
    assert said(outcome) == [(2, "Traject", "help_otherwise"), (2, "Instrument", "help_otherwise")]
    assert {one.params["other_row"] for one in outcome.problems if str(one.code) == "help_otherwise"} == {"3"}
    imported(municipality, content, reference_date=EARLY)
    assert held(Trajectory, "goal_level__code") == ["5"]
    assert instruments() == [("job_coach", "Werkpoort", EARLY, None, "")]


def test_an_undated_row_beside_a_dated_one_about_the_same_is_said_unless_it_says_the_same() -> None:
    municipality = town()
    other = file("01-05-2018;2;naar trede 5;;;Koor;jobcoach;;;;", ";;naar trede 4;;;Koor;jobcoach;Werkpoort;;;")
    assert said(checked(municipality, other)) == [(3, "Traject", "help_otherwise"), (3, "Instrument", "help_otherwise")]
    same = file("01-05-2018;2;naar trede 5;;;Koor;jobcoach;;;;", ";;naar trede 5;;;Koor;jobcoach;;;;")
    assert said(checked(municipality, same)) == []
    imported(municipality, other, reference_date=LATE)
    assert held(Trajectory, "goal_level__code", "starts_on") == [("5", date(2018, 5, 1))]


@pytest.mark.parametrize("again", ["", "01-05-2019;2"])
def test_an_end_without_a_begin_that_comes_again_after_that_end_moves_no_begin(again: str) -> None:
    municipality = town()
    cells = "Inburgering;;31-12-2018;Koor;jobcoach;Werkpoort;;31-10-2018;voltooid"
    imported(municipality, file(f";;{cells}"), reference_date=EARLY)
    stood = (
        held(Trajectory, "starts_on", "ends_on"), held(Activity, "starts_on", "ends_on"), instruments(),
    )  # fmt: skip
    assert stood[0] == stood[1] == [(EARLY, date(2019, 1, 1))]
    assert stood[2] == [("job_coach", "Werkpoort", EARLY, date(2018, 11, 1), "completed")]
    outcome = imported(municipality, file(f"{again or ';'};{cells}"), reference_date=LATE)
    assert counts(outcome) == ((0, 1, 0, 0) if again else (0, 0, 1, 0))  # the placement
    assert (held(Trajectory, "starts_on", "ends_on"), held(Activity, "starts_on", "ends_on"), instruments()) == stood


def test_an_end_that_is_told_afterwards_ends_what_ran_until_then() -> None:
    municipality = town()
    imported(municipality, file(";;Inburgering;;;Koor;jobcoach;Werkpoort;;;"), reference_date=EARLY)
    imported(municipality, file(";;Inburgering;;31-12-2018;;jobcoach;;;31-10-2018;"), reference_date=LATE)
    assert held(Trajectory, "starts_on", "ends_on") == [(EARLY, date(2019, 1, 1))]
    assert held(Activity, "starts_on", "ends_on") == [(EARLY, date(2019, 1, 1))]
    assert instruments() == [("job_coach", "Werkpoort", EARLY, date(2018, 11, 1), "")]


def test_an_activity_that_had_ended_is_known_by_its_end_under_whichever_trajectory() -> None:
    municipality = town()
    imported(municipality, file(";;Inburgering;;31-12-2018;Koor;;;;;"), reference_date=EARLY)
    assert counts(imported(municipality, file(";;;;31-12-2018;Koor;;;;;"), reference_date=LATE)) == (0, 0, 1, 0)
    assert held(Activity, "description", "starts_on") == [("Koor", EARLY)]


def test_what_had_ended_before_the_follow_up_is_said() -> None:
    municipality = town()
    content = file(";;Inburgering;;31-12-2017;Koor;jobcoach;;;30-11-2017;")
    assert said(checked(municipality, content)) == [
        (2, "Einde traject", "help_ended_before"), (2, "Einde instrument", "help_ended_before"),
    ]  # fmt: skip
    imported(municipality, content)
    assert instruments() == held(Trajectory, "pk") == []
    dated = file(";;Inburgering;01-06-2017;31-12-2017;Koor;jobcoach;;01-06-2017;30-11-2017;")
    assert said(checked(municipality, dated)) == []


def test_the_kind_of_an_activity_is_read_as_of_its_day() -> None:
    """It begins with the follow-up, after the day of the file: by then the kind could be chosen no more."""
    municipality = town()
    kind = Code.objects.get(code_list__key="activity_kind", code="education")
    end_code(by=BY, code=kind, ends_on=date(2018, 6, 15))
    ahead = lines("Klantnummer;Achternaam;Begin uitkering;Activiteit", "K1;Meer;01-07-2018;Taalles")
    assert counts(imported(municipality, ahead, reference_date=EARLY)) == (1, 0, 0, 0)
    assert held(Activity, "description", "kind", "starts_on") == [("Taalles", "", date(2018, 7, 1))]
    assert counts(imported(municipality, ahead, reference_date=EARLY)) == (0, 0, 1, 0)


def test_an_undated_instrument_ends_with_the_trajectory_it_is_told_with() -> None:
    municipality = town()
    content = file(";;Inburgering;;07-06-2018;;jobcoach;;;;")
    imported(municipality, content, reference_date=EARLY)
    assert instruments() == [("job_coach", "", EARLY, date(2018, 6, 8), "")]
    assert counts(imported(municipality, content, reference_date=LATE)) == (0, 0, 1, 0)
    assert len(instruments()) == 1
