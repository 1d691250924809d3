"""What is known now of the clients that a file names, read in a handful of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, QuerySet

from opstap.audit.models import Fact, FactQuerySet
from opstap.audit.selectors import latest_recording
from opstap.clients.enums import AssignmentRole
from opstap.clients.models import (
    Address,
    Alias,
    Assignment,
    Barrier,
    BenefitSpell,
    BsnHolder,
    Client,
    Exemption,
    FollowUp,
    KeptValue,
    Person,
    Trait,
)
from opstap.exchange.selectors.terms import Terms
from opstap.ladder.models import Measurement
from opstap.plans.models import Activity, Instrument, Trajectory

MANY = 1_000
PART = 500

PERSON_COLUMNS = (
    "surname", "name_prefix", "given_names", "birth_date", "sex", "phone", "email", "preferred_language",
    "preferred_channel", "died_on",
)  # fmt: skip
MEASUREMENT_COLUMNS = (
    "measured_on", "level_id", "growth", "expected_level_id", "expected_by", "worker_id", "instrument_in_use",
    "income_situation", "low_literate", "basic_qualification", "integration", "exempt", "answers", "found_level_id",
    "override_reason", "client_level_id", "client_view", "with_support", "with_aftercare",
)  # fmt: skip
TRAJECTORY_COLUMNS = ("reference", "kind", "name", "goal_level_id", "maintains_level", "end_reason")
ACTIVITY_COLUMNS = ("reference", "trajectory", "description", "kind")
INSTRUMENT_COLUMNS = ("reference", "trajectory", "kind", "supplier", "result")
ADDRESS_COLUMNS = ("street", "house_number", "postcode", "city", "is_secret")

Rows = dict[int, list[tuple[Any, ...]]]


@dataclass
class Stored:
    """Rows by client, each as (id, …); those of periods as (id, starts_on, ends_on, …).

    `kept` says of a dossier that was merged into which.
    """

    recording: int
    next_client_id: int
    clients: dict[str, int]
    holders: dict[bytes, int]
    kept: dict[int, int]
    persons: Rows
    addresses: Rows
    follow_ups: Rows
    benefit_spells: Rows
    assignments: Rows
    measurements: Rows
    traits: Rows
    barriers: Rows
    exemptions: Rows
    trajectories: Rows
    activities: Rows
    instruments: Rows
    kept_values: Rows

    @property
    def numbers(self) -> dict[int, str]:
        """Client numbers by id."""
        return {pk: number for number, pk in self.clients.items()}

    def is_one_person(self, holder: int, client_id: int | None) -> bool:
        """Whether two dossiers are of one person: the same one, or merged."""
        return client_id is not None and self.kept.get(holder, holder) == self.kept.get(client_id, client_id)


def stored_for(terms: Terms, numbers: Collection[str], digests: Collection[bytes], source: str) -> Stored:
    """The number of the recording is read first: what is written meanwhile makes the plan outdated, never wrong."""
    recording = latest_recording()
    last = Client.objects.aggregate(last=Max("pk"))["last"] or 0
    few = len(numbers) + len(digests) <= MANY
    clients, holders = _known(terms.municipality_id, numbers, digests, few=few)
    ids = {*clients.values(), *holders.values()} if few else None
    load = _Loader(terms.municipality_id, None if ids is None else sorted(ids))
    return Stored(
        recording=recording,
        next_client_id=last + 1,
        clients=clients,
        holders=holders,
        kept=_merged(terms.municipality_id),
        persons=load.rows(Person, "bsn_encrypted", "bsn_digest", "bsn_key", *PERSON_COLUMNS),
        addresses=load.periods(Address, *ADDRESS_COLUMNS),
        follow_ups=load.periods(FollowUp, "ground", "end_reason"),
        benefit_spells=load.periods(BenefitSpell, "kind", "entry_reason", "exit_reason", "origin_of_entry"),
        assignments=load.periods(
            Assignment, "team_id", "worker_id", "end_reason", role=AssignmentRole.CASE_MANAGER.value
        ),
        measurements=load.rows(Measurement, *MEASUREMENT_COLUMNS, scale_id=terms.scale.id, second_assessment=False),
        traits=load.periods(Trait, "kind", "value"),
        barriers=load.periods(Barrier, "kind"),
        exemptions=load.periods(Exemption, "ground", "duty", "decided_on"),
        trajectories=load.periods(Trajectory, *TRAJECTORY_COLUMNS),
        activities=load.periods(Activity, *ACTIVITY_COLUMNS),
        instruments=load.periods(Instrument, *INSTRUMENT_COLUMNS),
        kept_values=load.rows(KeptValue, "heading", "value", source=source),
    )


def rows_of(model: type[Fact], client_ids: Sequence[int], *columns: str) -> Rows:
    """Current periods of some clients, by client."""
    return _Loader(0, client_ids).periods(model, *columns)


def _known(
    municipality_id: int, numbers: Collection[str], digests: Collection[bytes], *, few: bool
) -> tuple[dict[str, int], dict[bytes, int]]:
    clients: QuerySet[Client] = Client.objects.filter(municipality_id=municipality_id)
    holders = BsnHolder.objects.filter(municipality_id=municipality_id)
    if not few:
        return dict(clients.values_list("number", "pk")), _digests(holders)
    held: dict[bytes, int] = {}
    for part in _parts(list(digests)):
        held |= _digests(holders.filter(digest__in=part))
    found: dict[str, int] = {}
    for part in _parts(list(numbers)):
        found.update(clients.filter(number__in=part).values_list("number", "pk"))
    for part in _parts(list(held.values())):
        found.update(clients.filter(pk__in=part).values_list("number", "pk"))
    return found, held


def _merged(municipality_id: int) -> dict[int, int]:
    found = Alias.objects.current().filter(kept__municipality=municipality_id)
    return dict(found.values_list("client_id", "kept_id"))


def _digests(holders: QuerySet[BsnHolder]) -> dict[bytes, int]:
    return {bytes(digest): client for digest, client in holders.values_list("digest", "client_id")}


class _Loader:
    """Reads current facts of some clients, or of the whole municipality."""

    def __init__(self, municipality_id: int, ids: Sequence[int] | None) -> None:
        if ids is None:
            self._where: list[dict[str, Any]] = [{"client__municipality_id": municipality_id}]
        else:
            self._where = [{"client_id__in": part} for part in _parts(ids)]

    def rows(self, model: type[Fact], *columns: str, **where: Any) -> Rows:
        """Rows by client: id and columns."""
        found: Rows = defaultdict(list)
        for client, *row in self._read(model, columns, where):
            found[client].append(tuple(row))
        return dict(found)

    def periods(self, model: type[Fact], *columns: str, **where: Any) -> Rows:
        """Rows by client: id, start, end and columns."""
        return self.rows(model, "starts_on", "ends_on", *columns, **where)

    def _read(self, model: type[Fact], columns: Iterable[str], where: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
        for clients in self._where:
            current: FactQuerySet[Fact] = FactQuerySet(model).current().filter(**clients, **where)
            yield from current.values_list("client_id", "pk", *columns)


def _parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[start : start + PART] for start in range(0, len(values), PART))
