"""Whatever a file says: once imported it says nothing new, nothing overlaps, and undoing brings back what held."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opstap.clients.models import Address, Assignment, BenefitSpell, FollowUp, Trait
from opstap.exchange.operations import undo_import
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
