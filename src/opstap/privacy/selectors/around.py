"""Who the people of the log are: users and clients as they are compared, and who is whose client."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from threading import Lock
from types import MappingProxyType

from django.db.models import Max

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import RoleHolding, TeamMembership
from opstap.accounts.selectors.towns import several_towns, workers_of
from opstap.audit.models import Erasure
from opstap.audit.selectors import open_recording, remembered_briefly
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.enums import Asked
from opstap.clients.models import Alias, Assignment, Client, Person, StandIn
from opstap.foundation.dates import AMSTERDAM
from opstap.foundation.folding import fold
from opstap.privacy.logic.looks import Around, Instead, Known
from opstap.privacy.logic.names import surnames_of_client, surnames_of_worker


@dataclass(frozen=True)
class Subject:
    """A client as the log's reader knows them: by number, and the reference under which one asks for more."""

    reference: str
    number: str


def subjects_of(latest: int, municipality_id: int) -> Mapping[bytes, Subject]:
    """Every client of a municipality by the pseudonym that the log has."""
    if open_recording.get() is not None:
        return _Subjects(municipality_id).known_at(latest)  # what is being written may be undone yet
    return _subjects_here(0, municipality_id).known_at(latest)


class _Subjects:
    """What this process knows of the clients of a municipality. Their references and numbers never change: who was
    registered since is added, and when somebody was erased all are read anew.
    """

    def __init__(self, municipality_id: int) -> None:
        self._municipality_id = municipality_id
        self._latest, self._erased = 0, 0
        self._known: dict[bytes, Subject] = {}
        self._lock = Lock()

    def known_at(self, latest: int) -> Mapping[bytes, Subject]:
        """Read up to the last recording: two queries when something was recorded since."""
        with self._lock:
            if latest > self._latest:
                self._read_until(latest)
            return MappingProxyType(self._known)

    def _read_until(self, latest: int) -> None:
        erased = Erasure.objects.aggregate(last=Max("recording"))["last"] or 0
        if erased != self._erased:
            self._latest, self._erased, self._known = 0, erased, {}
        newer = Client.objects.filter(recording__gt=self._latest, recording__lte=latest)
        rows = list(newer.values_list("municipality", "reference", "number"))
        added = {
            pseudonym_of(reference): Subject(reference, number)
            for town, reference, number in rows
            if town == self._municipality_id
        }
        if added:
            self._known = {**self._known, **added}  # another one: somebody may be reading the one before
        self._latest = latest


@remembered_briefly
def _subjects_here(_always: int, municipality_id: int) -> _Subjects:
    return _Subjects(municipality_id)


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
    """What looks are compared with. Whoever ever had a client in the caseload, or led the team, has a reason."""
    del latest
    clients = dict(Client.objects.filter(municipality=municipality_id).values_list("pk", "reference"))
    pseudonyms = {pk: pseudonym_of(reference) for pk, reference in clients.items()}
    workers = list(workers_of(municipality_id).values_list("pk", "reference", "name"))
    users = {pk: reference for pk, reference, _name in workers}
    held, of_teams = _assigned(municipality_id, pseudonyms, users)
    return Around(
        users=MappingProxyType({reference: _worker(name) for _pk, reference, name in workers}),
        clients=MappingProxyType(dict(_persons(municipality_id, pseudonyms))),
        held=frozenset(held),
        reaches_all=_reaching_all(municipality_id),
        most_an_hour=most_an_hour,
        led=frozenset(_led(municipality_id, of_teams, users)),
        instead=MappingProxyType(_instead(municipality_id, users)),
        elsewhere=_elsewhere(municipality_id),
    )


def _worker(name: str) -> Known:
    return Known(surnames_of_worker(name), fold(name))


def _persons(municipality_id: int, pseudonyms: Mapping[int, bytes]) -> Iterable[tuple[bytes, Known]]:
    rows = Person.objects.current().filter(client__municipality=municipality_id)
    for client, surname, prefix, given in rows.values_list("client", "surname", "name_prefix", "given_names"):
        if client in pseudonyms:  # one entered since is looked at another time
            whole = fold(" ".join(part for part in (given, prefix, surname) if part))
            yield pseudonyms[client], Known(surnames_of_client(surname), whole)


def _assigned(
    municipality_id: int, pseudonyms: Mapping[int, bytes], users: Mapping[int, str]
) -> tuple[set[tuple[str, bytes]], set[tuple[int, bytes]]]:
    """Who ever had whom by name, and which team; of a merged dossier also the one that was kept."""
    kept = dict(Alias.objects.current().values_list("client", "kept"))
    rows = Assignment.objects.filter(client__municipality=municipality_id).values_list("client", "worker", "team")
    held: set[tuple[str, bytes]] = set()
    of_teams: set[tuple[int, bytes]] = set()
    for client, worker, team in rows.distinct():
        for dossier in {client, kept.get(client, client)} & pseudonyms.keys():
            if worker in users:
                held.add((users[worker], pseudonyms[dossier]))
            if team is not None:
                of_teams.add((team, pseudonyms[dossier]))
    return held, of_teams


def _led(
    municipality_id: int, of_teams: Iterable[tuple[int, bytes]], users: Mapping[int, str]
) -> Iterable[tuple[str, bytes]]:
    leaders = _leaders(municipality_id)
    for team, subject in of_teams:
        for user in leaders.get(team, ()):
            if user in users:
                yield users[user], subject


def _leaders(municipality_id: int) -> dict[int, set[int]]:
    """Who ever led each team, or was in it while leading one: the whole team's clients are theirs to look at."""
    mates: dict[int, set[int]] = {}
    led = RoleHolding.objects.filter(municipality=municipality_id, role__in=_roles(Scope.TEAM), team__isnull=False)
    for team, user in led.values_list("team", "user"):
        mates.setdefault(team, set()).add(user)
    joined = TeamMembership.objects.filter(user__in=led.values("user"), team__municipality=municipality_id)
    for team, user in joined.values_list("team", "user"):
        mates.setdefault(team, set()).add(user)
    return mates


def _instead(municipality_id: int, users: Mapping[int, str]) -> dict[str, tuple[Instead, ...]]:
    """Whose caseload each worker reached for a time: whom they stood in for until it was ended, or went along with."""
    found: dict[str, tuple[Instead, ...]] = {}
    agreed = StandIn.objects.within(municipality_id).filter(state=Asked.ACCEPTED, withdrawn=False)
    columns = ("stand_in", "absent", "starts_on", "ends_on", "replaced_by__recording__at")
    rows = [
        (who, whom, first, _earliest(until, ended.astimezone(AMSTERDAM).date() + timedelta(days=1) if ended else None))
        for who, whom, first, until, ended in agreed.values_list(*columns)
    ]
    along = RoleHolding.objects.filter(
        municipality=municipality_id, role__in=_roles(Scope.SUPERVISED), supervisor__isnull=False
    )
    rows += along.values_list("user", "supervisor", "starts_on", "ends_on")
    for who, whom, first, until in rows:
        if who in users and whom in users:
            found[users[who]] = (*found.get(users[who], ()), Instead(users[whom], first, until))
    return found


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _elsewhere(municipality_id: int) -> frozenset[bytes]:
    """The clients of other municipalities: of whom no more is told than that somebody tried to reach one."""
    if not several_towns():
        return frozenset()
    others = Client.objects.exclude(municipality=municipality_id).values_list("reference", flat=True)
    return frozenset(pseudonym_of(reference) for reference in others)


def _reaching_all(municipality_id: int) -> frozenset[str]:
    held = RoleHolding.objects.filter(municipality=municipality_id, role__in=_roles(Scope.MUNICIPALITY))
    return frozenset(held.values_list("user__reference", flat=True))


def _roles(scope: Scope) -> list[str]:
    return [key for key, role in roles().items() if role.scope == scope]
