"""Who asks the same again is answered from memory, until something is recorded; nobody gets what another may see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client as Browser

from opstap.accounts.permissions import actor_for
from opstap.audit.selectors import latest_recording
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Asked
from opstap.reporting.selectors import questions
from opstap.reporting.tables.reports import REPORTS, answered
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 15)
PAGE = f"/rapporten/plaatsing/?on={DAY}"
LISTS = sorted(key for key, report in REPORTS.items() if report.page_size)


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    team = a_team(municipality)
    worker = a_case_manager(team, name="Jo Jansen")
    for number, level in enumerate(("1", "2", "2")):
        client = a_client(municipality)
        placed(client, level, on=date(2024, 1, 1))
        if number == 0:
            in_caseload(client, team=team, worker=worker, since=date(2020, 1, 1))
    return municipality


@pytest.fixture
def understood(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The reports that were answered anew, in their order."""
    anew: list[str] = []
    understand = questions.understand

    def noted(asked: Asked, **rest: Any) -> questions.Question:
        anew.append(asked.report)
        return understand(asked, **rest)

    monkeypatch.setattr("opstap.reporting.tables.reports.understand", noted)
    return anew


def persons_on(browser: Browser, address: str = PAGE) -> int:
    return int(browser.get(address).context["result"].base)


def test_the_same_question_is_answered_once(town: Municipality, understood: list[str]) -> None:
    browser = signed_in(a_coordinator(town))
    assert [persons_on(browser), persons_on(browser)] == [3, 3]
    assert understood == ["placement"]
    assert browser.get(f"/rapporten/plaatsing/bestand/csv/?on={DAY}").status_code == 200
    assert understood == ["placement"]
    assert persons_on(browser, f"{PAGE}&by=team") == 3
    assert understood == ["placement", "placement"]


def test_what_is_recorded_counts_at_once(town: Municipality, understood: list[str]) -> None:
    browser = signed_in(a_coordinator(town))
    before = latest_recording()
    assert persons_on(browser) == 3
    placed(a_client(town), "4", on=date(2024, 2, 1))
    assert latest_recording() > before
    assert persons_on(browser) == 4
    assert understood == ["placement"] * 2


def test_everybody_gets_their_own_answer(town: Municipality, understood: list[str]) -> None:
    worker = get_user_model().objects.get(name="Jo Jansen")
    coordinator, own = signed_in(a_coordinator(town)), signed_in(worker)
    assert [persons_on(coordinator), persons_on(own), persons_on(coordinator), persons_on(own)] == [3, 1, 3, 1]
    assert understood == ["placement"] * 2


def test_the_next_day_it_is_counted_anew(
    town: Municipality, understood: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = actor_for(a_coordinator(town))
    asked = Asked(report="placement", on=DAY.isoformat())
    tomorrow = dates.today() + timedelta(days=1)
    answered(asked, actor=actor, municipality=town, language="nl")
    assert answered(asked, actor=actor, municipality=town, language="en").rows
    assert understood == ["placement"] * 2
    monkeypatch.setattr(dates, "today", lambda: tomorrow)
    answered(asked, actor=actor, municipality=town, language="nl")
    assert understood == ["placement"] * 3


@pytest.mark.parametrize("key", LISTS)
def test_a_report_that_lists_people_is_not_remembered(town: Municipality, understood: list[str], key: str) -> None:
    browser = signed_in(a_coordinator(town))
    address = f"/rapporten/{REPORTS[key].definition.slug}/?on={DAY}"
    assert [persons_on(browser, address), persons_on(browser, address)] == [3, 3]
    assert understood == [key, key]
