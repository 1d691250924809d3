"""Corners of the gate where one condition less would go unnoticed elsewhere: each test fails without that condition."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client as Browser

from opstap.accounts.permissions import requires
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor, command_line
from opstap.clients.models import Acquaintance, Client
from opstap.clients.operations import break_glass, protect_dossier, request_handovers
from opstap.clients.permissions import (
    client_or_404,
    dossier_or_404,
    guarded_clients,
    offered_clients,
    require_glass,
    require_guarding,
    require_own_recording,
    withheld_ids,
)
from opstap.foundation import dates
from tests.factories.accounts import acting
from tests.factories.clients import a_client
from tests.factories.desk import Office
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Browser) -> Office:
    return Office(client)


def asked(office: Office, *clients: Client) -> str:
    """Jo asks Kim."""
    ids = [client.pk for client in clients]
    (batch,) = request_handovers(
        by=acting(office.jo), client_ids=ids, receivers=[office.kim], from_on=dates.today(), note="Ik ga weg."
    )
    return batch


def offered(actor: Actor, batch: str) -> set[Client]:
    return set(offered_clients(actor, batch))


def test_of_what_is_offered_one_sees_this_batch_alone(office: Office) -> None:
    first, second = office.of(office.jo), office.of(office.jo)
    batch, other = asked(office, first), asked(office, second)
    assert offered(acting(office.kim), batch) == {first}
    assert offered(acting(office.kim), other) == {second}


def test_what_is_offered_to_a_colleague_nobody_else_sees(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    for other in (office.lee, office.jo, office.leader):
        assert offered(acting(other), batch) == set()


def test_nobody_is_offered_who_is_kept_from_them(office: Office) -> None:
    plain, hidden = office.of(office.jo), office.of(office.jo)
    batch = asked(office, plain, hidden)
    soon = dates.today() + timedelta(days=30)
    protect_dossier(by=acting(office.leader), client=hidden, reason="colleague", review_on=soon, why="x")
    assert offered(acting(office.kim), batch) == {plain}


def test_nobody_is_offered_whom_they_said_to_know(office: Office) -> None:
    client = office.of(office.jo)
    batch = asked(office, client)
    kim = acting(office.kim)
    Acquaintance.objects.create(
        client=client, user=office.kim, starts_on=dates.today(), recording=client.recording, why="zus"
    )
    assert offered(kim, batch) == set()


def test_who_is_withheld_is_told_of_ones_own_municipality_alone(office: Office) -> None:
    elsewhere = a_municipality("Elders")
    here, there = office.of(office.jo), a_client(elsewhere)
    review_on = dates.today() + timedelta(days=30)
    for client in (here, there):
        protect_dossier(by=command_line(), client=client, reason="colleague", review_on=review_on, why="nicht")
    assert withheld_ids(acting(office.kim)) == {here.pk}
    assert withheld_ids(acting(office.jo)) == set()
    assert withheld_ids(command_line()) == set()


def test_a_page_that_only_shows_opens_by_a_grant_and_no_other(office: Office) -> None:
    client = office.of(office.lee, team=office.other_team)
    office.sign_in(office.jo).browser.post("/zoeken/buiten/", {"number": client.number})
    break_glass(by=acting(office.jo), client=client, reason="danger", why="dreigt")
    jo = acting(office.jo)
    assert client_or_404(jo, client.reference, reading=True) == client
    assert dossier_or_404(jo, client.reference, reading=True)[0] == client
    for opens in (client_or_404, dossier_or_404):
        with pytest.raises(Http404):
            opens(jo, client.reference)


def test_a_recording_is_ones_own_only_by_its_own_number(office: Office) -> None:
    with writing(by=acting(office.jo), verb="assign_clients") as own:
        pass
    with writing(by=acting(office.kim), verb="assign_clients") as others:
        pass
    require_own_recording(acting(office.jo), own.number, {"assign_clients"})
    with pytest.raises(PermissionDenied, match=r"^not one's own recording$"):
        require_own_recording(acting(office.jo), others.number, {"assign_clients"})


def test_a_recording_in_which_more_was_done_is_not_taken_back(office: Office) -> None:
    with writing(by=acting(office.jo), verb="assign_clients") as own, writing(by=acting(office.jo), verb="merge"):
        pass
    with pytest.raises(PermissionDenied, match=r"^not one's own recording$"):
        require_own_recording(acting(office.jo), own.number, {"assign_clients"})


def test_whoever_guards_nobody_is_told_so_in_the_log(office: Office) -> None:
    client = office.of(office.jo)
    assert not guarded_clients(acting(office.jo)).exists()
    with pytest.raises(PermissionDenied, match=r"^not theirs to guard$"):
        require_guarding(acting(office.jo), client)
    with pytest.raises(PermissionDenied, match=r"^not for this actor$"):
        require_glass(acting(office.jo), None)


def test_what_is_not_there_is_asked_of_everybody_alike(office: Office) -> None:
    elsewhere = a_client(office.town)
    for reading in (False, True):
        with pytest.raises(Http404):
            client_or_404(acting(office.jo), elsewhere.reference, reading=reading)
        assert client_or_404(acting(office.coordinator), elsewhere.reference, reading=reading) == elsewhere


def _never_called(_request: HttpRequest) -> HttpResponse:
    raise AssertionError


def test_a_view_says_which_right_it_asks() -> None:
    view = requires("see_clients")(_never_called)
    assert view.required_permission == "see_clients"  # type: ignore[attr-defined]  # set by the guard


def test_who_is_not_signed_in_comes_back_to_the_page_they_asked_for(client: Browser) -> None:
    assert client.get("/clienten/?a=1")["Location"] == "/aanmelden/?next=/clienten/%3Fa%3D1"
