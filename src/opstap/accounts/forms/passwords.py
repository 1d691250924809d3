"""What a password must be, in our own words: Django's are not all in Dutch."""

from __future__ import annotations

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LEAST = 12


class LongEnough:
    """At least twelve characters: a sentence rather than a word with signs in it."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Refuse a shorter one."""
        if len(password) < LEAST:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        """What it must be."""
        return str(_("This password is too short. It needs at least 12 characters; a sentence is easy to remember."))


class NotCommon(CommonPasswordValidator):
    """None of the passwords that are tried first."""

    def get_error_message(self) -> str:
        """Why it is refused."""
        return str(_("Many people use this password, so it is guessed first. Choose another one."))
