"""Where what one page tells the next is kept meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpResponseBase


class Told(SessionStorage, CookieStorage):
    """In the session of whoever has one, since it may name a client; of a passer-by, who is told nothing of anybody, in
    their cookie: whoever knocks without end makes no sessions without end.
    """

    def _get(self, *_given: Any, **_named: Any) -> tuple[list[Message], bool]:
        in_session, _all = super()._get()  # type: ignore[misc]  # the stubs know nothing of what a storage overrides
        in_cookie, _all = super(SessionStorage, self)._get()  # type: ignore[misc]  # as above
        return [*(in_session or []), *(in_cookie or [])], True

    def _store(self, messages: list[Message], response: HttpResponseBase, *_given: Any, **_named: Any) -> list[Message]:
        passing_by = set(self.request.session.keys()) <= {self.session_key}
        super()._store([] if passing_by else messages, response)  # type: ignore[misc]  # as above
        in_cookie = messages if passing_by else []
        if in_cookie or self.cookie_name in self.request.COOKIES:
            super(SessionStorage, self)._store(in_cookie, response)  # type: ignore[misc]  # as above
        return []
