"""Settings and code lists hold for a period: each year reads them as they were, and a code keeps its identity."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.municipality.logic import SETTINGS, PensionAge, class_years, last_birth_with_pension, pension_day
from opstap.municipality.models import Code, CodeLabel, Municipality, Setting, StatePensionAge
from opstap.municipality.operations import change_setting, create_municipality, install_code_lists
from opstap.municipality.selectors import codes_on, labels_on, pension_ages, pension_day_of, setting_on
from tests.factories.accounts import a_coordinator, acting
from tests.factories.municipality import LONG_AGO, a_municipality, a_setting

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
EVE = NEW_YEAR - timedelta(days=1)


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.mark.parametrize("key", SETTINGS)
def test_a_setting_that_nobody_changed_has_its_default(town: Municipality, key: str) -> None:
    assert setting_on(town.pk, key, NEW_YEAR) == SETTINGS[key].default
    assert SETTINGS[key].meaning.endswith(".")


def test_the_default_scale_of_a_year_is_that_of_then(town: Municipality) -> None:
    a_setting(town, "default_scale", "rijswijk", NEW_YEAR)
    assert setting_on(town.pk, "default_scale", EVE) == "vng"
    assert setting_on(town.pk, "default_scale", NEW_YEAR) == "rijswijk"
    assert setting_on(a_municipality(default_scale="groningen").pk, "default_scale", NEW_YEAR) == "groningen"


def test_numbers_come_back_as_numbers(town: Municipality) -> None:
    a_setting(town, "benefit_gap_days", "45", NEW_YEAR)
    assert (setting_on(town.pk, "benefit_gap_days", EVE), setting_on(town.pk, "benefit_gap_days", NEW_YEAR)) == (30, 45)


def test_changed_twice_from_the_same_day_the_last_holds_and_nothing_is_overwritten(town: Municipality) -> None:
    for value in (45, 60):
        a_setting(town, "benefit_gap_days", value, NEW_YEAR)
    assert (setting_on(town.pk, "benefit_gap_days", EVE), setting_on(town.pk, "benefit_gap_days", NEW_YEAR)) == (30, 60)
    assert Setting.objects.filter(municipality=town, key="benefit_gap_days", value=45).exists()


def test_a_change_that_starts_earlier_leaves_the_later_one_standing(town: Municipality) -> None:
    a_setting(town, "benefit_gap_days", 60, NEW_YEAR)
    a_setting(town, "benefit_gap_days", 45, date(2025, 1, 1))
    assert setting_on(town.pk, "benefit_gap_days", EVE) == 45
    assert setting_on(town.pk, "benefit_gap_days", NEW_YEAR) == 60


def test_a_change_between_two_others_ends_where_the_next_begins(town: Municipality) -> None:
    a_setting(town, "benefit_gap_days", 40, date(2020, 1, 1))
    a_setting(town, "benefit_gap_days", 60, NEW_YEAR)
    a_setting(town, "benefit_gap_days", 50, date(2023, 1, 1))
    days = (date(2022, 12, 31), date(2023, 1, 1), EVE, NEW_YEAR)
    assert [setting_on(town.pk, "benefit_gap_days", day) for day in days] == [40, 50, 50, 60]


def test_only_settings_that_exist_are_changed_by_whom_may(town: Municipality) -> None:
    before = latest_recording()
    with pytest.raises(KeyError, match="colour"):
        change_setting(by=command_line(), municipality=town, key="colour", value=1, since=NEW_YEAR)
    with pytest.raises(KeyError, match="colour"):
        setting_on(town.pk, "colour", NEW_YEAR)
    actor, after = acting(a_coordinator(town)), latest_recording()
    with pytest.raises(PermissionDenied):
        change_setting(by=actor, municipality=town, key="default_scale", value="vng", since=NEW_YEAR)
    with pytest.raises(PermissionDenied):
        create_municipality(by=actor, name="Elders", since=NEW_YEAR)
    with pytest.raises(PermissionDenied):
        install_code_lists(by=actor)
    assert after == latest_recording() == before + 1


def label(key: str, code: str, day: date, language: str = "nl") -> str:
    return next(option.label(language) for option in codes_on(key, day) if option.code == code)


def test_a_duty_is_called_as_the_law_of_the_day_calls_it() -> None:
    words = [label("exemption_duty", "social_participation", date(year, 7, 1)) for year in (2025, 2026, 2027)]
    assert words == [
        "tegenprestatie",
        "tegenprestatie of maatschappelijke participatie",
        "maatschappelijke participatie",
    ]
    assert label("exemption_duty", "social_participation", EVE) == words[0]
    assert label("exemption_duty", "social_participation", NEW_YEAR) == words[1]
    assert (
        label("exemption_duty", "social_participation", NEW_YEAR, "en") == "reciprocal activity or social participation"
    )


def test_a_benefit_of_an_act_that_ended_keeps_its_validity_and_can_still_be_read() -> None:
    wwb = Code.objects.get(code_list__key="benefit_kind", code="wwb")
    assert (wwb.valid_from, wwb.valid_until) == (date(2004, 1, 1), date(2015, 1, 1))
    assert label("benefit_kind", "wwb", NEW_YEAR) == "Wet werk en bijstand (WWB)"
    assert Code.objects.get(code_list__key="benefit_kind", code="participatiewet").valid_from == date(2015, 1, 1)


def test_labels_of_many_lists_come_in_one_query_in_the_order_of_the_list(
    django_assert_num_queries: object,
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django
        labels = labels_on(["sex", "benefit_kind", "nothing"], NEW_YEAR, "en")
    assert list(labels["benefit_kind"]) == [option.code for option in codes_on("benefit_kind", NEW_YEAR)]
    assert labels["sex"]["female"] == label("sex", "female", NEW_YEAR, "en")
    assert labels["nothing"] == {}


def test_lists_installed_again_keep_their_codes_and_take_the_words_of_the_files() -> None:
    codes = dict(Code.objects.values_list("pk", "code"))
    counted = (CodeLabel.objects.count(), StatePensionAge.objects.count())
    CodeLabel.objects.filter(code__code="wwb").update(nl="Verouderd woord")
    install_code_lists(by=command_line())
    assert dict(Code.objects.values_list("pk", "code")) == codes
    assert (CodeLabel.objects.count(), StatePensionAge.objects.count()) == counted
    assert label("benefit_kind", "wwb", LONG_AGO) == "Wet werk en bijstand (WWB)"


@pytest.mark.parametrize(
    ("born", "reached"),
    [
        (date(1940, 5, 5), date(2005, 5, 5)),
        (date(1950, 8, 31), date(2015, 12, 1)),
        (date(1950, 8, 30), date(2015, 11, 30)),
        (date(1957, 3, 1), date(2024, 3, 1)),
        (date(1960, 12, 31), date(2027, 12, 31)),
        (date(1961, 1, 1), date(2028, 4, 1)),
        (date(1956, 2, 29), date(2022, 9, 29)),
        (date(1990, 5, 5), date(2057, 8, 5)),
    ],
)
def test_the_day_of_the_state_pension_follows_from_the_birth_date(born: date, reached: date) -> None:
    assert pension_day_of(born) == reached


@given(born=st.dates(date(1935, 1, 1), date(1970, 12, 31)), days=st.integers(-40, 40))
def test_the_last_birth_date_with_a_pension_parts_those_who_have_reached_the_age(born: date, days: int) -> None:
    reached = pension_day_of(born)
    assert reached is not None
    day = reached + timedelta(days=days)
    last = last_birth_with_pension(day, pension_ages())
    assert last is not None
    assert (born <= last) == (days >= 0)


def test_before_the_first_of_the_table_reaches_the_age_nobody_has() -> None:
    table = [PensionAge(date(1950, 1, 1), None, 66, 0)]
    assert last_birth_with_pension(date(2015, 12, 31), table) is None
    assert last_birth_with_pension(date(2016, 1, 1), table) == date(1950, 1, 1)


def test_a_birth_date_outside_the_table_has_no_day() -> None:
    table = [PensionAge(date(1950, 1, 1), date(1960, 1, 1), 66, 2)]
    assert pension_day(date(1949, 12, 31), table) is None
    assert pension_day(date(1960, 1, 1), table) is None
    assert pension_day(date(1959, 12, 30), table) == date(2026, 3, 1)


@pytest.mark.parametrize("value", [0, 4, 6, 12, 29, 31, 35, "12"])
def test_the_smallest_number_of_publications_is_one_that_rounding_gives(town: Municipality, value: int | str) -> None:
    with pytest.raises(ValueError, match="not possible"):
        a_setting(town, "disclosure_threshold", value)
    for right in (5, 10, 15, 20, 25, 30):
        a_setting(town, "disclosure_threshold", right)
        assert setting_on(town.pk, "disclosure_threshold", NEW_YEAR) == right


@pytest.mark.parametrize("value", ["", "0,5", "5,2", "2,2", "1;2", "1.5", "-1", "61", "¹"])
def test_classes_of_time_on_benefit_are_whole_years_that_rise(town: Municipality, value: str) -> None:
    with pytest.raises(ValueError, match="not possible"):
        a_setting(town, "duration_classes", value)
    a_setting(town, "duration_classes", "1, 3")
    assert class_years(str(setting_on(town.pk, "duration_classes", NEW_YEAR))) == (1, 3)
