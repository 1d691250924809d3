"""A protected dossier is in no figure of whom it is kept from, so that no list beside a figure gives it away."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from opstap.accounts.models import User
from opstap.audit.permissions import command_line
from opstap.clients.logic import ExemptionRow
from opstap.clients.models import Client
from opstap.clients.operations import protect_dossier, record_exemptions, say_known
from opstap.foundation import dates
from opstap.reporting.tables.reports import REPORTS
from tests.factories.accounts import a_coordinator, acting
from tests.factories.clients import a_client, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.ladder import placed
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory, an_instrument
from tests.reporting.conftest import Report
from tests.reporting.three_caseloads import Town, three_caseloads

pytestmark = pytest.mark.django_db
ON, EARLIER = "2024-06-15", "2023-06-15"
SINCE = date(2023, 1, 1)
SAID = "Dossiers die u niet mag zien, tellen niet mee."
WAYS: list[list[str]] = [[], ["--by", "team"], ["--where", "sex=female"]]


@pytest.fixture
def town() -> Town:
    return three_caseloads()


@pytest.fixture
def coordinator(town: Town) -> User:
    return a_coordinator(town[0], name="Coba Coster")


def colleagues(town: Town) -> list[Client]:
    """Three with something in every report: one who rose, one who came within the year, and one who left."""
    municipality, team, workers, _people = town
    bram = workers["Bram Bos"]
    terms = [(None, None), (date(2023, 9, 1), None), (None, date(2024, 2, 1))]
    found = []
    for begun, until in terms:
        since = begun or SINCE
        client = a_client(municipality, followed_since=since, until=until, surname="Voorbeeld")
        in_caseload(client, bram, team=team, since=since)
        placed(client, "1", on=max(since, SINCE), growth="yes", expected="2")
        placed(client, "2", on=date(2024, 1, 15))
        an_instrument(a_trajectory(client, since=since))
        on_benefit(client, since)
        with_trait(client, "low_literate", "yes")
        with_trait(client, "basic_qualification", "no")
        with_barrier(client, "health")
        record_exemptions(by=command_line(), rows=[ExemptionRow(client.pk, "care", SINCE)])
        found.append(client)
    return found


def protect(clients: list[Client]) -> None:
    later = dates.today() + timedelta(days=300)
    for client in clients:
        protect_dossier(by=command_line(), client=client, reason="colleague", review_on=later, why="collega")


def figures(report: Report, key: str, *more: str) -> dict[str, Any]:
    """What the report says, without as of which recording that is."""
    days = ["--on", ON]
    if "compared-with" in REPORTS[key].definition.parameters:
        days += ["--compared-with", EARLIER]
    found = report(key, *days, *more)
    return {name: value for name, value in found.items() if name not in {"recording", "known_at"}}


@pytest.mark.parametrize("key", sorted(REPORTS))
def test_no_figure_of_any_report_moves_with_who_is_kept_from_the_viewer(
    town: Town, coordinator: User, report: Report, key: str
) -> None:
    ways = [way for way in WAYS if "--by" not in way or "by" in REPORTS[key].definition.parameters]
    alone = [figures(report, key, *way, "--as", coordinator.name) for way in ways]
    kept = colleagues(town)
    assert figures(report, key, "--as", coordinator.name) != alone[0], "they would be counted"
    protect(kept)
    assert [figures(report, key, *way, "--as", coordinator.name) for way in ways] == alone
    assert figures(report, key) != alone[0], "the command that nobody runs counts everybody"


def test_the_list_behind_a_figure_is_as_long_as_the_figure(town: Town, coordinator: User) -> None:
    protect(colleagues(town))
    browser = signed_in(coordinator)
    page = browser.get(f"/rapporten/plaatsing/?on={ON}")
    listed = browser.get(f"/rapporten/plaatsing/mensen/?on={ON}")
    assert page.context["result"].base == listed.context["page_obj"].paginator.count == 37
    assert SAID in page.content.decode()
    assert "staan niet op" not in listed.content.decode()


def test_it_is_said_also_where_nobody_is_protected(town: Town, coordinator: User) -> None:
    assert SAID in signed_in(coordinator).get(f"/rapporten/plaatsing/?on={ON}").content.decode()


def test_who_is_let_in_counts_them(town: Town, coordinator: User, report: Report) -> None:
    later = dates.today() + timedelta(days=300)
    for client in colleagues(town):
        protect_dossier(
            by=command_line(), client=client, reason="colleague", review_on=later, why="collega",
            readers=[coordinator.pk],
        )  # fmt: skip
    assert figures(report, "placement", "--as", coordinator.name)["base"] == 39
    other = a_coordinator(town[0], name="Ans Ander")
    assert figures(report, "placement", "--as", other.name)["base"] == 37


def test_whom_a_viewer_knows_counts_for_others_only(town: Town, coordinator: User, report: Report) -> None:
    known = colleagues(town)[0]
    say_known(by=acting(coordinator), client=known)
    assert figures(report, "placement", "--as", coordinator.name)["base"] == 38
    other = a_coordinator(town[0], name="Ans Ander")
    assert figures(report, "placement", "--as", other.name)["base"] == 39


def test_what_is_remembered_of_before_is_not_given_once_somebody_is_protected(town: Town, coordinator: User) -> None:
    kept, browser = colleagues(town), signed_in(coordinator)
    page = f"/rapporten/plaatsing/?on={ON}"
    assert browser.get(page).context["result"].base == 39
    protect(kept)
    assert browser.get(page).context["result"].base == 37
