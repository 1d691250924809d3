"""While a publication is being made its page says what is happening, since when, and how long others took."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client as Browser

from opstap.analytics.disclosure import publish_by_worth
from opstap.foundation import dates
from opstap.foundation.jobs.models import Progress, WorkerSeen
from opstap.reporting.operations.publications import making
from tests.factories.accounts import a_coordinator
from tests.factories.jobs import do_all
from tests.factories.pages import signed_in
from tests.factories.publications import SetDown, a_town_to_publish

pytestmark = pytest.mark.django_db
LOOK = {"HX-Request": "true"}


@pytest.fixture
def made() -> SetDown:
    return a_town_to_publish()


@pytest.fixture
def browser(made: SetDown) -> Browser:
    return signed_in(a_coordinator(made.town))


@pytest.fixture
def asked(made: SetDown, browser: Browser) -> str:
    """The page of what was asked for and is not made yet."""
    sent = {"on": made.on.isoformat(), "title": "De ladder"}
    return str(browser.post("/publicaties/vaststellen/", sent)["Location"])


def looking_at(monkeypatch: pytest.MonkeyPatch, name: str, look: Callable[[], object]) -> list[Any]:
    """What is seen while the job is in a step of it."""
    seen: list[Any] = []
    step = getattr(making, name)

    def watched(*given: Any, **named: Any) -> Any:
        seen.append(look())
        return step(*given, **named)

    monkeypatch.setattr(making, name, watched)
    return seen


def test_before_its_turn_it_waits_and_says_since_when(browser: Browser, asked: str) -> None:
    page = browser.get(asked).content.decode()
    assert 'step--current" aria-current="step"' in page
    assert "Wachten op de beurt" in page
    assert "Gevraagd op" in page
    assert "wacht op zijn beurt" in page
    assert 'id="underway" role="status"' in page
    assert "Kijk of het er al is" in page


def test_who_has_read_it_is_told_nothing_twice(browser: Browser, asked: str) -> None:
    assert browser.get(f"{asked}?seen=waiting", headers=LOOK).status_code == 204
    anew = browser.get(f"{asked}?seen=counting", headers=LOOK)
    assert anew.status_code == 200
    assert "wacht op zijn beurt" in anew.content.decode()
    assert "HX-Refresh" not in anew.headers


def test_each_step_is_told_while_it_is_done(browser: Browser, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def page() -> str:
        return browser.get(asked).content.decode()

    counting = looking_at(monkeypatch, "basis_of", page)
    attacking = looking_at(monkeypatch, "publish_by_worth", page)
    do_all()
    assert "worden de mensen geteld" in counting[0]
    assert counting[0].count("step--done") == 1
    tables = len(browser.get(asked).context["sections"]) + len(browser.get(asked).context["others"])
    assert tables > 3
    assert "tabellen zijn geteld. Sinds" in attacking[0]
    assert attacking[0].count("step--done") == 2
    assert not Progress.objects.exists()
    assert browser.get(f"{asked}?seen=attacking", headers=LOOK)["HX-Refresh"] == "true"
    assert "underway" not in browser.get(asked).content.decode()


def test_how_many_tables_is_how_many_are_attacked(
    browser: Browser, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []

    def watched(tables: Any, *others: Any, **named: Any) -> Any:
        given.append(len(tables))
        assert f"{len(tables)} tabellen zijn geteld" in browser.get(asked).content.decode()
        return publish_by_worth(tables, *others, **named)

    monkeypatch.setattr(making, "publish_by_worth", watched)
    do_all()
    assert len(given) == 1


def test_what_fails_leaves_no_step_behind(browser: Browser, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: object, **_named: object) -> None:
        message = "the disk is full"
        raise OSError(message)

    monkeypatch.setattr(making, "publish_by_worth", broken)
    do_all()
    assert not Progress.objects.exists()
    assert "Het is niet afgemaakt" in browser.get(asked).content.decode()


def test_where_nothing_is_done_in_the_background_it_says_so(browser: Browser, asked: str) -> None:
    WorkerSeen.objects.create(started_at=dates.now(), seen_at=dates.now() - timedelta(minutes=4))
    page = browser.get(f"{asked}?seen=waiting", headers=LOOK).content.decode()
    assert "wordt er op de achtergrond niets gedaan: vertel het uw beheerder" in page


def test_how_long_others_took_is_said_where_it_is_known(browser: Browser, asked: str) -> None:
    assert "De vorige" not in browser.get(asked).content.decode()
    with dates.clock_at(dates.now() + timedelta(minutes=3)):
        do_all()
        days = browser.get("/publicaties/vaststellen/").context["form"].fields["on"].choices
        sent = {"on": str(days[-1][0]), "title": "Nog een"}
        second = str(browser.post("/publicaties/vaststellen/", sent)["Location"])
        assert "De vorige duurden ongeveer 3 minuten" in browser.get(second).content.decode()
