"""What a password must be, in our own words: Django's are not all in Dutch, and its list holds 190 of this length."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LEAST = 12
LOOKED_AT = 72  # signs that are weighed; what is longer is hard enough to guess by its length
GUESSES = 9  # powers of ten: eight failures lock for a quarter of an hour, so this is for who holds the digest


class LongEnough:
    """At least twelve characters: a sentence rather than a word with signs in it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse a shorter one."""
        if len(password) < LEAST:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """What it must be."""
        return str(_("This password is too short. It needs at least 12 characters; a sentence is easy to remember."))


class HardToGuess:
    """Not made of what is tried first: passwords of many, rows of keys, years, one's own name, words of this work."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse one that fewer than 10 to the power `GUESSES` guesses find."""
        if len(password) < LEAST:
            return  # said by the other
        from zxcvbn import zxcvbn  # noqa: PLC0415 - its lists are read when one is chosen, not at each start

        weighed = zxcvbn(
            password.casefold()[:LOOKED_AT],  # a capital hardly makes it harder; folding can make it longer
            user_inputs=[*common_words(), *_own_words(user)],
        )
        if weighed["guesses_log10"] < GUESSES:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """What it must be."""
        return str(
            _(
                "This password is easy to guess. Choose a few words that have nothing to do with each other, "
                "with you or with your work."
            )
        )


@cache
def common_words() -> tuple[str, ...]:
    """Words of the Dutch language and of this work that passwords are made of."""
    path = Path(__file__).resolve().parent.parent / "common_words.toml"
    return tuple(word for words in tomllib.loads(path.read_text(encoding="utf-8")).values() for word in words)


def _own_words(user: AbstractBaseUser | None) -> Iterator[str]:
    """Of who chooses it: names, sign-in, staff code, mail address and municipality, whole and in parts."""
    if user is None:
        return
    town = getattr(getattr(user, "municipality", None), "name", "")
    for value in (*(getattr(user, name, None) or "" for name in ("name", "sign_in_name", "staff_code", "email")), town):
        yield from (part for part in {value, *re.split(r"[\W_]+", value)} if part)
