"""What every page asks first is composed once for all who hold the same roles, and asks of each their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from opstap.accounts.logic import roles
from opstap.accounts.permissions import SCOPE_PERMISSION, _work_statement, work_asked_by
from opstap.accounts.selectors.inbox import waiting_count
from opstap.audit.permissions import Actor
from opstap.foundation.prepared.slots import Statement
from opstap.municipality.selectors import work_statement

pytestmark = pytest.mark.django_db  # composing asks nothing; which database it is for is known by then
DAY = date(2026, 5, 1)
KEYS = sorted(roles())
HELD = [*((key,) for key in KEYS), ("case_manager", "team_leader"), tuple(KEYS)]


def an_actor(number: int, *keys: str) -> Actor:
    held = [roles()[key] for key in keys]
    reach = {SCOPE_PERMISSION[role.scope] for role in held if role.scope in SCOPE_PERMISSION}
    return Actor(
        f"ref-{number}",
        f"Naam {number}",
        "pages",
        frozenset[str]().union(*(role.permissions for role in held)) | reach,
        user_id=number,
        municipality_id=number + 1,
        team_ids=frozenset({number + 2}),
        supervisor_ids=frozenset({number + 4}),
        roles=keys,
    )


def as_plain(statement: Statement) -> Statement:
    """What PostgreSQL wraps as JSON is equal to nothing but itself."""
    text, parameters = statement
    return text, tuple(getattr(one, "obj", one) for one in parameters)


@pytest.mark.parametrize("keys", HELD, ids="+".join)
def test_it_is_what_composing_it_for_oneself_gives(keys: tuple[str, ...]) -> None:
    for actor in (an_actor(100, *keys), an_actor(2000, *keys)):
        own = work_statement(77, DAY, waiting=waiting_count(actor))
        assert as_plain(work_asked_by(actor, 77, DAY)) == as_plain(own)


def test_who_holds_the_same_roles_composes_nothing() -> None:
    one, other = an_actor(100, "team_leader"), an_actor(2000, "team_leader")
    _work_statement.cache_clear()
    work_asked_by(one, 1, DAY)
    work_asked_by(other, 2, DAY)
    assert _work_statement.cache_info().misses == 1
    work_asked_by(replace(other, permissions=frozenset()), 2, DAY)
    work_asked_by(replace(other, team_ids=frozenset()), 2, DAY)
    assert _work_statement.cache_info().misses == 3
