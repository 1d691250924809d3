"""A contact by which one says that the level still holds, while a colleague places: of which placement it was said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opstap.accounts.models import User
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from tests.contacts.desks import Desk, ahead
from tests.factories.accounts import a_coordinator
from tests.factories.contacts import agreed
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.windows import Window

TODAY = dates.today()
LAST_YEAR, YESTERDAY = TODAY - timedelta(days=400), TODAY - timedelta(days=1)
HOLDS = {"looked": "confirmed", "note": "Lang gepraat over het werk"}


@pytest.fixture
def kim(desk: Desk) -> User:
    return a_coordinator(desk.town, name="Kim Smit")


@pytest.fixture
def own(desk: Desk) -> Window:
    """One's own form, with level 3 on its button."""
    placed(desk.client, "3", on=LAST_YEAR)
    return Window(desk.browser, desk.url)


def place(desk: Desk, by: User, level: str) -> None:
    """A colleague places them as of yesterday, at the screen."""
    given = {"level": level, "growth": "unknown", "measured_on": YESTERDAY.isoformat(), "reason": "at_contact"}
    path = f"/plaatsen/{desk.client.reference}/"
    assert signed_in(by).post(path, given | {"save": "1"}).status_code == 302


def test_a_level_that_was_not_shown_is_not_confirmed_and_the_note_is_kept(desk: Desk, kim: User, own: Window) -> None:
    place(desk, kim, "5")
    assert own.send(**HOLDS) == 409
    assert desk.contacts() == []
    assert [code for _day, code in desk.placements()] == ["3", "5"]
    assert "Kim Smit heeft dit intussen gewijzigd" in own.words
    assert "Trede 3 " in own.words
    assert own.fields["note"] == HOLDS["note"]
    assert "Bewaar, trede 5 klopt nog" in own.words
    assert own.send(**HOLDS) == 302
    assert desk.placements()[-1] == (TODAY.isoformat(), "5")
    assert [held.looked for held in desk.contacts()] == ["confirmed"]


def test_a_placement_of_the_day_of_the_contact_is_not_said_to_be_confirmed(desk: Desk, kim: User, own: Window) -> None:
    place(desk, kim, "5")
    assert own.send(**HOLDS, held_on=YESTERDAY.isoformat()) == 409
    assert desk.contacts() == []


def test_a_placement_that_was_withdrawn_is_not_confirmed_by_the_one_below_it(desk: Desk, own: Window) -> None:
    latest = placed(desk.client, "4", on=YESTERDAY)
    own = Window(desk.browser, desk.url)
    path = f"/plaatsen/{desk.client.reference}/"
    coordinator = signed_in(a_coordinator(desk.town, name="Kim Smit"))
    link = desk.page(path).partition("/intrekken/")[0].rpartition('"')[2]
    assert Window(coordinator, f"{link}/intrekken/").send(why="verkeerde persoon") == 302
    assert Measurement.objects.filter(pk=latest.pk).exists()
    assert own.send(**HOLDS) == 409
    assert "Genoemde reden: verkeerde persoon" in own.words
    assert desk.contacts() == []


@pytest.mark.parametrize("looked", ["anew", "not_discussed"])
def test_who_does_not_say_that_it_holds_is_not_stopped(desk: Desk, kim: User, own: Window, looked: str) -> None:
    place(desk, kim, "5")
    assert own.send(looked=looked) == 302


def test_a_fault_keeps_what_was_shown_and_a_form_that_shows_none_confirms_none(
    desk: Desk, kim: User, own: Window
) -> None:
    place(desk, kim, "5")
    assert own.send(**HOLDS, held_on="") == 400
    assert own.send(**HOLDS, held_on=TODAY.isoformat()) == 409
    fresh = Window(desk.browser, desk.url)
    assert fresh.send(**HOLDS, placement=None) == 409
    assert desk.contacts() == []


def test_both_that_changed_are_met_one_after_the_other(desk: Desk, kim: User, own: Window) -> None:
    place(desk, kim, "5")
    agreed(desk.client, TODAY + timedelta(days=9))
    assert own.send(**HOLDS, next_on=ahead(5)) == 409
    assert "Bewaar, trede 5 klopt nog" in own.words
    assert own.send(**HOLDS) == 409
    assert "Volgend contact" in own.words
    assert own.send(**HOLDS) == 302
    assert desk.placements()[-1] == (TODAY.isoformat(), "5")
