"""What was written behind emergency access is not lost when that ends, and nothing of the dossier is shown after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from opstap.accounts.models import Draft
from opstap.audit.models import Access
from opstap.clients.models import Client
from opstap.clients.operations import end_glass, merge_clients, protect_dossier
from opstap.contacts.models import Contact
from opstap.contacts.selectors.notes import opened_note
from opstap.foundation.dates import clock_at
from tests.dossier.glasses import HOUR, NOW, SECOND, broken, words
from tests.factories.accounts import acting
from tests.factories.clients import BY
from tests.factories.desk import Office

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_ten")]
QUARTER = timedelta(minutes=15)
TYPED = {"kind": "phone", "outcome": "held", "held_on": "2027-06-09", "note": "Rustig gepraat", "client_does": "belt"}


def page_of(client: Client) -> str:
    return f"/contact/{client.reference}/"


def noted() -> list[str]:
    return [opened_note(one.note_encrypted).text for one in Contact.objects.current()]


def typed_only(page: bytes, client: Client) -> bool:
    """Whether it shows what was typed, and nobody."""
    text = words(page)
    return "Rustig gepraat" in text and not any(one in text for one in ("Bakker", client.number, "Lee Bos"))


def sent(office: Office, client: Client, **more: str) -> Any:
    return office.sign_in(office.jo).browser.post(page_of(client), TYPED | more)


def test_a_draft_is_kept_while_it_is_open_and_can_be_thrown_away(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    draft = f"{page_of(client_of_lee)}concept/"
    assert f'hx-post="{draft}"' in office.page(page_of(client_of_lee))
    assert office.browser.post(draft, TYPED).status_code == 200
    page = office.page(page_of(client_of_lee))
    assert "Rustig gepraat" in page
    assert "Het concept van" in page
    assert office.browser.post(f"{page_of(client_of_lee)}concept-weg/").status_code == 302
    assert not Draft.objects.exists()


def test_what_is_sent_after_the_session_is_kept_as_a_draft(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    office.page(page_of(client_of_lee))
    with clock_at(NOW + timedelta(minutes=40)):
        late = office.browser.post(page_of(client_of_lee), TYPED, headers={"Referer": page_of(client_of_lee)})
        assert late["Location"].startswith("/aanmelden/")
        assert "Rustig gepraat" in office.sign_in(office.jo).page(page_of(client_of_lee))


def test_what_was_written_in_time_is_saved_a_quarter_of_an_hour_later(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    with clock_at(NOW + HOUR + QUARTER - SECOND):
        answer = sent(office, client_of_lee, looked="confirmed", next_on="2027-06-16", next_kind="phone")
        assert (answer.status_code, answer["Location"]) == (302, "/contact/vandaag/")
        assert "De noodtoegang tot het dossier is voorbij." in words(office.browser.get(answer["Location"]).content)
        assert office.browser.get(page_of(client_of_lee)).status_code == 404
        assert office.browser.get(f"/clienten/{client_of_lee.reference}/").status_code == 404
    assert noted() == ["Rustig gepraat"]
    held = Contact.objects.get()
    assert (held.worker, held.looked) == (office.jo, "")
    assert not client_of_lee.next_contacts.filter(worker=office.jo).exists()
    assert Access.objects.filter(action="contacts:note", method="POST").earliest("pk").why == "broken_glass"


def test_a_fault_is_told_with_what_was_typed_and_nothing_of_the_dossier(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    with clock_at(NOW + HOUR):
        faulty = sent(office, client_of_lee, held_on="2027-06-20")
        assert faulty.status_code == 400
        assert "Deze dag moet nog komen" in words(faulty.content)
        assert typed_only(faulty.content, client_of_lee)
        assert sent(office, client_of_lee, day="1").status_code == 200  # the kinds of another day
        assert noted() == []
        assert sent(office, client_of_lee).status_code == 302


def test_what_comes_later_still_is_there_to_copy_and_when_it_is_opened_again(
    office: Office, client_of_lee: Client
) -> None:
    broken(office, client_of_lee)
    with clock_at(NOW + HOUR + QUARTER):
        late = sent(office, client_of_lee)
        assert late.status_code == 403
        assert typed_only(late.content, client_of_lee)
        assert noted() == []
        assert office.browser.get(page_of(client_of_lee)).status_code == 404
        broken(office, client_of_lee)
        assert "Rustig gepraat" in office.page(page_of(client_of_lee))
        assert office.browser.post(page_of(client_of_lee), TYPED).status_code == 302
    assert noted() == ["Rustig gepraat"]
    assert not Draft.objects.exists()


def test_one_s_own_draft_can_be_sent_in_as_long_and_is_all_that_is_shown(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    office.browser.post(f"{page_of(client_of_lee)}concept/", TYPED)
    for moment, status in ((HOUR, 200), (HOUR + QUARTER - SECOND, 200), (HOUR + QUARTER, 404)):
        with clock_at(NOW + moment):
            answer = office.sign_in(office.jo).browser.get(page_of(client_of_lee))
            assert answer.status_code == status, moment
            assert status == 404 or typed_only(answer.content, client_of_lee)
            assert office.browser.post(f"{page_of(client_of_lee)}concept/", TYPED).status_code == 200


def test_ended_early_it_holds_as_well(office: Office, client_of_lee: Client) -> None:
    glass = broken(office, client_of_lee)
    with clock_at(NOW + timedelta(minutes=5)):
        end_glass(by=acting(office.jo), reference=glass.reference)
        assert sent(office, client_of_lee).status_code == 302
    with clock_at(NOW + timedelta(minutes=20)):
        assert sent(office, client_of_lee).status_code == 403
    assert noted() == ["Rustig gepraat"]


def test_of_a_dossier_that_was_protected_since_nothing_is_saved_and_the_words_are_not_lost(
    office: Office, client_of_lee: Client
) -> None:
    broken(office, client_of_lee)
    protect_dossier(by=BY, client=client_of_lee, reason="relative", review_on=date(2027, 12, 1), why="x")
    answer = sent(office, client_of_lee)
    assert answer.status_code == 403
    assert typed_only(answer.content, client_of_lee)
    assert office.browser.get(page_of(client_of_lee)).status_code == 404
    assert noted() == []


def test_a_dossier_that_was_merged_since_is_the_one_that_was_kept(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    kept = office.of(None, "Kept", team=office.other_team)
    merge_clients(by=BY, client=client_of_lee, kept=kept, why="dubbel")
    assert sent(office, kept).status_code == 302
    with clock_at(NOW + HOUR):
        assert sent(office, kept).status_code == 302


def test_for_all_others_there_is_nothing(office: Office, client_of_lee: Client) -> None:
    broken(office, client_of_lee)
    with clock_at(NOW + HOUR):
        office.sign_in(office.kim)
        for under in ("", "concept/", "concept-weg/"):
            assert office.browser.post(f"{page_of(client_of_lee)}{under}", TYPED).status_code == 404, under
    with clock_at(NOW + timedelta(days=2)):
        assert sent(office, client_of_lee).status_code == 404
        assert office.browser.post(f"{page_of(client_of_lee)}concept/", TYPED).status_code == 404
    assert not Draft.objects.exists()
    assert noted() == []
