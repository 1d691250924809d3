"""Placements and what is seen with them: new, corrected, unchanged; traits, barriers and exemptions over time."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.clients.models import Barrier, Exemption, Trait
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from tests.exchange.imports import checked, counts, errors, held, imported, lines, town, warnings

pytestmark = pytest.mark.django_db
HEAD = "Klantnummer;Achternaam;Geboortedatum;Begin uitkering;Uitkering;Datum meting;Trede;Groeipotentieel;Doel"
PERSON = "K1;Bakker;01-02-1980;01-01-2019;pw"
DAY = "01-06-2020"


@pytest.fixture
def municipality() -> Municipality:
    place = town()
    imported(place, lines(HEAD, f"{PERSON};{DAY};2+;ja;3-"))
    return place


def seen(heading: str, *rows: str) -> bytes:
    """A file with one more column, seen on a day of measurement."""
    return lines(f"Klantnummer;Achternaam;Datum meting;Trede;{heading}", *(f"K1;Bakker;{row}" for row in rows))


@pytest.mark.parametrize(
    "values", ["3;ja;3-", "2+;nee;3-", "2+;onbekend;3-", "2+;ja;4+"], ids=["level", "growth", "unknown", "expected"]
)
def test_another_value_on_the_day_corrects(municipality: Municipality, values: str) -> None:
    content = lines(HEAD, f"{PERSON};{DAY};{values}")
    assert counts(imported(municipality, content)) == (0, 1, 0, 0)
    row = Measurement.objects.current().get()
    assert (row.reason, row.replaces_id is not None) == ("correction", True)
    assert counts(imported(municipality, content)) == (0, 0, 1, 0)


def test_a_correction_keeps_what_the_file_lacks(municipality: Municipality) -> None:
    imported(municipality, lines("Klantnummer;Achternaam;Datum meting;Trede", f"K1;Bakker;{DAY};1"))
    assert held(Measurement, "level__code", "growth", "expected_level__code") == [("1", 1, "3-")]


def test_another_day_is_another_placement_and_a_fall_is_counted(municipality: Municipality) -> None:
    outcome = imported(municipality, lines(HEAD, f"{PERSON};01-06-2021;1+;ja;3-"))
    assert outcome.checked.plan.large_change.fell
    assert held(Measurement, "measured_on", "level__code") == [(date(2020, 6, 1), "2+"), (date(2021, 6, 1), "1+")]
    half = imported(municipality, lines(HEAD, f"{PERSON};01-06-2022;1-;ja;3-"))
    assert not half.checked.plan.large_change.fell


def test_an_older_placement_is_no_fall(municipality: Municipality) -> None:
    outcome = imported(municipality, lines(HEAD, f"{PERSON};01-06-2019;1;ja;3-"))
    assert (counts(outcome), outcome.checked.plan.large_change.clients) == ((0, 1, 0, 0), 0)


def test_what_the_ladder_refuses_or_warns_of_stands_at_its_row(municipality: Municipality) -> None:
    before = checked(municipality, lines("Klantnummer;Achternaam;Datum meting;Trede", "K1;Bakker;01-06-1979;2"))
    assert errors(before) == [(2, "Datum meting", "measured_before_birth")]
    outside = checked(municipality, lines(HEAD, f"{PERSON};01-06-2018;2;;1"))
    assert warnings(outside) == {"outside_follow_up", "expected_below_current"}
    assert errors(outside) == []


def test_one_client_by_number_and_by_bsn_is_not_placed_twice_on_a_day(municipality: Municipality) -> None:
    imported(municipality, lines("Klantnummer;BSN;Achternaam", "K1;999986764;Bakker"))
    head = "Klantnummer;BSN;Achternaam;Datum meting;Trede"
    content = lines(head, "K1;;Bakker;01-07-2021;2", ";999986764;Bakker;01-07-2021;3")
    assert errors(checked(municipality, content)) == [(3, "Trede", "two_placements_one_day")]


def test_rows_that_repeat_count_once(municipality: Municipality) -> None:
    row = "K5;Smit;01-02-1980;01-01-2019;pw;01-06-2020;2;ja;3"
    outcome = imported(municipality, lines(HEAD, row, row))
    assert (counts(outcome), warnings(outcome)) == ((1, 0, 1, 0), {"row_repeated"})


def test_a_trait_holds_from_the_measuring_day_until_seen_otherwise(municipality: Municipality) -> None:
    imported(municipality, seen("Laaggeletterd", "01-06-2020;2+;ja"))
    imported(municipality, seen("Laaggeletterd", "01-06-2021;2+;nee"))
    assert held(Trait, "kind", "value", "starts_on", "ends_on") == [
        ("low_literate", "no", date(2021, 6, 1), None),
        ("low_literate", "yes", date(2020, 6, 1), date(2021, 6, 1)),
    ]
    assert counts(imported(municipality, seen("Laaggeletterd", "01-06-2020;2+;ja"))) == (0, 0, 1, 0)
    assert counts(imported(municipality, seen("Laaggeletterd", "01-06-2021;2+;"))) == (0, 0, 1, 0)


def test_unknown_is_news_only_where_something_was_known(municipality: Municipality) -> None:
    imported(municipality, seen("Startkwalificatie", "01-06-2020;2+;onbekend"))
    assert held(Trait, "value") == []
    imported(municipality, seen("Startkwalificatie", "01-06-2020;2+;ja"))
    imported(municipality, seen("Startkwalificatie", "01-06-2021;2+;onbekend"))
    assert held(Trait, "value", "starts_on") == [("unknown", date(2021, 6, 1)), ("yes", date(2020, 6, 1))]


def test_a_trait_without_a_day_holds_with_follow_up_and_changes_with_the_file(municipality: Municipality) -> None:
    head = "Klantnummer;Achternaam;Inburgering"
    imported(municipality, lines(head, "K1;Bakker;plicht"))
    imported(municipality, lines(head, "K1;Bakker;geen"), reference_date=date(2022, 1, 1))
    assert held(Trait, "value", "starts_on", "ends_on") == [
        ("duty", date(2019, 1, 1), date(2022, 1, 1)),
        ("none", date(2022, 1, 1), None),
    ]


def test_an_earlier_sight_of_a_trait_puts_it_back_in_time(municipality: Municipality) -> None:
    imported(municipality, seen("Laaggeletterd", "01-06-2021;2+;ja"))
    imported(municipality, seen("Laaggeletterd", "01-06-2020;2+;ja"))
    assert held(Trait, "value", "starts_on", "ends_on") == [("yes", date(2020, 6, 1), None)]


def test_barriers_are_added_once_and_never_ended_by_absence(municipality: Municipality) -> None:
    imported(municipality, seen("Belemmering", "01-06-2020;2+;taal, geld"))
    outcome = imported(municipality, seen("Belemmering", "01-06-2021;2+;taal"))
    assert counts(outcome) == (0, 1, 0, 0)
    assert held(Barrier, "kind", "starts_on", "ends_on") == [
        ("language", date(2020, 6, 1), None),
        ("money", date(2020, 6, 1), None),
    ]


def test_none_known_gives_way_to_a_barrier(municipality: Municipality) -> None:
    imported(municipality, seen("Belemmering", "01-06-2020;2+;geen"))
    imported(municipality, seen("Belemmering", "01-06-2021;2+;taal"))
    imported(municipality, seen("Belemmering", "01-06-2022;2+;geen"))
    assert held(Barrier, "kind", "starts_on", "ends_on") == [
        ("language", date(2021, 6, 1), None),
        ("none", date(2020, 6, 1), date(2021, 6, 1)),
    ]


def test_an_exemption_holds_until_its_last_day(municipality: Municipality) -> None:
    imported(municipality, seen("Ontheffing;Ontheffing tot", "01-06-2020;2+;medisch;"))
    imported(municipality, seen("Ontheffing;Ontheffing tot", "01-06-2020;2+;medisch;31-12-2020"))
    assert held(Exemption, "ground", "starts_on", "ends_on") == [("medical", date(2020, 6, 1), date(2021, 1, 1))]
    again = seen("Ontheffing;Ontheffing tot", "01-06-2020;2+;medisch;31-12-2020")
    assert counts(imported(municipality, again)) == (0, 0, 1, 0)


def test_the_placement_copies_what_is_seen_that_day(municipality: Municipality) -> None:
    imported(municipality, seen("Laaggeletterd;Ontheffing;Instrument in gebruik", "01-06-2021;2+;ja;medisch;nee"))
    row = Measurement.objects.current().get(measured_on=date(2021, 6, 1))
    assert (row.low_literate, row.exempt, row.instrument_in_use) == ("yes", "yes", "no")
