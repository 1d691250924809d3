"""A town in which each person but three has exactly one thing to look at, known by its name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from opstap.accounts.models import Team, User
from opstap.audit.permissions import command_line
from opstap.clients.logic import FollowUpRow
from opstap.clients.models import Client
from opstap.clients.operations import record_death, record_follow_ups
from opstap.ladder.operations import record_measurement
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import FOLLOWED_SINCE, a_client, in_caseload, on_benefit, with_trait
from tests.factories.ladder import a_placement
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory, an_instrument

BY = command_line()
ON = date(2024, 6, 15)
BEFORE, LATELY = date(2023, 1, 1), date(2024, 1, 1)
TRAITS = {
    "low_literate": "no",
    "basic_qualification": "yes",
    "integration": "none",
    "income_situation": "benefit_only",
}
Also = Callable[[Client], object]


@dataclass
class Person:
    """Somebody of whom all is in order, unless something else is said here."""

    name: str
    level: str = "3"
    growth: str = "yes"
    expected: str | None = "4"
    expected_by: date = date(2024, 12, 31)
    before: str = "2"
    measured_on: date | None = LATELY
    traits: dict[str, str] = field(default_factory=dict)
    benefit: str = "participatiewet"
    born: date | None = None
    has_worker: bool = True
    also: Also | None = None


def helped(client: Client, *, since: date, kind: str = "coaching", until: date | None = None) -> None:
    """An instrument that runs, under a trajectory that does so too, or ended."""
    an_instrument(a_trajectory(client, since=since, until=until), kind, since)


def working(name: str, *, benefit: str = "", income: str = "work", also: Also | None = None) -> Person:
    """On the level of work without help."""
    return Person(
        name,
        level="6",
        growth="unknown",
        expected=None,
        benefit=benefit,
        traits={"income_situation": income},
        also=also,
    )


MARCH = date(2024, 3, 1)
TWIN = date(1971, 2, 3)
PEOPLE = (
    Person("Aarts"),
    Person("placement_old", measured_on=date(2023, 5, 1)),
    Person("undetermined_long", level="0", before="0", growth="unknown", expected=None, measured_on=date(2024, 6, 1)),
    Person("Lately", level="0", before="", growth="unknown", expected=None, measured_on=date(2024, 5, 1)),
    Person("second_missing", before=""),
    Person("expected_passed", expected_by=date(2024, 5, 31)),
    Person("instrument_open", also=lambda client: helped(client, since=BEFORE)),
    Person("trajectory_open", also=lambda client: a_trajectory(client, since=date(2022, 1, 1))),
    Person("expected_lower", expected="2"),
    working("independent_on_benefit", benefit="participatiewet", income="benefit_and_other_income"),
    working("independent_with_instrument", also=lambda client: helped(client, since=MARCH)),
    working("Nazorg", also=lambda client: helped(client, since=MARCH, kind="aftercare")),
    Person("paid_on_benefit_only", level="5", expected="6"),
    Person("earning_below_work", traits={"income_situation": "benefit_and_work"}),
    Person("sheltered_elsewhere", benefit="sheltered_work", traits={"income_situation": "other"}),
    Person("income_denies_benefit", traits={"income_situation": "none"}),
    Person("instrument_alone", also=lambda client: helped(client, since=MARCH, until=date(2024, 5, 1))),
    Person("double", born=TWIN),
    Person("doubles", born=TWIN),
    Person("died", also=lambda client: record_death(by=BY, client=client, died_on=date(2024, 6, 1), why="bericht")),
    Person("not_placed", measured_on=None),
    Person("growth_missing", growth="unknown"),
    Person("expected_missing", expected=None),
    Person("literacy_missing", traits={"low_literate": "unknown"}),
    Person("qualification_missing", traits={"basic_qualification": ""}),
    Person("integration_missing", traits={"integration": "unknown"}),
    Person("income_missing", traits={"income_situation": ""}),
    Person("no_worker", has_worker=False),
)
# Concerned and judged, counted by hand: of 28 one died; of the others two stand on code 0 and one on nothing.
COUNTED = {
    "placement_old": (1, 26),
    "undetermined_long": (1, 2),
    "second_missing": (1, 24),
    "expected_passed": (1, 19),  # of 24 three at work expect nothing, one not known, one lower
    "instrument_open": (1, 4),
    "trajectory_open": (1, 4),
    "expected_lower": (1, 20),
    "independent_on_benefit": (1, 3),
    "independent_with_instrument": (1, 3),
    "paid_on_benefit_only": (1, 4),
    "earning_below_work": (1, 19),  # of 24 four in paid work, one without an income
    "sheltered_elsewhere": (1, 1),
    "income_denies_benefit": (1, 23),  # of 27 three without a benefit, one without an income
    "instrument_alone": (1, 4),
    "double": (2, 27),
    "died": (1, 28),
    "not_placed": (1, 27),
    "growth_missing": (1, 21),
    "expected_missing": (1, 21),
    "literacy_missing": (1, 27),
    "qualification_missing": (1, 27),
    "integration_missing": (1, 27),
    "income_missing": (1, 27),
    "no_worker": (1, 27),
    "ended_without_reason": (2, 3),
}


@dataclass
class Town:
    """The municipality with its one team and worker."""

    municipality: Municipality
    team: Team
    worker: User


def a_town() -> Town:
    """The 28, and four who left."""
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    town = Town(municipality, team, a_case_manager(team, name="Jo Jansen"))
    for number, person in enumerate(PEOPLE):
        _come(town, person, date(1960, 1, 1) + timedelta(days=400 * number))
    for number, (until, reason) in enumerate(
        (
            (date(2024, 2, 1), ""),
            (date(2024, 3, 1), "goal_reached"),
            (date(2022, 3, 1), ""),
            (date(2024, 4, 1), "unknown"),  # recorded, and no reason
        )
    ):
        gone = a_client(municipality, followed_since=None, surname=f"Weg {number}", born=date(1955, 1, number + 1))
        record_follow_ups(by=BY, rows=[FollowUpRow(gone.pk, FOLLOWED_SINCE, until, end_reason=reason)])
        in_caseload(gone, town.worker, team=team, until=until)
    return town


def _come(town: Town, person: Person, born: date) -> None:
    client = a_client(town.municipality, surname=person.name, born=person.born or born)
    in_caseload(client, town.worker if person.has_worker else None, team=town.team)
    if person.measured_on is not None:
        if person.before:
            first = a_placement(client, person.before, BEFORE if person.before != "0" else date(2024, 2, 1))
            record_measurement(by=BY, row=first)
        row = a_placement(client, person.level, person.measured_on, growth=person.growth, expected=person.expected)
        record_measurement(by=BY, row=replace(row, expected_by=person.expected_by if person.expected else None))
    for kind, value in {**TRAITS, **person.traits}.items():
        if value:
            with_trait(client, kind, value)
    if person.benefit:
        on_benefit(client, FOLLOWED_SINCE, kind=person.benefit)
    if person.also is not None:
        person.also(client)
