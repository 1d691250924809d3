"""A ladder of any length has its colours: beside each level, and in the charts of its reports."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from opstap.foundation import dates
from opstap.foundation.charts.colours import GROUPS, level_colours
from opstap.ladder.selectors.scales import scale_on
from opstap.ladder.tables import level_class
from tests.factories.accounts import a_coordinator, a_functional_administrator
from tests.factories.clients import a_client, followed
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def drawn(browser: Client, count: int, kind: str = "ordinal") -> None:
    """An administrator makes a scale of so many levels on screen."""
    sent = {
        "name_nl": "Dorpsladder", "key": "dorp", "kind": kind, "horizon_months": "12",
        "starts_on": dates.today().isoformat(), "levels": str(count), "questions": "0",
    }  # fmt: skip
    for place in range(count):
        sent |= {f"level-{place}-code": str(place + 1), f"level-{place}-name_nl": f"Trede {place + 1}"}
        sent |= {f"level-{place}-growth": "on"}
    assert browser.post("/beheer/ladders/nieuw/", sent).status_code == 302


@pytest.fixture
def town() -> Any:
    return a_municipality()


def coordinator_with_a_person_on_each_level(browser: Client, town: Any, count: int) -> None:
    """Who was on the level above before, and is expected on the highest."""
    now = dates.today()
    for place in range(1, count + 1):
        person = a_client(town, number=f"K{place}")
        followed(person, date(2024, 1, 1))
        placed(person, str(place % count + 1), on=now - timedelta(days=200), scale="dorp")
        placed(person, str(place), on=now - timedelta(days=10), scale="dorp", growth="yes", expected=str(count))
    browser.force_login(a_coordinator(town), backend=BACKEND)


@pytest.mark.parametrize("count", [2, 5, 11, 30])
@pytest.mark.covers("B-58", page="/rapporten/plaatsing/")
def test_levels_have_their_colours_beside_them_and_in_every_chart(client: Client, town: Any, count: int) -> None:
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    drawn(client, count)
    coordinator_with_a_person_on_each_level(client, town, count)
    before = (dates.today() - timedelta(days=100)).isoformat()
    for slug in ("plaatsing", "nu-en-verwacht", "beweging"):
        asked = {"scale": "dorp", "compared_with": before} if slug == "beweging" else {"scale": "dorp"}
        response = client.get(f"/rapporten/{slug}/", asked)
        assert response.status_code == 200, slug
        page = response.content.decode()
        badges = re.findall(r'class="level level--(\d+)-of-(\d+)">(\d+)</span>', page)
        assert {(place, number) for place, _of, number in badges} == {(str(n), str(n)) for n in range(1, count + 1)}
        assert {of for _place, of, _number in badges} == {str(count)}
        charts = "".join(re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL))
        assert set(level_colours(count)) <= set(re.findall(r"#[0-9A-F]{6}", charts)), slug


@pytest.mark.parametrize("count", [2, 5, 11, 30])
def test_the_page_of_the_ladder_shows_its_levels_in_their_colours(client: Client, town: Any, count: int) -> None:
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    drawn(client, count)
    page = client.get("/ladders/dorp/").content.decode()
    shown = re.findall(rf'class="level level--(\d+)-of-{count}">', page)
    assert shown == [str(place) for place in range(count, 0, -1)]


def test_groups_without_order_keep_their_colours_and_start_again_after_the_last(client: Client, town: Any) -> None:
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    drawn(client, 8, kind="nominal")
    scale = scale_on("dorp", dates.today())
    assert scale is not None
    assert [level_class(scale, code) for code in ("1", "6", "7", "8")] == [
        "level--group-1", "level--group-6", "level--group-1", "level--group-2",
    ]  # fmt: skip
    coordinator_with_a_person_on_each_level(client, town, 8)
    charts = client.get("/rapporten/plaatsing/", {"scale": "dorp"}).content.decode()
    assert set(GROUPS) <= set(re.findall(r"#[0-9A-F]{6}", charts))
