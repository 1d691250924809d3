"""A draft that waited gives way to what was asked just now: the way, the reason and the day; the rest of it is kept."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from opstap.foundation import dates
from tests.factories.ladder import placed
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
FIRST_QUESTION = 'name="current-contract" value="yes"'


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def keep(desk: Desk, **fields: str) -> None:
    """As the page does it a moment after any choice."""
    given = {"ladder": "vng", "level": "2+", "reason": "yearly", "measured_on": dates.today().isoformat()} | fields
    assert desk.browser.post(f"{desk.url}concept/", given).status_code == 200


def page(desk: Desk, **asked: str) -> str:
    return desk.browser.get(desk.url, asked).content.decode()


def shown(text: str) -> tuple[str, str, str]:
    """Level, reason and day with which the form starts."""
    level = re.search(r'name="level" value="([^"]*)" checked', text)
    reason = re.search(r'<option value="([^"]*)" selected', text.partition('<select name="reason"')[2])
    day = re.search(r'name="measured_on" value="([^"]*)"', text)
    return tuple(found[1] if found else "" for found in (level, reason, day))  # type: ignore[return-value]


def test_asking_for_the_questions_goes_before_the_draft_and_the_choice_stays(desk: Desk) -> None:
    keep(desk, client_view="iets heel eigens")
    text = page(desk, ladder="vng", wijze="vragen")
    assert FIRST_QUESTION in text
    assert "iets heel eigens" in text
    assert shown(text)[0] == "2+"


def test_asking_to_choose_directly_goes_before_a_draft_with_questions(desk: Desk) -> None:
    keep(desk, wijze="vragen", **{"current-contract": "no"})
    assert 'name="current-tasks"' not in page(desk, ladder="vng", wijze="")
    assert 'name="current-tasks"' in page(desk, ladder="vng")


def test_after_an_instrument_that_is_the_reason(desk: Desk) -> None:
    keep(desk)
    assert shown(page(desk, ladder="vng"))[:2] == ("2+", "yearly")
    assert shown(page(desk, ladder="vng", reason="after_instrument"))[:2] == ("2+", "after_instrument")


def test_at_a_contact_the_day_and_the_reason_are_those_of_the_contact(desk: Desk) -> None:
    placed(desk.client, "3", on=dates.today() - timedelta(days=300))
    before = (dates.today() - timedelta(days=20)).isoformat()
    keep(desk)
    assert shown(page(desk, ladder="vng", op=before)) == ("2+", "at_contact", before)


def test_what_was_changed_since_one_came_for_it_stays_changed(desk: Desk) -> None:
    keep(desk)
    asked = {"ladder": "vng", "reason": "after_instrument"}
    came_for = re.search(r'name="came_for" value="([^"]*)"', page(desk, **asked))
    assert came_for is not None
    keep(desk, came_for=came_for[1], reason="intake")
    assert shown(page(desk, **asked, wijze="vragen"))[1] == "intake"


def test_the_way_back_the_reason_and_the_day_go_along_with_the_bar_and_with_a_draft_thrown_away(desk: Desk) -> None:
    keep(desk)
    text = page(desk, ladder="vng", op="2026-01-05", reason="at_contact", next="/clienten/")
    bar, dropping = text.partition('<form class="filters')[2], text.partition("/concept-weg/")[2]
    for form in (bar.partition("</form>")[0], dropping.partition("</form>")[0]):
        for name, value in (("op", "2026-01-05"), ("reason", "at_contact"), ("next", "/clienten/")):
            assert f'<input type="hidden" name="{name}" value="{value}">' in form
    sent = {"ladder": "vng", "op": "2026-01-05", "reason": "at_contact"}
    assert desk.post(sent, f"{desk.url}concept-weg/") == f"{desk.url}?ladder=vng&reason=at_contact&op=2026-01-05"
