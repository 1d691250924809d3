"""What the table says of a role that asks something of an address: pure, and without looking at Opstap itself."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from opstap.accounts.enums import Scope
from opstap.accounts.logic import Role

TABLE = Path(__file__).with_name("routes.toml")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LET_IN = frozenset({200, 204, 302, 303, 400, 409})


class Whose(StrEnum):
    """Of whom something is, as seen by the one who asks."""

    OWN = "own"
    COLLEAGUE = "colleague's"
    OTHER_TEAM = "other team's"
    OTHER_MUNICIPALITY = "other municipality's"
    NOBODY = "not existing"


HERE = (Whose.OWN, Whose.COLLEAGUE, Whose.OTHER_TEAM)
REACH = {
    "none": frozenset[Whose](),
    "batch": frozenset({Whose.OWN}),
    "supervised": frozenset({Whose.OWN}),
    "own_caseload": frozenset({Whose.OWN}),
    "team": frozenset({Whose.OWN, Whose.COLLEAGUE}),
    "municipality": frozenset(HERE),
}


@dataclass(frozen=True)
class Route:
    """A line of the table."""

    name: str
    get: str
    post: str
    about: str
    send: str = ""
    names: bool = False
    led: bool = False
    away: bool = False
    of: str = ""
    reads: bool = False
    notes: bool = False
    tells: str = ""

    def asks(self, method: str) -> str:
        """What a method asks; nothing when it is not taken."""
        return {"GET": self.get, "HEAD": self.get, "POST": self.post}.get(method, "")

    @property
    def objects(self) -> tuple[Whose, ...]:
        """The things that can be asked for."""
        return {
            "client": tuple(Whose),
            "municipality": (Whose.OWN, Whose.OTHER_MUNICIPALITY, Whose.NOBODY),
            "installation": (Whose.OWN, Whose.NOBODY),
            "private": (Whose.OTHER_TEAM, Whose.OTHER_MUNICIPALITY, Whose.NOBODY),
            "session": (Whose.NOBODY,),
        }.get(self.about, (Whose.OWN,))


@dataclass(frozen=True)
class Asked:
    """One cell of the matrix."""

    route: Route
    role: Role
    method: str
    whose: Whose

    def __str__(self) -> str:
        return f"{self.role.key} {self.method} {self.route.name} ({self.whose})"


def expected(asked: Asked) -> frozenset[int]:
    """The answers that are right."""
    asks = asked.route.asks(asked.method)
    if not asks:
        return frozenset({405})
    if asks != "open" and asks not in asked.role.permissions:
        return frozenset({403})
    if asked.route.about == "session":
        return frozenset({404, 410, 302})  # nothing is there, not any more, or back to where one begins
    if asked.route.about == "private":
        return _of_two_others(asked)
    if asked.route.names and asked.method == "POST":
        return frozenset({404})
    return LET_IN if _is_there(asked) else frozenset({404})


def _of_two_others(asked: Asked) -> frozenset[int]:
    leads = asked.role.scope == Scope.MUNICIPALITY or "review_access_log" in asked.role.permissions
    if asked.route.led and asked.whose == Whose.OTHER_TEAM and leads:
        return LET_IN | {404}
    return frozenset({302}) if asked.route.away else frozenset({404})


def _is_there(asked: Asked) -> bool:
    if asked.whose == Whose.NOBODY:
        return False
    if asked.route.about == "client":
        return asked.whose in REACH[asked.role.scope.value]
    return asked.whose != Whose.OTHER_MUNICIPALITY


def table() -> dict[str, Route]:
    """Every line, by the name of its address."""
    lines = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        name: Route(
            name,
            line.get("get", ""),
            line.get("post", ""),
            line.get("about", ""),
            line.get("send", ""),
            bool(line.get("names")),
            bool(line.get("led")),
            bool(line.get("away")),
            line.get("of", ""),
            bool(line.get("reads")),
            bool(line.get("notes")),
            line.get("tells", ""),
        )
        for name, line in lines.items()
    }


def cells(routes: dict[str, Route], roles: dict[str, Role]) -> Iterator[Asked]:
    """The whole matrix, in a fixed order."""
    for route in routes.values():
        for role in roles.values():
            for method in METHODS:
                for whose in route.objects:
                    yield Asked(route, role, method, whose)
