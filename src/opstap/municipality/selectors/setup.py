"""Reads: whether this installation is set up, and the code that opens the page for it."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.conf import settings

from opstap.foundation.crypto import LookUp
from opstap.municipality.models import Municipality, SetupCode

SETUP_CODE_HOLDS = timedelta(hours=24)


def is_set_up() -> bool:
    """Whether this installation has a municipality; nobody can have an account without one."""
    return Municipality.objects.exists()


def setup_digest(code: str) -> bytes:
    """What is kept of a set-up code; capitals, spaces and hyphens make no difference."""
    return _codes().digest(_plain(code))


def setup_code_waits(now: datetime) -> bool:
    """Whether a code was made that still opens the set-up page."""
    return SetupCode.objects.filter(made_at__gt=now - SETUP_CODE_HOLDS).exists()


def setup_code_is_right(code: str, now: datetime) -> bool:
    """Whether this is the code that was printed, less than a day ago."""
    kept = SetupCode.objects.filter(made_at__gt=now - SETUP_CODE_HOLDS).first()
    right = _codes().digests(_plain(code))  # also of a code from before the keys were renewed
    return kept is not None and any(hmac.compare_digest(bytes(kept.digest), one) for one in right)


def _plain(code: str) -> str:
    return "".join(sign for sign in code.casefold() if sign.isalnum())


def _codes() -> LookUp:
    return LookUp(settings.OPSTAP_KEYS.of("secret"), "setup-code")
