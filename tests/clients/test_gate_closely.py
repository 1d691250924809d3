"""Corners of the gate where one condition less would go unnoticed elsewhere: each test fails without that condition."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client as Browser

from opstap.accounts.permissions import requires
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.clients.models import Client
from opstap.clients.operations import protect_dossier, request_handovers
from opstap.clients.permissions import (
    client_or_404,
    guarded_clients,
    offered_clients,
    require_glass,
    require_guarding,
    require_own_recording,
)
from opstap.foundation import dates
from tests.factories.accounts import acting
from tests.factories.clients import a_client
from tests.factories.desk import Office

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
