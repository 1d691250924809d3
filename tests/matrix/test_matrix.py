"""Every address x role x method x whose: the answer is that of the table, and what is hidden looks like nothing.

`./test` draws from the matrix by a seed that changes with the commit; `./test --full` asks all of it. To draw the same
again: OPSTAP_TEST_SEED.
"""

from __future__ import annotations

import os
import random
import re
from datetime import timedelta
from functools import cache

import pytest
from django.conf import settings
from django.db import transaction
from django.http.response import HttpResponseBase
from django.urls import get_resolver

from opstap.accounts.logic import roles
from opstap.foundation import dates
from opstap.foundation.dates import clock_at
from tests.architecture.test_urls import leaves
from tests.drawing import seed
from tests.matrix.expected import Asked, Whose, cells, expected, table
from tests.matrix.world import World, a_world, address_of, every_role

PARTS = 8
DRAWN = 8000
FULL = os.environ.get("OPSTAP_TEST_FULL") == "1"
# What differs between two answers that say the same.
PASSING = re.compile(
    rb'nonce="[^"]*"|name="(?:csrfmiddlewaretoken|once)" value="[^"]*"|csrf-token" content="[^"]*"|data-limit="\d+"'
)


@cache
def parameters() -> dict[str, frozenset[str]]:
    """What stands in each address."""
    return {
        name: frozenset(re.findall(r"<\w+:(\w+)>", route)) for name, route, _ in leaves(get_resolver().url_patterns)
    }


def drawn(part: int) -> list[Asked]:
    """A part of the matrix, or of what is drawn from it."""
    everything = list(cells(table(), every_role()))
    if not FULL and len(everything) > DRAWN:
        everything = random.Random(seed()).sample(everything, DRAWN)  # noqa: S311 - a draw, not a secret
    return everything[part::PARTS]


def ask(world: World, asked: Asked) -> HttpResponseBase:
    """The answer; whatever it changed is taken back."""
    browser = world.browsers[asked.role.key]
    address = address_of(world, asked, parameters()[asked.route.name])
    kind = "application/x-www-form-urlencoded"
    with transaction.atomic():
        answer = browser.generic(asked.method, address, asked.route.send, content_type=kind)
        transaction.set_rollback(True)
    if asked.route.asks("POST") == "open" and asked.method == "POST":  # who signed out is signed in again
        browser.cookies[settings.SESSION_COOKIE_NAME] = world.cookies[asked.role.key]
    return answer


def said(world: World, asked: Asked) -> bytes:
    """What the answer says, without what differs each time and the address that was typed."""
    address = address_of(world, asked, parameters()[asked.route.name])
    return PASSING.sub(b"", getattr(ask(world, asked), "content", b"")).replace(address.encode(), b"")


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_each_answer_is_the_one_of_the_table(part: int) -> None:
    world, wrong = a_world(), []
    for asked in drawn(part):
        status = ask(world, asked).status_code
        if status not in expected(asked):
            wrong.append(f"{asked}: {status} and not {sorted(expected(asked))}")
    assert not wrong, f"{len(wrong)} with seed {seed()}:\n  " + "\n  ".join(wrong[:40])


@pytest.mark.django_db
def test_what_is_hidden_answers_exactly_like_what_does_not_exist() -> None:
    world, differs, compared = a_world(), [], 0
    for asked in cells(table(), every_role()):
        hidden = asked.method == "GET" and asked.whose != Whose.NOBODY and expected(asked) == {404}
        drawn_by = random.Random(f"{seed()} {asked.route.name} {asked.role.key}")  # noqa: S311 - a draw, not a secret
        if not hidden or (not FULL and drawn_by.random() >= 0.25):
            continue
        nobody = Asked(asked.route, asked.role, "GET", Whose.NOBODY)
        one = said(world, asked)
        with clock_at(dates.now() + timedelta(seconds=1)):  # what tells the time differs always, not once in a while
            other = said(world, nobody)
        compared += 1
        if one != other:
            differs.append(str(asked))
    assert compared
    assert not differs, "\n  ".join(differs[:20])


@pytest.mark.django_db
def test_who_is_not_signed_in_is_sent_to_the_door() -> None:
    world, wrong = a_world(), []
    role = roles()["case_manager"]
    world.browsers[role.key].logout()
    for asked in cells(table(), {role.key: role}):
        asks = asked.route.asks(asked.method)
        if asks in {"", "open"} or asked.method == "HEAD":
            continue
        answer = ask(world, asked)
        if answer.status_code != 302 or not answer.headers["Location"].startswith("/aanmelden/"):
            wrong.append(f"{asked}: {answer.status_code}")
    assert not wrong, "\n  ".join(wrong[:20])


def test_the_table_has_a_line_for_every_address_and_no_other() -> None:
    there = {name for name, _, _ in leaves(get_resolver().url_patterns)}
    lines = table()
    assert sorted(there - lines.keys()) == [], "say in tests/matrix/routes.toml who gets in"
    assert sorted(lines.keys() - there) == [], "no such address any more"


def test_the_table_asks_what_exists() -> None:
    known = {one for role in roles().values() for one in role.permissions} | {"open", ""}
    asked = {one for route in table().values() for one in (route.get, route.post)}
    assert asked <= known
    about = {"", "client", "municipality", "installation", "session", "private"}
    assert {route.about for route in table().values()} <= about
