"""Outgoing mail over a real SMTP server: what arrives, and why something does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from opstap.foundation.mail.address import NoMailAddress, mail_settings
from opstap.foundation.mail.sending import Message, Undelivered, deliver, lacking, link_to
from tests.mailbox import Mailbox, set_mail

WAITING = Message("fatima@zeist.example", "Er wacht iets", "Zie het op de site: één bericht.", "wait-1")


@pytest.fixture
def mailbox(settings: LazySettings) -> Iterator[Mailbox]:
    with Mailbox() as open_one:
        set_mail(settings, open_one.port)
        yield open_one


def test_a_message_arrives_as_it_was_written_and_the_same_one_can_be_known(mailbox: Mailbox) -> None:
    deliver(WAITING)
    deliver(WAITING)
    first, second = mailbox.came
    assert first["To"] == "fatima@zeist.example"
    assert first["From"] == "opstap@zeist.example"
    assert first["Subject"] == "Er wacht iets"
    assert first.get_content().strip() == "Zie het op de site: één bericht."
    assert first["Message-ID"] == second["Message-ID"] == "<wait-1@opstap.zeist.example>"
    assert first["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("answer", "reason", "may_pass"),
    [
        ("550 5.1.1 fatima@zeist.example is unknown", "mail_addressee", False),
        ("451 4.3.0 try later", "mail_later", True),
        ("421 4.3.2 closing", "mail_later", True),
    ],
)
def test_a_refusal_has_its_reason_and_no_address(mailbox: Mailbox, answer: str, reason: str, *, may_pass: bool) -> None:
    mailbox.answer_to_addressee = answer
    with pytest.raises(Undelivered) as refused:
        deliver(WAITING)
    assert (refused.value.reason, refused.value.may_pass) == (reason, may_pass)
    assert "fatima" not in str(refused.value)
    assert refused.value.__suppress_context__
    assert mailbox.came == []


def test_a_message_that_is_refused_itself(mailbox: Mailbox) -> None:
    mailbox.answer_to_text = "554 5.7.1 spam"
    with pytest.raises(Undelivered) as refused:
        deliver(WAITING)
    assert (refused.value.reason, refused.value.may_pass) == ("mail_refused", False)


def test_a_server_that_is_not_there_may_be_later(settings: LazySettings) -> None:
    with Mailbox() as gone:
        port = gone.port
    set_mail(settings, port)
    with pytest.raises(Undelivered) as away:
        deliver(WAITING)
    assert (away.value.reason, away.value.may_pass) == ("mail_unreachable", True)


def test_a_server_without_what_the_settings_ask_gets_no_message(mailbox: Mailbox, settings: LazySettings) -> None:
    settings.EMAIL_USE_TLS = True
    with pytest.raises(Undelivered) as plain:
        deliver(WAITING)
    assert plain.value.reason == "mail_not_secure"
    assert mailbox.came == []


def test_without_settings_nothing_is_sent_and_it_says_what_lacks(settings: LazySettings) -> None:
    settings.EMAIL_HOST, settings.DEFAULT_FROM_EMAIL, settings.OPSTAP_ADDRESS = "mail.example", "", ""
    assert lacking() == ["OPSTAP_MAIL_FROM", "OPSTAP_ADDRESS"]
    with pytest.raises(Undelivered, match="mail_not_set"):
        deliver(WAITING)


def test_a_link_is_made_of_the_settings(settings: LazySettings) -> None:
    settings.OPSTAP_ADDRESS = "https://opstap.zeist.example/"
    assert link_to("/meldingen/") == "https://opstap.zeist.example/meldingen/"


def test_the_address_of_a_server_is_read() -> None:
    found = mail_settings("smtp+tls://opstap%40zeist:ge%2Fheim@mail.zeist.example")
    assert (found.host, found.port, found.user, found.password) == (
        "mail.zeist.example",
        587,
        "opstap@zeist",
        "ge/heim",
    )
    assert (found.by_starttls, found.by_tls) == (True, False)
    assert mail_settings("smtp+ssl://mail.example:4650").port == 4650
    assert mail_settings("smtp+ssl://mail.example").by_tls
    assert mail_settings("").host == ""


@pytest.mark.parametrize("wrong", ["mail.zeist.example:25", "http://mail.example", "smtp://", "smtp://mail.example:x"])
def test_what_is_no_address_is_refused_without_the_password(wrong: str) -> None:
    with pytest.raises(NoMailAddress, match="smtp\\+tls"):
        mail_settings(wrong)


def test_the_password_stands_in_no_refusal() -> None:
    with pytest.raises(NoMailAddress) as refused:
        mail_settings("smtps://opstap:geheim@mail.example")
    assert "geheim" not in str(refused.value)
