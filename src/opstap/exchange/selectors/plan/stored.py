"""What is known now of the clients that a file names, read in a handful of queries."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from opstap.audit.models import Fact
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
from opstap.clients.selectors.withheld import protected_on
from opstap.exchange.selectors.plan.loading import Loader, Owners, Rows, parts
from opstap.exchange.selectors.terms import Terms
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from opstap.plans.models import Activity, Instrument, Trajectory

MANY = 1_000

PERSON_COLUMNS = (
    "surname", "name_prefix", "given_names", "birth_date", "sex", "phone", "email", "preferred_language",
    "preferred_channel", "died_on",
)  # fmt: skip
MEASUREMENT_COLUMNS = (
    "measured_on", "level_id", "growth", "expected_level_id", "expected_by", "worker_id", "instrument_in_use",
    "income_situation", "low_literate", "basic_qualification", "integration", "exempt", "answers", "found_level_id",
    "override_reason", "client_level_id", "client_view", "with_support", "with_aftercare",
)  # fmt: skip
TRAJECTORY_COLUMNS = ("client_id", "reference", "kind", "name", "goal_level_id", "maintains_level", "end_reason")
ACTIVITY_COLUMNS = ("client_id", "reference", "trajectory", "description", "kind")
INSTRUMENT_COLUMNS = ("client_id", "reference", "trajectory", "kind", "supplier", "result")
ADDRESS_COLUMNS = ("street", "house_number", "postcode", "city", "is_secret")


@dataclass
class Stored:
    """Rows by client, each as (id, …); those of periods as (id, starts_on, ends_on, …).

    `kept` says of a dossier that was merged into which. Its rows stand with those of the one that was kept, `owners`
    says whose they are. Persons alone stand by dossier: each has its own.
    """

    recording: int
    next_client_id: int
    clients: dict[str, int]
    holders: dict[bytes, int]
    kept: Mapping[int, int]
    protected: frozenset[int]
    owners: Owners
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

    def owner(self, model: type[Fact], pk: int | None, client_id: int) -> int:
        """Of a row of this client the dossier in which it stands."""
        return self.owners.get(model, {}).get(pk or 0, client_id)

    def is_merged(self, number: str | None) -> bool:
        """Whether a client number is that of a dossier that was merged into another."""
        return self.clients.get(number or "") in self.kept


def stored_for(
    terms: Terms, numbers: Collection[str], digests: Collection[bytes], source: str, renewed: Mapping[bytes, bytes]
) -> Stored:
    """The number of the recording is read first: what is written meanwhile makes the plan outdated, never wrong.

    `renewed` are digests under which a BSN of the file may still stand, with those that the file is compared by.
    """
    recording = latest_recording()
    last = Client.objects.aggregate(last=Max("pk"))["last"] or 0
    few = len(numbers) + len(digests) <= MANY
    kept = _merged(terms.municipality_id)
    clients, holders = _known(terms.municipality_id, numbers, {*digests, *renewed}, kept, few=few)
    holders = {renewed.get(digest, digest): client for digest, client in holders.items()}
    ids = {*clients.values(), *holders.values()} if few else None
    load = Loader(terms.municipality_id, None if ids is None else sorted(_with_merged(ids, kept)), kept)
    return Stored(
        recording=recording,
        next_client_id=last + 1,
        clients=clients,
        holders=holders,
        kept=kept,
        protected=_protected(terms.municipality_id),
        owners=load.owners,
        persons=_by_digests_of_now(
            load.by_dossier(Person, "bsn_encrypted", "bsn_digest", "bsn_key", *PERSON_COLUMNS), renewed
        ),
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


def _by_digests_of_now(persons: Rows, renewed: Mapping[bytes, bytes]) -> Rows:
    if not renewed:
        return persons
    return {
        client: [
            (pk, sealed, digest and renewed.get(bytes(digest), digest), *rest) for pk, sealed, digest, *rest in rows
        ]
        for client, rows in persons.items()
    }


def rows_of(model: type[Fact], client_ids: Collection[int], kept: Mapping[int, int], *columns: str) -> Rows:
    """Current periods of some clients in each of their dossiers, by client."""
    return Loader(0, sorted(_with_merged(client_ids, kept)), kept).periods(model, *columns)


def _with_merged(client_ids: Collection[int], kept: Mapping[int, int]) -> set[int]:
    """These clients with the other dossiers of the same people."""
    people = {kept.get(client, client) for client in client_ids}
    return people | set(client_ids) | {dossier for dossier, one in kept.items() if one in people}


def _known(
    municipality_id: int, numbers: Collection[str], digests: Collection[bytes], kept: Mapping[int, int], *, few: bool
) -> tuple[dict[str, int], dict[bytes, int]]:
    clients: QuerySet[Client] = Client.objects.filter(municipality_id=municipality_id)
    holders = BsnHolder.objects.filter(municipality_id=municipality_id)
    if not few:
        return dict(clients.values_list("number", "pk")), _digests(holders)
    held: dict[bytes, int] = {}
    for part in parts(list(digests)):
        held |= _digests(holders.filter(digest__in=part))
    found: dict[str, int] = {}
    for part in parts(list(numbers)):
        found.update(clients.filter(number__in=part).values_list("number", "pk"))
    others = {kept[client] for client in (*found.values(), *held.values()) if client in kept}
    for part in parts([*held.values(), *others]):
        found.update(clients.filter(pk__in=part).values_list("number", "pk"))
    return found, held


def _merged(municipality_id: int) -> dict[int, int]:
    found = Alias.objects.current().filter(kept__municipality=municipality_id)
    return dict(found.values_list("client_id", "kept_id"))


def _protected(municipality_id: int) -> frozenset[int]:
    """Whose dossier no file changes: what it says of them would be read by whoever looks the import over."""
    found = Client.objects.filter(protected_on(dates.today()), municipality_id=municipality_id)
    return frozenset(found.values_list("pk", flat=True))


def _digests(holders: QuerySet[BsnHolder]) -> dict[bytes, int]:
    return {bytes(digest): client for digest, client in holders.values_list("digest", "client_id")}
