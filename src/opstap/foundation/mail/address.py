"""The address of a mail server, as an installation gives it: read before the settings are complete."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}


class NoMailAddress(ValueError):
    """It can't be read as the address of a mail server."""


@dataclass(frozen=True)
class MailServer:
    """Where mail goes out, and how."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    by_starttls: bool = False
    by_tls: bool = False


def mail_settings(address: str) -> MailServer:
    """`smtp+tls://name:password@host:port`; nothing when it is empty. NoMailAddress when it can't be read."""
    if not address:
        return MailServer()
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in PORTS or not parts.hostname or port == -1:
        message = "OPSTAP_MAIL can't be read: write smtp+tls://name:password@host:587, with % for signs in the password"
        raise NoMailAddress(message)
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        by_starttls=parts.scheme == "smtp+tls",
        by_tls=parts.scheme == "smtp+ssl",
    )
