"""Follow-up is closed and opened again; death and moving close it."""

from __future__ import annotations

import re

import pytest

from opstap.clients.models import FollowUp
from tests.dossier.desks import Desk
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db


def _link(page: str, word: str) -> str:
    found = re.search(rf'href="([^"]+/{word}/)"', page)
    assert found is not None
    return found[1]


def test_follow_up_is_closed_and_opened_again(desk: Desk) -> None:
    closing = {"ends_on": "2026-01-01", "reason": "goal_reached"}
    assert desk.browser.post(f"{desk.url}sluiten/", closing).status_code == 302
    assert "Vandaag niet in begeleiding" in desk.page()
    again = desk.browser.post(f"{desk.url}sluiten/", closing)
    assert "Er is geen lopende begeleiding" in again.content.decode()
    reopened = {"ground": "benefit", "starts_on": "2026-06-01", "ends_on": ""}
    assert desk.browser.post(f"{desk.url}onderdeel/begeleiding/nieuw/", reopened).status_code == 302
    assert "Vandaag niet in begeleiding" not in desk.page()


def test_death_and_moving_close_the_follow_up_and_are_undone_by_a_correction(desk: Desk) -> None:
    assert "er wordt niets meer gestuurd" in desk.words("overleden/")
    assert Window(desk.browser, f"{desk.url}overleden/").send(died_on="2026-05-01", why="bericht van de familie") == 302
    assert "Overleden op 1 mei 2026." in desk.page()
    assert FollowUp.objects.current().get(client=desk.client).end_reason == "deceased"
    assert Window(desk.browser, f"{desk.url}overleden/").send(why="vergissing") == 302
    page = f"{desk.url}onderdeel/begeleiding/"
    right = {"ground": "benefit", "starts_on": "2019-01-01", "ends_on": "", "end_reason": "deceased", "why": "leeft"}
    desk.browser.post(_link(desk.page(page), "verbeteren"), right)
    assert "Overleden op" not in desk.page()
    assert FollowUp.objects.current().get(client=desk.client).end_reason == ""
    assert "Vandaag niet in begeleiding" not in desk.page()
    desk.browser.post(f"{desk.url}verhuisd/", {"moved_on": "2026-06-01"})
    assert FollowUp.objects.current().get(client=desk.client).end_reason == "moved_out"
