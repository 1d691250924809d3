"""Whoever may not see a client learns nothing from their being there: the same questions get the same answers, byte for
byte, before and after another client's data came in. Excepted are who is known (`desk:outside`: asked exactly, limited,
logged) and, once there are any, published figures.
"""

from __future__ import annotations

import os
import random
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from opstap.accounts.enums import Scope
from opstap.accounts.logic import Role, roles
from opstap.accounts.models import User
from opstap.foundation import dates
from opstap.reporting.tables.reports import REPORTS
from tests.factories.accounts import a_case_manager
from tests.factories.clients import a_bsn, a_client, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.contacts import agreed, spoken
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory, an_instrument
from tests.matrix.expected import LET_IN, Asked, Whose, expected, table
from tests.matrix.test_matrix import PASSING, parameters, seed
from tests.matrix.world import DAY, World, a_world, address_of

ASKED = 500 if os.environ.get("OPSTAP_TEST_FULL") == "1" else 40
MUNICIPAL = {Scope.MUNICIPALITY}  # sees everybody there is
QUESTIONS = ("?sort=name", "?sort=-since", "?page=2", "?scale=groningen", "?attention=any", "?by=district")
# How many clients a team, a worker, a ladder or a list still has stands where an administrator changes or ends them:
# a number, and no more.
COUNTS = {
    "accounts:team", "accounts:teams", "accounts:user", "ladder:design", "ladder:designs", "ladder:crosswalk",
    "ladder:crosswalks", "administration:trait", "administration:traits", "administration:code",
    "administration:code-list", "clients:programme", "clients:programmes",
}  # fmt: skip
# The privacy officer reads who looked at whom, these questions too: that is what the role is for.
HIDDEN_ROLES = sorted(
    key for key, role in roles().items() if role.scope not in MUNICIPAL and "review_access_log" not in role.permissions
)


def questions(world: World, role: Role) -> list[str]:
    """What this role may open: each page of its own, with and without what can be asked of it."""
    found = []
    for route in table().values():
        asked = Asked(route, role, "GET", Whose.OWN)
        is_asked = route.get and route.about not in {"session", "private"} and route.name not in COUNTS
        if is_asked and expected(asked) == LET_IN:
            found.append(address_of(world, asked, parameters()[route.name]))
    if "see_reports" in role.permissions:
        found += [reverse("reporting:report", args=[report.definition.slug]) for report in REPORTS.values()]
    return [address + more for address in sorted(set(found)) for more in ("", *QUESTIONS)]


def answers(world: World, role: Role, asked: list[str]) -> list[bytes]:
    """What each says, without what differs each time."""
    browser = world.browsers[role.key]
    return [PASSING.sub(b"", getattr(browser.get(address), "content", b"")) for address in asked]


def somebody_hidden_comes(world: World, colleague: User) -> None:
    """In the other team: a namesake with a BSN, a placement, help, contacts and barriers; nobody of them is told."""
    town = world.town
    client = a_client(town.municipality, bsn=a_bsn(301), surname="Voorbeeld")
    in_caseload(client, colleague, team=town.other_team)
    on_benefit(client, DAY)
    with_trait(client, "low_literacy", "yes", DAY)
    with_barrier(client, "care", DAY)
    placed(client, "5", on=DAY, growth="yes", expected="6")
    spoken(client, dates.today() - timedelta(days=3), note="verborgen gesprek")
    agreed(client, dates.today() + timedelta(days=1))
    an_instrument(a_trajectory(client))


@pytest.mark.django_db
@pytest.mark.parametrize("key", HIDDEN_ROLES)
def test_a_hidden_client_changes_no_byte_of_any_answer(key: str) -> None:
    role = roles()[key]
    with time_machine.travel(dates.now(), tick=False):
        world = a_world()
        colleague = a_case_manager(world.town.other_team)
        everything = questions(world, role)
        draw = random.Random(f"{seed()} {key}")  # noqa: S311 - a draw, not a secret
        asked = draw.sample(everything, min(ASKED, len(everything)))
        answers(world, role, asked)  # what is remembered is remembered by now
        before = answers(world, role, asked)
        assert answers(world, role, asked) == before, "the same question gets the same answer"
        somebody_hidden_comes(world, colleague)
        after = answers(world, role, asked)
    differs = [address for address, one, other in zip(asked, before, after, strict=True) if one != other]
    assert differs == []
    assert any(before)
