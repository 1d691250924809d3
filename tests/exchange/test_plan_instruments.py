"""Instruments of a file: begun, known, corrected, ended with their trajectory, refused when they were not there yet."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.exchange.models import ImportBatch
from opstap.exchange.operations import undo_import
from opstap.municipality.models import Code
from opstap.municipality.operations import end_code
from opstap.plans.models import Instrument, Trajectory
from opstap.plans.operations import end_trajectory
from tests.exchange.imports import BY, checked, counts, errors, held, imported, lines, town, warnings

pytestmark = pytest.mark.django_db
HEADINGS = (
    "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Traject;Instrument;Aanbieder;Begin instrument;"
    "Einde instrument;Resultaat instrument"
)
FIRST, SECOND = date(2018, 5, 24), date(2019, 5, 24)
Row = tuple[object, ...]


def file(*rows: str, headings: str = HEADINGS) -> bytes:
    return lines(headings, *rows)


def instruments() -> list[Row]:
    return held(Instrument, "kind", "supplier", "starts_on", "ends_on", "result")


FILE = file("K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;jobcoach;Werkpoort;01-06-2018;;")


@pytest.mark.covers("B-63")
def test_an_instrument_begins_under_its_trajectory_and_once() -> None:
    municipality = town()
    assert counts(imported(municipality, FILE)) == (1, 0, 0, 0)
    assert instruments() == [("job_coach", "Werkpoort", date(2018, 6, 1), None, "")]
    assert Instrument.objects.get().trajectory == Trajectory.objects.get().reference
    assert counts(imported(municipality, FILE)) == (0, 0, 1, 0)
    assert Instrument.objects.count() == Trajectory.objects.count() == 1


def test_without_a_day_of_its_own_it_begins_on_the_measuring_day_under_a_trajectory_without_goal() -> None:
    municipality = town()
    imported(municipality, file("K1;Meer;01-01-2018;24-05-2018;2;;schuldhulp;;;;"))
    assert instruments() == [("debt_service", "", FIRST, None, "")]
    assert held(Trajectory, "kind", "starts_on", "ends_on") == [("unspecified", FIRST, None)]
    imported(municipality, file("K2;Bos;01-01-2018;;;;schuldhulp;;;;"), reference_date=SECOND)
    assert held(Instrument, "starts_on", number="K2") == [SECOND]


def test_rows_without_a_measuring_day_each_bring_an_instrument() -> None:
    """A list of instruments, one a row, is what a finance department delivers."""
    municipality = town()
    head = "Klantnummer;Achternaam;Begin uitkering;Voorziening;Begin voorziening;Einde voorziening;Uitkomst voorziening"
    content = file(
        "K1;Meer;01-01-2018;jobcoach;01-02-2018;31-07-2018;voltooid",
        "K1;Meer;01-01-2018;jobcoach;01-02-2019;;",
        "K1;Meer;01-01-2018;cursus;01-03-2018;30-06-2018;",
        headings=head,
    )
    assert counts(imported(municipality, content)) == (3, 0, 0, 0)
    assert instruments() == [
        ("course", "", date(2018, 3, 1), date(2018, 7, 1), ""),
        ("job_coach", "", date(2018, 2, 1), date(2018, 8, 1), "completed"),
        ("job_coach", "", date(2019, 2, 1), None, ""),
    ]
    assert counts(imported(municipality, content)) == (0, 0, 3, 0)


def test_an_end_a_result_and_a_supplier_can_come_later() -> None:
    municipality = town()
    imported(municipality, file("K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;jobcoach;;01-06-2018;;"))
    later = file("K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;jobcoach;Werkpoort;01-06-2018;31-12-2018;voltooid")
    assert counts(imported(municipality, later)) == (0, 1, 0, 0)
    assert instruments() == [("job_coach", "Werkpoort", date(2018, 6, 1), date(2019, 1, 1), "completed")]
    assert Instrument.objects.count() == 2  # the row and its correction
    assert counts(imported(municipality, later)) == (0, 0, 1, 0)
    assert counts(imported(municipality, FILE)) == (0, 0, 1, 0)  # a known end stays when a file says none


def test_another_supplier_is_another_instrument_and_an_earlier_begin_puts_it_back_in_time() -> None:
    municipality = town()
    imported(municipality, FILE)
    imported(municipality, file("K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;jobcoach;Aan de Slag;01-09-2018;;"))
    assert [row[1:3] for row in instruments()] == [("Aan de Slag", date(2018, 9, 1)), ("Werkpoort", date(2018, 6, 1))]
    imported(municipality, file("K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;jobcoach;werkpoort;01-03-2018;;"))
    assert [row[1:3] for row in instruments()] == [("Aan de Slag", date(2018, 9, 1)), ("Werkpoort", date(2018, 3, 1))]


def test_a_later_begin_of_what_runs_is_said_and_not_taken_over() -> None:
    municipality = town()
    imported(municipality, FILE)
    later = file("K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;jobcoach;Werkpoort;01-09-2018;31-10-2018;")
    assert "instrument_runs" in warnings(checked(municipality, later))
    imported(municipality, later)
    assert instruments() == [("job_coach", "Werkpoort", date(2018, 6, 1), date(2018, 11, 1), "")]


def test_it_ends_with_its_trajectory_and_goes_on_under_another_goal() -> None:
    municipality = town()
    imported(municipality, FILE)
    imported(municipality, file("K1;Meer;01-01-2018;24-05-2019;5;naar trede 6;;;;;"))
    following = Trajectory.objects.current().get(ends_on=None)
    assert (instruments()[0][3], Instrument.objects.current().get().trajectory) == (None, following.reference)
    head = "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Traject;Einde traject"
    imported(municipality, file("K1;Meer;01-01-2018;24-05-2019;5;naar trede 6;31-12-2019", headings=head))
    assert instruments() == [("job_coach", "Werkpoort", date(2018, 6, 1), date(2020, 1, 1), "")]


def test_what_was_ended_by_hand_stays_ended() -> None:
    municipality = town()
    imported(municipality, FILE)
    end_trajectory(
        by=BY, trajectory=Trajectory.objects.get(), ends_on=SECOND, reason="goal_reached", result="completed"
    )
    assert counts(imported(municipality, FILE)) == (0, 0, 1, 0)
    assert instruments()[0][3:] == (SECOND, "completed")


@pytest.mark.parametrize(
    ("cells", "column", "code"),
    [
        ("ladder lenen;;;;", "Instrument", "code_unknown"),
        ("jobcoach;;01-06-2018;31-05-2018;", "Einde instrument", "instrument_end_before_begin"),
        ("jobcoach;;01-06-2040;;", "Begin instrument", "instrument_far_ahead"),
        ("jobcoach;;01-06-2018;31-12-2018;fantastisch", "Resultaat instrument", "code_unknown"),
        ("loonkostensubsidie;;01-06-2014;;", "Instrument", "kind_not_yet"),
        ("WIW-baan;;01-06-2018;;", "Instrument", "kind_ended"),
    ],
)
def test_what_is_wrong_is_named_at_its_row_and_column(cells: str, column: str, code: str) -> None:
    outcome = checked(town(), file(f"K1;Meer;01-01-2014;24-05-2018;4-;naar trede 5;{cells}"))
    assert errors(outcome) == [(2, column, code)]
    assert counts(outcome) == (0, 0, 0, 1)


@pytest.mark.parametrize(
    ("cells", "code"),
    [(";Werkpoort;;;", "instrument_missing"), ("jobcoach;;01-06-2018;;voltooid", "result_without_end")],
)
def test_what_is_left_out_is_said(cells: str, code: str) -> None:
    assert code in warnings(checked(town(), file(f"K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;{cells}")))


def test_what_was_recorded_under_a_code_that_ended_since_can_still_be_ended() -> None:
    municipality = town()
    imported(municipality, FILE)
    end_code(by=BY, code=Code.objects.get(code_list__key="instrument_kind", code="job_coach"), ends_on=FIRST)
    head = "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Traject;Einde traject"
    imported(municipality, file("K1;Meer;01-01-2018;24-05-2018;4-;naar trede 5;31-12-2018", headings=head))
    assert instruments() == [("job_coach", "Werkpoort", date(2018, 6, 1), date(2019, 1, 1), "")]


def test_a_kind_of_trajectory_that_ended_is_taken_over_by_its_name() -> None:
    municipality = town()
    end_code(by=BY, code=Code.objects.get(code_list__key="trajectory_kind", code="orientation"), ends_on=FIRST)
    row = file("K1;Meer;01-01-2018;24-05-2019;4-;Oriëntatietraject;;;;;")
    assert "kind_as_name" in warnings(checked(municipality, row))
    assert counts(imported(municipality, row)) == (1, 0, 0, 0)
    assert held(Trajectory, "kind", "name") == [("other", "oriëntatie")]
    assert counts(imported(municipality, row)) == (0, 0, 1, 0)


def test_an_import_is_undone_with_its_instruments() -> None:
    municipality = town()
    first = imported(municipality, FILE)
    stood = instruments()
    second = imported(
        municipality,
        file("K1;Meer;01-01-2018;24-05-2019;5;naar trede 6;jobcoach;Werkpoort;01-06-2018;31-12-2019;voltooid"),
    )
    assert instruments() != stood
    undo_import(by=BY, batch=ImportBatch.objects.get(pk=second.batch.pk))
    assert instruments() == stood
    undo_import(by=BY, batch=ImportBatch.objects.get(pk=first.batch.pk))
    assert instruments() == []
    assert counts(imported(municipality, FILE))[3] == 0
    assert instruments() == stood


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ("WWB;01-03-2016;;;", "code_ended"),
        ("Participatiewet;01-03-2010;31-12-2012;;", "code_not_yet"),
        ("WWB;01-03-2010;;;", None),
        ("Participatiewet;01-03-2010;;;", None),  # the law that followed
    ],
)
def test_a_law_that_did_not_hold_is_warned_of(cells: str, code: str | None) -> None:
    head = "Klantnummer;Achternaam;Uitkering;Begin uitkering;Einde uitkering;Reden instroom;Reden uitstroom"
    municipality = town()
    outcome = checked(municipality, file(f"K1;Meer;{cells}", headings=head))
    assert {"code_ended", "code_not_yet"} & warnings(outcome) == ({code} if code else set())
    assert counts(outcome) == (1, 0, 0, 0)


def test_an_ended_reason_is_warned_of() -> None:
    municipality = town()
    end_code(by=BY, code=Code.objects.get(code_list__key="exit_reason", code="moved_out"), ends_on=FIRST)
    head = "Klantnummer;Achternaam;Uitkering;Begin uitkering;Einde uitkering;Reden uitstroom"
    late = checked(municipality, file("K1;Meer;pw;01-01-2016;31-12-2019;verhuizing", headings=head))
    assert [(one.column, one.params["last"]) for one in late.problems if str(one.code) == "code_ended"] == [
        ("Reden uitstroom", "23-05-2018")
    ]
    before = checked(municipality, file("K1;Meer;pw;01-01-2016;31-12-2017;verhuizing", headings=head))
    assert "code_ended" not in warnings(before)


def test_an_exemption_and_a_barrier_are_looked_at_on_the_day_of_their_row() -> None:
    municipality = town()
    for words, code in (("exemption_ground", "medical"), ("barrier_kind", "language")):
        end_code(by=BY, code=Code.objects.get(code_list__key=words, code=code), ends_on=FIRST)
    head = "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Ontheffing;Belemmering"
    rows = ("K1;Meer;01-01-2018;23-05-2018;2;medisch;taal", "K2;Bos;01-01-2018;24-05-2018;2;medisch;geld, taal")
    outcome = checked(municipality, file(*rows, headings=head))
    said = [(one.row, one.column) for one in outcome.problems if str(one.code) == "code_ended"]
    assert said == [(3, "Ontheffing"), (3, "Belemmering")]
    assert counts(outcome) == (2, 0, 0, 0)
