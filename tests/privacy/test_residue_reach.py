"""A team leader and a case manager count who was erased as they did before, and read how many that are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from opstap.accounts.models import Team, User
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.operations import close_follow_up, merge_clients
from opstap.municipality.models import Municipality
from opstap.privacy.operations import erase_client
from opstap.reporting.logic import Asked
from opstap.reporting.selectors.counting import erased_in
from opstap.reporting.selectors.placement import count_placement
from opstap.reporting.selectors.questions import Question, understand
from opstap.reporting.tables.reports import REPORTS, answer
from tests.factories.accounts import a_case_manager, a_team, a_team_leader, acting
from tests.factories.clients import BY, a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
SINCE, MOVED, ON = date(2023, 1, 10), date(2023, 7, 1), date(2023, 5, 31)


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES = tmp_path / "erasures.ledger"


@pytest.fixture(name="town")
def _town() -> Municipality:
    return a_municipality()


@pytest.fixture(name="team")
def _team(town: Municipality) -> Team:
    return a_team(town)


@pytest.fixture(name="worker")
def _worker(team: Team) -> User:
    return a_case_manager(team)


def whose(town: Municipality, actor: Actor) -> Question:
    asked, parameters = Asked(report="placement", on=ON.isoformat()), REPORTS["placement"].definition.parameters
    return understand(asked, actor=actor, municipality=town, language="nl", parameters=parameters)


def people(town: Municipality, user: User) -> int:
    return count_placement(whose(town, acting(user))).figures.base


def held(town: Municipality, worker: User, team: Team, *, until: date | None = None) -> Client:
    """Somebody who was placed, and in this caseload from the beginning."""
    client = a_client(town, followed_since=SINCE)
    placed(client, "3", on=SINCE)
    in_caseload(client, worker, team=team, since=SINCE, until=until)
    return client


def test_the_figures_of_a_team_and_of_a_caseload_stay_and_say_why(town: Municipality, team: Team, worker: User) -> None:
    leader = a_team_leader(team)
    held(town, worker, team)
    goes = held(town, worker, team)
    close_follow_up(by=BY, client=goes, ends_on=date(2024, 3, 4), reason="work")
    assert [people(town, one) for one in (leader, worker)] == [2, 2]
    erase_client(by=BY, client=goes)
    for one in (leader, worker):
        question = whose(town, acting(one))
        assert (people(town, one), erased_in(question)) == (2, 1)
        assert any("1 persoon" in note and "gewist" in note for note in answer(question, "nl").notes)


def test_who_had_gone_to_another_team_is_counted_by_neither_afterwards(
    town: Municipality, team: Team, worker: User
) -> None:
    """The team of then may not see them by the day they are erased; the team of now had nobody on the day."""
    other = a_team(town)
    colleague = a_case_manager(other)
    goes = held(town, worker, team, until=MOVED)
    in_caseload(goes, colleague, team=other, since=MOVED)
    workers = (a_team_leader(team), worker, a_team_leader(other), colleague)
    before = [people(town, one) for one in workers]
    assert before == [0, 0, 0, 0]
    erase_client(by=BY, client=goes)
    assert [people(town, one) for one in workers] == before


def test_of_merged_dossiers_the_caseload_of_either_counts(town: Municipality, team: Team, worker: User) -> None:
    merged, kept = held(town, worker, team), a_client(town, followed_since=SINCE)
    merge_clients(by=BY, client=merged, kept=kept, why="dezelfde")
    before = people(town, worker)
    erase_client(by=BY, client=kept)
    assert people(town, worker) == before == 1
