"""In which wijk and buurt someone lives on a day: by postcode, on both clocks; a secret address gives none, ever."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.dimensions import DIMENSIONS, groups_on
from opstap.facts.selectors.export import export_tables
from opstap.municipality.models import Municipality
from tests.factories.clients import FOLLOWED_SINCE, a_client
from tests.factories.districts import a_postcode, a_table, living_at
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 15)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_table(
        municipality,
        a_postcode(municipality, "9991", "Noord", "Park"),
        a_postcode(municipality, "9991AB", "Zuid", "Plein"),
        a_postcode(municipality, "9992", "Oost"),
    )
    return municipality


@pytest.fixture
def someone(town: Municipality) -> Client:
    return a_client(town)


def group(client: Client, day: date = DAY, *, key: str = "district", recording: int | None = None) -> list[str]:
    found = groups_on(facts_of(client.municipality_id, recording=recording), DIMENSIONS[key], day)
    return [name for pk, name in found.rows() if pk == client.pk]


@pytest.mark.parametrize(
    ("postcode", "district", "neighbourhood"),
    [
        ("9991 AB", ["Zuid"], ["Zuid/Plein"]),
        ("9991ab", ["Zuid"], ["Zuid/Plein"]),
        ("9991 CD", ["Noord"], ["Noord/Park"]),
        ("9992 AB", ["Oost"], []),
        ("9993 AB", [], []),
        ("", [], []),
    ],
)
def test_six_characters_go_before_four(
    someone: Client, postcode: str, district: list[str], neighbourhood: list[str]
) -> None:
    living_at(someone, postcode)
    assert group(someone) == district
    assert group(someone, key="neighbourhood") == neighbourhood


def test_the_address_of_the_day_counts(someone: Client) -> None:
    living_at(someone, "9991 CD", until=DAY)
    living_at(someone, "9992 AB", DAY)
    assert (group(someone, YESTERDAY), group(someone)) == (["Noord"], ["Oost"])
    assert group(someone, FOLLOWED_SINCE - timedelta(days=1)) == []


def test_of_two_addresses_at_once_the_one_that_began_last_counts(someone: Client) -> None:
    living_at(someone, "9991 CD")
    living_at(someone, "9992 AB", DAY)
    assert group(someone) == ["Oost"]


def test_the_table_of_the_day_counts_as_it_was_known(town: Municipality, someone: Client) -> None:
    living_at(someone, "9991 CD")
    then = latest_recording()
    a_table(town, a_postcode(town, "9991", "Nieuw", since=DAY), since=DAY)
    assert (group(someone, YESTERDAY), group(someone)) == (["Noord"], ["Nieuw"])
    assert group(someone, recording=then) == ["Noord"]


def test_an_address_that_was_not_known_yet_gives_no_district(someone: Client) -> None:
    then = latest_recording()
    living_at(someone, "9991 CD")
    assert (group(someone), group(someone, recording=then)) == (["Noord"], [])


def test_a_secret_address_gives_no_district(someone: Client) -> None:
    living_at(someone, "9991 CD", secret=True)
    assert group(someone) == group(someone, key="neighbourhood") == []


def test_what_became_secret_is_not_to_be_found_on_an_earlier_day_or_at_an_earlier_moment(someone: Client) -> None:
    open_one = living_at(someone, "9991 CD")
    then = latest_recording()
    living_at(someone, "9991 CD", FOLLOWED_SINCE, DAY, replaces=open_one)
    living_at(someone, "9991 CD", DAY, secret=True)
    for day in (YESTERDAY, DAY, TOMORROW):
        assert group(someone, day) == []
        assert group(someone, day, recording=then) == []


def test_after_a_secret_address_ended_the_next_one_counts(someone: Client) -> None:
    living_at(someone, "9991 CD", until=DAY, secret=True)
    living_at(someone, "9992 AB", DAY)
    assert (group(someone, YESTERDAY), group(someone)) == ([], ["Oost"])


def test_a_secret_postcode_does_not_enter_the_facts(town: Municipality, someone: Client) -> None:
    living_at(someone, "9991 CD", secret=True)
    addresses = export_tables(facts_of(town.pk))["addresses"]
    assert addresses["postcode"].to_list() == [""]
    assert set(addresses.columns) == {"client", "postcode", "is_secret", "starts_on", "ends_on"}
