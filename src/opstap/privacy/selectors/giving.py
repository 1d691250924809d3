"""Reads: everything that is kept about one person, in all their dossiers, and who looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from opstap.accounts.logic import roles
from opstap.accounts.models import RoleHolding
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.models import Access
from opstap.audit.personal_data import Colleague, HeldRow
from opstap.audit.selectors.accesses import looks_at
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import Client, Person
from opstap.clients.personal_data import rooms_with_personal_data
from opstap.clients.selectors.merged import merged_into
from opstap.foundation import dates
from opstap.municipality.logic import NAMES_IN_DOSSIER
from opstap.municipality.selectors import setting_on

LOG = "audit.access"
# Of people around a client the client gets who they are, not how to reach them: that is theirs (AVG, art. 15(4)).
NOT_OF_OTHERS = {"clients.personaround": ("phone", "email")}
AUTOMATIC = frozenset({"command", "demo", "setup"})


@dataclass(frozen=True)
class Held:
    """A row with the room that holds it, and whether it still stands."""

    room: str
    row: HeldRow
    state: str


@dataclass(frozen=True)
class Looked:
    """A record of the access log, and whether the person was asked for or stood on a list."""

    access: Access
    asked: bool


@dataclass(frozen=True)
class Whole:
    """One person: their dossiers, all rows about them, and every look."""

    clients: tuple[Client, ...]
    person: Person | None
    rows: tuple[Held, ...]
    looks: tuple[Looked, ...]


def dossiers_of(client: Client) -> tuple[Client, ...]:
    """The client and every dossier that was merged into it."""
    merged = {alias.client_id: alias.client for alias in merged_into(client) if alias.client_id != client.pk}
    return (client, *merged.values())


def whole_of(client: Client) -> Whole:
    """Everything of every room. What is kept of others in it is left out as `NOT_OF_OTHERS` says."""
    clients = dossiers_of(client)
    rows: dict[tuple[str, str], Held] = {}
    for key in rooms_with_personal_data.keys():  # noqa: SIM118 - a registry, which gives its entries when walked
        give = rooms_with_personal_data.get(key)
        for one in clients:
            held = [row for row in (give(one) if give else []) if row.model != LOG]
            corrected = {row.values.get("replaces") for row in held}
            for row in held:
                rows.setdefault((row.model, str(row.values)), _held(key, row, corrected))
    person = Person.objects.current().filter(client=client).first()
    return Whole(clients, person, tuple(rows.values()), _looks(clients))


def colleagues(municipality_id: int) -> Mapping[str, str]:
    """What stands for each worker: their function, or their name where the municipality says so."""
    users = workers_of(municipality_id).values_list("reference", "name")
    if setting_on(municipality_id, NAMES_IN_DOSSIER, dates.today()) == "on":
        return dict(users)
    known, functions = roles(), dict.fromkeys((reference for reference, _name in users), "")
    held = RoleHolding.objects.filter(municipality=municipality_id).order_by("starts_on", "pk")
    for reference, role, own in held.values_list("user__reference", "role", "own_role__name_nl"):
        functions[reference] = own or (known[role].name("nl") if role in known else role)
    return functions


def shown_value(value: object, known: Mapping[str, str], otherwise: str) -> object:
    """A value, or what stands for a worker's name."""
    if not isinstance(value, Colleague):
        return value
    return value if value.reference in AUTOMATIC else (known.get(value.reference) or otherwise)


def _held(room: str, row: HeldRow, corrected: set[object]) -> Held:
    left_out = NOT_OF_OTHERS.get(row.model, ())
    values = {name: value for name, value in row.values.items() if name not in left_out}
    state = "withdrawn" if values.get("withdrawn") else "corrected" if values.get("id") in corrected else "stands"
    return Held(room, replace(row, values=values), state)


def _looks(clients: tuple[Client, ...]) -> tuple[Looked, ...]:
    own = {pseudonym_of(one.reference) for one in clients}
    found = looks_at([one.reference for one in clients])
    return tuple(Looked(access, bytes(access.subject) in own) for access in found)
