"""What an installation says of its OpenID provider, from the environment and the folder of the keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

SECRET_FILE = "openid-secret"  # noqa: S105 - the name of a file beside that of the keys


@dataclass(frozen=True)
class Connection:
    """The provider, this client there, and the claims by which a person and their groups are known."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)
    person_claim: str = "sub"
    sign_in_claim: str = "preferred_username"
    name_claim: str = "name"
    groups_claim: str = "groups"
    scope: str = "openid profile"
    second_step: frozenset[str] = frozenset()  # values of amr or acr that count as the second step

    @property
    def is_set(self) -> bool:
        """Whether there is a provider."""
        return bool(self.issuer)

    def faults(self) -> list[str]:
        """What is missing or unsafe, by a code."""
        if not self.is_set:
            return []
        found = []
        parts = urlsplit(self.issuer)
        if not (parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(parts.hostname or ""))):
            found.append("issuer_not_https")
        if not self.client_id:
            found.append("client_id_missing")
        if not self.secret:
            found.append("secret_missing")
        if "openid" not in self.scope.split():
            found.append("scope_without_openid")
        return found


def connection_from(given: Mapping[str, str], keys_folder: Path) -> Connection:
    """As the variables say; the secret may stand in a file of its own beside the keys."""

    def said(name: str, default: str = "") -> str:
        return (given.get(f"OPSTAP_OPENID_{name}") or default).strip()

    return Connection(
        issuer=said("ISSUER"),
        client_id=said("CLIENT_ID"),
        secret=said("SECRET") or _secret_in(Path(said("SECRET_FILE") or keys_folder / SECRET_FILE)),
        person_claim=said("PERSON_CLAIM", "sub"),
        sign_in_claim=said("SIGN_IN_CLAIM", "preferred_username"),
        name_claim=said("NAME_CLAIM", "name"),
        groups_claim=said("GROUPS_CLAIM", "groups"),
        scope=said("SCOPE", "openid profile"),
        second_step=frozenset(one.strip() for one in said("SECOND_STEP").split(",") if one.strip()),
    )


def _secret_in(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
