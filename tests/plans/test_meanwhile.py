"""Two people with one piece of help open: nothing is overwritten, what was typed is kept, and both are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from opstap.audit.operations import ReplacedMeanwhile
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.operations import (
    end_trajectory,
    record_activities,
    record_instruments,
    record_trajectories,
    withdraw_activities,
    withdraw_instruments,
    withdraw_trajectory,
)
from opstap.plans.selectors.help import Thing, activity_row, instrument_row, trajectory_row
from tests.factories.accounts import a_coordinator, acting
from tests.factories.pages import signed_in
from tests.factories.plans import SINCE, a_trajectory, an_activity, an_instrument
from tests.factories.windows import Window
from tests.plans.desks import Desk

pytestmark = pytest.mark.django_db
LATER, LATEST = SINCE + timedelta(days=7), SINCE + timedelta(days=14)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def of_kind(desk: Desk, kind: str) -> Thing:
    """A trajectory, or what hangs under one."""
    trajectory = a_trajectory(desk.client)
    if kind == "trajectory":
        return trajectory
    return an_instrument(trajectory) if kind == "instrument" else an_activity(trajectory)


def windows(desk: Desk, thing: Thing, *words: str) -> tuple[Window, Window]:
    """A colleague's and one's own, both opened on what stands now."""
    first, second = (f"{desk.url}{thing.reference}/{word}/" for word in words)
    return Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), first), Window(desk.browser, second)


def standing(thing: Thing) -> list[tuple[date, date | None, str]]:
    rows = type(thing).objects.filter(reference=thing.reference, withdrawn=False, replaced_by__isnull=True)
    return [(one.starts_on, one.ends_on, one.why) for one in rows]


@pytest.mark.parametrize("kind", ["trajectory", "instrument", "activity"])
def test_the_second_of_two_corrections_overwrites_nothing_and_shows_both(desk: Desk, kind: str) -> None:
    thing = of_kind(desk, kind)
    first, second = windows(desk, thing, "verbeteren", "verbeteren")
    if kind != "trajectory":
        assert first.send(starts_on=LATER.isoformat(), why="van de brief") == 302
        assert second.send(starts_on=LATEST.isoformat(), why="mijn reden") == 409
        assert standing(thing) == [(LATER, None, "van de brief")]
        assert second.send() == 302
        assert standing(thing) == [(LATEST, None, "mijn reden")]
        return
    assert first.send(name="Eerste stap", why="van de brief") == 302
    assert second.send(name="Tweede stap", why="mijn reden") == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert "Genoemde reden: van de brief" in second.words
    assert "Eerste stap Tweede stap" in second.words
    assert (second.fields["name"], second.fields["why"]) == ("Tweede stap", "mijn reden")
    assert [held.name for held in Trajectory.objects.current()] == ["Eerste stap"]
    assert second.send() == 302
    assert [held.name for held in Trajectory.objects.current()] == ["Tweede stap"]


def test_what_a_colleague_changed_beside_it_is_taken_over(desk: Desk) -> None:
    thing = of_kind(desk, "instrument")
    first, second = windows(desk, thing, "verbeteren", "verbeteren")
    first.send(supplier="VNN", why="een")
    assert second.send(starts_on=LATER.isoformat(), why="twee") == 409
    assert "VNN hier niet gewijzigd: hieronder overgenomen" in second.words
    assert second.send() == 302
    assert [(one.supplier, one.starts_on) for one in Instrument.objects.current()] == [("VNN", LATER)]


def test_an_end_that_a_colleague_saved_is_not_lost_by_a_correction(desk: Desk) -> None:
    thing = of_kind(desk, "activity")
    first, second = windows(desk, thing, "beeindigen", "verbeteren")
    assert first.send(last_day=LATER.isoformat()) == 302
    assert second.send(description="Koor", why="twee") == 409
    assert second.fields["last_day"] == LATER.isoformat()
    assert second.send() == 302
    assert [(one.description, one.ends_on) for one in Activity.objects.current()] == [
        ("Koor", LATER + timedelta(days=1))
    ]


@pytest.mark.parametrize(("word", "fields"), [("beeindigen", {}), ("intrekken", {"why": "dubbel"})])
@pytest.mark.parametrize("kind", ["trajectory", "instrument", "activity"])
def test_what_was_corrected_since_is_not_ended_or_withdrawn_unseen(
    desk: Desk, kind: str, word: str, fields: dict[str, str]
) -> None:
    thing = of_kind(desk, kind)
    first, second = windows(desk, thing, "verbeteren", word)
    end = second.fields.get("end_reason")
    given = fields | ({"end_reason": "goal_reached"} if end == "" else {})
    assert first.send(starts_on=LATER.isoformat(), why="van de brief") == 302
    assert second.send(**given) == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert given.items() <= second.fields.items()
    assert standing(thing) == [(LATER, None, "van de brief")]
    assert second.send() == 302
    assert standing(thing) != [(LATER, None, "van de brief")]


def test_what_was_typed_over_a_withdrawn_one_is_kept_with_who_withdrew_it(desk: Desk) -> None:
    thing = of_kind(desk, "activity")
    first, second = windows(desk, thing, "intrekken", "verbeteren")
    first.send(why="verkeerde persoon")
    assert second.send(description="een lang verhaal", why="aanvulling") == 409
    assert "Sietske Wolf heeft dit intussen ingetrokken" in second.words
    assert "Genoemde reden: verkeerde persoon" in second.words
    assert second.fields["description"] == "een lang verhaal"
    assert standing(thing) == []
    assert first.send(why="verkeerde persoon") == 302
    led = desk.browser.get(second.url, follow=True)
    assert "Sietske Wolf heeft dit ingetrokken op" in led.content.decode()
    assert led.redirect_chain[0][0].endswith("/verloop/")


def test_the_same_sent_twice_is_saved_once(desk: Desk) -> None:
    thing = of_kind(desk, "instrument")
    _first, second = windows(desk, thing, "verbeteren", "verbeteren")
    assert [second.send(supplier="VNN", why="twee") for _ in range(2)] == [302, 302]
    assert Instrument.objects.count() == 2


def test_a_form_that_says_no_version_overwrites_nothing(desk: Desk) -> None:
    thing = of_kind(desk, "activity")
    fields = {"description": "Koor", "starts_on": SINCE.isoformat(), "why": "gok"}
    assert desk.browser.post(f"{desk.url}{thing.reference}/verbeteren/", fields).status_code == 409
    assert desk.browser.post(f"{desk.url}{thing.reference}/intrekken/", {"why": "gok"}).status_code == 409
    assert standing(thing) == [(thing.starts_on, None, "")]


def test_the_operations_compare_under_their_lock(desk: Desk) -> None:
    by, trajectory = acting(desk.worker), a_trajectory(desk.client)
    instrument, activity = an_instrument(trajectory), an_activity(trajectory)
    record_instruments(by=by, rows=[replace(instrument_row(instrument), why="een", replaces_id=instrument.pk)])
    record_activities(by=by, rows=[replace(activity_row(activity), why="een", replaces_id=activity.pk)])
    record_trajectories(by=by, rows=[replace(trajectory_row(trajectory), why="een", replaces_id=trajectory.pk)])
    for write in (
        lambda: record_instruments(by=by, rows=[replace(instrument_row(instrument), replaces_id=instrument.pk)]),
        lambda: record_activities(by=by, rows=[replace(activity_row(activity), replaces_id=activity.pk)]),
        lambda: record_trajectories(by=by, rows=[replace(trajectory_row(trajectory), replaces_id=trajectory.pk)]),
        lambda: end_trajectory(by=by, trajectory=trajectory, ends_on=LATER, reason="goal_reached"),
        lambda: withdraw_instruments(by=by, instrument_ids=[instrument.pk], why="twee"),
        lambda: withdraw_activities(by=by, activity_ids=[activity.pk], why="twee"),
        lambda: withdraw_trajectory(by=by, trajectory=trajectory, why="twee"),
    ):
        with pytest.raises(ReplacedMeanwhile):
            write()
    assert [standing(one)[0][2] for one in (trajectory, instrument, activity)] == ["een"] * 3
