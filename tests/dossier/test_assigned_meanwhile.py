"""Two who give clients to somebody at once: nobody gets two case managers, and who is second sees who has whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from opstap.audit.models import Recording
from opstap.audit.operations import ReplacedMeanwhile, writing
from opstap.clients.models import Assignment, Client
from opstap.clients.operations import Share, assign_clients, assigning, take_back_assigning
from tests.factories.accounts import a_worker, acting
from tests.factories.desk import Office, days_ago
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
ASSIGN, BESIDE = "/team/toewijzen/", "/team/meebegeleiden/"
TODAY = days_ago(0)


def give(office: Office, client: Client, to: Any, role: str = "case_manager") -> int:
    """The coordinator assigns."""
    share = Share(client.pk, to.pk, None if role != "case_manager" else office.team.pk, role)
    done = assign_clients(by=acting(office.coordinator), shares=[share], from_on=TODAY, reason="transferred")
    assert done.number is not None
    return done.number


def holders(client: Client) -> list[str]:
    rows = Assignment.objects.current().filter(client=client, ends_on=None).select_related("worker")
    return sorted(row.worker.name if row.worker else "" for row in rows)


@pytest.fixture
def at_this_moment(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], Any]], None]:
    """Somebody else commits after it was read and before the counter is held."""

    def first(doing: Callable[[], Any]) -> None:
        waiting = [doing]

        @contextmanager
        def overtaken(**said: Any) -> Iterator[Recording]:
            while waiting:
                waiting.pop()()
            with writing(**said) as recording:
                yield recording

        monkeypatch.setattr(assigning, "writing", overtaken)

    return first


@pytest.mark.parametrize("since", [days_ago(0), days_ago(40)])
def test_two_at_once_give_nobody_two_case_managers(
    office: Office, at_this_moment: Callable[[Callable[[], Any]], None], since: Any
) -> None:
    client = office.of(None, team=office.team, since=since)
    at_this_moment(lambda: give(office, client, office.kim))
    share = Share(client.pk, office.jo.pk, office.team.pk)
    with pytest.raises(ReplacedMeanwhile):
        assign_clients(by=acting(office.leader), shares=[share], from_on=TODAY, reason="caseload_divided")
    assert holders(client) == ["Kim Smit"]


def test_what_is_assigned_at_the_moment_it_is_taken_back_stays(
    office: Office, at_this_moment: Callable[[Callable[[], Any]], None]
) -> None:
    client = office.of(office.jo)
    number = give(office, client, office.kim)
    at_this_moment(lambda: give(office, client, office.lee))
    with pytest.raises(ReplacedMeanwhile):
        take_back_assigning(by=acting(office.coordinator), number=number)
    assert holders(client) == ["Lee Bos"]


def test_taking_back_at_that_moment_is_told_on_the_page(
    office: Office, at_this_moment: Callable[[Callable[[], Any]], None]
) -> None:
    client = office.of(office.jo)
    window = Window(office.sign_in(office.leader).browser, f"{ASSIGN}?client={client.reference}")
    assert window.send(workers=office.kim.reference) == 302
    at_this_moment(lambda: give(office, client, office.lee))
    told = office.browser.post(f"{window.led}terug/", follow=True)
    assert told.status_code == 200
    assert "Er is niets ongedaan gemaakt" in told.content.decode()


def test_whom_a_colleague_assigned_meanwhile_goes_nowhere_without_a_word(office: Office) -> None:
    mine, theirs = office.of(office.jo, "Adema"), office.of(office.jo, "Bakker")
    path = f"{ASSIGN}?client={mine.reference}&client={theirs.reference}"
    window = Window(office.sign_in(office.leader).browser, path)
    give(office, theirs, office.kim)
    assert window.send(workers=office.jo.reference, reason="worker_absent") == 409
    assert f"{office.coordinator.name} heeft dit intussen gewijzigd" in window.words
    assert re.search(r"Bakker[^A-Z]+[A-Z.]* ?Jo Visser Kim Smit", window.words)
    assert window.fields["reason"] == "worker_absent"
    assert holders(theirs) == ["Kim Smit"]
    assert window.send() == 302
    assert holders(theirs) == ["Jo Visser"]


def test_of_a_whole_caseload_somebody_came_or_went(office: Office) -> None:
    stays, goes = office.of(office.jo, "Adema"), office.of(office.jo, "Bakker")
    browser = office.sign_in(office.leader).browser
    window = Window(browser, f"{ASSIGN}?worker={office.jo.reference}")
    give(office, goes, office.kim)
    assert window.send(workers=office.kim.reference) == 409
    assert "Bakker" in window.words
    assert "1 cliënt gaat naar een collega of naar een team." in window.words
    give(office, goes, office.jo)
    assert window.send() == 409
    assert window.send() == 302
    assert (holders(stays), holders(goes)) == (["Kim Smit"], ["Kim Smit"])


def test_of_who_waits_and_of_whom_one_no_longer_sees(office: Office) -> None:
    here, gone = office.of(None, "Adema", team=office.team), office.of(None, "Bakker", team=office.team)
    browser = office.sign_in(office.leader).browser
    windows = Window(browser, f"{ASSIGN}?worker=none"), Window(
        browser, f"{ASSIGN}?client={here.reference}&client={gone.reference}"
    )  # fmt: skip
    share = Share(gone.pk, office.lee.pk, office.other_team.pk)
    assign_clients(by=acting(office.coordinator), shares=[share], from_on=TODAY, reason="transferred")
    for window in windows:
        assert window.send(workers=office.kim.reference) == 409
        assert "Iemand anders heeft dit intussen gewijzigd" in window.words
        assert "Bakker" not in window.words
        assert "Lee Bos" not in window.words
    assert holders(here) == [""]


def test_a_page_without_a_version_and_a_fault_keep_what_was_opened(office: Office) -> None:
    client = office.of(office.jo)
    browser = office.sign_in(office.leader).browser
    window = Window(browser, f"{ASSIGN}?client={client.reference}")
    opened = window.fields["version"]
    assert window.send() == 400
    assert window.fields["version"] == opened
    assert window.send(workers=office.kim.reference, version=None) == 409
    assert holders(client) == ["Jo Visser"]


def test_guiding_along_as_well(office: Office) -> None:
    client = office.of(office.jo, "Adema")
    coach, other = (a_worker(office.town, "job_coach", name=name) for name in ("Rik Coach", "Pat Kok"))
    window = Window(office.sign_in(office.leader).browser, f"{BESIDE}?client={client.reference}")
    give(office, client, other, "job_coach")
    assert window.send(worker=coach.reference, role="job_coach") == 409
    assert "– Pat Kok" in window.words
    assert window.send() == 302
    give(office, client, office.kim)
    assert holders(client) == ["Kim Smit", "Rik Coach"]
