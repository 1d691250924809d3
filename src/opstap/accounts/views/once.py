"""A password that is shown once: kept, encrypted, in the session of whoever made it, until their next page."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest

from opstap.accounts.models import User
from opstap.foundation.crypto import Cipher

KEPT = "one_time_password"


@cache
def _cipher() -> Cipher:
    return Cipher(settings.OPSTAP_KEYS.of("secret"), "one-time-password")


def keep_password(request: HttpRequest, user: User, password: str) -> None:
    """Keep it for the next page about this user."""
    request.session[KEPT] = [user.reference, _cipher().encrypt(password).hex()]


def take_password(request: HttpRequest, user: User) -> str:
    """The password that was just made for this user, this once; else nothing."""
    kept = request.session.pop(KEPT, None)
    if not kept or kept[0] != user.reference:
        return ""
    return _cipher().decrypt(bytes.fromhex(kept[1]))
