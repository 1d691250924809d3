"""Confirming those who are ticked while a colleague places one of them: who stands elsewhere by then is named."""

from __future__ import annotations

from typing import Any
from unittest import mock

import pytest
from django.test import Client as Browser

from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.ladder.models import Measurement
from opstap.ladder.operations import confirming, withdraw_measurements
from opstap.ladder.operations.measurements import confirmed_row
from tests.factories.desk import Office, days_ago, shown_on_list
from tests.factories.ladder import placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


@pytest.fixture
def two(office: Office) -> tuple[Client, Client]:
    """Two who were placed long ago, on the list of Jo."""
    clients = office.of(office.jo, "Adema"), office.of(office.jo, "Bakker")
    for client in clients:
        placed(client, "3", on=days_ago(400))
    office.sign_in(office.jo)
    return clients


def confirm(office: Office, shown: dict[str, str], *clients: Client) -> Any:
    given = shown | {"client": [one.reference for one in clients], "what": "confirm", "next": "/clienten/"}
    return office.browser.post("/clienten/samen/", given)


def levels(client: Client) -> list[str]:
    rows = Measurement.objects.current().filter(client=client).order_by("measured_on")
    return [row.level.code for row in rows]


def test_who_was_placed_since_the_list_was_shown_is_skipped_and_named(
    office: Office, two: tuple[Client, Client]
) -> None:
    shown = shown_on_list(office.browser)
    placed(two[1], "5", on=days_ago(1))
    page = office.page(confirm(office, shown, *two)["Location"])
    assert (levels(two[0]), levels(two[1])) == (["3", "3"], ["3", "5"])
    assert "De plaatsing van 1 cliënt is bevestigd per vandaag." in page
    told = page[page.index("Van deze cliënten is de plaatsing veranderd") :]
    assert f'href="/plaatsen/{two[1].reference}/">Bakker' in told
    assert "Adema" not in told
    assert "overgeslagen" not in page


def test_a_placement_that_was_withdrawn_is_not_confirmed_by_the_one_below_it(
    office: Office, two: tuple[Client, Client]
) -> None:
    latest = placed(two[0], "4", on=days_ago(300))
    shown = shown_on_list(office.browser)
    withdraw_measurements(by=command_line(), measurement_ids=[latest.pk], why="verkeerde persoon")
    page = office.page(confirm(office, shown, two[0])["Location"])
    assert levels(two[0]) == ["3"]
    assert "Er is niets bevestigd." in page
    assert "Adema" in page
    assert "Maak ongedaan" not in page


def test_nobody_is_confirmed_whose_placement_was_not_shown(office: Office, two: tuple[Client, Client]) -> None:
    led = confirm(office, {}, *two)["Location"]
    page = office.page(led)
    assert (levels(two[0]), levels(two[1])) == (["3"], ["3"])
    assert "Adema" in page
    assert "Bakker" in page
    assert office.browser.post(f"{led}terug/").status_code == 404


def test_a_colleague_at_this_very_moment_stops_it_all(office: Office, two: tuple[Client, Client]) -> None:
    shown = shown_on_list(office.browser)

    def meanwhile(one: Measurement, client_id: int, **more: Any) -> Any:
        if client_id == two[1].pk:
            placed(two[1], "5", on=days_ago(1))
        return confirmed_row(one, client_id, **more)

    with mock.patch.object(confirming, "confirmed_row", meanwhile):
        assert confirm(office, shown, *two)["Location"] == "/clienten/"
    assert levels(two[0]) == ["3"]
    assert "Een collega heeft een van hen op dit moment geplaatst" in office.page("/clienten/")
