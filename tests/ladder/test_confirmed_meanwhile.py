"""Confirming a placement while a colleague places: only the placement that was shown is confirmed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from opstap.audit.operations import ReplacedMeanwhile
from opstap.foundation import dates
from opstap.ladder.operations import confirm_measurement
from tests.factories.accounts import a_coordinator, acting
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.windows import Window
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
LAST_YEAR = date(2025, 3, 4)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def place(desk: Desk, level: str, days: int = 1) -> None:
    """A colleague places them, at the screen."""
    on = dates.today() - timedelta(days=days)
    given = {"level": level, "growth": "unknown", "measured_on": on.isoformat(), "reason": "at_contact", "save": "1"}
    kim = a_coordinator(desk.town, name="Kim Smit")
    assert signed_in(kim).post(desk.url, given).status_code == 302


def test_another_placement_than_the_one_that_was_shown_is_asked_about_first(desk: Desk) -> None:
    placed(desk.client, "3", on=LAST_YEAR)
    own = Window(desk.browser, desk.url)
    own.url = f"{desk.url}bevestigen/"
    place(desk, "5")
    assert own.send(next="/contact/vandaag/") == 409
    assert [held.level.code for held in desk.standing()] == ["3", "5"]
    assert "Kim Smit heeft dit intussen gewijzigd" in own.words
    assert "Trede 3 " in own.words
    assert own.send() == 302
    assert own.led == "/contact/vandaag/"
    assert [held.level.code for held in desk.standing()] == ["3", "5", "5"]


def test_a_placement_of_today_is_told_on_the_page_of_placing(desk: Desk) -> None:
    placed(desk.client, "3", on=LAST_YEAR)
    own = Window(desk.browser, desk.url)
    own.url = f"{desk.url}bevestigen/"
    place(desk, "5", days=0)
    assert own.send() == 302
    assert "vandaag al vastgelegd" in desk.browser.get(own.led).content.decode()
    assert [held.level.code for held in desk.standing()] == ["3", "5"]


def test_without_a_version_nothing_is_confirmed_yet(desk: Desk) -> None:
    held = placed(desk.client, "3", on=LAST_YEAR)
    own = Window(desk.browser, desk.url)
    own.url = f"{desk.url}bevestigen/"
    assert own.send(version=None) == 409
    with pytest.raises(ReplacedMeanwhile):
        confirm_measurement(
            by=acting(desk.worker), client=desk.client, scale_id=held.scale_id, on=dates.today(), reason="yearly",
            opened_on="",
        )  # fmt: skip
    assert len(desk.standing()) == 1
