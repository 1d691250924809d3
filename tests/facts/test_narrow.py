"""What is kept of each person is narrow, and worked out by the engine that is quick for few rows."""

from __future__ import annotations

import gc
from datetime import date
from weakref import ref

import polars as pl
import pytest

from opstap.analytics.distribution import Split
from opstap.analytics.distribution.case_mix import Strata
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.dimensions import dimension_of, groups_on
from opstap.facts.selectors.people import Choice, Reach, held_on, people_on
from opstap.facts.selectors.tables import TABLES
from opstap.reporting.selectors.profile import answers_on
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 15)
TEXTS = {"postcode", "folded_name", "value"}
"""What differs from person to person, or may: a number for each would save nothing, and the words would stay."""


def test_a_word_of_a_list_is_kept_as_a_number_and_no_row_says_again_that_it_stands() -> None:
    town = a_municipality()
    placed(a_client(town), "3", on=DAY)
    for name in TABLES:
        held = facts_of(town.pk).table(name).schema
        assert {column for column, kind in held.items() if kind == pl.String} <= TEXTS
        assert not held.keys() & {"replaces", "withdrawn"}


def test_a_row_and_its_recording_are_numbers_of_four_bytes_and_a_placement_takes_no_more_than_forty_six() -> None:
    town = a_municipality()
    for _ in range(8):
        placed(a_client(town), "3", on=DAY)
    held = facts_of(town.pk).table("measurements")
    assert held.schema["id"] == held.schema["recording"] == pl.Int32
    assert held.estimated_size() / held.height < 46


def test_an_answer_takes_a_byte() -> None:
    town = a_municipality()
    with_trait(a_client(town), "low_literate", "yes", date(2024, 1, 1))
    answers = answers_on(facts_of(town.pk), DAY, ("exemption", "low_literacy", "no_qualification"), ("work",))
    assert {kind for column, kind in answers.schema.items() if column != "client_id"} == {pl.Int8}


def test_whom_a_reach_had_is_read_once_of_all_who_ask() -> None:
    town = a_municipality()
    worker, client = a_case_manager(a_team(town)), a_client(town)
    in_caseload(client, worker)
    reach, facts = Reach(worker_ids=frozenset({worker.pk})), facts_of(town.pk)
    held = held_on(facts, reach, DAY)
    placed(client, "3", on=DAY)
    assert held["client_id"].to_list() == [client.pk]
    assert held_on(facts_of(town.pk), Reach(worker_ids=frozenset({worker.pk})), DAY) is held


def test_who_is_chosen_by_a_narrower_choice_is_worked_out_once() -> None:
    town = a_municipality()
    worker, client, other = a_case_manager(a_team(town)), a_client(town), a_client(town)
    for one in (client, other):
        in_caseload(one, worker)
    reach = Reach(worker_ids=frozenset({worker.pk}))
    choice = Choice(reach, where=(("sex", "m"),), within=pl.Series([client.pk]))
    seen, whoever = choice.with_where(()), choice.with_where((), whoever=True)
    assert people_on(facts_of(town.pk), DAY, seen)["client_id"].to_list() == [client.pk]
    everybody = people_on(facts_of(town.pk), DAY, whoever)
    assert everybody["client_id"].to_list() == sorted([client.pk, other.pk])
    assert people_on(facts_of(town.pk), DAY, choice.with_where((), whoever=True)) is everybody


def test_a_choice_goes_when_nobody_asks_after_it_any_more() -> None:
    choice = Choice(Reach(), within=pl.Series([1]))
    choice.with_where(()), choice.with_where((), whoever=True)
    gone = ref(choice)
    gc.disable()
    try:
        del choice
        assert gone() is None
    finally:
        gc.enable()


def test_a_number_that_a_municipality_records_becomes_no_word_of_the_process() -> None:
    town = a_municipality()
    with_trait(a_client(town), "own_file", "317640218", date(2024, 1, 1))
    assert groups_on(facts_of(town.pk), dimension_of("own_file"), DAY).schema["group"] == pl.String
    assert groups_on(facts_of(town.pk), dimension_of("sex"), DAY).schema["group"] == pl.Categorical


def test_what_began_alike_is_added_up() -> None:
    strata = Strata({"1|<1": Split(1, 2, 3), "1|1-2": Split(4, 0, 1), "none|<1": Split(0, 0, 5)})
    assert strata.by_first_part == {"1": Split(5, 2, 4), "none": Split(0, 0, 5)}
    assert strata.known == {"1|<1": (3, 1), "1|1-2": (4, 4), "none|<1": (0, 0)}


def test_frames_are_worked_out_by_the_engine_that_begins_at_once() -> None:
    assert pl.Config.state()["POLARS_ENGINE_AFFINITY"] == "in-memory"
