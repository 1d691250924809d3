"""Links by which somebody chooses a password: for one time, for a while, and worthless once the password is another."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from opstap.accounts.models import User
from opstap.accounts.selectors.organisation import may_sign_in_here

INVITED, FORGOTTEN = "uitnodiging", "vergeten"
LASTS = {INVITED: timedelta(days=3), FORGOTTEN: timedelta(hours=1)}


class _Links(PasswordResetTokenGenerator):
    """Signed with the key of the installation over the password, last sign-in and mail address of that moment."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.key_salt, self.lasts = f"opstap.accounts.{kind}", LASTS[kind]

    def is_fresh(self, token: str) -> bool:
        """Whether it was made a short enough while ago."""
        made = int(token.split("-", maxsplit=1)[0], 36)
        return timedelta(seconds=self._num_seconds(self._now()) - made) <= self.lasts


def token_for(user: User, kind: str) -> str:
    """What stands in a link of this kind."""
    return _Links(kind).make_token(user)


def user_of_link(kind: str, reference: str, token: str) -> User | None:
    """Whose link it is; None when it was used, is too old or never was one."""
    user = User.objects.filter(reference=reference, is_active=True, sign_in_name__isnull=False).first()
    links = _Links(kind) if kind in LASTS else None
    if user is None or links is None or not links.check_token(user, token) or not links.is_fresh(token):
        return None
    return user


def user_who_forgot(typed: str) -> User | None:
    """The one who signs in with this name, or has this mail address; both as they may be typed."""
    name = typed.strip().casefold()
    found = User.objects.filter(is_active=True, sign_in_name__isnull=False, email__isnull=False)
    user = found.filter(sign_in_name=name).first() or found.filter(email=name).first()
    return user if user is not None and may_sign_in_here(user) else None


def mail_is_taken(address: str, besides: User | None = None) -> bool:
    """Whether somebody has this mail address."""
    return User.objects.filter(email=address.casefold()).exclude(pk=besides.pk if besides else 0).exists()
