"""Who the people of the log are: users and clients as they are compared, and who is whose client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import RoleHolding, TeamMembership
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.selectors import remembered_briefly
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import Alias, Assignment, Client, Person
from opstap.foundation.folding import fold
from opstap.privacy.logic.unusual import Around, Known

PREFIXES = frozenset("de den der van het ter ten te la le el al ben in op t".split())


@dataclass(frozen=True)
class Subject:
    """A client as the log's reader knows them: by number, and the reference under which one asks for more."""

    reference: str
    number: str


@remembered_briefly
def subjects_of(latest: int, municipality_id: int) -> Mapping[bytes, Subject]:
    """Every client of a municipality by the pseudonym that the log has."""
    del latest
    rows = Client.objects.filter(municipality=municipality_id).values_list("reference", "number")
    return MappingProxyType({pseudonym_of(reference): Subject(reference, number) for reference, number in rows})


def references_of(municipality_id: int, reference: str) -> list[str]:
    """A client with the dossiers of the same person, whichever is asked for; nothing for another municipality."""
    own = Client.objects.filter(municipality=municipality_id)
    asked = own.filter(reference=reference).values_list("pk", flat=True).first()
    if asked is None:
        return []
    kept = Alias.objects.current().filter(client=asked).values_list("kept", flat=True).first() or asked
    merged = Alias.objects.current().filter(kept=kept).values_list("client", flat=True)
    return list(own.filter(pk__in=[kept, *merged]).values_list("reference", flat=True))


@remembered_briefly
def around(latest: int, municipality_id: int, most_an_hour: int) -> Around:
    """What looks are compared with. Whoever ever had a client in the caseload, or the team's, has a reason to look."""
    del latest
    clients = dict(Client.objects.filter(municipality=municipality_id).values_list("pk", "reference"))
    pseudonyms = {pk: pseudonym_of(reference) for pk, reference in clients.items()}
    users = dict(workers_of(municipality_id).values_list("pk", "reference"))
    names = workers_of(municipality_id).values_list("reference", "name")
    return Around(
        users=MappingProxyType({reference: _worker(name) for reference, name in names}),
        clients=MappingProxyType(dict(_persons(municipality_id, pseudonyms))),
        theirs=frozenset(_theirs(municipality_id, pseudonyms, users)),
        reaches_all=_reaching_all(municipality_id),
        most_an_hour=most_an_hour,
    )


def _worker(name: str) -> Known:
    """`Jo van der Visser`: the surname is what follows the given names and the prefixes."""
    words = fold(name).split()
    last = words[1:] or words
    while len(last) > 1 and last[0] in PREFIXES:
        last = last[1:]
    return Known(" ".join(last), " ".join(words))


def _persons(municipality_id: int, pseudonyms: Mapping[int, bytes]) -> Iterable[tuple[bytes, Known]]:
    rows = Person.objects.current().filter(client__municipality=municipality_id)
    for client, surname, prefix, given in rows.values_list("client", "surname", "name_prefix", "given_names"):
        whole = fold(" ".join(part for part in (given, prefix, surname) if part))
        yield pseudonyms[client], Known(fold(surname), whole)


def _theirs(
    municipality_id: int, pseudonyms: Mapping[int, bytes], users: Mapping[int, str]
) -> Iterable[tuple[str, bytes]]:
    teams = _team_mates(municipality_id)
    kept = dict(Alias.objects.current().values_list("client", "kept"))
    rows = Assignment.objects.filter(client__municipality=municipality_id).values_list("client", "worker", "team")
    for client, worker, team in rows.distinct():
        for dossier in {client, kept.get(client, client)}:
            for user in {worker, *teams.get(team, ())}:
                if user in users and dossier in pseudonyms:
                    yield users[user], pseudonyms[dossier]


def _team_mates(municipality_id: int) -> dict[int, set[int]]:
    """Who ever led or was in each team: the whole team's clients are theirs to look at."""
    mates: dict[int, set[int]] = {}
    led = RoleHolding.objects.filter(municipality=municipality_id, role__in=_roles(Scope.TEAM), team__isnull=False)
    for team, user in led.values_list("team", "user"):
        mates.setdefault(team, set()).add(user)
    joined = TeamMembership.objects.filter(user__in=led.values("user"), team__municipality=municipality_id)
    for team, user in joined.values_list("team", "user"):
        mates.setdefault(team, set()).add(user)
    return mates


def _reaching_all(municipality_id: int) -> frozenset[str]:
    held = RoleHolding.objects.filter(municipality=municipality_id, role__in=_roles(Scope.MUNICIPALITY))
    return frozenset(held.values_list("user__reference", flat=True))


def _roles(scope: Scope) -> list[str]:
    return [key for key, role in roles().items() if role.scope == scope]
