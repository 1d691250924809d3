"""A-05: who works on the highest level of Groningen stays in follow-up and is counted, with aftercare by its day."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from tests.factories.accounts import a_coordinator
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)


@pytest.fixture
def desk(client: Client) -> Desk:
    """Somebody who went to work with support (6), and works since (7) with aftercare."""
    desk = Desk(client)
    on = {"ladder": "groningen", "save": "1"}
    desk.post(on | {"level": "6", "with_support": "on", "measured_on": FIRST.isoformat()})
    desk.post(on | {"level": "7", "with_aftercare": "on"})
    return desk


def rows(page: str) -> dict[str, str]:
    """The rows of the table of placements by their day, as words."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    plain = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)) for row in table.split("<tr>")[1:]]
    return {text.strip().split("  ")[0]: text for text in plain}


@pytest.mark.covers("A-05", page="/plaatsen/")
def test_support_and_aftercare_stand_at_the_day_from_which_they_hold(desk: Desk) -> None:
    shown = " | ".join(rows(desk.browser.get(desk.url, {"ladder": "groningen"}).content.decode()).values())
    latest, _, first = shown.partition(" | ")
    assert day(dates.today()) in latest
    assert "met nazorg" in latest
    assert "met ondersteuning" not in latest
    assert day(FIRST) in first
    assert "met ondersteuning" in first
    assert "met nazorg" not in first


@pytest.mark.covers("A-05", page="/rapporten/plaatsing/")
def test_who_works_stays_in_follow_up_and_in_the_counts(desk: Desk) -> None:
    assert f"/clienten/{desk.client.reference}/" in desk.browser.get("/clienten/").content.decode()
    assert "met nazorg" in desk.browser.get(f"/clienten/{desk.client.reference}/").content.decode()
    desk.sign_in(a_coordinator(desk.town))
    result = desk.browser.get("/rapporten/plaatsing/", {"scale": "groningen"}).context["result"]
    counts = {row.values["level"]: row.values["clients"] for row in result.rows}
    assert (counts["7"], counts["6"], result.base) == (1, 0, 1)
    people = desk.browser.get("/rapporten/plaatsing/mensen/", {"scale": "groningen", "level": "7"})
    assert people.context["page_obj"].paginator.count == 1
