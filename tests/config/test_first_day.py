"""Begin hier: every role has its first day, every step leads to a page that exists and that one may see."""

from __future__ import annotations

import tomllib

import pytest
from django.test import Client
from django.urls import reverse

from opstap.accounts.logic import roles
from opstap.config.first_day import STEPS
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team, a_team_leader
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def test_every_role_has_a_first_day_in_two_languages() -> None:
    days = tomllib.loads(STEPS.read_text(encoding="utf-8"))
    assert days.keys() == roles().keys()
    for step in [step for steps in days.values() for step in steps]:
        assert reverse(step["address"]) if "address" in step else True
        assert all(step[part][language] for part in ("title", "text") for language in ("nl", "en"))


@pytest.mark.covers("B-59", page="/begin/")
@pytest.mark.parametrize("role", ["case_manager", "team_leader", "coordinator", "functional_administrator"])
def test_every_step_leads_to_a_page_of_ones_own(client: Client, role: str) -> None:
    town = a_municipality()
    team = a_team(town)
    made = {
        "case_manager": lambda: a_case_manager(team),
        "team_leader": lambda: a_team_leader(team),
        "coordinator": lambda: a_coordinator(town),
        "functional_administrator": lambda: a_functional_administrator(town),
    }
    client.force_login(made[role](), backend=BACKEND)
    page = client.get("/begin/")
    ((_, steps),) = page.context["days"]
    assert len(steps) >= 3
    for step in steps:
        if step.url:
            assert client.get(step.url).status_code == 200, step.url
            assert step.action in page.content.decode()


def test_visitors_sign_in_first(client: Client) -> None:
    assert client.get("/begin/")["Location"].startswith("/aanmelden/")
