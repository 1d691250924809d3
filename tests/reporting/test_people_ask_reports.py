"""Whoever may see clients and no reports reads no figure of a report: not the page, nor who is counted in a cell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.logic import roles
from opstap.accounts.models import User
from opstap.foundation import dates
from opstap.reporting.tables.reports import REPORTS
from tests.factories.accounts import a_case_manager, a_team, a_worker, an_intern
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in

pytestmark = pytest.mark.django_db
WITHOUT = sorted(
    key
    for key, role in roles().items()
    if "see_clients" in role.permissions and "see_reports" not in role.permissions and key != "intern"
)


def addresses(slug: str) -> list[str]:
    return [
        reverse("reporting:report", args=[slug]),
        reverse("reporting:people", args=[slug]),
        reverse("reporting:export", args=[slug, "csv"]),
        reverse("reporting:chart", args=[slug, "1", "svg"]),
    ]


def answers(browser: Browser) -> dict[str, int]:
    slugs = [report.definition.slug for report in REPORTS.values()]
    return {url: browser.get(url).status_code for slug in slugs for url in addresses(slug)}


@pytest.fixture
def jo() -> User:
    team = a_team(a_municipality())
    worker = a_case_manager(team, name="Jo Jansen")
    client = a_client(team.municipality)
    in_caseload(client, worker, team=team)
    placed(client, "2", on=dates.today() - timedelta(days=40))
    return worker


def test_an_intern_reads_no_report_of_whom_they_go_along_with(jo: User) -> None:
    theirs = reverse("reporting:people", args=["plaatsing"])
    assert signed_in(jo).get(theirs).context["behind"] == 1
    found = answers(signed_in(an_intern(jo)))
    assert len(found) == 4 * len(REPORTS)
    assert {url: code for url, code in found.items() if code != 403} == {}


@pytest.mark.parametrize("role", WITHOUT)
def test_nor_does_another_role_with_clients_alone(jo: User, role: str) -> None:
    worker = a_worker(jo.municipality, role)
    people = [reverse("reporting:people", args=[report.definition.slug]) for report in REPORTS.values()]
    browser = signed_in(worker)
    assert {url: code for url in people if (code := browser.get(url).status_code) != 403} == {}


def test_there_are_such_roles() -> None:
    assert {"income_consultant", "matcher"} <= set(WITHOUT)
