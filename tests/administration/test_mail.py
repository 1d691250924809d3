"""*Uitgaande mail*: the settings without the password, and a message to try them with."""

from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.test import Client

from opstap.audit.models import Event
from tests.factories.accounts import a_coordinator, a_functional_administrator
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.mailbox import Mailbox, set_mail

PAGE = "/beheer/mail/"


@pytest.fixture
def administrator(db: None) -> Client:
    return signed_in(a_functional_administrator(a_municipality()))


def test_without_settings_it_says_what_lacks_and_offers_no_test(administrator: Client) -> None:
    page = administrator.get(PAGE).content.decode()
    assert "OPSTAP_MAIL, OPSTAP_MAIL_FROM, OPSTAP_ADDRESS" in page
    assert "Proefbericht sturen" not in page


def test_a_message_arrives_and_the_page_says_so(administrator: Client, settings: LazySettings) -> None:
    settings.EMAIL_HOST_PASSWORD = "geheim-van-de-server"
    with Mailbox() as mailbox:
        set_mail(settings, mailbox.port)
        assert "geheim-van-de-server" not in administrator.get(PAGE).content.decode()
        settings.EMAIL_HOST_PASSWORD = ""
        answer = administrator.post(PAGE, {"to": "beheer@zeist.example"}, follow=True)
    assert "De mailserver nam het bericht aan." in answer.content.decode()
    (came,) = mailbox.came
    assert came["To"] == "beheer@zeist.example"
    assert came["Subject"] == "Opstap: uitgaande mail werkt"
    assert "https://opstap.zeist.example/" in came.get_content()
    assert Event.objects.filter(verb="send_test_mail").count() == 1


def test_a_refusal_is_said_in_words_beside_the_field(administrator: Client, settings: LazySettings) -> None:
    with Mailbox() as mailbox:
        set_mail(settings, mailbox.port)
        mailbox.answer_to_addressee = "550 unknown"
        refused = administrator.post(PAGE, {"to": "niemand@zeist.example"})
    assert refused.status_code == 400
    assert "De mailserver weigerde het adres van de ontvanger." in refused.content.decode()
    assert not Event.objects.filter(verb="send_test_mail").exists()


def test_what_is_no_address_is_not_sent(administrator: Client, settings: LazySettings) -> None:
    set_mail(settings, 25)
    wrong = administrator.post(PAGE, {"to": "geen adres"})
    assert "Dit is geen e-mailadres" in wrong.content.decode()


def test_the_page_is_for_administrators(administrator: Client) -> None:
    assert signed_in(a_coordinator(a_municipality())).get(PAGE).status_code == 403
