"""Two who look at one protection: who is second sees what the first did, with what they filled in themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opstap.clients.models import Acquaintance, Admission, Client, Protection
from opstap.clients.operations import protect_dossier, say_known
from opstap.foundation import dates
from tests.factories.accounts import acting
from tests.factories.clients import BY
from tests.factories.desk import Office
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
WHY = "Nog steeds bedreigd"


def in_days(days: int) -> str:
    return (dates.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def hidden(office: Office) -> Client:
    client = office.of(office.jo, "Verborgene")
    day = dates.today() + timedelta(days=60)
    protect_dossier(by=BY, client=client, reason="colleague", review_on=day, why="werkt hier")
    office.sign_in(office.leader)
    return client


def opened(office: Office, under: str = "") -> Window:
    """The form of the one protection, as it stands open."""
    fact = office.browser.get("/team/beschermd/").context["protections"][0][0].reference
    return Window(office.browser, f"/team/beschermd/{fact}/{under}")


def reviewed_by_the_coordinator(office: Office, **given: str) -> None:
    office.sign_in(office.coordinator)
    assert opened(office).send(**{"review_on": in_days(90), "why": "bekeken", **given}) == 302
    office.sign_in(office.leader)


def standing() -> tuple[str, str, list[str]]:
    row = Protection.objects.active_on(dates.today()).get()
    readers = Admission.objects.active_on(dates.today()).order_by("user__name").values_list("user__name", flat=True)
    return row.review_on.isoformat(), row.why, list(readers)


@pytest.mark.covers("B-59", page="/team/beschermd/")
def test_who_looks_second_sees_both_and_chooses(office: Office, hidden: Client) -> None:
    mine = opened(office)
    reviewed_by_the_coordinator(office, readers=office.coordinator.reference)
    assert mine.send(review_on=in_days(120), why=WHY, readers=office.leader.reference) == 409
    assert f"{office.coordinator.name} heeft dit intussen gewijzigd" in mine.words
    assert WHY in mine.page
    assert in_days(120) in mine.page
    assert f"{office.coordinator.name} {office.leader.name}" in mine.words  # let in by the one, and by the other
    assert standing() == (in_days(90), "bekeken", [office.coordinator.name])
    assert mine.send() == 302
    assert standing() == (in_days(120), WHY, [office.leader.name])


def test_the_same_filled_in_is_told_too_unless_it_was_sent_twice(office: Office, hidden: Client) -> None:
    mine, again = opened(office), opened(office)
    reviewed_by_the_coordinator(office)
    assert mine.send(review_on=in_days(90), why=WHY) == 409
    assert WHY in mine.page
    assert again.send(review_on=in_days(90), why="bekeken") == 302
    assert Protection.objects.count() == 2


def test_who_ends_what_was_looked_at_meanwhile_is_asked_again(office: Office, hidden: Client) -> None:
    mine = opened(office, "beeindigen/")
    reviewed_by_the_coordinator(office, readers=office.coordinator.reference)
    assert mine.send(why=WHY) == 409
    assert WHY in mine.page
    assert f"– {office.coordinator.name}" in mine.words
    assert Protection.objects.active_on(dates.today()).exists()
    assert mine.send() == 302
    assert not Protection.objects.active_on(dates.today()).exists()


@pytest.mark.parametrize("days", [0, 1])
@pytest.mark.parametrize("under", ["", "beeindigen/"])
def test_what_was_ended_meanwhile_is_there_to_copy(office: Office, hidden: Client, under: str, days: int) -> None:
    """On the day on which it began it is withdrawn, later ended."""
    with dates.clock_at(dates.now() + timedelta(days=days)):
        office.sign_in(office.leader)
        mine = opened(office, under)
        assert opened(office, "beeindigen/").send(why="voorbij") == 302
        count = Protection.objects.count()
        for _twice in range(2):
            assert mine.send(why=WHY) == 409
            assert "heeft dit intussen ingetrokken" in mine.words
            assert "Verborgene" in mine.words
            assert WHY in mine.page
        assert Protection.objects.count() == count
        if under:
            assert mine.send(why="voorbij") == 302  # it is so already


def test_a_fault_does_not_hide_what_a_colleague_did(office: Office, hidden: Client) -> None:
    mine = opened(office)
    reviewed_by_the_coordinator(office)
    assert mine.send(review_on=in_days(120), why="") == 409
    assert mine.send(review_on=in_days(-1), why=WHY) == 400
    assert WHY in mine.page


def test_two_who_let_a_worker_see_it_again(office: Office) -> None:
    client = office.of(office.jo, "Buurman")
    say_known(by=acting(office.jo), client=client)
    fact = office.sign_in(office.leader).browser.get("/team/beschermd/").context["known"][0].reference
    mine, theirs = (Window(office.browser, f"/team/bekend/{fact}/beeindigen/") for _ in range(2))
    assert theirs.send(why="vergissing") == 302
    assert mine.send(why=WHY) == 409
    assert WHY in mine.page
    assert mine.send(why="vergissing") == 302
    assert not Acquaintance.objects.active_on(dates.today()).exists()


def test_it_stays_hidden_from_who_does_not_guard_it(office: Office, hidden: Client) -> None:
    mine = opened(office)
    reviewed_by_the_coordinator(office, readers=office.leader.reference)
    say_known(by=acting(office.leader), client=hidden)
    assert mine.send(why=WHY) == 404
    assert office.browser.get(mine.url).status_code == 404
