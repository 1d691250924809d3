"""Outgoing mail over a real SMTP server: what arrives, and why something does not."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
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


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """Of this machine, signed by itself: nobody vouches for it."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "here")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = tmp_path / "server.pem"
    path.write_bytes(made.public_bytes(Encoding.PEM) + plain)
    return path


@pytest.mark.parametrize("starttls", [False, True])
def test_a_certificate_that_nobody_vouches_for_gets_no_message(
    certificate: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, *, starttls: bool
) -> None:
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(certificate)
    with Mailbox(by_tls=None if starttls else served, by_starttls=served if starttls else None) as box:
        set_mail(settings, box.port)
        settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = starttls, not starttls
        with pytest.raises(Undelivered) as refused:
            deliver(WAITING)
        assert (refused.value.reason, refused.value.may_pass) == ("mail_certificate", False)
        assert box.came == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))  # as when the machine is told to trust it
        deliver(WAITING)
        assert len(box.came) == 1


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_no_line_can_be_added_to_the_head_of_a_message(mailbox: Mailbox, line: str) -> None:
    for message in (
        replace(WAITING, subject=f"Er wacht iets{line}Bcc: mallory@elders.example"),
        replace(WAITING, to=f"fatima@zeist.example{line}Bcc: mallory@elders.example"),
    ):
        with pytest.raises(ValueError, match=r"newline|linefeed|carriage|Invalid address"):
            deliver(message)
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
