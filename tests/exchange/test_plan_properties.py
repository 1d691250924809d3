"""Whatever a file says: once imported it says nothing new, nothing overlaps, and undoing brings back what held."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.clients.models import Address, Assignment, Barrier, BenefitSpell, Client, Exemption, FollowUp, Trait
from opstap.clients.operations import merge_clients
from opstap.exchange.operations import undo_import
from opstap.ladder.models import Measurement
from opstap.municipality.models import Municipality
from tests.exchange.imports import (
    BY,
    facts_by_number,
    held,
    help_by_number,
    imported,
    lines,
    people_by_number,
    town,
)

pytestmark = pytest.mark.django_db
HEAD = (
    "Klantnummer;Achternaam;Postcode;Begin uitkering;Einde uitkering;Uitkering;Begin begeleiding;Einde begeleiding;"
    "Casemanager;Team;Datum meting;Trede;Groeipotentieel;Laaggeletterd;Belemmering;Ontheffing;Traject;Trajectdoel;"
    "Begin traject;Einde traject;Activiteit;Instrument;Aanbieder;Begin instrument;Einde instrument;Resultaat instrument"
)
numbers = count()
days = st.one_of(
    st.just(""), st.integers(0, 400).map(lambda at: f"{date(2019, 1, 1) + timedelta(days=at * 7 % 900):%d-%m-%Y}")
)


def one_of(*words: str) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *words])


rows = st.tuples(
    st.sampled_from(["K1", "K2"]), st.sampled_from(["Bakker", "Smit"]), one_of("8601 AB", "8602 CD"),
    days, days, one_of("pw", "ioaw", "Nug", "geen"), days, days, one_of("CM1", "CM2"), one_of("Werk", "Zorg"),
    days, one_of("1", "2+", "3-", "6"), one_of("ja", "nee", "onbekend"), one_of("ja", "nee", "onbekend"),
    one_of("taal", "geld, taal", "geen"), one_of("medisch", "sociaal"), one_of("Cursus", "Werk"),
    one_of("3", "6"), days, days, one_of("Koor", "Taalles"), one_of("jobcoach", "proefplaatsing", "WIW-baan"),
    one_of("Aan de Slag", "Werkpoort"), days, days, one_of("voltooid"),
)  # fmt: skip
files = st.lists(rows, min_size=1, max_size=4).map(lambda table: lines(HEAD, *(";".join(row) for row in table)))
REFERENCE = date(2020, 7, 1)


def held_by_number(municipality: Municipality) -> list[object]:
    """What stands of both dossiers, each row in its own."""
    kept = [
        held(model, "client__number", "starts_on", "ends_on", *what)
        for model, what in (
            (FollowUp, ()), (BenefitSpell, ("kind",)), (Address, ("postcode",)), (Assignment, ("team", "worker")),
            (Trait, ("kind", "value")), (Barrier, ("kind",)), (Exemption, ("ground",)),
        )
    ]  # fmt: skip
    placed = held(Measurement, "client__number", "measured_on", "level__code")
    return [*kept, placed, people_by_number(municipality), help_by_number(municipality)]


def taken(municipality: Municipality, content: bytes) -> dict[str, int]:
    outcome = imported(municipality, content, skip_refused=True, accept_large_change=True, reference_date=REFERENCE)
    return outcome.checked.counts()


@given(st.lists(files, min_size=1, max_size=3))
def test_a_file_says_nothing_new_the_second_time_and_periods_stay_apart(contents: list[bytes]) -> None:
    municipality = town(f"Gemeente {next(numbers)}")
    for content in contents:
        taken(municipality, content)
        again = taken(municipality, content)
        assert (again["new"], again["changed"]) == (0, 0)
    for model, what in ((FollowUp, ()), (BenefitSpell, ("kind",)), (Address, ()), (Assignment, ()), (Trait, ("kind",))):
        groups: dict[tuple[object, ...], list[tuple[date, date]]] = {}
        for key, town_id, start, end, *rest in held(
            model, "client_id", "client__municipality_id", "starts_on", "ends_on", *what
        ):
            if town_id == municipality.pk:
                groups.setdefault((key, *rest), []).append((start, end or date.max))
        for periods in groups.values():
            assert all(first[1] <= second[0] for first, second in pairwise(sorted(periods)))


@given(files, files)
def test_undoing_brings_back_what_held(first: bytes, second: bytes) -> None:
    municipality = town(f"Gemeente {next(numbers)}")
    taken(municipality, first)
    before = facts_by_number(municipality), people_by_number(municipality), help_by_number(municipality)
    outcome = imported(municipality, second, skip_refused=True, accept_large_change=True, reference_date=REFERENCE)
    undo_import(by=BY, batch=outcome.batch)
    now = facts_by_number(municipality), people_by_number(municipality), help_by_number(municipality)
    assert now == before


@given(files, files)
def test_the_same_holds_after_two_dossiers_of_one_person_were_merged(first: bytes, second: bytes) -> None:
    municipality = town(f"Gemeente {next(numbers)}")
    taken(municipality, first)
    found = {one.number: one for one in Client.objects.filter(municipality=municipality)}
    if len(found) < 2:
        return
    merge_clients(by=BY, client=found["K1"], kept=found["K2"], why="twee keer ingevoerd")
    taken(municipality, first)
    again = taken(municipality, first)
    assert (again["new"], again["changed"]) == (0, 0)
    before = held_by_number(municipality)
    outcome = imported(municipality, second, skip_refused=True, accept_large_change=True, reference_date=REFERENCE)
    again = taken(municipality, second)
    assert (again["new"], again["changed"]) == (0, 0)
    undo_import(by=BY, batch=outcome.batch)
    assert held_by_number(municipality) == before


HELP = (
    "Klantnummer;Achternaam;Begin uitkering;Datum meting;Trede;Traject;Trajectdoel;Begin traject;Einde traject;"
    "Activiteit;Instrument;Aanbieder;Begin instrument;Einde instrument"
)
rows_of_help = st.tuples(
    st.just("K1;Meer;01-01-2019"), days, one_of("1"), one_of("Cursus", "Werk", "naar trede 3", "behoud"),
    one_of("3", "6"), days, days, one_of("Koor", "Taalles"), one_of("jobcoach", "proefplaatsing"),
    one_of("Aan de Slag", "Werkpoort"), days, days,
)  # fmt: skip
# One row: of rows about one kind that contradict each other, which holds may depend on the day they are read.
files_of_help = st.lists(rows_of_help, min_size=1, max_size=1)


@given(files_of_help, st.sampled_from([1, 200, 900]))
def test_help_that_is_read_again_later_says_nothing_new(table: list[tuple[str, ...]], later: int) -> None:
    municipality = town(f"Gemeente {next(numbers)}")
    content = lines(HELP, *(";".join(row) for row in table))
    words: dict[str, Any] = {"skip_refused": True, "accept_large_change": True}
    first = date(2020, 1, 1)
    imported(municipality, content, reference_date=first, **words)
    before = help_by_number(municipality)
    imported(municipality, content, reference_date=first + timedelta(days=later), **words)
    assert help_by_number(municipality) == before
