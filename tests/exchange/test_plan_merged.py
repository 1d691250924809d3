"""Importing after two dossiers of one person were merged: known in either is known, and each row stays where it was."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from opstap.clients.models import Address, Assignment, BenefitSpell, Client, FollowUp, KeptValue, Person, Trait
from opstap.clients.operations import merge_clients, undo_merge
from opstap.exchange.enums import Halt
from opstap.exchange.operations import ImportHalted, undo_import
from opstap.exchange.selectors.plan import stored
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from opstap.plans.models import Activity, Instrument, Trajectory
from tests.exchange.imports import (
    BY,
    checked,
    counts,
    errors,
    facts_by_number,
    held,
    help_by_number,
    imported,
    lines,
    people_by_number,
    town,
)

pytestmark = pytest.mark.django_db
ONE, TWO = "999986764", "999924436"
HEAD = (
    "Klantnummer;BSN;Achternaam;Postcode;Begin uitkering;Uitkering;Casemanager;Team;Datum meting;Trede;Laaggeletterd;"
    "Belemmering;Ontheffing;Traject;Activiteit;Instrument;Aanbieder;Begin instrument;Auto"
)
OF_ONE = (
    "Meer;8601 AB;01-03-2019;pw;CM1;Werk;02-05-2019;2;ja;geld;medisch;naar trede 5;Koor;jobcoach;Werkpoort;"
    "01-06-2019;ja"
)
OF_TWO = "Meer;8602 CD;01-04-2019;ioaw;CM2;Zorg;01-05-2019;3;nee;taal;sociaal;naar trede 4;Taalles;;;;nee"
DAY = date(2020, 7, 1)


def rows(*cells: str) -> bytes:
    return lines(HEAD, *cells)


BOTH = rows(f"K1;{ONE};{OF_ONE}", f"K2;;{OF_TWO}")


def brought(municipality: Municipality, content: bytes, **words: Any) -> tuple[int, int, int, int]:
    return counts(imported(municipality, content, reference_date=DAY, accept_large_change=True, **words))


def merge() -> None:
    """K1 was entered for somebody who had number K2 already."""
    double, kept = (Client.objects.get(number=number) for number in ("K1", "K2"))
    merge_clients(by=BY, client=double, kept=kept, why="twee keer ingevoerd")


def everything(municipality: Municipality) -> tuple[object, ...]:
    return (
        facts_by_number(municipality), people_by_number(municipality), help_by_number(municipality),
        held(KeptValue, "client__number", "value"),
    )  # fmt: skip


@pytest.fixture(params=["few", "many"])
def merged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Municipality:
    """Two dossiers of one person, read by their ids and as part of the whole municipality."""
    if request.param == "many":
        monkeypatch.setattr(stored, "MANY", 0)
    municipality = town()
    assert brought(municipality, BOTH) == (2, 0, 0, 0)
    merge()
    return municipality


def test_what_the_merged_dossier_holds_comes_in_once_when_it_is_delivered_under_the_kept_number(
    merged: Municipality,
) -> None:
    before = everything(merged)
    brought(merged, rows(f"K2;;{OF_ONE}"))
    now = everything(merged)
    assert now[:3] == before[:3]
    assert now[3] == before[3]
    assert brought(merged, rows(f"K2;{ONE};{OF_ONE}")) == (0, 1, 0, 0)  # the kept dossier learns the BSN
    assert (everything(merged)[0], everything(merged)[2:]) == (before[0], before[2:])


def test_a_source_that_goes_on_delivering_both_says_nothing_new(merged: Municipality) -> None:
    before = everything(merged)
    assert brought(merged, BOTH) == (0, 0, 2, 0)
    assert brought(merged, rows(f"K1;{ONE};{OF_ONE}")) == (0, 0, 1, 0)
    assert brought(merged, rows(f"K2;;{OF_TWO}")) == (0, 0, 1, 0)
    assert everything(merged) == before


def test_a_row_with_only_the_bsn_of_the_merged_dossier_writes_to_the_kept_one(merged: Municipality) -> None:
    head = "BSN;Achternaam;Telefoon;Datum meting;Trede"
    assert brought(merged, lines(head, f"{ONE};Meer;058 1234567;01-06-2020;4")) == (0, 1, 0, 0)
    assert held(Person, "client__number", "phone") == [("K1", ""), ("K2", "058 1234567")]
    assert held(Measurement, "client__number", "level__code", "measured_on")[-1] == ("K2", "4", date(2020, 6, 1))


def test_a_row_that_is_corrected_stays_in_its_dossier(merged: Municipality) -> None:
    head = "Klantnummer;Achternaam;Datum meting;Trede;Begin uitkering;Einde uitkering;Uitkering"
    municipality = merged
    outcome = brought(municipality, lines(head, "K2;Meer;;;01-03-2019;30-06-2019;pw"))
    assert outcome == (0, 1, 0, 0)
    assert held(BenefitSpell, "client__number", "kind", "starts_on", "ends_on") == [
        ("K1", "participatiewet", date(2019, 3, 1), date(2019, 7, 1)),
        ("K2", "ioaw", date(2019, 4, 1), None),
    ]
    assert brought(municipality, lines(head, "K2;Meer;02-05-2019;5;;;")) == (0, 1, 0, 0)
    assert held(Measurement, "client__number", "level__code") == [("K1", "5"), ("K2", "3")]


def test_of_two_placements_on_one_day_the_one_of_the_dossier_that_a_row_names_is_corrected() -> None:
    municipality = town()
    head = "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede"
    start = lines(head, "K1;Meer;01-03-2019;01-05-2019;2", "K2;Meer;01-03-2019;01-05-2019;3")
    brought(municipality, start)
    merge()
    assert brought(municipality, start) == (0, 0, 2, 0)
    assert brought(municipality, lines(head, "K2;Meer;01-03-2019;01-05-2019;2")) == (0, 0, 1, 0)
    assert brought(municipality, lines(head, "K1;Meer;;01-05-2019;6")) == (0, 1, 0, 0)
    assert brought(municipality, lines(head, "K2;Meer;;01-05-2019;5")) == (0, 1, 0, 0)
    assert held(Measurement, "client__number", "level__code") == [("K1", "6"), ("K2", "5")]
    both = checked(municipality, lines(head, "K1;Meer;;01-06-2019;6", "K2;Meer;;01-06-2019;5"))
    assert errors(both) == [(3, "Trede", "two_placements_one_day")]


def test_help_goes_on_in_the_dossier_where_it_began(merged: Municipality) -> None:
    head = "Klantnummer;Achternaam;Datum meting;Trede;Traject;Activiteit;Instrument;Begin instrument"
    assert brought(merged, lines(head, "K2;Meer;01-06-2019;4;naar trede 5;Zwemmen;cursus;01-06-2019")) == (0, 1, 0, 0)
    assert held(Activity, "client__number", "description") == [("K1", "Koor"), ("K1", "Zwemmen"), ("K2", "Taalles")]
    assert held(Instrument, "client__number", "kind") == [("K1", "course"), ("K1", "job_coach")]
    assert len(held(Trajectory, "pk")) == 2
    assert brought(merged, lines(head, "K2;Meer;01-06-2020;4;naar trede 6;;;")) == (0, 1, 0, 0)
    assert len(held(Trajectory, "pk")) == 3


def test_what_a_merged_number_ends_is_its_own_follow_up_and_the_kept_number_ends_both(merged: Municipality) -> None:
    head = "Klantnummer;Achternaam;Einde begeleiding"
    assert brought(merged, lines(head, "K1;Meer;31-12-2019")) == (0, 1, 0, 0)
    assert held(FollowUp, "client__number", "ends_on") == [("K1", date(2020, 1, 1)), ("K2", None)]
    assert brought(merged, lines(head, "K1;Meer;31-12-2019")) == (0, 0, 1, 0)
    assert held(FollowUp, "client__number", "ends_on") == [("K1", date(2020, 1, 1)), ("K2", None)]
    assert brought(merged, lines(head, "K2;Meer;31-05-2020")) == (0, 1, 0, 0)
    assert held(FollowUp, "client__number", "ends_on") == [("K1", date(2020, 1, 1)), ("K2", date(2020, 6, 1))]


def test_the_kept_number_ends_what_still_runs_in_either_dossier(merged: Municipality) -> None:
    assert brought(merged, lines("Klantnummer;Achternaam;Einde begeleiding", "K2;Meer;31-05-2020")) == (0, 1, 0, 0)
    assert {row[1] for row in held(FollowUp, "client__number", "ends_on")} == {date(2020, 6, 1)}


def test_another_caseload_or_address_follows_what_held_in_either(merged: Municipality) -> None:
    head = "Klantnummer;Achternaam;Postcode;Casemanager;Team;Laaggeletterd"
    moved = lines(head, "K2;Meer;8603 EF;CM3;Werk;onbekend")
    assert brought(merged, moved) == (0, 1, 0, 0)
    assert brought(merged, moved) == (0, 0, 1, 0)
    for model, value in ((Address, "postcode"), (Assignment, "worker__name"), (Trait, "value")):
        standing = [row for row in held(model, "client__number", "ends_on", value) if row[1] is None]
        assert standing == [("K2", None, {"postcode": "8603 EF", "value": "unknown"}.get(value, "CM3"))]


@pytest.mark.parametrize("number", ["K1", "K2"])
def test_undoing_brings_back_what_held_in_either_dossier(merged: Municipality, number: str) -> None:
    before = everything(merged)
    head = (
        "Klantnummer;BSN;Achternaam;Postcode;Begin uitkering;Einde uitkering;Uitkering;Casemanager;Team;Datum meting;"
        "Trede;Laaggeletterd;Traject;Auto;Einde begeleiding"
    )
    row = f"{number};{ONE};Meer;8603 EF;01-03-2019;30-06-2019;pw;CM3;Werk;02-05-2019;6;onbekend;naar trede 6;soms;"
    outcome = imported(merged, lines(head, row + "31-12-2019"), reference_date=DAY, accept_large_change=True)
    assert everything(merged) != before
    undo_import(by=BY, batch=outcome.batch)
    assert everything(merged) == before
    undo_merge(by=BY, client=Client.objects.get(number="K1"), why="toch twee mensen")
    assert errors(checked(merged, BOTH)) == []
    assert brought(merged, BOTH) == (0, 0, 2, 0)


def test_an_import_of_one_dossier_is_undone_after_the_later_one_of_the_other() -> None:
    municipality = town()
    first = imported(municipality, rows(f"K1;{ONE};{OF_ONE}"), reference_date=DAY)
    other = imported(municipality, rows(f"K2;;{OF_TWO}"), reference_date=DAY)
    merge()
    later = imported(municipality, lines("Klantnummer;Achternaam;Datum meting;Trede", "K2;Meer;01-06-2020;4"))
    for batch in (first.batch, other.batch):
        with pytest.raises(ImportHalted) as halted:
            undo_import(by=BY, batch=batch)
        assert halted.value.code == Halt.LATER_IMPORT
        assert halted.value.params["reference"] == later.batch.reference
    undo_import(by=BY, batch=later.batch)
    undo_import(by=BY, batch=first.batch)  # they were two when the other was imported
    assert held(Measurement, "client__number") == ["K2"]


def test_a_bsn_of_the_merged_dossier_beside_another_number_leads_to_the_kept_number(merged: Municipality) -> None:
    outcome = checked(merged, lines("Klantnummer;BSN;Achternaam;Begin uitkering", f"K9;{ONE};Meer;01-01-2020"))
    assert [(str(one.code), one.params["other"]) for one in outcome.problems if one.severity == "error"] == [
        ("bsn_of_other_client", "K2")
    ]
