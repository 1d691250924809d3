"""The order of all writing, facts that are replaced and withdrawn, and the undoing of a whole recording."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from opstap.audit.models import Event, Recording
from opstap.audit.operations import Undone, undo_recording, writing
from opstap.audit.permissions import Actor, command_line
from opstap.audit.selectors import latest_recording, recording_known_at
from opstap.foundation import appendonly
from opstap.foundation.dates import clock_at, end_of_day, today
from opstap.municipality.models import Setting
from opstap.municipality.operations import change_setting, create_municipality
from opstap.municipality.selectors import setting_on

pytestmark = pytest.mark.django_db


def test_numbers_follow_each_other_and_an_inner_operation_joins() -> None:
    before = latest_recording()
    with writing(by=command_line(), verb="outer") as outer, writing(by=command_line(), verb="inner") as inner:
        assert inner == outer
    assert latest_recording() == before + 1
    assert list(Event.objects.filter(recording=outer).values_list("verb", flat=True)) == ["outer", "inner"]


def test_a_clock_set_back_never_puts_a_later_recording_before_an_earlier_one() -> None:
    with clock_at(datetime(2031, 5, 2, 12, tzinfo=UTC)), writing(by=command_line(), verb="first") as first:
        pass
    with clock_at(datetime(2031, 5, 1, 12, tzinfo=UTC)), writing(by=command_line(), verb="second") as second:
        pass
    assert second.number > first.number
    assert second.at == first.at
    assert recording_known_at(datetime(2031, 5, 1, 23, tzinfo=UTC)) < first.number
    assert recording_known_at(first.at) == second.number


@pytest.mark.parametrize(
    ("night", "hours"), [(datetime(2031, 3, 30, tzinfo=UTC), 23), (datetime(2031, 10, 26, tzinfo=UTC), 25)]
)
def test_in_the_nights_on_which_the_clock_is_moved_every_moment_is_another(night: datetime, hours: int) -> None:
    """02:30 is not there in the one night and twice in the other; recordings and days know no such thing."""
    moments = [night + timedelta(minutes=30 * part) for part in range(-2, 5)]
    written = []
    for moment in moments:
        with clock_at(moment), writing(by=command_line(), verb="at night") as recording:
            written.append(recording)
    assert [recording.at for recording in written] == moments
    assert [recording_known_at(moment) for moment in moments] == [recording.number for recording in written]
    day = night.date()
    assert end_of_day(day) - end_of_day(day - timedelta(days=1)) == timedelta(hours=hours)
    with clock_at(end_of_day(day) - timedelta(seconds=1)):
        assert today() == day
    with clock_at(end_of_day(day)):
        assert today() == day + timedelta(days=1)


def test_a_failed_transaction_leaves_no_recording() -> None:
    before = latest_recording()
    with pytest.raises(RuntimeError), writing(by=command_line(), verb="fails"):
        raise RuntimeError
    assert latest_recording() == before
    assert not Event.objects.filter(verb="fails").exists()


def test_who_has_no_permission_writes_nothing() -> None:
    before = latest_recording()
    nobody = Actor(reference="x", name="x", source="screen")
    with pytest.raises(PermissionDenied):
        create_municipality(by=nobody, name="Nergenshuizen", since=date(2020, 1, 1))
    assert latest_recording() == before


def test_undoing_a_recording_brings_back_what_held() -> None:
    by = command_line()
    town = create_municipality(by=by, name="Terugdorp", since=date(2020, 1, 1))
    change_setting(by=by, municipality=town, key="benefit_gap_days", value=45, since=date(2021, 1, 1))
    change_setting(by=by, municipality=town, key="benefit_gap_days", value=60, since=date(2022, 1, 1))
    assert setting_on(town.pk, "benefit_gap_days", date(2022, 6, 1)) == 60
    undone = Recording.objects.get(number=latest_recording())
    with writing(by=by, verb="undo") as recording:
        assert undo_recording(undone, recording=recording) == Undone(superseded=2, left=0)
    assert setting_on(town.pk, "benefit_gap_days", date(2022, 6, 1)) == 45
    assert setting_on(town.pk, "benefit_gap_days", date(2021, 6, 1)) == 45
    assert setting_on(town.pk, "benefit_gap_days", date(2020, 6, 1)) == 30


@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_every_append_only_table_refuses_change(statement: str) -> None:
    create_municipality(by=command_line(), name="Vastgelegd", since=date(2020, 1, 1))
    assert appendonly.missing(connection) == []
    for model in (Recording, Event, Setting):
        sql = statement.format(table=model._meta.db_table, column=model._meta.pk.column)
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
