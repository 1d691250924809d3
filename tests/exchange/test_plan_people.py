"""Who a row is about, and what is recorded of the person: matched by number, else BSN; corrected, never erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opstap.audit.permissions import command_line
from opstap.clients.models import Address, BsnHolder, Client, KeptValue, Person
from opstap.clients.operations import merge_clients, protect_dossier
from opstap.foundation.dates import today
from opstap.municipality.models import Municipality
from tests.exchange.imports import checked, counts, errors, held, imported, lines, town

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = "999986764", "999924436", "999947485"
HEAD = "Klantnummer;BSN;Achternaam;Voornaam;Geboortedatum;Begin uitkering;Uitkering"


@pytest.fixture
def municipality() -> Municipality:
    place = town()
    imported(
        place, lines(HEAD, f"K1;{ONE};van der Meer;Anna;01-02-1980;01-03-2020;pw", "K2;;Bakker;Jan;;01-04-2020;pw")
    )
    return place


def test_a_difference_corrects_and_keeps_what_the_file_lacks(municipality: Municipality) -> None:
    outcome = imported(municipality, lines("Klantnummer;Achternaam;Telefoon", "K1;van der Meer;058 1234567"))
    assert counts(outcome) == (0, 1, 0, 0)
    row = Person.objects.current().get(client__number="K1")
    assert (row.surname, row.given_names, row.phone) == ("Meer", "Anna", "058 1234567")
    assert (row.birth_date, row.replaces_id is not None, row.bsn_digest is not None) == (date(1980, 2, 1), True, True)
    assert Person.objects.filter(client__number="K1").count() == 2


def test_empty_cells_and_absent_columns_erase_nothing(municipality: Municipality) -> None:
    outcome = imported(municipality, lines(HEAD, "K1;;van der Meer;;;;", "K2;;Bakker;;;;"))
    assert counts(outcome) == (0, 0, 2, 0)


def test_another_surname_takes_its_own_prefix(municipality: Municipality) -> None:
    imported(municipality, lines("Klantnummer;Achternaam", "K1;Jansen"))
    assert held(Person, "surname", "name_prefix", number="K1") == [("Jansen", "")]


def test_initials_never_go_before_a_name(municipality: Municipality) -> None:
    assert counts(imported(municipality, lines("Klantnummer;Achternaam;Voorletters", "K1;van der Meer;A.B."))) == (
        0,
        0,
        1,
        0,
    )
    imported(municipality, lines("Klantnummer;Achternaam;Voorletters;Begin uitkering", "K3;Smit;C.;01-01-2020"))
    imported(municipality, lines("Klantnummer;Achternaam;Voorletters", "K3;Smit;C.D."))
    assert held(Person, "given_names", number="K3") == ["C.D."]


def test_a_client_is_found_by_bsn_where_the_number_lacks(municipality: Municipality) -> None:
    outcome = imported(municipality, lines("BSN;Achternaam;E-mail", f"{ONE};van der Meer;anna@voorbeeld.nl"))
    assert counts(outcome) == (0, 1, 0, 0)
    assert held(Person, "email", number="K1") == ["anna@voorbeeld.nl"]


def test_a_new_client_without_a_number_gets_one_and_is_known_again(municipality: Municipality) -> None:
    content = lines("BSN;Achternaam;Begin uitkering;Uitkering", f"{TWO};Visser;01-05-2021;pw")
    assert counts(imported(municipality, content)) == (1, 0, 0, 0)
    assert counts(imported(municipality, content)) == (0, 0, 1, 0)
    assert Client.objects.count() == 3


def test_a_bsn_learnt_later_is_added_and_held(municipality: Municipality) -> None:
    content = lines("Klantnummer;BSN;Achternaam", f"K2;{TWO};Bakker")
    assert counts(imported(municipality, content)) == (0, 1, 0, 0)
    assert counts(imported(municipality, content)) == (0, 0, 1, 0)
    assert BsnHolder.objects.count() == 2


def test_bsn_and_number_that_contradict_what_is_known_are_refused(municipality: Municipality) -> None:
    head = "Klantnummer;BSN;Achternaam;Begin uitkering"
    for row, expected in (
        (f"K9;{ONE};van der Meer;01-01-2020", ("BSN", "bsn_of_other_client")),
        (f"K2;{ONE};Bakker;01-01-2020", ("BSN", "bsn_of_other_client")),
        (f"K1;{THREE};van der Meer;01-01-2020", ("Klantnummer", "number_has_other_bsn")),
    ):
        assert errors(checked(municipality, lines(head, row))) == [(2, *expected)]


def test_the_bsn_of_a_merged_dossier_may_stand_beside_the_number_of_the_one_that_was_kept(
    municipality: Municipality,
) -> None:
    kept, double = Client.objects.get(number="K2"), Client.objects.get(number="K1")
    rows = lines("Klantnummer;BSN;Achternaam", f"K2;{ONE};Bakker")
    assert errors(checked(municipality, rows)) != []
    merge_clients(by=command_line(), client=double, kept=kept, why="twee keer ingevoerd")
    assert errors(checked(municipality, rows)) == []
    assert counts(imported(municipality, rows)) == (0, 1, 0, 0)
    assert Person.objects.current().get(client=kept).bsn_digest is not None
    assert counts(imported(municipality, rows)) == (0, 0, 1, 0)
    assert errors(checked(municipality, lines("Klantnummer;BSN;Achternaam", f"K1;{TWO};van der Meer"))) != []


def test_a_new_client_needs_a_name_and_a_start(municipality: Municipality) -> None:
    nameless = checked(municipality, lines("Klantnummer;Begin uitkering", "K7;01-01-2020", "K1;01-03-2020"))
    assert errors(nameless) == [(2, "Klantnummer", "name_needed")]
    startless = lines("Klantnummer;Achternaam;Telefoon", "K7;Smit;058 1234567")
    assert errors(checked(municipality, startless)) == [(2, "Klantnummer", "no_start")]
    assert errors(checked(municipality, startless, reference_date=date(2021, 1, 1))) == []


def test_two_municipalities_may_know_the_same_bsn(municipality: Municipality) -> None:
    content = lines("Klantnummer;BSN;Achternaam;Begin uitkering", f"K1;{ONE};van der Meer;01-01-2020")
    assert counts(imported(town("Elders"), content)) == (1, 0, 0, 0)


def test_an_address_starts_with_follow_up_and_moves_on_the_day_of_the_file(municipality: Municipality) -> None:
    head = "Klantnummer;Achternaam;Straat;Huisnummer;Postcode;Woonplaats"
    imported(municipality, lines(head, "K1;van der Meer;Dijk;1;8601 AB;Sneek"))
    assert held(Address, "starts_on", "ends_on", "street") == [(date(2020, 3, 1), None, "Dijk")]
    moved = lines("Klantnummer;Achternaam;Postcode", "K1;van der Meer;8605 CD")
    imported(municipality, moved, reference_date=date(2022, 1, 1))
    assert held(Address, "starts_on", "ends_on", "street", "postcode") == [
        (date(2020, 3, 1), date(2022, 1, 1), "Dijk", "8601 AB"),
        (date(2022, 1, 1), None, "", "8605 CD"),
    ]
    assert counts(imported(municipality, moved, reference_date=date(2022, 1, 1))) == (0, 0, 1, 0)


def test_values_without_a_home_are_kept_by_source(municipality: Municipality) -> None:
    first = lines("Klantnummer;Achternaam;Opmerkingen;Auto", "K1;van der Meer;Cursus;nee")
    assert counts(imported(municipality, first)) == (0, 1, 0, 0)
    assert counts(imported(municipality, first)) == (0, 0, 1, 0)
    imported(municipality, lines("Klantnummer;Achternaam;Opmerkingen;Auto", "K1;van der Meer;;ja"))
    assert held(KeptValue, "heading", "value") == [("Auto", "ja"), ("remarks", "Cursus")]


@pytest.mark.parametrize("row", [f"K1;{ONE};Anders", f";{ONE};Anders", "K1;;Anders", f"K9;{ONE};Anders"])
def test_no_file_changes_a_protected_dossier_and_nothing_of_it_is_said(municipality: Municipality, row: str) -> None:
    client = Client.objects.get(number="K1")
    protect_dossier(
        by=command_line(), client=client, reason="threatened", review_on=today() + timedelta(days=30), why="x"
    )
    outcome = checked(municipality, lines("Klantnummer;BSN;Achternaam", row, "K2;;Bakker-Smit"))
    assert [code for _row, _column, code in errors(outcome)] == ["dossier_protected"]
    assert all(not problem.value for problem in outcome.problems if problem.code == "dossier_protected")
    assert counts(outcome)[3] == 1


def test_a_number_that_the_file_gives_to_a_protected_dossier_leads_nobody_there(municipality: Municipality) -> None:
    client = Client.objects.get(number="K1")
    protect_dossier(
        by=command_line(), client=client, reason="threatened", review_on=today() + timedelta(days=30), why="x"
    )
    outcome = checked(municipality, lines("Klantnummer;BSN;Achternaam", f"K1;{TWO};Anders", f";{TWO};Anders"))
    assert [code for _row, _column, code in errors(outcome)] == ["dossier_protected", "dossier_protected"]
