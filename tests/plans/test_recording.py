"""Trajectories, activities and instruments: refused with their reason, warned about, corrected, ended, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from opstap.audit.models import Event
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.models import Client
from opstap.clients.personal_data import rooms_with_personal_data
from opstap.foundation import dates
from opstap.foundation.references import new_reference
from opstap.municipality.models import Code
from opstap.municipality.operations import end_code
from opstap.plans.enums import Part
from opstap.plans.logic import ActivityRow, InstrumentRow, PlansRefused, Remark, TrajectoryRow
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.operations import (
    begin_trajectory,
    end_trajectory,
    record_activities,
    record_instruments,
    record_trajectories,
    withdraw_activities,
    withdraw_instruments,
    withdraw_trajectory,
)
from opstap.plans.selectors.help import help_of, instrument_row, trajectory_row, versions_of
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import level
from tests.factories.municipality import a_municipality
from tests.factories.plans import SINCE, a_trajectory, an_activity, an_instrument

pytestmark = pytest.mark.django_db
BY = command_line()
UNTIL = date(2025, 3, 1)


@pytest.fixture
def someone() -> Client:
    return a_client(a_municipality(), followed_since=date(2020, 1, 1))


def row(client: Client, **said: object) -> TrajectoryRow:
    plain = TrajectoryRow(client.pk, new_reference(), "work", SINCE)
    changed: TrajectoryRow = replace(plain, **said)  # type: ignore[arg-type]  # fields by name
    return changed


def faults(record: Callable[[], object]) -> list[str]:
    before = latest_recording()
    with pytest.raises(PlansRefused) as refused:
        record()
    assert latest_recording() == before
    return [fault.code for fault in refused.value.faults]


def test_a_trajectory_is_kept_with_its_goal_and_who_recorded_it(someone: Client) -> None:
    given = row(someone, goal_level_id=level("3").pk, name="Naar trede 3")
    assert record_trajectories(by=BY, rows=[given]) == []
    stored = Trajectory.objects.get()
    assert all(getattr(stored, name) == getattr(given, name) for name in TrajectoryRow.__slots__)
    assert Event.objects.filter(recording=stored.recording_id, verb="record_trajectories", count=1).exists()


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ends_on": SINCE}, "ends_before_it_starts"),
        ({"ends_on": SINCE - timedelta(days=1)}, "ends_before_it_starts"),
        ({"kind": "rope"}, "kind_unknown"),
        ({"goal_level_id": 0}, "goal_unknown"),
        ({"end_reason": "goal_reached"}, "result_without_end"),
        ({"ends_on": UNTIL, "end_reason": "fed up"}, "result_unknown"),
    ],
)
def test_what_cant_be_is_refused(someone: Client, said: dict[str, object], code: str) -> None:
    assert faults(lambda: record_trajectories(by=BY, rows=[row(someone, **said)])) == [code]


def test_a_goal_is_a_level_that_someone_can_reach_or_to_keep_the_level(someone: Client) -> None:
    undetermined = row(someone, goal_level_id=level("0").pk)
    assert faults(lambda: record_trajectories(by=BY, rows=[undetermined])) == ["goal_unknown"]
    both = row(someone, goal_level_id=level("3").pk, maintains_level=True)
    assert faults(lambda: record_trajectories(by=BY, rows=[both])) == ["two_goals"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Trajectory(**{name: getattr(both, name) for name in TrajectoryRow.__slots__}, recording_id=1).save()
    assert record_trajectories(by=BY, rows=[row(someone, maintains_level=True)]) == []


def test_a_plan_may_begin_within_a_year_from_now(someone: Client) -> None:
    year = dates.today() + timedelta(days=366)
    assert record_trajectories(by=BY, rows=[row(someone, starts_on=year)]) == []
    later = row(someone, starts_on=year + timedelta(days=1))
    assert faults(lambda: record_trajectories(by=BY, rows=[later])) == ["starts_too_far_ahead"]


def test_a_kind_is_chosen_within_its_validity(someone: Client) -> None:
    trajectory = a_trajectory(someone)
    old = InstrumentRow(someone.pk, new_reference(), trajectory.reference, "wiw_id_job", SINCE)
    assert faults(lambda: record_instruments(by=BY, rows=[old])) == ["instrument_unknown"]


def test_a_begin_outside_follow_up_is_a_warning(someone: Client) -> None:
    early = row(someone, starts_on=date(2019, 12, 31))
    assert record_trajectories(by=BY, rows=[early]) == [Remark(0, "outside_follow_up")]


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (SINCE, UNTIL, []),
        (SINCE + timedelta(days=9), SINCE + timedelta(days=10), []),
        (SINCE - timedelta(days=1), UNTIL, ["outside_trajectory"]),
        (UNTIL, UNTIL + timedelta(days=1), ["outside_trajectory"]),
        (SINCE, UNTIL + timedelta(days=1), ["outside_trajectory"]),
        (SINCE, None, ["outside_trajectory"]),
    ],
)
def test_an_instrument_outside_its_trajectory_is_a_warning(
    someone: Client, begins: date, ends: date | None, said: list[str]
) -> None:
    trajectory = a_trajectory(someone, until=UNTIL)
    rows = [InstrumentRow(someone.pk, new_reference(), trajectory.reference, "coaching", begins, ends)]
    assert [remark.code for remark in record_instruments(by=BY, rows=rows)] == said


def test_whatever_is_used_hangs_under_a_trajectory_of_that_client(someone: Client) -> None:
    other = a_trajectory(a_client(a_municipality()))
    for reference in (other.reference, "", new_reference()):
        used = InstrumentRow(someone.pk, new_reference(), reference, "coaching", SINCE)
        assert faults(lambda used=used: record_instruments(by=BY, rows=[used])) == ["trajectory_unknown"]  # type: ignore[misc]
        done = ActivityRow(someone.pk, new_reference(), reference, "Taalcafé", SINCE)
        assert faults(lambda done=done: record_activities(by=BY, rows=[done])) == ["trajectory_unknown"]  # type: ignore[misc]


def test_an_activity_says_what_is_done(someone: Client) -> None:
    trajectory = a_trajectory(someone)
    empty = ActivityRow(someone.pk, new_reference(), trajectory.reference, " ", SINCE, kind="gardening")
    assert faults(lambda: record_activities(by=BY, rows=[empty])) == ["description_missing", "kind_unknown"]


def test_a_trajectory_begins_with_all_that_belongs_to_it_or_not_at_all(someone: Client) -> None:
    trajectory = row(someone)
    instrument = InstrumentRow(someone.pk, new_reference(), trajectory.reference, "rope", SINCE)
    assert faults(lambda: begin_trajectory(by=BY, trajectory=trajectory, instruments=[instrument])) == [
        "instrument_unknown"
    ]
    assert not Trajectory.objects.exists()
    begin_trajectory(by=BY, trajectory=trajectory, instruments=[replace(instrument, kind="coaching", supplier="Limor")])
    (helped,) = help_of(someone.pk)
    assert [one.supplier for one in helped.instruments] == ["Limor"]
    assert helped.trajectory.recording_id == helped.instruments[0].recording_id


def test_a_correction_keeps_what_hangs_under_a_trajectory(someone: Client) -> None:
    first = a_trajectory(someone, goal="2")
    an_instrument(first)
    second = a_trajectory(someone, goal="3", replaces=first)
    (helped,) = help_of(someone.pk)
    assert (helped.trajectory.goal_level_id, len(helped.instruments)) == (level("3").pk, 1)
    versions = versions_of(Part.TRAJECTORY, [someone.pk], first.reference)
    assert [one.pk for one in versions] == [second.pk, first.pk]
    with pytest.raises(ReplacedMeanwhile):
        record_trajectories(by=BY, rows=[replace(trajectory_row(first), replaces_id=first.pk)])


def test_a_correction_is_of_the_same_thing(someone: Client) -> None:
    first = a_trajectory(someone)
    other = replace(trajectory_row(first), reference=new_reference(), replaces_id=first.pk)
    assert faults(lambda: record_trajectories(by=BY, rows=[other])) == ["another_reference"]
    again = replace(trajectory_row(first), replaces_id=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        record_trajectories(by=BY, rows=[again])


def test_ending_a_trajectory_ends_what_runs_under_it(someone: Client) -> None:
    trajectory = a_trajectory(someone)
    running = an_instrument(trajectory)
    ended = an_instrument(trajectory, "course", until=SINCE + timedelta(days=30), result="completed")
    planned = an_instrument(trajectory, "job_coach", since=UNTIL)
    activity = an_activity(trajectory)
    end_trajectory(by=BY, trajectory=trajectory, ends_on=UNTIL, reason="goal_reached", result="completed_to_work")
    (helped,) = help_of(someone.pk)
    assert (helped.trajectory.ends_on, helped.trajectory.end_reason) == (UNTIL, "goal_reached")
    used = {one.reference: (one.ends_on, one.result) for one in helped.instruments}
    assert used == {
        running.reference: (UNTIL, "completed_to_work"),
        ended.reference: (SINCE + timedelta(days=30), "completed"),
    }
    assert planned.reference not in used
    assert [(one.reference, one.ends_on) for one in helped.activities] == [(activity.reference, UNTIL)]


def test_what_should_not_have_been_there_is_withdrawn_with_the_reason(someone: Client) -> None:
    trajectory = a_trajectory(someone)
    instrument, activity = an_instrument(trajectory), an_activity(trajectory)
    assert withdraw_instruments(by=BY, instrument_ids=[instrument.pk], why="dubbel") == 1
    assert withdraw_activities(by=BY, activity_ids=[activity.pk], why="dubbel") == 1
    assert Instrument.objects.get(withdrawn=True).why == Activity.objects.get(withdrawn=True).why == "dubbel"
    an_instrument(trajectory)
    assert withdraw_trajectory(by=BY, trajectory=trajectory, why="verkeerde cliënt") == 2
    assert help_of(someone.pk) == []


def test_only_who_records_plans_and_reaches_the_client_may(someone: Client) -> None:
    town = someone.municipality
    team = a_team(town)
    worker = a_case_manager(team)
    for actor in (acting(worker), acting(a_functional_administrator(town))):
        with pytest.raises(PermissionDenied):
            a_trajectory(someone, by=actor)
    in_caseload(someone, worker, team=team)
    trajectory = a_trajectory(someone, by=acting(worker))
    a_trajectory(someone, by=acting(a_coordinator(town)))
    stranger = acting(a_case_manager(a_team(town)))
    for refused in (
        lambda: withdraw_trajectory(by=stranger, trajectory=trajectory, why="x"),
        lambda: end_trajectory(by=stranger, trajectory=trajectory, ends_on=UNTIL, reason=""),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_the_room_can_tell_what_it_holds(someone: Client) -> None:
    trajectory = a_trajectory(someone)
    an_instrument(trajectory)
    an_activity(trajectory)
    a_trajectory(a_client(someone.municipality))
    give = rooms_with_personal_data.get("plans")
    held = give(someone) if give else []
    assert [one.model for one in held] == ["plans.trajectory", "plans.activity", "plans.instrument"]


def test_what_was_said_once_may_stay_when_its_code_ended_since(someone: Client) -> None:
    trajectory = a_trajectory(someone, "work")
    used = an_instrument(trajectory, "coaching", until=UNTIL, result="completed")
    for words, code in (
        ("trajectory_kind", "work"),
        ("instrument_kind", "coaching"),
        ("instrument_result", "completed"),
    ):
        end_code(by=BY, code=Code.objects.get(code_list__key=words, code=code), ends_on=SINCE)
    end_trajectory(by=BY, trajectory=trajectory, ends_on=UNTIL, reason="goal_reached")
    record_instruments(by=BY, rows=[replace(instrument_row(used), supplier="Werkpoort", replaces_id=used.pk)])
    assert Instrument.objects.current().get().supplier == "Werkpoort"
    anew = replace(instrument_row(used), reference=new_reference(), replaces_id=None)
    assert faults(lambda: record_instruments(by=BY, rows=[anew])) == ["result_unknown", "instrument_unknown"]
    ended = Instrument.objects.current().get()
    other = replace(instrument_row(ended), kind="wiw_id_job", replaces_id=ended.pk)
    assert faults(lambda: record_instruments(by=BY, rows=[other])) == ["instrument_unknown"]
