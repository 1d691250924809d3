"""The permissions and roles as the two readable files give them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opstap.accounts.enums import Scope

ROOM = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Role:
    """A named list of permissions, and the clients it reaches."""

    key: str
    name_nl: str
    name_en: str
    description_nl: str
    description_en: str
    scope: Scope
    permissions: frozenset[str]

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.name_en if language == "en" else self.name_nl

    def description(self, language: str) -> str:
        """What it is for, in a language."""
        return self.description_en if language == "en" else self.description_nl


@cache
def permission_keys() -> frozenset[str]:
    """All permissions that exist."""
    return frozenset(permission_words("nl"))


@cache
def permission_words(language: str) -> dict[str, str]:
    """What each permission lets someone do, in a language, in the order of the file."""
    found = tomllib.loads((ROOM / "permissions.toml").read_text(encoding="utf-8"))
    return {key: words["en" if language == "en" else "nl"] for key, words in found.items()}


@cache
def administrating_roles() -> frozenset[str]:
    """The roles whose holders can give others a role."""
    return frozenset(key for key, role in roles().items() if "manage_accounts" in role.permissions)


@cache
def caseload_roles() -> frozenset[str]:
    """The roles whose holders get clients as their case manager."""
    return frozenset(key for key, role in roles().items() if "hold_caseload" in role.permissions)


@cache
def stand_in_roles() -> frozenset[str]:
    """The roles whose holders can stand in: their scope is the own caseload, and opens another's."""
    return caseload_roles() & roles_reaching(Scope.OWN_CASELOAD)


@cache
def batch_roles() -> frozenset[str]:
    """The roles whose holders see whom they are given by name."""
    return frozenset(key for key, role in roles().items() if role.scope == Scope.BATCH)


@cache
def roles_reaching(scope: Scope) -> frozenset[str]:
    """The roles whose holders see dossiers, of this scope."""
    return frozenset(key for key, role in roles().items() if role.scope == scope and "see_clients" in role.permissions)


@cache
def roles() -> dict[str, Role]:
    """All roles by key. ValueError when a role names a permission that does not exist."""
    found = tomllib.loads((ROOM / "roles.toml").read_text(encoding="utf-8"))
    return {key: _role(key, entry) for key, entry in found.items()}


def _role(key: str, entry: dict[str, object]) -> Role:
    name, description, listed = entry["name"], entry["description"], entry["permissions"]
    if not (isinstance(name, dict) and isinstance(description, dict) and isinstance(listed, list)):
        message = f"roles.toml: {key} is not complete"
        raise TypeError(message)
    unknown = set(listed) - permission_keys()
    if unknown:
        message = f"roles.toml: {key} names unknown permissions {sorted(unknown)}"
        raise ValueError(message)
    return Role(
        key, name["nl"], name["en"], description["nl"], description["en"], Scope(str(entry["scope"])), frozenset(listed)
    )
