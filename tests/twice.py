"""Every form that any test sends with the test client carries a key; what is saved is sent again and saves no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.test.client import MULTIPART_CONTENT, Client, RequestFactory
from django.urls import Resolver404, resolve

from opstap.foundation.once import FIELD, new_key

_post = RequestFactory.post


@contextmanager
def sent_twice() -> Iterator[None]:
    """Whatever is sent meanwhile comes twice."""
    with patch.object(RequestFactory, "post", _twice):
        yield


def _twice(
    self: RequestFactory, path: str, data: Any = None, content_type: str = MULTIPART_CONTENT, **rest: Any
) -> Any:
    given = {} if data is None else data
    if not isinstance(self, Client) or content_type != MULTIPART_CONTENT or not isinstance(given, Mapping):
        return _post(self, path, data, content_type, **rest)
    if FIELD in given or _is_done_each_time(path):
        return _post(self, path, data, content_type, **rest)
    keyed = {**given, FIELD: new_key()}
    before = _saved()
    first: Any = _post(self, path, keyed, content_type, **rest)
    after = _recordings()
    if _saved() > before:
        for value in keyed.values():
            if hasattr(value, "seek"):
                value.seek(0)
        second: Any = _post(self, path, keyed, content_type, **rest)
        assert _recordings() == after, f"{path} saves again what is sent twice"
        assert second.headers.get("Location") == first.headers.get("Location"), (
            f"{path} leads elsewhere the second time"
        )
    return first


def _recordings() -> int:
    from opstap.audit.models import Recording  # noqa: PLC0415 - models can't be imported before the apps are loaded

    return Recording.objects.count()


def _saved() -> int:
    """The last form that was saved."""
    from opstap.audit.models import SentForm  # noqa: PLC0415 - as above

    return max(SentForm.objects.values_list("pk", flat=True), default=0)


def _is_done_each_time(path: str) -> bool:
    from opstap.config.sent_once import EACH_TIME  # noqa: PLC0415 - as above

    try:
        return resolve(path.split("?", maxsplit=1)[0]).view_name in EACH_TIME
    except Resolver404:
        return False
