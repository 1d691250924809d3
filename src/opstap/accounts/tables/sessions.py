"""Sessions in words: which browser, since when, and whether it is the one at hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from opstap.accounts.models import Session


@dataclass(frozen=True)
class SessionLine:
    """A browser in which somebody is signed in."""

    reference: str
    browser: str
    began_at: datetime
    used_at: datetime
    is_this: bool


def session_lines(found: Sequence[Session], this: str | None) -> list[SessionLine]:
    """The one at hand first."""
    lines = [
        SessionLine(one.reference, _browser(one), one.began_at, one.used_at, one.session_key == this) for one in found
    ]
    return sorted(lines, key=lambda line: not line.is_this)


def _browser(session: Session) -> str:
    if session.browser and session.system:
        return _("%(browser)s on %(system)s") % {"browser": session.browser, "system": session.system}
    return session.browser or session.system or _("A browser that is not known")
