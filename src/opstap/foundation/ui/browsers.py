"""In which browser somebody signed in before: a signed cookie of its own, by which mistakes there are counted apart.

It lets nobody in. Whoever else sits behind the same address can't shut out who was here before.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from opstap.foundation.references import keyed_reference, new_reference

SALT = "opstap.browsers"
MOST = 5  # people who share a computer
SECONDS = 90 * 24 * 60 * 60


def browser_of(request: HttpRequest, name: str) -> str:
    """The mark of this browser when this name signed in here before; else empty."""
    mark, known = _kept(request)
    return mark if name and _of(name) in known else ""


def remember(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Let the browser keep that this name signed in here."""
    mark, known = _kept(request)
    names = [_of(name), *(one for one in known if one != _of(name))][:MOST]
    response.set_cookie(
        settings.OPSTAP_BROWSER_COOKIE,
        signing.dumps([mark or new_reference(), names], salt=SALT),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> tuple[str, list[str]]:
    """What the cookie holds; nothing of one that is not ours."""
    try:
        mark, known = signing.loads(request.COOKIES.get(settings.OPSTAP_BROWSER_COOKIE, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return "", []
    return mark, known


def _of(name: str) -> str:
    return keyed_reference(settings.OPSTAP_KEYS.key("links"), "browser", name)
