"""Whoever may not see a client learns nothing from their being there: the same questions get the same answers, byte for
byte, before and after another client's data came in. What is excepted the table of the matrix names (`tells`), and it
is no more than that. Figures that were set down are no exception: they stay what they were. Those that are
set down after are tried in `tests/reporting/test_published_without_one.py`.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse

from opstap.accounts.enums import Scope
from opstap.accounts.logic import Role, roles
from opstap.accounts.models import User
from opstap.foundation import dates
from opstap.foundation.references import PATTERN
from opstap.reporting.tables.reports import REPORTS
from tests.drawing import seed
from tests.factories.accounts import a_case_manager
from tests.factories.clients import a_bsn, a_client, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.contacts import agreed, spoken
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory, an_instrument
from tests.matrix.expected import LET_IN, Asked, Route, Whose, expected, table
from tests.matrix.test_matrix import FULL, PASSING, parameters
from tests.matrix.world import DAY, World, a_world, address_of

ASKED = 500 if FULL else 42  # of each role, of which there are a dozen
MUNICIPAL = {Scope.MUNICIPALITY}  # sees everybody there is
QUESTIONS = ("?sort=name", "?sort=-since", "?page=2", "?scale=groningen", "?attention=any", "?by=district")
HIDDEN_BSN, HIDDEN_NUMBER, HIDDEN_WORDS = a_bsn(301), "V-301", "verborgen gesprek"
SOUGHT = ("Voorbeeld", HIDDEN_BSN, HIDDEN_NUMBER, "verborgen", "voorb")
# Forms in which one can name somebody: here it is whoever is hidden.
NAMING = {
    "desk:search": [f"q={quote(one)}" for one in SOUGHT],
    "dossier:merge": [f"number={HIDDEN_NUMBER}&why=zelfde+persoon"],
    "dossier:household": [f"on=2026-01-05&kind=single&newcomer={HIDDEN_NUMBER}&role={role}" for role in ("child", "x")],
    "dossier:together": [f"what={what}&client={HIDDEN_NUMBER}" for what in ("confirm", "programme")],
}
FORM = "application/x-www-form-urlencoded"
LED_TO = re.compile(rf"{PATTERN}(?=/$)")  # under which a search is kept
# The privacy officer reads who looked at whom, these questions too: that is what the role is for.
HIDDEN_ROLES = sorted(
    key for key, role in roles().items() if role.scope not in MUNICIPAL and "review_access_log" not in role.permissions
)


@dataclass(frozen=True)
class Question:
    """Something that is asked: a page, or a form that is sent."""

    address: str
    sent: str | None = None


def questions(world: World, role: Role) -> list[Question]:
    """What this role may open and send: each page and form of its own, with and without what can be asked of it."""
    pages, forms = set[str](), list[Question]()
    for route in table().values():
        if _is_asked(route, role, "GET"):
            pages.add(_address(world, route, role))
        if _is_asked(route, role, "POST"):
            sent = [*NAMING.get(route.name, []), route.send]
            forms += [Question(_address(world, route, role), one) for one in sent]
    if "see_reports" in role.permissions:
        pages |= {reverse("reporting:report", args=[report.definition.slug]) for report in REPORTS.values()}
    return [Question(address + more) for address in sorted(pages) for more in ("", *QUESTIONS)] + forms


def _is_asked(route: Route, role: Role, method: str) -> bool:
    if route.about in {"session", "private"} or route.tells == "count" or (method == "POST" and route.tells):
        return False
    return bool(route.asks(method)) and expected(Asked(route, role, method, Whose.OWN)) == LET_IN


def _address(world: World, route: Route, role: Role) -> str:
    return address_of(world, Asked(route, role, "GET", Whose.OWN), parameters()[route.name])


def drawn(world: World, role: Role) -> list[Question]:
    """By the seed: a third of them sent, where there is so much to send."""
    draw, everything = random.Random(f"{seed()} {role.key}"), questions(world, role)  # noqa: S311 - no secret
    opened = [one for one in everything if one.sent is None]
    sent = [one for one in everything if one.sent is not None]
    naming = [one for one in sent if HIDDEN_NUMBER in str(one.sent)]
    forms = list(dict.fromkeys(naming + draw.sample(sent, min(ASKED // 3, len(sent)))))
    return forms + draw.sample(opened, min(ASKED - len(forms), len(opened)))


def answers(world: World, role: Role, asked: list[Question]) -> list[bytes]:
    """What each says and where it leads, without what differs each time; whatever was saved is taken back."""
    browser, found = world.browsers[role.key], []
    for one in asked:
        if one.sent is None:
            answer: Any = browser.get(one.address)
        else:
            with transaction.atomic():
                answer = browser.generic("POST", one.address, one.sent, content_type=FORM)
                transaction.set_rollback(True)
        led = LED_TO.sub("", answer.headers.get("Location", ""))
        said = PASSING.sub(b"", getattr(answer, "content", b""))
        found.append(f"{answer.status_code} {led}\n".encode() + said)
    return found


def somebody_hidden_comes(world: World, colleague: User) -> None:
    """In the other team: a namesake with a BSN, a placement, help, contacts and barriers; nobody of them is told."""
    town = world.town
    client = a_client(town.municipality, number=HIDDEN_NUMBER, bsn=HIDDEN_BSN, surname="Voorbeeld")
    in_caseload(client, colleague, team=town.other_team)
    on_benefit(client, DAY)
    with_trait(client, "low_literacy", "yes", DAY)
    with_barrier(client, "care", DAY)
    placed(client, "5", on=DAY, growth="yes", expected="6")
    spoken(client, dates.today() - timedelta(days=3), note=HIDDEN_WORDS)
    agreed(client, dates.today() + timedelta(days=1))
    an_instrument(a_trajectory(client), supplier="Verborgen Hulp BV")


def test_what_is_excepted_has_one_of_three_reasons() -> None:
    assert {route.tells for route in table().values()} == {"", "count", "known", "moment"}


@pytest.mark.django_db
@pytest.mark.parametrize("key", HIDDEN_ROLES)
def test_a_hidden_client_changes_no_byte_of_any_answer(key: str) -> None:
    role = roles()[key]
    with time_machine.travel(dates.now(), tick=False):
        world = a_world()
        colleague = a_case_manager(world.town.other_team)
        asked = drawn(world, role)
        answers(world, role, asked)  # what is remembered is remembered by now
        before = answers(world, role, asked)
        again = answers(world, role, asked)
        assert [one for one, *said in zip(asked, before, again, strict=True) if said[0] != said[1]] == []
        somebody_hidden_comes(world, colleague)
        after = answers(world, role, asked)
    differs = [one for one, *said in zip(asked, before, after, strict=True) if said[0] != said[1]]
    assert differs == []
    assert any(before)
