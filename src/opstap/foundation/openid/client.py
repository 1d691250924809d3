"""Authlib's client, which goes to the addresses that the provider described and to no other."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def client_class() -> type[Any]:
    """Of the client by which the description, the keys, the token and what is told of a person are asked."""
    from authlib.integrations.django_client import DjangoOAuth2App  # noqa: PLC0415 - these take half a second, so only
    from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - where a provider is asked

    class FollowsNothing(OAuth2Session):  # type: ignore[misc]  # Authlib ships no types
        """A session that refuses to be sent elsewhere, which may be another host, or one without TLS."""

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.max_redirects = 0  # the first one raises TooManyRedirects, an OSError, before it is followed

    class OpenIdClient(DjangoOAuth2App):  # type: ignore[misc]  # as above
        client_cls = FollowsNothing

    return OpenIdClient
