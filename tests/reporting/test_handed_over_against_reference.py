"""Caseloads of random towns: what became of people and who was handed over equal what is found person by person."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from opstap.accounts.models import Team, User
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
PEOPLE = 16
THEN, NOW = date(2023, 12, 31), date(2024, 12, 31)
FIRST = date(2023, 1, 1)
DAYS = ("--on", NOW.isoformat(), "--compared-with", THEN.isoformat())
Held = list[tuple[int, date, date | None]]
Placed = dict[date, str]


def somebody(rng: Random, town: Municipality, workers: list[tuple[User, Team]]) -> tuple[date | None, Held, Placed]:
    """One person: until when they are followed, whom they were with, and where they were placed."""
    until = rng.choice([None, None, None, date(2023, 10, 1), date(2024, 10, 1), date(2025, 3, 1)])
    client, start = a_client(town, followed_since=FIRST, until=until), FIRST
    held: Held = []
    for _ in range(rng.randrange(1, 4)):
        end = start + timedelta(days=rng.randrange(100, 700))
        end_known = None if end > date(2025, 6, 1) else end
        ends = min(one for one in (end_known, until, date.max) if one is not None)
        if start >= ends:
            break
        place = rng.randrange(2)
        held.append((place, start, None if ends == date.max else ends))
        worker, team = workers[place]
        in_caseload(client, worker, team=team, since=start, until=held[-1][2])
        if held[-1][2] is None:
            break
        start = ends
    rungs: Placed = {}
    for _ in range(rng.randrange(4)):
        rungs[FIRST + timedelta(days=rng.randrange(900))] = rng.choice("12345")
    for day, level in sorted(rungs.items()):
        placed(client, level, on=day, growth=rng.choice(["yes", "yes", "no"]))
    return until, held, rungs


def on(held: Held, day: date) -> set[int]:
    return {place for place, start, end in held if start <= day and (end is None or day < end)}


def what_became(until: date | None, held: Held, rungs: Placed) -> str:
    """Of somebody of the first case manager on the earlier day, as that one may know it; empty: not theirs then."""
    if (until is not None and until <= THEN) or 0 not in on(held, THEN):
        return ""
    was_last = until is not None and 0 in on(held, until - timedelta(days=1))
    if 0 not in on(held, dates.today()) and not was_last:
        return "handed_over"
    stood = [rungs[day] for day in sorted(rungs) if day <= THEN]
    if not stood:
        return "unplaced"
    if until is not None and until <= NOW:
        return "left"
    again = [rungs[day] for day in sorted(rungs) if THEN < day <= NOW]
    if not again:
        return "not_measured_again"
    return "risen" if again[-1] > stood[-1] else "fallen" if again[-1] < stood[-1] else "level"


@pytest.mark.parametrize("seed", range(6))
def test_a_caseload_of_then_closes_as_person_by_person(seed: int, report: Report) -> None:
    rng, town = Random(seed), a_municipality()  # noqa: S311 - no secret
    teams = [a_team(town, name) for name in ("Noord", "Zuid")]
    workers = [(a_case_manager(team, name=f"Werker {team.name}"), team) for team in teams]
    became = [what_became(*somebody(rng, town, workers)) for _ in range(PEOPLE)]
    totals = report("movement", *DAYS, "--as", "Werker Noord")["totals"]
    for key in ("risen", "level", "fallen", "left", "not_measured_again", "handed_over"):
        assert totals.get(key, 0) == became.count(key), key
    assert totals["in_follow_up"] + totals.get("handed_over", 0) == PEOPLE - became.count("")
    by_worker = {
        one["group"]: one["with_growth"] for one in report("realised", *DAYS, "--by", "worker")["totals"]["groups"]
    }
    for row in report("differences", *DAYS)["rows"]:
        if row["measure"] == "realised":
            wanted = by_worker[row["worker"] if row["worker"].startswith("Werker") else "unknown"]
            assert [row[key] for key in ("clients", "known", "having")] == [
                wanted[key] for key in ("clients", "known", "realised")
            ]
