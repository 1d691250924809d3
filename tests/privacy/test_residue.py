"""Whatever happened and whoever is erased: every report at the end of each month is what it was."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
import pytest

from opstap.analytics.transitions import RealisedGrowth
from opstap.audit.permissions import command_line
from opstap.audit.selectors import latest_recording
from opstap.clients.logic import RowsRefused
from opstap.clients.models import Residue
from opstap.clients.operations import merge_clients
from opstap.facts.selectors import cache
from opstap.facts.selectors.cache import facts_of, forget_all
from opstap.facts.selectors.dimensions import DIMENSIONS, groups_on
from opstap.facts.selectors.residue import GROUPS
from opstap.foundation import dates
from opstap.municipality.logic import DURATION_CLASSES
from opstap.municipality.operations import change_setting
from opstap.privacy.operations import erase_client
from opstap.reporting.logic import Asked
from opstap.reporting.selectors.counting import erased_in
from opstap.reporting.selectors.questions import understand
from opstap.reporting.selectors.realised import count_realised
from opstap.reporting.tables.reports import REPORTS, answer
from tests.drawing import seed
from tests.factories.accounts import a_case_manager, a_team, a_team_leader, acting
from tests.factories.clients import BY, a_client, followed, in_caseload, on_benefit
from tests.factories.districts import a_postcode, a_table, living_at
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.plans import a_trajectory
from tests.privacy.lives import (
    BY_WHAT,
    START,
    ends_of_months,
    figures,
    some_life,
    told,
)

pytestmark = pytest.mark.django_db
LIVES = 6


@pytest.fixture(autouse=True)
def _own_ledger(tmp_path: Path, settings: Any) -> None:
    settings.OPSTAP_ERASURES = tmp_path / "erasures.ledger"


def compare_lives(number: int, people: int) -> None:
    random = Random(number)  # noqa: S311 - no secret
    town = a_municipality()
    teams = [a_team(town), a_team(town)]
    workers = [(team, a_case_manager(team)) for team in teams]
    clients = [some_life(random, town, workers) for _ in range(people)]
    try:
        merge_clients(by=BY, client=clients[0], kept=clients[1], why="dezelfde")
        clients = clients[1:]
    except RowsRefused:
        pass
    asked = [(on, by) for on in random.sample(ends_of_months(), 3) for by in ("", *random.sample(BY_WHAT[1:], 3))]
    leader = acting(a_team_leader(teams[0]))
    actors = (None, leader, acting(workers[0][1]))
    before = told(town, asked, actors)
    for client in random.sample(clients, random.randint(1, len(clients))):
        erase_client(by=BY, client=client)
    after = told(town, asked, actors)
    for key, was in before.items():
        assert after[key] == was, (number, key)
    forget_all()  # another process reads all of it anew
    assert told(town, asked, actors) == after


@pytest.mark.parametrize("turn", range(LIVES))
def test_every_report_at_the_end_of_a_month_stays_as_it_was(turn: int) -> None:
    """Other lives for each commit."""
    compare_lives(Random(f"{seed()} residue {turn}").randrange(10**6), 5)  # noqa: S311 - a draw, not a secret


def test_who_was_handed_over_and_then_erased_stays_among_those_who_were() -> None:
    compare_lives(635, 5)  # one of whom left the team and the case manager that are asked for


def test_so_does_what_came_of_growth_within_a_year() -> None:
    random, town = Random(1), a_municipality()  # noqa: S311 - no secret
    workers = [(team, a_case_manager(team)) for team in (a_team(town), a_team(town))]
    clients = [some_life(random, town, workers) for _ in range(25)]
    parameters = REPORTS["realised"].definition.parameters

    def told_now() -> RealisedGrowth:
        asked = Asked(report="realised", on="2024-05-31", by="team")
        question = understand(asked, actor=command_line(), municipality=town, language="nl", parameters=parameters)
        return count_realised(question).figures

    before = told_now()
    assert before.has_year
    assert before.overall.of().known
    for client in clients:
        erase_client(by=BY, client=client)
    assert told_now() == before


def test_a_report_says_how_many_of_the_erased_it_counts() -> None:
    town = a_municipality()
    stays, goes = a_client(town, followed_since=START), a_client(town, followed_since=START)
    for one in (stays, goes):
        placed(one, "3", on=START)
    on = date(2023, 5, 31)
    parameters = REPORTS["placement"].definition.parameters

    def ask() -> Any:
        asked = Asked(report="placement", on=on.isoformat())
        return understand(asked, actor=command_line(), municipality=town, language="nl", parameters=parameters)

    assert erased_in(ask()) == 0
    erase_client(by=BY, client=goes)
    assert erased_in(ask()) == 1
    assert any("1 persoon" in note and "gewist" in note for note in answer(ask(), "nl").notes)
    assert answer(ask(), "nl").notes != ()
    listed = Asked(report="caseload", on=on.isoformat())
    question = understand(
        listed,
        actor=command_line(),
        municipality=town,
        language="nl",
        parameters=REPORTS["caseload"].definition.parameters,
    )
    numbers = str(list(answer(question, "nl").rows))
    assert stays.number in numbers
    assert goes.number not in numbers


def test_a_report_as_known_before_the_erasing_knows_who_is_erased_too() -> None:
    town = a_municipality()
    goes = a_client(town, followed_since=START)
    placed(goes, "3", on=START)
    before, parameters = dates.now().isoformat(), REPORTS["placement"].definition.parameters

    def ask() -> Any:
        asked = Asked(report="placement", on=date(2023, 5, 31).isoformat(), known_at=before)
        return understand(asked, actor=command_line(), municipality=town, language="nl", parameters=parameters)

    assert erased_in(ask()) == 0
    erase_client(by=BY, client=goes)
    assert erased_in(ask()) == 1


def test_where_somebody_lived_stays_as_a_group_only() -> None:
    town = a_municipality()
    client = a_client(town, followed_since=START)
    placed(client, "3", on=START)
    living_at(client, "8601 AB", START)
    before = figures(town, date(2023, 5, 31), "")
    erase_client(by=BY, client=client)
    assert figures(town, date(2023, 5, 31), "") == before


@pytest.mark.parametrize("names_first", [False, True])
def test_another_process_sees_at_once_that_somebody_is_gone(
    monkeypatch: pytest.MonkeyPatch, *, names_first: bool
) -> None:
    """Its cache holds the erased person until it looks: the generation of the last erasure tells it."""
    town = a_municipality()
    client = a_client(town, followed_since=START)
    facts = facts_of(town.pk)
    assert client.pk in set(facts.table("follow_ups")["client_id"])
    kept = {name: dict(getattr(cache, name)) for name in ("_kept", "_merged", "_left", "_written")}
    looked_at = cache._looked_at
    erase_client(by=BY, client=client)
    for name, content in kept.items():  # as it was where nobody erased
        getattr(cache, name).clear()
        getattr(cache, name).update(content)
    monkeypatch.setattr(cache, "_looked_at", looked_at)
    now = facts_of(town.pk, recording=latest_recording())
    if names_first:
        assert now.names() == {}
    for name in ("follow_ups", "persons", "measurements"):
        assert client.pk not in set(now.table(name)["client_id"]), name


def test_who_was_followed_when_they_were_erased_is_not_followed_for_ever() -> None:
    town = a_municipality()
    client = a_client(town, followed_since=START)
    placed(client, "3", on=START)
    last = dates.today().replace(day=1) - timedelta(days=1)
    before = figures(town, last, "")
    erase_client(by=BY, client=client)
    assert figures(town, last, "") == before
    assert all(row.ends_on <= last + timedelta(days=1) for row in Residue.objects.all())
    assert facts_of(town.pk).table("follow_ups").filter(pl.col("ends_on") > dates.today()).is_empty()


LEAP_DAY = date(2024, 2, 29)


@pytest.mark.parametrize("by", ["", "age", "benefit-duration", "benefit", "team"])
def test_what_happened_on_the_leap_day_stays_as_it_was(by: str) -> None:
    """Born, on benefit, followed, placed, moved and ended on 29 February; also in the February of a year without it."""
    town = a_municipality()
    team, other = a_team(town), a_team(town)
    client = a_client(town, followed_since=None, born=date(1996, 2, 29))
    followed(client, LEAP_DAY, date(2025, 3, 1))
    on_benefit(client, date(2020, 2, 29), LEAP_DAY)
    on_benefit(client, LEAP_DAY, kind="ioaw")
    in_caseload(client, a_case_manager(team), team=team, since=date(2023, 5, 1), until=LEAP_DAY)
    in_caseload(client, a_case_manager(other), team=other, since=LEAP_DAY)
    placed(client, "2", on=date(2023, 6, 7))
    placed(client, "3", on=LEAP_DAY, expected="4")
    a_trajectory(client, "work", date(2023, 9, 9), LEAP_DAY, goal="4")
    asked = [(on, by) for on in (date(2024, 1, 31), LEAP_DAY, date(2024, 3, 31), date(2025, 1, 31), date(2025, 3, 31))]
    before = told(town, asked)
    assert before[0, LEAP_DAY, by] != before[0, date(2024, 1, 31), by]
    erase_client(by=BY, client=client)
    after = told(town, asked)
    for key, was in before.items():
        assert after[key] == was, key


def test_only_what_looks_back_over_a_shorter_february_can_differ() -> None:
    """The exception of decision record 43: placed on 29 February, counted within twelve months on 28 February."""
    town = a_municipality()
    client = a_client(town, followed_since=START)
    placed(client, "3", on=LEAP_DAY)
    on = date(2025, 2, 28)
    before = figures(town, on, "")
    erase_client(by=BY, client=client)
    after = figures(town, on, "")
    assert {key for key, was in before.items() if after[key] != was} <= {"coverage"}


def test_of_who_is_erased_no_group_is_left_that_was_anothers() -> None:
    """Also where the groups of everybody are remembered at the ends of months."""
    town = a_municipality()
    stays, goes = a_client(town, followed_since=START), a_client(town, followed_since=START)
    on_benefit(stays, START)
    duration = DIMENSIONS["benefit-duration"]
    for day in ends_of_months():
        groups_on(facts_of(town.pk), duration, day)
    erase_client(by=BY, client=goes)
    assert not Residue.objects.filter(table=GROUPS, counted__dimension="benefit-duration").exists()
    assert groups_on(facts_of(town.pk), duration, ends_of_months()[-1])["client_id"].to_list() == [stays.pk]


def test_of_who_is_erased_the_time_on_benefit_counts_in_the_classes_of_then() -> None:
    """Also where the municipality laid down other classes since, for the past too: a publication comes out again."""
    town, on = a_municipality(), date(2023, 5, 31)
    goes = a_client(town, followed_since=START)
    on_benefit(goes, date(2017, 9, 9))
    before, duration = latest_recording(), DIMENSIONS["benefit-duration"]

    def told_as_known(recording: int) -> list[str]:
        return groups_on(facts_of(town.pk, recording=recording), duration, on)["group"].to_list()

    assert told_as_known(before) == ["5-10"]
    change_setting(by=BY, municipality=town, key=DURATION_CLASSES, value="2,4", since=date(2020, 1, 1))
    since = latest_recording()
    erase_client(by=BY, client=goes)
    assert told_as_known(before) == ["5-10"]
    assert told_as_known(since) == told_as_known(latest_recording()) == [">=4"]


def test_of_where_they_lived_the_district_of_one_table_is_left() -> None:
    """That of the newest: two divisions laid over each other would tell it finer than either (decision 72)."""
    town, on = a_municipality(), date(2023, 5, 31)
    goes = a_client(town, followed_since=START)
    a_table(town, a_postcode(town, "8601AB", "Centrum"))
    living_at(goes, "8601 AB", START)
    before = latest_recording()
    a_table(town, a_postcode(town, "8601AB", "Eén wijk"))
    erase_client(by=BY, client=goes)
    for recording in (latest_recording(), before):
        groups = groups_on(facts_of(town.pk, recording=recording), DIMENSIONS["district"], on)
        assert groups["group"].to_list() == ["Eén wijk"]


def test_a_gap_that_was_bridged_for_two_months_leaves_the_groups_of_these() -> None:
    town = a_municipality()
    goes = a_client(town, followed_since=date(2021, 7, 1))
    on_benefit(goes, date(2020, 1, 1), date(2021, 6, 1))
    on_benefit(goes, date(2021, 7, 11))
    for value, since in ((60, date(2022, 1, 1)), (30, date(2022, 3, 1))):
        change_setting(by=BY, municipality=town, key="benefit_gap_days", value=value, since=since)
    days = [date(2021, 12, 31), date(2022, 1, 31), date(2022, 2, 28), date(2022, 3, 31)]
    duration = DIMENSIONS["benefit-duration"]

    def told_now() -> list[list[str]]:
        return [groups_on(facts_of(town.pk), duration, day)["group"].to_list() for day in days]

    assert told_now() == [["<1"], ["2-5"], ["2-5"], ["<1"]]
    erase_client(by=BY, client=goes)
    assert told_now() == [["<1"], ["2-5"], ["2-5"], ["<1"]]
