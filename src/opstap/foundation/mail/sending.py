"""One message over SMTP."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.utils import make_msgid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

TEMPORARY, PERMANENT = 400, 500


@dataclass(frozen=True)
class Message:
    """What goes to one person. `key` is the same when a message is sent twice, so that a mailbox can show it once."""

    to: str
    subject: str
    text: str
    key: str


class Undelivered(Exception):
    """It was not taken: the reason in a word, and whether trying later may help."""

    def __init__(self, reason: str, *, may_pass: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.may_pass = may_pass


def lacking() -> list[str]:
    """The settings that mail needs and that are not there."""
    return [
        name
        for name, value in (
            ("OPSTAP_MAIL", settings.EMAIL_HOST),
            ("OPSTAP_MAIL_FROM", settings.DEFAULT_FROM_EMAIL),
            ("OPSTAP_ADDRESS", settings.OPSTAP_ADDRESS),
        )
        if not value
    ]


def mail_is_set() -> bool:
    """Whether mail can be sent at all."""
    return not lacking()


def link_to(path: str) -> str:
    """A page of ours as it stands in a message."""
    return f"{settings.OPSTAP_ADDRESS.rstrip('/')}{path}"


def deliver(message: Message) -> None:
    """Send it now. Undelivered with the reason when the mail server does not take it."""
    if not mail_is_set():
        raise Undelivered("mail_not_set", may_pass=True)
    connection = get_connection()
    mail = EmailMessage(
        message.subject,
        message.text,
        settings.DEFAULT_FROM_EMAIL,
        [message.to],
        headers={"Message-ID": _message_id(message.key), "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        raise _undelivered(error) from None  # what the server said names the addressee
    finally:
        with suppress(OSError, smtplib.SMTPException):
            connection.close()  # left open by the library when the server does not offer what is asked


def _message_id(key: str) -> str:
    domain = urlsplit(settings.OPSTAP_ADDRESS).hostname or "localhost"
    return f"<{key}@{domain}>" if key else make_msgid(domain=domain)


def _undelivered(error: Exception) -> Undelivered:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _said in error.recipients.values()]
        later = all(TEMPORARY <= code < PERMANENT for code in codes)
        return Undelivered("mail_later", may_pass=True) if later else Undelivered("mail_addressee")
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Undelivered("mail_sign_in", may_pass=TEMPORARY <= error.smtp_code < PERMANENT)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Undelivered("mail_not_secure")
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Undelivered("mail_sender", may_pass=TEMPORARY <= error.smtp_code < PERMANENT)
    if isinstance(error, smtplib.SMTPServerDisconnected | smtplib.SMTPConnectError):
        return Undelivered("mail_unreachable", may_pass=True)
    if isinstance(error, smtplib.SMTPResponseException):
        later = TEMPORARY <= error.smtp_code < PERMANENT
        return Undelivered("mail_later", may_pass=True) if later else Undelivered("mail_refused")
    if isinstance(error, ssl.SSLError):
        return Undelivered("mail_certificate")
    return Undelivered("mail_unreachable", may_pass=True)
