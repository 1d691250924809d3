"""What a provider says of a person: read from its claims by the names that were set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class ClaimNames(Protocol):
    """By which claims somebody is known."""

    @property
    def issuer(self) -> str:
        """Who the provider is."""

    @property
    def person_claim(self) -> str:
        """What never becomes another person."""

    @property
    def sign_in_claim(self) -> str:
        """By what somebody is found the first time."""

    @property
    def name_claim(self) -> str:
        """As colleagues call them."""

    @property
    def groups_claim(self) -> str:
        """What gives them roles."""

    @property
    def second_step(self) -> frozenset[str]:
        """What counts as more than a password."""


@dataclass(frozen=True)
class Presented:
    """Somebody as the provider presents them. `groups` is None when it has more of them than it tells, and
    `tells_groups` false when it says nothing of them: then there may be none, or the claim may be gone.
    """

    issuer: str
    subject: str
    sign_in_name: str
    name: str
    groups: frozenset[str] | None
    second_step: bool
    tells_groups: bool = True


class ClaimsMissing(Exception):
    """The provider does not say who somebody is, by the claims that were set."""


def presented(claims: Mapping[str, Any], names: ClaimNames) -> Presented:
    """Who this is. ClaimsMissing when there is no lasting name for the person."""
    subject = _text(_found(claims, names.person_claim))
    if not subject:
        raise ClaimsMissing(names.person_claim)
    return Presented(
        issuer=names.issuer,
        subject=subject[:255],
        sign_in_name=_text(_found(claims, names.sign_in_claim)).casefold()[:120],
        name=_text(_found(claims, names.name_claim))[:120],
        groups=_groups(claims, names.groups_claim),
        second_step=_proved_more(claims, names.second_step),
        tells_groups=_found(claims, names.groups_claim) is not None,
    )


def _found(claims: Mapping[str, Any], name: str) -> Any:
    """A claim by its name; a dot goes into it, as in Keycloak's `realm_access.roles`."""
    if name in claims:
        return claims[name]
    value: Any = claims
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _groups(claims: Mapping[str, Any], name: str) -> frozenset[str] | None:
    """Entra ID leaves the groups out when somebody has very many: then it says where they could be asked."""
    value = _found(claims, name)
    elsewhere = claims.get("_claim_names")
    if value is None and (claims.get("hasgroups") or (isinstance(elsewhere, Mapping) and name in elsewhere)):
        return None
    listed = [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else []
    return frozenset(_text(one) for one in listed) - {""}


def _proved_more(claims: Mapping[str, Any], believed: frozenset[str]) -> bool:
    """Whether the provider says that more than a password was proved there, in words that are believed."""
    methods = claims.get("amr")
    said = {_text(one) for one in methods} if isinstance(methods, list | tuple) else {_text(methods)}
    return not believed.isdisjoint(said | {_text(claims.get("acr"))})
