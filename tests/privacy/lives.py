"""People with histories that begin and break off anywhere, and what every report comes to of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from types import SimpleNamespace
from typing import Any

from opstap.accounts.models import Team, User
from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Client
from opstap.ladder.logic import MeasurementsRefused
from opstap.municipality.models import Municipality
from opstap.privacy.logic.requests import months_after
from opstap.reporting.logic import Asked
from opstap.reporting.selectors.coverage import count_coverage
from opstap.reporting.selectors.current_expected import count_current_expected
from opstap.reporting.selectors.differences import count_differences
from opstap.reporting.selectors.duration import count_duration
from opstap.reporting.selectors.goals import count_goals
from opstap.reporting.selectors.inflow import count_inflow
from opstap.reporting.selectors.left import count_left
from opstap.reporting.selectors.movement import count_movement
from opstap.reporting.selectors.placement import count_placement
from opstap.reporting.selectors.questions import Question, understand
from opstap.reporting.selectors.ready import count_ready
from opstap.reporting.selectors.traits_changed import count_traits_changed
from opstap.reporting.selectors.trajectories import count_trajectories
from opstap.reporting.tables.reports import REPORTS
from tests.factories.clients import a_client, followed, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory

START, MONTHS = date(2023, 1, 1), 14
CODES = ("0", "1-", "2", "2+", "3", "4", "5")
OF_TWO_MONTHS = {"movement", "differences", "inflow", "left", "traits-changed"}


def _measures(question: Question) -> SimpleNamespace:
    """Of the differences all but who was placed twice: nothing is left of a second assessment."""
    found = count_differences(question).figures
    return SimpleNamespace(figures=(found.measures, found.ended))


COUNTS: dict[str, Any] = {
    "differences": _measures,
    "placement": count_placement,
    "goals": count_goals,
    "current-expected": count_current_expected,
    "movement": count_movement,
    "coverage": count_coverage,
    "trajectories": count_trajectories,
    "duration": count_duration,
    "inflow": count_inflow,
    "left": count_left,
    "ready": count_ready,
    "traits-changed": count_traits_changed,
}
BY_WHAT = (
    "",
    "team",
    "sex",
    "age",
    "benefit",
    "benefit-duration",
    "household",
    "barrier",
    "low-literacy",
    "trajectory",
)


def ends_of_months() -> list[date]:
    return [months_after(START, number) - timedelta(days=1) for number in range(1, MONTHS + 1)]


def figures(
    town: Municipality, on: date, by: str, actor: Actor | None = None, *, only: Sequence[str] = ()
) -> dict[str, Any]:
    """What every report comes to on a day, or what some do."""
    found = {}
    for key, count in COUNTS.items():
        if (by and "by" not in REPORTS[key].definition.parameters) or key not in (only or COUNTS):
            continue
        before = (on.replace(day=1) - timedelta(days=1)).isoformat() if key in OF_TWO_MONTHS else ""
        asked = Asked(report=key, on=on.isoformat(), compared_with=before, by=by)
        parameters = REPORTS[key].definition.parameters
        whose = actor or command_line()
        question = understand(asked, actor=whose, municipality=town, language="nl", parameters=parameters)
        found[key] = count(question).figures
    return found


def some_life(random: Random, town: Municipality, workers: list[tuple[Team, User]]) -> Client:
    """Somebody with a history that begins and breaks off anywhere."""

    def day(first: int = 0, last: int = 380) -> date:
        return START + timedelta(days=random.randint(first, last))

    born = date(random.randint(1956, 2004), random.randint(1, 12), random.choice((1, 15, 27, 28)))
    client = a_client(town, followed_since=None, born=born, sex=random.choice(("female", "male", "")))
    since = day(0, 120)
    followed(client, since, random.choice((None, since + timedelta(days=random.randint(1, 260)))))
    benefit = since - timedelta(days=random.randint(0, 900))
    until = benefit + timedelta(days=random.randint(5, 1000))
    on_benefit(client, benefit, until)
    if random.random() < 0.5:
        on_benefit(client, until + timedelta(days=random.choice((3, 29, 31, 90))))
    for _ in range(random.randint(0, 4)):
        try:
            expected = random.choice((None, *CODES[2:]))
            growth = random.choice(("yes", "no", "unknown"))
            placed(client, random.choice(CODES), on=day(), growth=growth, expected=expected)
        except MeasurementsRefused:
            continue
    team, worker = random.choice(workers)
    moved = day(130, 300)
    in_caseload(client, worker, team=team, since=since, until=moved)
    team, worker = random.choice(workers)
    in_caseload(client, worker, team=team, since=moved)
    _circumstances(random, client, day)
    return client


def _circumstances(random: Random, client: Client, day: Any) -> None:
    if random.random() < 0.6:
        with_barrier(
            client, random.choice(("health", "money", "language")), day(), random.choice((None, day(381, 400)))
        )
    if random.random() < 0.6:
        with_trait(client, "low_literate", random.choice(("yes", "no")), day())
    if random.random() < 0.5:
        begun = day(0, 200)
        a_trajectory(client, "work", begun, begun + timedelta(days=random.randint(1, 150)), goal="4")


def told(
    town: Municipality, asked: list[tuple[date, str]], actors: Sequence[Actor | None] = (None,)
) -> dict[tuple[int, date, str], dict[str, Any]]:
    """What each of them is told; who does not count the whole municipality only without groups."""
    return {
        (place, on, by): figures(town, on, by, actor)
        for place, actor in enumerate(actors)
        for on, by in asked
        if actor is None or not by
    }
