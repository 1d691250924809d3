"""Reads: somebody's second factors, and whether one is asked of them."""

from __future__ import annotations

import base64
from collections.abc import Collection
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db.models import QuerySet

from opstap.accounts.enums import FactorKind
from opstap.accounts.models import SecondFactor, User
from opstap.accounts.selectors.standing import standing_of
from opstap.foundation import dates
from opstap.foundation.crypto import Cipher, LookUp
from opstap.municipality.enums import Environment
from opstap.municipality.logic import SECOND_FACTOR
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import setting_on

ALL, NONE = "all", "none"


@cache
def factor_cipher() -> Cipher:
    """Encrypts secrets of apps and passkeys, with a key of their own."""
    return Cipher(settings.OPSTAP_KEYS.of("factors"), "second-factor")


def digest_of_recovery(user: User, code: str) -> bytes:
    """How a recovery code is kept: it can be known again, not read."""
    return _recovery(user).digest(plain_code(code))


def digests_of_recovery(user: User, code: str) -> list[bytes]:
    """How it may be kept: by the key of now, or by one that was there when it was made."""
    return _recovery(user).digests(plain_code(code))


def _recovery(user: User) -> LookUp:
    return LookUp(settings.OPSTAP_KEYS.of("factors"), f"recovery-{user.reference}")


def plain_code(text: str) -> str:
    """A code as somebody may type it: capitals, spaces and dashes make no difference."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def secret_of(factor: SecondFactor) -> bytes:
    """The secret that an app makes codes of."""
    return base64.b32decode(factor_cipher().decrypt(bytes(factor.content)))


def factors_of(user: User) -> list[SecondFactor]:
    """The app and the passkeys of somebody, the oldest first."""
    found = SecondFactor.objects.filter(user=user).exclude(kind=FactorKind.RECOVERY)
    return list(found.order_by("made_at", "pk"))


def has_factor(user: User) -> bool:
    """Whether somebody proves more than a password."""
    return SecondFactor.objects.filter(user=user).exclude(kind=FactorKind.RECOVERY).exists()


def recovery_codes_left(user: User) -> int:
    """How many recovery codes somebody has not used."""
    return SecondFactor.objects.filter(user=user, kind=FactorKind.RECOVERY).count()


def recovery_codes_before(moment: datetime) -> QuerySet[SecondFactor]:
    """Everybody's that were made before a moment."""
    return SecondFactor.objects.filter(kind=FactorKind.RECOVERY, made_at__lt=moment)


def needs_factor(user: User) -> bool:
    """Whether a municipality asks a second factor of a role that somebody holds there today; of everybody unless it
    says otherwise, and in a demo of nobody. It is enough that one of those they work in asks it, or the one that keeps
    the account.
    """
    today = dates.today()
    held = standing_of(user, today, user.municipality_id).everywhere
    asking = Municipality.objects.filter(pk__in={user.municipality_id, *held})
    return any(
        asks_factor(one, str(setting_on(one.pk, SECOND_FACTOR, today)), held.get(one.pk, frozenset())) for one in asking
    )


def asks_factor(municipality: Municipality, asked: str, roles: Collection[str]) -> bool:
    """Whether a municipality whose setting says this asks a second factor of who holds these roles."""
    if not asked:
        asked = NONE if municipality.environment == Environment.DEMO else ALL
    return asked == ALL or not set(roles).isdisjoint(asked.split(","))
