"""A real SMTP server on this machine that keeps what comes, or refuses as asked."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage
from ssl import SSLContext
from typing import Any, Self

from aiosmtpd.controller import Controller
from django.conf import LazySettings

from tests.journeys.conftest import free_port


class Mailbox:
    """Open as long as the `with` lasts."""

    def __init__(self, *, by_tls: SSLContext | None = None, by_starttls: SSLContext | None = None) -> None:
        self.came: list[EmailMessage] = []
        self.answer_to_addressee = self.answer_to_text = "250 OK"
        self.port = free_port()
        self._server = Controller(
            self, hostname="127.0.0.1", port=self.port, ssl_context=by_tls, tls_context=by_starttls
        )

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - the library's name
        """Whether the addressee is known."""
        if self.answer_to_addressee.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.answer_to_addressee

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        """Keep it."""
        if self.answer_to_text.startswith("2"):
            read = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(read, EmailMessage)
            self.came.append(read)
        return self.answer_to_text

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.stop()


def set_mail(settings: LazySettings, port: int) -> None:
    """Send over that server."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL, settings.OPSTAP_ADDRESS = "opstap@zeist.example", "https://opstap.zeist.example"
