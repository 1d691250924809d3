"""The postcode table: taken over whole from a day on; what held before stays; both clocks; nothing recorded twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.selectors import latest_recording
from opstap.municipality.models import Municipality, PostcodeDistrict
from opstap.municipality.operations import replace_districts
from opstap.municipality.selectors import districts_on
from tests.factories.accounts import a_coordinator, acting
from tests.factories.districts import a_postcode, a_table
from tests.factories.municipality import LONG_AGO, a_municipality

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
EVE = NEW_YEAR - timedelta(days=1)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def held(town: Municipality, day: date, recording: int | None = None) -> list[tuple[str, str]]:
    known = latest_recording() if recording is None else recording
    return sorted((row.postcode, row.district_name) for row in districts_on(town.pk, day, recording=known))


def test_a_table_holds_from_its_day_and_leaves_what_was_before(town: Municipality) -> None:
    a_table(town, a_postcode(town, "9991", "Noord"), a_postcode(town, "9992", "Zuid"))
    a_table(town, a_postcode(town, "9991", "Centrum", since=NEW_YEAR), since=NEW_YEAR)
    assert held(town, EVE) == [("9991", "Noord"), ("9992", "Zuid")]
    assert held(town, NEW_YEAR) == [("9991", "Centrum")]
    assert held(town, LONG_AGO - timedelta(days=1)) == []


def test_an_earlier_moment_knows_the_table_of_then(town: Municipality) -> None:
    a_table(town, a_postcode(town, "9991", "Noord"))
    then = latest_recording()
    a_table(town, a_postcode(town, "9991", "Zuid"))
    assert held(town, NEW_YEAR) == [("9991", "Zuid")]
    assert held(town, NEW_YEAR, then) == [("9991", "Noord")]
    assert held(town, NEW_YEAR, then - 1) == []


def test_the_same_table_again_records_no_row(town: Municipality) -> None:
    rows = [a_postcode(town, "9991", "Noord"), a_postcode(town, "9992", "Zuid")]
    a_table(town, *rows)
    before = PostcodeDistrict.objects.count()
    later = [a_postcode(town, row.postcode, row.district_name, since=NEW_YEAR) for row in rows]
    change = a_table(town, *later, since=NEW_YEAR)
    assert (change.kept, change.added, change.ended, change.withdrawn) == (2, (), (), ())
    assert PostcodeDistrict.objects.count() == before


def test_rows_of_the_file_may_have_periods_of_their_own(town: Municipality) -> None:
    old = a_postcode(town, "9991", "Noord", until=NEW_YEAR)
    a_table(town, old, a_postcode(town, "9991", "Zuid", since=NEW_YEAR))
    assert (held(town, EVE), held(town, NEW_YEAR)) == ([("9991", "Noord")], [("9991", "Zuid")])
    a_table(town, a_postcode(town, "9991", "Oost", since=EVE), since=EVE)
    assert held(town, EVE - timedelta(days=1)) == [("9991", "Noord")]
    assert held(town, EVE) == held(town, NEW_YEAR) == [("9991", "Oost")]


def test_an_empty_table_ends_all_of_it(town: Municipality) -> None:
    a_table(town, a_postcode(town, "9991", "Noord"))
    change = a_table(town, since=NEW_YEAR)
    assert len(change.ended) == 1
    assert (held(town, EVE), held(town, NEW_YEAR)) == ([("9991", "Noord")], [])


def test_another_municipality_keeps_its_own(town: Municipality) -> None:
    other = a_municipality()
    a_table(other, a_postcode(other, "9991", "Elders"))
    a_table(town, a_postcode(town, "9991", "Noord"))
    assert held(other, NEW_YEAR) == [("9991", "Elders")]
    with pytest.raises(ValueError, match="another municipality"):
        a_table(town, a_postcode(other, "9992", "Elders"))


def test_a_row_may_not_begin_before_the_day_of_the_table(town: Municipality) -> None:
    with pytest.raises(ValueError, match="before the day"):
        a_table(town, a_postcode(town, "9991", "Noord"), since=NEW_YEAR)
    assert held(town, NEW_YEAR) == []


def test_only_who_configures_the_municipality_may(town: Municipality) -> None:
    with pytest.raises(PermissionDenied):
        replace_districts(by=acting(a_coordinator(town)), municipality=town, rows=[], since=NEW_YEAR)


def test_groups_go_by_code_or_else_by_name(town: Municipality) -> None:
    a_table(
        town,
        a_postcode(town, "9991", "Noord", "Centrum"),
        a_postcode(town, "9992", "Zuid", "Centrum", code="WK02"),
        a_postcode(town, "9993", "Oost"),
    )
    rows = {row.postcode: row for row in districts_on(town.pk, NEW_YEAR, recording=latest_recording())}
    assert [(row.district, row.neighbourhood) for row in rows.values()] == [
        ("Noord", "Noord/Centrum"),
        ("Oost", ""),
        ("WK02", "WK02/Centrum"),
    ]
