"""Who is counted: people in follow-up on the day, within a team, a worker, traits or a given set; each once."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from opstap.clients.models import Client
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.people import Choice, Reach, people_on, state_on, with_group
from opstap.ladder.models import Scale
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team
from tests.factories.clients import a_client, followed, in_caseload, with_barrier, with_trait
from tests.factories.ladder import level, placed
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
DAY = date(2024, 6, 15)
YESTERDAY, TOMORROW = DAY - timedelta(days=1), DAY + timedelta(days=1)
EVERYONE = Choice()


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


def chosen(town: Municipality, choice: Choice = EVERYONE, day: date = DAY) -> list[int]:
    return people_on(facts_of(town.pk), day, choice)["client_id"].to_list()


def ids(*clients: Client) -> list[int]:
    return sorted(client.pk for client in clients)


def test_people_count_from_the_first_day_of_follow_up_until_the_day_it_ends(town: Municipality) -> None:
    client = a_client(town, followed_since=DAY, until=TOMORROW)
    assert [chosen(town, day=day) for day in (YESTERDAY, DAY, TOMORROW)] == [[], [client.pk], []]


def test_who_returns_counts_again_and_overlapping_periods_count_once(town: Municipality) -> None:
    client = a_client(town, followed_since=date(2020, 1, 1), until=date(2021, 1, 1))
    followed(client, date(2024, 1, 1))
    followed(client, date(2024, 2, 1), date(2025, 1, 1))
    assert chosen(town, day=date(2022, 1, 1)) == []
    assert chosen(town) == [client.pk]


def test_another_municipality_is_not_counted(town: Municipality) -> None:
    mine = a_client(town)
    a_client(a_municipality())
    assert chosen(town) == [mine.pk]


def test_of_a_team_or_a_worker_by_the_caseload_of_the_day(town: Municipality) -> None:
    north, south = a_team(town), a_team(town)
    worker, colleague = a_case_manager(north), a_case_manager(south)
    mine, left, theirs = (a_client(town) for _ in range(3))
    a_client(town)
    in_caseload(mine, worker, team=north)
    in_caseload(left, worker, team=north, until=DAY)
    in_caseload(left, colleague, team=south, since=DAY)
    in_caseload(theirs, colleague, team=south)
    assert chosen(town, Choice(Reach(frozenset({north.pk})))) == [mine.pk]
    assert chosen(town, Choice(Reach(frozenset({north.pk}))), YESTERDAY) == ids(mine, left)
    assert chosen(town, Choice(Reach(frozenset({north.pk, south.pk})))) == ids(mine, left, theirs)
    assert chosen(town, Choice(Reach())) == []
    assert chosen(town, Choice(Reach(worker_ids=frozenset({colleague.pk})))) == ids(left, theirs)
    assert chosen(town, Choice(Reach(frozenset({north.pk}), frozenset({colleague.pk})))) == ids(mine, left, theirs)
    assert chosen(town, Choice(Reach(worker_ids=frozenset({colleague.pk})), team=str(north.pk))) == []
    assert chosen(town, Choice(team=str(south.pk))) == ids(left, theirs)


def test_with_traits_all_of_which_must_hold(town: Municipality) -> None:
    both, one, none = a_client(town), a_client(town), a_client(town, sex="")
    for client in (both, one):
        with_trait(client, "integration", "duty")
    with_barrier(both, "care")
    with_barrier(both, "money")
    assert chosen(town, Choice(where=(("integration", "duty"),))) == ids(both, one)
    assert chosen(town, Choice(where=(("integration", "duty"), ("barrier", "money")))) == [both.pk]
    assert chosen(town, Choice(where=(("barrier", "unknown"),))) == ids(one, none)
    assert chosen(town, Choice(where=(("sex", "unknown"),))) == [none.pk]


def test_within_a_given_set(town: Municipality) -> None:
    first, second, _third = (a_client(town) for _ in range(3))
    within = pl.Series([second.pk, first.pk, 987_654])
    assert chosen(town, Choice(within=within)) == ids(first, second)
    assert chosen(town, Choice(within=pl.Series([], dtype=pl.Int64))) == []


def test_groups_are_joined_and_the_rest_is_unknown(town: Municipality) -> None:
    both, none = a_client(town), a_client(town)
    with_barrier(both, "care")
    with_barrier(both, "money")
    facts = facts_of(town.pk)
    grouped = with_group(facts, people_on(facts, DAY, EVERYONE), DAY, "barrier")
    assert sorted(grouped.rows()) == sorted([(both.pk, "care"), (both.pk, "money"), (none.pk, "unknown")])


def test_the_state_on_a_day_is_the_last_placement_on_that_scale(town: Municipality) -> None:
    client = a_client(town)
    placed(client, "2", on=YESTERDAY, growth="no")
    placed(client, "3+", on=DAY, growth="yes", expected="4")
    placed(client, "5", on=DAY, scale="groningen")
    scale = Scale.objects.get(key="vng").pk
    facts = facts_of(town.pk)
    found = [state_on(facts, day, scale).collect().rows() for day in (YESTERDAY - timedelta(days=1), YESTERDAY, DAY)]
    assert found == [
        [],
        [(client.pk, level("2").pk, 0, None, YESTERDAY)],
        [(client.pk, level("3+").pk, 1, level("4").pk, DAY)],
    ]


def test_two_groups_of_one_dimension_mean_either_and_of_two_dimensions_both(town: Municipality) -> None:
    debts, language = a_client(town, sex="female"), a_client(town, sex="female")
    both, neither = a_client(town, sex="male"), a_client(town, sex="female")
    with_barrier(debts, "money")
    with_barrier(language, "language")
    with_barrier(both, "money")
    with_barrier(both, "language")
    either = (("barrier", "money"), ("barrier", "language"))
    assert chosen(town, Choice(where=either)) == ids(debts, language, both)
    assert chosen(town, Choice(where=(*either, ("sex", "female")))) == ids(debts, language)
    assert neither.pk in chosen(town)
