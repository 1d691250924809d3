"""From which address a visitor comes, with a server in front and without."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from opstap.foundation.ui.visitors import address_of_visitor


@pytest.mark.parametrize(
    ("peer", "said", "counted"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("127.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        ("10.0.0.5", "203.0.113.7", "203.0.113.7"),
        ("::ffff:10.0.0.5", "203.0.113.7", "203.0.113.7"),
        ("198.51.100.4", "203.0.113.7", "198.51.100.4"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("127.0.0.1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "203.0.113.7", "2001:db8:1:2::"),
        ("2001:db8:9::5", "203.0.113.7", "203.0.113.7"),
        ("2001:db8:9::6", "203.0.113.7", "2001:db8:9::"),
        ("", "203.0.113.7", ""),
    ],
)
def test_the_server_in_front_is_believed_and_nobody_else(peer: str, said: str, counted: str, settings: Any) -> None:
    settings.OPSTAP_PROXIES = "127.0.0.1,10.0.0.5, 2001:db8:9::5"
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": said})
    assert address_of_visitor(request) == counted
