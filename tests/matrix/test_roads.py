"""The same table for who comes by another road than the own caseload: standing in, having handed over, an emergency.

And for what two colleagues have between them, which no third of their team opens.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.logic import roles
from opstap.accounts.models import User
from opstap.clients.models import Client
from opstap.clients.operations import (
    Absence,
    accept_handover,
    arrange_stand_in,
    break_glass,
    request_handovers,
)
from opstap.foundation import dates
from tests.factories.accounts import a_case_manager, a_team, a_team_leader, acting
from tests.factories.municipality import LONG_AGO, a_setting
from tests.factories.pages import signed_in
from tests.matrix.expected import LET_IN, Route, table
from tests.matrix.private import between
from tests.matrix.test_matrix import parameters
from tests.matrix.world import Town, a_person, a_town

pytestmark = pytest.mark.django_db
ROLE = roles()["case_manager"]
FORM = "application/x-www-form-urlencoded"
OF = {"one": {"one"}, "other": {"other"}, "both": {"one", "other"}, "": set[str]()}
STANDS_IN, HANDED_OVER, EMERGENCY = "standing in", "handed over", "an emergency"


def a_road(road: str, town: Town) -> tuple[User, dict[str, str]]:
    """Somebody who reaches one client by this road alone, and what stands in the addresses about that client."""
    team, today = town.team, dates.today()
    colleague, whoever = a_case_manager(team), a_case_manager(team)
    a_setting(town.municipality, "former_reads_days", 14, LONG_AGO)
    names = a_person(town, 1, team, whoever if road == HANDED_OVER else colleague)
    client = Client.objects.get(reference=names["reference"])
    if road == STANDS_IN:
        week = Absence(colleague, today, today + timedelta(days=7))
        arrange_stand_in(by=acting(a_team_leader(team)), absence=week, colleague=whoever, note="")
    elif road == HANDED_OVER:
        (batch,) = request_handovers(
            by=acting(whoever), client_ids=[client.pk], receivers=[colleague], from_on=today, note=""
        )
        accept_handover(by=acting(colleague), batch=batch)
    else:
        found = reverse("desk:outside")
        signed_in(whoever).post(found, {"number": client.number})
        break_glass(by=acting(whoever), client=client, reason="danger", why="dreigt")
    return whoever, names


def answer(browser: Browser, route: Route, method: str, names: dict[str, str]) -> int:
    """What is answered; whatever it changed is taken back."""
    address = reverse(route.name, kwargs={name: names[name] for name in parameters()[route.name]})
    with transaction.atomic():
        status = browser.generic(method, address, route.send, content_type=FORM).status_code
        transaction.set_rollback(True)
    return int(status)


def right(road: str, route: Route, method: str) -> frozenset[int]:
    """What the table says."""
    if route.asks(method) not in ROLE.permissions:
        return frozenset({403 if route.asks(method) else 405})
    if route.names and method == "POST":
        return frozenset({404})
    reads = road == STANDS_IN or (route.reads and method != "POST") or (route.notes and road == EMERGENCY)
    return LET_IN if reads else frozenset({404})


@pytest.mark.parametrize("road", [STANDS_IN, HANDED_OVER, EMERGENCY])
def test_who_comes_by_another_road_is_let_in_where_the_table_says_so(road: str) -> None:
    town = a_town()
    whoever, names = a_road(road, town)
    browser, wrong, let_in = signed_in(whoever), [], 0
    for route in table().values():
        if route.about != "client":
            continue
        for method in ("GET", "HEAD", "POST"):
            status = answer(browser, route, method, names)
            let_in += status in LET_IN
            if status not in right(road, route, method):
                wrong.append(f"{method} {route.name}: {status} and not {sorted(right(road, route, method))}")
    assert wrong == []
    assert let_in


def fits(who: str, route: Route, method: str, status: int) -> bool:
    """Whether one of the two, or a third, is answered as the table says; of both, one alone may answer and end it."""
    if route.asks(method) not in ROLE.permissions:
        return status == 403
    if who in OF[route.of]:
        return status in LET_IN | ({403} if route.of == "both" and method == "POST" else set())
    return status == (302 if route.away else 404)


def test_what_two_have_between_them_opens_to_them_and_to_nobody_of_their_team() -> None:
    town = a_town()
    team = a_team(town.municipality)
    one, other, third = (a_case_manager(team) for _ in range(3))
    things, first = between(one, other, team)
    browsers = {"one": first, "other": signed_in(other), "third": signed_in(third)}
    wrong, sent = list[str](), dict[str, set[int]]()
    for name, names in things.items():
        route = table()[name]
        for who, browser in browsers.items():
            for method in [one for one in ("GET", "HEAD", "POST") if route.asks(one)]:
                status = answer(browser, route, method, names)
                if not fits(who, route, method, status):
                    wrong.append(f"{who} {method} {name}: {status}")
                if who in OF[route.of] and method == "POST":
                    sent.setdefault(name, set()).add(status)
    assert wrong == []
    assert [name for name, answers in sent.items() if not answers & LET_IN] == []
