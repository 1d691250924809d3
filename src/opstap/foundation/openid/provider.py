"""The provider: asked by authorization code with PKCE, state and nonce; its answer checked against what was set.

Its description and keys are read once an hour, and the keys anew when it signs with one that is not known yet. When it
does not answer, that is remembered for half a minute.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from authlib.common.errors import AuthlibBaseError
from django.http import HttpRequest, HttpResponseBase
from joserfc.errors import JoseError

from opstap.foundation.openid.client import client_class
from opstap.foundation.openid.connection import Connection
from opstap.foundation.openid.refusals import AnswerRefused, DescriptionRefused, ProviderDown

TIMEOUT = 8  # seconds that the provider has for an answer
READ_AGAIN = 60 * 60  # seconds after which its description is read anew
DOWN_FOR = 30  # seconds for which it is not asked again once it did not answer
PATIENCE = 3  # seconds that somebody waits while it is asked for somebody else
PENDING = 10 * 60  # seconds for which somebody may be away at the provider
LEEWAY = 60  # seconds by which the clocks may differ
# Only signatures that anybody can check and the provider alone can make: no "none", no secret that both hold.
SIGNED_BY = ("RS256", "PS256", "ES256", "RS384", "PS384", "ES384", "RS512", "PS512", "ES512", "EdDSA")
NAME = "organisation"
WAITS = f"_state_{NAME}_"  # in a session, with the state behind it: what was asked


class Provider:
    """One provider, as it described itself when it was last asked."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._client: Any = None
        self._asks_again_at = 0.0
        self._asking = Lock()

    def redirect(self, request: HttpRequest, back_to: str, *, anew: bool = False) -> HttpResponseBase:
        """To the provider; `anew` lets it ask who it is even when it knows somebody."""
        for key in [key for key in list(request.session.keys()) if key.startswith(WAITS)]:
            del request.session[key]  # whoever begins again begins anew: one at a time waits in a browser
        more = {"prompt": "login"} if anew else {}
        with _as_down():
            answer: HttpResponseBase = self._asked().authorize_redirect(request, back_to, **more)
            return answer

    def answer(self, request: HttpRequest) -> tuple[Mapping[str, Any], str]:
        """The claims about a person and the token that they stand in. AnswerRefused for whatever is not right."""
        if not _waits(request):
            raise AnswerRefused("not_asked")
        if request.GET.get("error"):
            _forget(request)
            denied = request.GET["error"] in {"access_denied", "login_required", "consent_required"}
            raise AnswerRefused("not_allowed_there" if denied else "error_there")
        with _as_down():
            client = self._asked()
        if not self._is_issuer(client.server_metadata, request.GET.get("iss")):
            _forget(request)
            raise AnswerRefused("other_issuer")
        token = self._token(client, request)
        claims = token.get("userinfo")
        if not claims:
            raise AnswerRefused("no_id_token")
        return self._completed(client, dict(claims), token), str(token["id_token"])

    def sign_out_address(self) -> str:
        """Where somebody is signed out there too; empty when it has no such address, or does not answer."""
        try:
            with _as_down():
                return str(self._asked().server_metadata.get("end_session_endpoint") or "")
        except ProviderDown:
            return ""

    def _is_issuer(self, metadata: Mapping[str, Any], said: str | None) -> bool:
        """Who answers says so in the answer itself, where the provider does that (RFC 9207)."""
        if said is None:
            return metadata.get("authorization_response_iss_parameter_supported") is not True
        return said == self.connection.issuer

    def _token(self, client: Any, request: HttpRequest) -> Mapping[str, Any]:
        expected = {
            "iss": {"essential": True, "value": self.connection.issuer},
            "aud": {"essential": True, "value": self.connection.client_id},
        }
        try:
            with _as_down():
                token: Mapping[str, Any] = client.authorize_access_token(
                    request, claims_options=expected, leeway=LEEWAY
                )
                return token
        except (AuthlibBaseError, JoseError, ValueError) as fault:
            raise AnswerRefused(_code_of(fault)) from None

    def _completed(self, client: Any, claims: dict[str, Any], token: Mapping[str, Any]) -> Mapping[str, Any]:
        """With what the provider tells apart from the token, when the token leaves something out."""
        connection = self.connection
        wanted = (connection.sign_in_claim, connection.name_claim, connection.groups_claim)
        if all(name.split(".")[0] in claims for name in wanted):
            return claims
        if "access_token" not in token or not client.server_metadata.get("userinfo_endpoint"):
            return claims
        try:
            with _as_down():
                told = client.userinfo(token=token)
        except (AuthlibBaseError, ValueError):
            raise AnswerRefused("not_understood") from None
        if told.get("sub") != claims["sub"]:
            raise AnswerRefused("other_person")
        return {**told, **claims}

    def _asked(self) -> Any:
        """The client, with a description that is not too old; with an old one when there is no newer to be had."""
        if time.monotonic() >= self._asks_again_at and self._asking.acquire(timeout=0 if self._client else PATIENCE):
            try:
                self._ask()
            finally:
                self._asking.release()
        if self._client is None:
            raise ProviderDown("did not answer just now")
        return self._client

    def _ask(self) -> None:
        """Once for all who wait; when it fails not again for a while, so that nobody waits for what does not come."""
        if time.monotonic() < self._asks_again_at:
            return
        try:
            with _as_down():
                self._client, wait = self._described(), READ_AGAIN
        except DescriptionRefused:
            self._client, wait = None, DOWN_FOR
            raise
        except ProviderDown:
            wait = DOWN_FOR
            if self._client is None:
                raise
        finally:
            self._asks_again_at = time.monotonic() + wait

    def _described(self) -> Any:
        from authlib.integrations.base_client import FrameworkIntegration  # noqa: PLC0415 - as its client

        connection, in_session = self.connection, FrameworkIntegration(NAME)
        in_session.expires_in = PENDING
        client = client_class()(
            in_session,
            NAME,
            client_id=connection.client_id,
            client_secret=connection.secret,
            server_metadata_url=f"{connection.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": connection.scope,
                "code_challenge_method": "S256",
                "default_timeout": TIMEOUT,
            },
        )
        metadata = client.load_server_metadata()
        if metadata.get("issuer") != connection.issuer:
            raise DescriptionRefused("other issuer in the description")
        offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
        metadata["id_token_signing_alg_values_supported"] = [one for one in SIGNED_BY if one in offered]
        for name in (
            "authorization_endpoint",
            "token_endpoint",
            "jwks_uri",
            "userinfo_endpoint",
            "end_session_endpoint",
        ):
            self._require_safe(name, metadata.get(name))
        client.fetch_jwk_set()
        return client

    def _require_safe(self, name: str, address: object) -> None:
        """Nothing is sent or believed over a road that is less safe than that of the issuer itself."""
        if address and urlsplit(str(address)).scheme not in {"https", urlsplit(self.connection.issuer).scheme}:
            raise DescriptionRefused(f"{name} is not safe")


@contextmanager
def _as_down() -> Iterator[None]:
    """Whatever goes wrong on the way there is one thing: it does not answer as it should."""
    try:
        yield
    except (OSError, RuntimeError, KeyError, TypeError) as fault:
        raise ProviderDown(type(fault).__name__) from None


def _code_of(fault: Exception) -> str:
    """A word for the log: never what the provider or a visitor wrote."""
    return f"not_believed ({type(fault).__name__})"


def _waits(request: HttpRequest) -> bool:
    """Whether this browser asked it, a short while ago, and had no answer yet."""
    kept = request.session.get(WAITS + request.GET.get("state", ""))
    return kept is not None and kept["exp"] > time.time()


def _forget(request: HttpRequest) -> None:
    request.session.pop(WAITS + request.GET.get("state", ""), None)


@cache
def provider_of(connection: Connection) -> Provider:
    """The provider of a connection; one for a process, so that its description is read once."""
    return Provider(connection)
