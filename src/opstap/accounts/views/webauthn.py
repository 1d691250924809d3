"""What browser and server tell each other about passkeys; what was asked stays in the session until it is answered."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from opstap.accounts.enums import FactorKind
from opstap.accounts.models import SecondFactor, User
from opstap.accounts.selectors.factors import factor_cipher, factors_of

ASKED = "passkey_asked"


class PasskeyRefused(Exception):
    """What the browser sent does not prove what was asked."""


@dataclass(frozen=True)
class MadePasskey:
    """A passkey that a browser just made."""

    credential: bytes
    counter: int


def ask_to_make(request: HttpRequest, user: User) -> dict[str, Any]:
    """What a browser needs to make a passkey for somebody."""
    name = user.sign_in_name or ""
    who = PublicKeyCredentialUserEntity(id=user.reference.encode(), name=name, display_name=user.name)
    options, state = _server(request).register_begin(
        who,
        [credential for _factor, credential in _passkeys(user)],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    request.session[ASKED] = {"for": user.reference, "make": True, **state}
    return dict(options)


def made(request: HttpRequest, user: User, answer: str) -> MadePasskey:
    """What it made. PasskeyRefused when it is not what was asked."""
    state = _taken(request, user.reference, make=True)
    try:
        found = _server(request).register_complete(state, RegistrationResponse.from_dict(json.loads(answer)))
    except (ValueError, TypeError, KeyError) as fault:
        raise PasskeyRefused from fault
    if found.credential_data is None:
        raise PasskeyRefused
    return MadePasskey(bytes(found.credential_data), found.counter)


def ask_to_prove(request: HttpRequest, user: User | None) -> dict[str, Any]:
    """What a browser needs to prove a passkey: of somebody whose password was right, or of whoever it may be."""
    credentials = [credential for _factor, credential in _passkeys(user)] if user else []
    verified = UserVerificationRequirement.DISCOURAGED if user else UserVerificationRequirement.REQUIRED
    options, state = _server(request).authenticate_begin(credentials, user_verification=verified)
    request.session[ASKED] = {"for": user.reference if user else "", "make": False, **state}
    return dict(options)


def proved(request: HttpRequest, user: User | None, answer: str) -> tuple[User, SecondFactor, int]:
    """Whose passkey signed, which, and its count. PasskeyRefused when nobody's did."""
    state = _taken(request, user.reference if user else "", make=False)
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer))
        owner = user or User.objects.get(reference=(response.response.user_handle or b"").decode(), is_active=True)
        known = _passkeys(owner)
        used = _server(request).authenticate_complete(state, [credential for _factor, credential in known], response)
    except (ValueError, TypeError, KeyError, User.DoesNotExist) as fault:
        raise PasskeyRefused from fault
    factor = next(factor for factor, credential in known if credential.credential_id == used.credential_id)
    return owner, factor, response.response.authenticator_data.counter


def _taken(request: HttpRequest, reference: str, *, make: bool) -> Any:
    """What was asked, this once."""
    state = request.session.pop(ASKED, None)
    if not isinstance(state, dict) or state.pop("for", None) != reference or state.pop("make", None) != make:
        raise PasskeyRefused
    return state


def _passkeys(user: User) -> list[tuple[SecondFactor, AttestedCredentialData]]:
    return [
        (factor, AttestedCredentialData(base64.b64decode(factor_cipher().decrypt(bytes(factor.content)))))
        for factor in factors_of(user)
        if factor.kind == FactorKind.PASSKEY
    ]


def _server(request: HttpRequest) -> Fido2Server:
    """Passkeys are of the name under which the site is served, and count under exactly that address."""
    here = f"{request.scheme}://{request.get_host()}"
    name = request.get_host().rsplit(":", maxsplit=1)[0]
    return Fido2Server(PublicKeyCredentialRpEntity(id=name, name="Opstap"), verify_origin=lambda origin: origin == here)
