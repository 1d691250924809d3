"""What no text in PostgreSQL takes is refused at the door, so that no page meets it: the character NUL."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from opstap.foundation.ui.addresses import refuse_nul, without_nul


def no_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Before the session, which is looked up by a cookie: 400, the same on every database."""

    def middleware(request: HttpRequest) -> HttpResponse:
        refuse_nul((request.path, *request.COOKIES.values()))
        without_nul(request.GET)
        without_nul(request.POST)
        return get_response(request)

    return middleware
