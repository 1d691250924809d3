"""Placements: refused with their reason, warned about, corrected, withdrawn, and assessed a second time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opstap.audit.models import Event
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import Actor, command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client
from opstap.facts.selectors.cache import facts_of
from opstap.foundation.dates import clock_at
from opstap.ladder.logic import MeasurementRow, MeasurementsRefused
from opstap.ladder.models import Measurement, Scale
from opstap.ladder.operations import record_measurement, record_measurements, withdraw_measurements
from opstap.ladder.selectors.measurements import surroundings
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team, acting
from tests.factories.clients import a_client, an_identity, in_caseload
from tests.factories.ladder import a_placement, level, placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BY = command_line()
DAY = date(2022, 3, 1)


@pytest.fixture
def someone() -> Client:
    return a_client(a_municipality(), born=date(1980, 6, 15), followed_since=date(2020, 1, 1), until=date(2024, 1, 1))


def faults(*rows: MeasurementRow) -> list[tuple[int, str]]:
    before = latest_recording()
    with pytest.raises(MeasurementsRefused) as refused:
        record_measurements(by=BY, rows=rows)
    assert latest_recording() == before
    return [(fault.row, fault.code) for fault in refused.value.faults]


def warnings(*rows: MeasurementRow) -> list[tuple[int, str]]:
    return [(remark.row, remark.code) for remark in record_measurements(by=BY, rows=rows)]


def current(client: Client) -> list[str]:
    return list(Measurement.objects.current().filter(client=client).values_list("level__code", flat=True))


def test_a_placement_is_kept_with_all_that_was_said(someone: Client) -> None:
    row = replace(
        a_placement(someone, "2+", DAY, growth="yes", expected="3"),
        expected_by=date(2023, 3, 1), reason="conversation", instrument_in_use="yes", income_situation="benefit",
        low_literate="no", basic_qualification="yes", integration="need", exempt="yes",
    )  # fmt: skip
    assert record_measurement(by=BY, row=row) == []
    stored = Measurement.objects.get()
    assert all(getattr(stored, name) == getattr(row, name) for name in MeasurementRow.__slots__)
    assert stored.recording_id == latest_recording()
    assert Event.objects.filter(recording=stored.recording, verb="record_measurements", count=1).exists()


def test_growth_is_as_recorded_and_never_follows_from_the_goal(someone: Client) -> None:
    assert placed(someone, "2", on=DAY, growth="no", expected="6").growth == 0
    assert placed(someone, "2", on=DAY + timedelta(days=1), growth="yes", expected="2").growth == 1
    assert placed(someone, "2", on=DAY + timedelta(days=2), expected="5").growth == -1


def test_a_date_in_the_future_is_refused_as_amsterdam_sees_it(someone: Client) -> None:
    with clock_at(datetime(2022, 2, 28, 22, 59, tzinfo=UTC)):
        assert faults(a_placement(someone, "2", DAY)) == [(0, "measured_in_future")]
    with clock_at(datetime(2022, 2, 28, 23, 1, tzinfo=UTC)):
        assert warnings(a_placement(someone, "2", DAY)) == []


def test_a_date_before_birth_is_refused(someone: Client) -> None:
    assert faults(a_placement(someone, "2", date(1980, 6, 14))) == [(0, "measured_before_birth")]
    unborn = a_client(a_municipality(), born=None)
    assert warnings(a_placement(unborn, "2", date(1980, 6, 14))) == [(0, "outside_follow_up")]


def test_a_level_that_is_unknown_or_of_another_scale_is_refused(someone: Client) -> None:
    row = a_placement(someone, "2", DAY)
    foreign = level("2", "groningen").pk
    assert faults(replace(row, level_id=987_654)) == [(0, "level_unknown")]
    assert faults(replace(row, level_id=foreign)) == [(0, "level_unknown")]
    assert faults(replace(row, expected_level_id=foreign)) == [(0, "expected_level_unknown")]
    assert faults(replace(row, expected_level_id=987_654)) == [(0, "expected_level_unknown")]


def test_a_half_level_exists_only_where_the_scale_has_halves(someone: Client) -> None:
    placed(someone, "2+", on=DAY)
    row = replace(a_placement(someone, "2", DAY, scale="groningen"), level_id=level("2+").pk)
    assert faults(row) == [(0, "level_unknown")]


def test_every_row_says_what_is_wrong_and_none_is_written(someone: Client) -> None:
    good = a_placement(someone, "2", DAY)
    wrong = replace(a_placement(someone, "2", date(1970, 1, 1)), level_id=987_654)
    assert faults(good, wrong) == [(1, "measured_before_birth"), (1, "level_unknown")]
    assert not Measurement.objects.exists()


def test_two_placements_on_one_day_are_refused(someone: Client) -> None:
    placed(someone, "2", on=DAY)
    assert faults(a_placement(someone, "3", DAY)) == [(0, "placed_twice_on_one_day")]
    twice = a_placement(someone, "3", DAY + timedelta(days=1))
    assert faults(twice, twice) == [(1, "placed_twice_on_one_day")]


def test_on_one_day_someone_may_stand_on_two_scales(someone: Client) -> None:
    placed(someone, "2", on=DAY)
    placed(someone, "3", on=DAY, scale="groningen")
    assert sorted(current(someone)) == ["2", "3"]
    assert {row.scale_id for row in Measurement.objects.all()} == set(
        Scale.objects.filter(key__in=["vng", "groningen"]).values_list("pk", flat=True)
    )


def test_a_correction_takes_the_place_of_the_placement(someone: Client) -> None:
    first = placed(someone, "2", on=DAY)
    placed(someone, "3", on=DAY, replaces=first)
    assert current(someone) == ["3"]
    assert Measurement.objects.get(pk=first.pk).level.code == "2"


def test_a_second_correction_of_the_same_placement_is_refused_by_the_database(someone: Client) -> None:
    first = placed(someone, "2", on=DAY)
    placed(someone, "3", on=DAY, replaces=first)
    later = a_placement(someone, "4", DAY + timedelta(days=1), replaces=first)
    with pytest.raises(ReplacedMeanwhile), transaction.atomic():
        record_measurement(by=BY, row=later)
    assert current(someone) == ["3"]


def test_a_correction_may_not_move_to_a_day_that_is_taken(someone: Client) -> None:
    first = placed(someone, "2", on=DAY)
    placed(someone, "3", on=DAY + timedelta(days=1))
    assert faults(a_placement(someone, "2", DAY + timedelta(days=1), replaces=first)) == [
        (0, "placed_twice_on_one_day")
    ]


def test_two_placements_may_change_days_with_each_other(someone: Client) -> None:
    next_day = DAY + timedelta(days=1)
    first, second = placed(someone, "2", on=DAY), placed(someone, "3", on=next_day)
    swapped = [a_placement(someone, "2", next_day, replaces=first), a_placement(someone, "3", DAY, replaces=second)]
    assert warnings(*swapped) == []
    days = dict(Measurement.objects.current().values_list("measured_on", "level__code"))
    assert days == {DAY: "3", next_day: "2"}


def test_a_withdrawal_leaves_nothing_and_frees_the_day(someone: Client) -> None:
    first = placed(someone, "2", on=DAY)
    assert withdraw_measurements(by=BY, measurement_ids=[first.pk]) == 1
    assert current(someone) == []
    assert withdraw_measurements(by=BY, measurement_ids=[first.pk]) == 0
    placed(someone, "3", on=DAY)
    assert current(someone) == ["3"]


def test_a_second_assessment_is_kept_apart_and_never_current(someone: Client) -> None:
    placed(someone, "2", on=DAY)
    placed(someone, "5", on=DAY, second=True)
    placed(someone, "4", on=DAY + timedelta(days=30), second=True)
    facts = facts_of(someone.municipality_id)
    assert facts.table("measurements")["level_id"].to_list() == [level("2").pk]
    placed(someone, "3", on=DAY + timedelta(days=30))
    assert Measurement.objects.filter(second_assessment=True).count() == 2


@pytest.mark.parametrize(
    ("day", "warned"),
    [(date(2019, 12, 31), True), (date(2020, 1, 1), False), (date(2023, 12, 31), False), (date(2024, 1, 1), True)],
)
def test_outside_follow_up_is_warned_about_and_recorded(someone: Client, day: date, *, warned: bool) -> None:
    assert warnings(a_placement(someone, "2", day)) == ([(0, "outside_follow_up")] if warned else [])
    assert current(someone) == ["2"]


def test_without_any_follow_up_it_is_outside() -> None:
    client = an_identity(a_municipality())
    assert warnings(a_placement(client, "2", DAY)) == [(0, "outside_follow_up")]


@pytest.mark.parametrize(
    ("now", "goal", "scale", "warned"),
    [
        ("2+", "2-", "vng", False),
        ("2", "2-", "vng", False),
        ("2-", "1+", "vng", True),
        ("3", "2+", "vng", True),
        ("2", "3-", "vng", False),
        ("2", "0", "vng", True),
        ("5", "2", "groningen", True),
        ("5", "2", "steenwijkerland", False),
    ],
)
def test_a_goal_below_the_level_is_warned_about_on_whole_levels(
    someone: Client, now: str, goal: str, scale: str, *, warned: bool
) -> None:
    row = a_placement(someone, now, DAY, scale=scale, expected=goal)
    assert warnings(row) == ([(0, "expected_below_current")] if warned else [])


def test_surroundings_of_many_are_those_of_few(someone: Client) -> None:
    other = a_client(someone.municipality)
    placed(someone, "2", on=DAY)
    placed(someone, "3", on=DAY, second=True)
    of_one, of_all = surroundings({someone.pk}), surroundings(set(range(501)))
    assert set(of_one.births) == {someone.pk}
    assert set(of_all.births) == {someone.pk, other.pk}
    assert of_one.standing == of_all.standing
    assert of_one.follow_ups[someone.pk] == of_all.follow_ups[someone.pk] == [(date(2020, 1, 1), date(2024, 1, 1))]


def test_nothing_to_record_takes_no_recording() -> None:
    before = latest_recording()
    assert record_measurements(by=BY, rows=[]) == []
    assert latest_recording() == before


def test_who_may_not_place_writes_nothing(someone: Client) -> None:
    first = placed(someone, "2", on=DAY)
    nobody = Actor(reference="x", name="x", source="screen", permissions=frozenset({"see_clients", "record_clients"}))
    administrator = acting(a_functional_administrator(someone.municipality))
    before = latest_recording()
    for actor in (administrator, nobody):
        with pytest.raises(PermissionDenied):
            record_measurement(by=actor, row=a_placement(someone, "3", DAY + timedelta(days=1)))
        with pytest.raises(PermissionDenied):
            withdraw_measurements(by=actor, measurement_ids=[first.pk])
    assert latest_recording() == before
    assert current(someone) == ["2"]


def test_case_manager_and_coordinator_may_place(someone: Client) -> None:
    manager = a_case_manager(a_team(someone.municipality))
    in_caseload(someone, manager)
    placed(someone, "2", on=DAY, by=acting(manager))
    placed(someone, "3", on=DAY + timedelta(days=1), by=acting(a_coordinator(someone.municipality)))
    names = set(Measurement.objects.values_list("recording__actor_reference", flat=True))
    assert manager.reference in names
    assert len(names) == 2


def test_growth_is_yes_no_or_unknown(someone: Client) -> None:
    with pytest.raises(IntegrityError, match="growth_is_yes_no_or_unknown"), transaction.atomic():
        record_measurement(by=BY, row=replace(a_placement(someone, "2", DAY), growth=2))
