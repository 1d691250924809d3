"""From case manager to council: the same people at each level of information, by name, in total, and as published."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from opstap.reporting.logic.released import Released
from opstap.reporting.selectors.publications import latest_publication
from tests.factories.accounts import a_coordinator, a_team_leader, a_worker
from tests.factories.pages import signed_in
from tests.factories.publications import STANDING, UNPLACED, SetDown, a_publication, a_town_to_publish
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
WHOLE = Counter({**STANDING, "none": UNPLACED})


@pytest.fixture
def made() -> SetDown:
    return a_town_to_publish()


def by_level(found: dict[str, Any]) -> Counter[str]:
    return +Counter({row["level"] or "none": row["clients"] for row in found["rows"]})


def by_use(found: dict[str, Any]) -> Counter[tuple[str, str]]:
    """People by level and by growth potential with and without an instrument."""
    return +Counter({(row["level"] or "none", row["deployed"]): row["clients"] for row in found["rows"]})


@pytest.mark.covers("B-10", page="report placement")
def test_what_case_managers_leaders_and_the_council_read_is_one_count(made: SetDown, report: Report) -> None:
    on = ("--on", made.on.isoformat())
    leaders, coordinator = [a_team_leader(team) for team in made.teams], a_coordinator(made.town)
    for key, count in (("placement", by_level), ("deployment", by_use)):
        own = [count(report(key, *on, "--as", worker.name)) for worker in made.workers]
        teams = [count(report(key, *on, "--as", leader.name)) for leader in leaders]
        for number, team in enumerate(teams):  # the workers are in the teams in turns
            assert sum(own[number::2], Counter()) == team, key
        assert sum(teams, Counter()) == count(report(key, *on, "--as", coordinator.name)), key
    assert by_level(report("placement", *on, "--as", coordinator.name)) == WHOLE
    a_publication(made.town, made.on)
    whole = latest_publication(made.town.pk)
    assert whole is not None
    table = Released.of(whole.figures).table("level")
    assert table is not None
    told = {level: count for (level,), count in table.shown.items()}
    shown = {level: count for level, count in told.items() if count is not None}
    assert {"1", "2"} <= set(shown)
    assert all(abs(count - WHOLE[level]) < 5 and count % 5 == 0 for level, count in shown.items() if level in WHOLE)
    assert told["4"] is None  # four people


@pytest.mark.covers("B-73", page="/rapporten/plaatsing/")
def test_workers_see_the_people_they_act_for_who_steers_sees_all_and_policy_what_was_set_down(made: SetDown) -> None:
    whole = a_publication(made.town, made.on)
    page = f"/rapporten/plaatsing/?on={made.on.isoformat()}"
    people = f"/rapporten/plaatsing/mensen/?on={made.on.isoformat()}"
    worker, coordinator = signed_in(made.workers[0]), signed_in(a_coordinator(made.town))
    for browser, count in ((worker, 13), (coordinator, 145)):
        assert browser.get(page).context["result"].base == count
        listed = browser.get(people)
        assert listed.context["page_obj"].paginator.count == count
        assert "Voorbeeld-0" in listed.content.decode()
    leader = signed_in(a_team_leader(made.teams[0]))
    assert leader.get("/rapporten/verschillen-in-het-team/").context["result"].base == 73
    policy = signed_in(a_worker(made.town, "policy"))
    for closed in ("/rapporten/", page, people, "/clienten/"):
        assert policy.get(closed).status_code in {403, 404}, closed
    text = policy.get(f"/publicaties/{whole.reference}/").content.decode()
    assert "De ladder" in text
    for name in ("Voorbeeld-", "/clienten/", "/mensen/"):
        assert name not in text
