"""What a process remembers of reference data: kept over recordings of facts, read anew after any other, never wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from threading import Event as Signal
from threading import Thread

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import Team
from opstap.accounts.operations import create_team, rename_team
from opstap.audit.operations import writing
from opstap.audit.permissions import command_line
from opstap.audit.selectors import forget_remembered, latest_recording, reference_known_at, remembered
from opstap.municipality.models import Municipality
from opstap.municipality.operations import change_setting
from opstap.municipality.selectors import setting_on
from tests.factories.municipality import a_municipality
from tests.verbs import ReferenceChanged

BY = command_line()
DAY = date(2026, 3, 1)
FACTS, REFERENCE = "record_measurement", "add_code"
AllNames = Callable[[int], list[str]]


@pytest.fixture
def names() -> AllNames:
    """A read of reference data as the rooms have them."""

    @remembered
    def names_of_teams(_recording: int) -> list[str]:
        return list(Team.objects.order_by("pk").values_list("name", flat=True))

    return names_of_teams


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def record(verb: str) -> None:
    with writing(by=BY, verb=verb):
        pass


def queries(names: AllNames) -> int:
    latest = latest_recording()
    with CaptureQueriesContext(connection) as captured:
        names(latest)
    return len(captured)


@pytest.mark.django_db
def test_a_recording_of_facts_costs_one_look_and_no_read(town: Municipality, names: AllNames) -> None:
    assert (queries(names), queries(names)) == (1, 0)
    for _ in range(3):
        record(FACTS)
    assert (queries(names), queries(names)) == (1, 0)
    record(REFERENCE)
    assert (queries(names), queries(names)) == (2, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", [REFERENCE, "a_verb_that_nobody_classified"])
def test_a_change_shows_at_once_also_when_facts_were_written_around_it(
    town: Municipality, names: AllNames, verb: str
) -> None:
    team = create_team(by=BY, municipality=town, name="Oud")
    assert names(latest_recording()) == ["Oud"]
    record(FACTS)
    with writing(by=BY, verb=FACTS), writing(by=BY, verb=verb):
        Team.objects.filter(pk=team.pk).update(name="Nieuw")
    record(FACTS)
    assert names(latest_recording()) == ["Nieuw"]


@pytest.mark.django_db
def test_what_is_seen_while_writing_is_not_kept(town: Municipality, names: AllNames) -> None:
    """The number may go to the next writer, and more may be done in the same recording."""
    names(latest_recording())
    with suppress(ZeroDivisionError), writing(by=BY, verb=FACTS):
        create_team(by=BY, municipality=town, name="Komt niet")
        number = latest_recording()
        assert names(number) == ["Komt niet"]
        raise ZeroDivisionError
    record(FACTS)
    assert latest_recording() == number
    assert names(number) == []
    with writing(by=BY, verb=FACTS):
        assert names(latest_recording()) == []
        create_team(by=BY, municipality=town, name="Eerst")
        assert names(latest_recording()) == ["Eerst"]
        create_team(by=BY, municipality=town, name="Dan")
    assert names(latest_recording()) == ["Eerst", "Dan"]


@pytest.mark.django_db
def test_an_earlier_recording_gets_the_answer_of_then(town: Municipality) -> None:
    @remembered
    def gap(recording: int) -> int | str:
        return setting_on(town.pk, "benefit_gap_days", DAY, recording=recording)

    asked = {}
    for days in (10, 20, 30):
        change_setting(by=BY, municipality=town, key="benefit_gap_days", value=days, since=date(2020, 1, days))
        record(FACTS)
        asked[latest_recording()] = days
        record(FACTS)
    middle = list(asked)[1]
    assert gap(middle) == 20
    assert {number: gap(number) for number in asked} == asked
    assert {number: gap(number + 1) for number in reversed(asked)} == dict(reversed(asked.items()))
    forget_remembered()
    assert {number: gap(number) for number in asked} == asked


@pytest.mark.django_db
def test_a_verb_of_facts_that_changes_reference_data_is_caught_while_tests_run(town: Municipality) -> None:
    with pytest.raises(ReferenceChanged, match="accounts_team"), writing(by=BY, verb=FACTS):
        Team.objects.create(municipality=town, name="Stiekem")


class Colleague:
    """Another connection that renames a team, and stops before its commit until told."""

    def __init__(self, team: Team) -> None:
        self.team, self.written, self.may_commit = team, Signal(), Signal()
        self.thread = Thread(target=self._write)
        self.thread.start()
        assert self.written.wait(20)

    def _write(self) -> None:
        try:
            with writing(by=BY, verb=FACTS):
                rename_team(by=BY, team=self.team, name="Hernoemd")
                self.written.set()
                self.may_commit.wait(20)
        finally:
            connection.close()

    def commit(self) -> None:
        self.may_commit.set()
        self.thread.join(20)
        assert not self.thread.is_alive()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_change_that_was_open_while_asked_is_seen_after_its_commit(names: AllNames) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("on SQLite in memory there is one connection")
    town = a_municipality()
    team = create_team(by=BY, municipality=town, name="Oud")
    assert names(latest_recording()) == ["Oud"]
    colleague = Colleague(team)
    before = latest_recording()
    assert names(before) == ["Oud"]
    waiting = Thread(target=_record_and_close)
    waiting.start()
    assert reference_known_at(latest_recording()) <= before
    colleague.commit()
    waiting.join(20)
    assert latest_recording() == before + 2
    assert names(latest_recording()) == ["Hernoemd"]


def _record_and_close() -> None:
    """Facts by a third, who waits for the colleague and comes after."""
    try:
        record(FACTS)
    finally:
        connection.close()
