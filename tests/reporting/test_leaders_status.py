"""Decision 58: a leader's status is of the people they may see, tells nothing of others, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from opstap.accounts.models import Team, User
from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.operations import protect_dossier
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from opstap.reporting.logic import LEVEL, Condition
from tests.factories.accounts import a_case_manager, a_coordinator, a_team, a_team_leader
from tests.factories.clients import a_client, in_caseload
from tests.factories.indicators import a_composition, a_target, an_indicator
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
ON = ("--on", "2024-12-31", "--compared-with", "2023-12-31")
SINCE, LATELY, MOVED = date(2020, 1, 1), date(2023, 6, 1), date(2025, 2, 1)
SAID = "Bij een doel tellen alleen de mensen mee die u nu mag zien"


@dataclass
class Town:
    municipality: Municipality
    team: Team
    leader: User
    whole: tuple[str, ...]
    fourth: Client


@pytest.fixture(params=["elsewhere", "protected"])
def town(request: pytest.FixtureRequest) -> Town:
    """Three of Noord who are placed; a fourth of then who is in another team since, or is kept from the leader."""
    municipality = a_municipality()
    north, south = a_team(municipality, "Noord"), a_team(municipality, "Zuid")
    worker = a_case_manager(north)
    people = [a_client(municipality, followed_since=SINCE) for _ in range(4)]
    for client in people[:3]:
        in_caseload(client, worker, team=north)
        placed(client, "2", on=LATELY)
    if request.param == "elsewhere":
        in_caseload(people[3], worker, team=north, until=MOVED)
        in_caseload(people[3], a_case_manager(south), team=south, since=MOVED)
    else:
        in_caseload(people[3], worker, team=north)
        protect_dossier(
            by=command_line(),
            client=people[3],
            reason="threatened",
            review_on=dates.today() + timedelta(days=9),
            why="Woont naast een medewerker",
        )
    for year in (2023, 2024):
        a_target(municipality, "placed", "80", year=year, team=north)
    # Who is protected is kept from a coordinator too; the command line counts everybody.
    whole = ("--as", a_coordinator(municipality).name) if request.param == "elsewhere" else ()
    return Town(municipality, north, a_team_leader(north), whole, people[3])


def status(found: dict[str, Any]) -> tuple[Any, ...]:
    rows = [row for row in found["rows"] if row["indicator"] == "placed" and row["target"] is not None]
    return tuple((row["whole"], row["has"], row["status"]) for row in rows)


def told(found: dict[str, Any]) -> dict[str, Any]:
    return {key: found[key] for key in ("rows", "totals", "signals", "notes", "base")}


@pytest.mark.covers("B-53", "B-54", page="report indicators")
def test_what_becomes_of_somebody_out_of_sight_changes_nothing_of_a_leaders_status(town: Town, report: Report) -> None:
    before = told(report("indicators", *ON, "--as", town.leader.name))
    assert status(before) == ((3, 3, "reached"),)
    assert before["signals"] == []
    assert any(note.startswith(SAID) for note in before["notes"])
    team = report("indicators", *ON, *town.whole, "--by", "team")
    assert status(team) == ((4, 3, "missed"),)  # the team as it was on the day
    assert [one["text"] for one in team["signals"]] == ["Ooit geplaatst, Noord: in 2023 en in 2024 niet gehaald."]
    placed(town.fourth, "1", on=LATELY)
    assert told(report("indicators", *ON, "--as", town.leader.name)) == before
    team = report("indicators", *ON, *town.whole, "--by", "team")
    assert status(team) == ((4, 4, "reached"),)


def test_the_same_is_said_where_nobody_is_out_of_sight(report: Report) -> None:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    client = a_client(municipality, followed_since=SINCE)
    in_caseload(client, a_case_manager(team), team=team)
    placed(client, "2", on=LATELY)
    a_target(municipality, "placed", "80", year=2024, team=team)
    found = report("indicators", *ON, "--as", a_team_leader(team).name)
    assert status(found) == ((1, 1, "reached"),)
    assert any(note.startswith(SAID) for note in found["notes"])


@pytest.mark.covers("B-53", "B-54", page="report indicators")
def test_an_indicator_that_was_composed_of_one_day_is_held_alike(town: Town, report: Report) -> None:
    terms = a_composition("Op trede 2", base=(), counted=Condition(LEVEL, ("2",)), scale="vng")
    composed = an_indicator(town.municipality, terms)
    for year in (2023, 2024):
        a_target(town.municipality, composed.key, "80", year=year, team=town.team)

    def held(*asked: str) -> list[tuple[Any, ...]]:
        rows = report("indicators", *ON, *asked)["rows"]
        aimed = [row for row in rows if row["indicator"] == composed.key and row["target"] is not None]
        return [(row["whole"], row["known"], row["has"], row["status"]) for row in aimed]

    leader = ("--as", town.leader.name)
    before = told(report("indicators", *ON, *leader))
    assert held(*leader) == [(3, 3, 3, "reached")]
    placed(town.fourth, "1", on=LATELY)
    assert told(report("indicators", *ON, *leader)) == before
    assert held(*town.whole, "--by", "team") == [(4, 4, 3, "missed")]
    found = report("indicators", *ON, *town.whole, "--by", "team")["signals"]
    assert any("Op trede 2, Noord" in one["text"] for one in found)
