"""The desk of which only the rows of a few are made anew is that of which all are; a page names whom a file names."""

from __future__ import annotations

import pytest
from polars.testing import assert_frame_equal

from opstap.audit.selectors import forget_answers
from opstap.dossier.selectors import attention, persons
from opstap.dossier.selectors.attention import desk_of
from opstap.facts.selectors.parts import forget_parts
from opstap.facts.selectors.people import people_on
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from opstap.ladder.operations import withdraw_measurement
from tests.factories.accounts import acting
from tests.factories.clients import BY, in_caseload
from tests.factories.contacts import agreed, spoken
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town_of_six(office: Office) -> Office:
    for number in range(6):
        client = office.of(office.jo if number % 2 else office.kim, f"Naam{number}")
        placed(client, str(number or 1), on=days_ago(300 + number), growth="yes", expected="6" if number < 5 else None)
    return office


def test_what_is_recorded_of_one_is_seen_as_if_all_were_read_anew(
    town_of_six: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, today = town_of_six, dates.today()
    anna = office.of(office.jo, "Anders")
    asked: list[int] = []

    def counting(*what: object) -> object:
        people = people_on(*what)  # type: ignore[arg-type]
        asked.append(people.height)
        return people

    monkeypatch.setattr(attention, "people_on", counting)

    def same_anew() -> None:
        before = desk_of(office.town.pk, today).rows
        assert asked == [1], "of nobody else are the rows made anew"
        forget_parts()
        forget_answers()
        assert_frame_equal(desk_of(office.town.pk, today).rows, before)
        asked.clear()

    desk_of(office.town.pk, today)
    asked.clear()
    first = placed(anna, "2", on=days_ago(90), growth="yes", expected="4")
    same_anew()
    a_trajectory(anna, since=days_ago(20), goal="4")
    same_anew()
    spoken(anna, days_ago(3))
    same_anew()
    agreed(anna, days_ago(-9), by=acting(office.jo))
    same_anew()
    in_caseload(anna, office.kim, team=office.team, since=days_ago(1))
    same_anew()
    withdraw_measurement(by=BY, measurement=Measurement.objects.get(pk=first.pk), why="Vergissing")
    same_anew()


def test_a_page_and_a_file_name_the_same_people(town_of_six: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office = town_of_six
    for number in range(3):  # another number of them, or another who asks: another question
        office.of(office.jo, f"Later{number}")
        for worker, count in ((office.jo, 4 + number), (office.kim, 3), (office.leader, 7 + number)):
            ids = list(desk_of(office.town.pk, dates.today()).rows["client_id"])
            on_page = persons.persons_seen(acting(worker), ids)
            assert len(on_page) == count
            with monkeypatch.context() as longer:
                longer.setattr(persons, "MOST_ON_A_PAGE", 0)
                in_file = persons.persons_seen(acting(worker), ids)
            assert {pk: person for pk, (_client, person) in on_page.items()} == {
                pk: person for pk, (_client, person) in in_file.items()
            }
