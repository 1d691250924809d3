"""Programmes and target groups: made, renamed and ended by the administrator; who took part stays recorded."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.clients.logic import MembershipRow
from opstap.clients.models import Membership, Programme
from opstap.clients.operations import change_programme, create_programme, record_memberships
from opstap.clients.selectors.programmes import programmes_open_on
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_coordinator, a_functional_administrator, acting
from tests.factories.clients import BY, FOLLOWED_SINCE, a_client
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
TODAY = dates.today()


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def admin(town: Municipality) -> Client:
    return signed_in(a_functional_administrator(town))


def page_of(programme: Programme) -> str:
    return f"/beheer/programmas/{programme.reference}/"


@pytest.mark.covers("E-12", page="/beheer/programmas/")
def test_a_target_group_is_made_with_what_it_is_for(town: Municipality, admin: Client) -> None:
    assert "Nog geen programma" in admin.get("/beheer/programmas/").content.decode()
    sent = {"name": "PRO/VSO", "meaning": "Schoolverlaters van praktijkonderwijs en VSO tot 27 jaar."}
    assert admin.post("/beheer/programmas/", sent).status_code == 302
    page = admin.get("/beheer/programmas/").content.decode()
    assert "PRO/VSO" in page
    assert "Schoolverlaters van praktijkonderwijs" in page
    again = admin.post("/beheer/programmas/", {"name": "pro/vso"})
    assert again.status_code == 400
    assert "al een programma met deze naam" in again.content.decode()
    assert Programme.objects.filter(municipality=town).count() == 1


def test_it_is_renamed_and_ended_and_who_took_part_stays(town: Municipality, admin: Client) -> None:
    programme = create_programme(by=BY, municipality=town, name="KIK")
    record_memberships(by=BY, rows=[MembershipRow(a_client(town).pk, programme.pk, FOLLOWED_SINCE)])
    tomorrow = TODAY + timedelta(days=1)
    sent = {"name": "Kansen in kaart", "meaning": "", "ended_on": tomorrow.isoformat()}
    page = page_of(programme)
    assert admin.post(page, sent | version_at(admin, page)).status_code == 302
    programme.refresh_from_db()
    assert (programme.name, programme.ended_on) == ("Kansen in kaart", tomorrow)
    assert list(programmes_open_on(town.pk, TODAY)) == [programme]
    assert not programmes_open_on(town.pk, tomorrow).exists()
    assert Membership.objects.active_on(tomorrow).filter(programme=programme).count() == 1
    admin.post(page, {**sent, "ended_on": TODAY.isoformat(), **version_at(admin, page)})
    page = admin.get("/beheer/programmas/").content.decode()
    assert "geëindigd" in page
    assert "Voorbeeld" not in page


def test_programmes_are_for_the_administrator_of_their_own_municipality(
    town: Municipality, admin: Client, client: Client
) -> None:
    programme = create_programme(by=BY, municipality=town, name="KIK")
    elsewhere = create_programme(by=BY, municipality=a_municipality(), name="KIK")
    assert admin.get(page_of(elsewhere)).status_code == 404
    coordinator = a_coordinator(town)
    for path in ("/beheer/programmas/", page_of(programme)):
        assert signed_in(coordinator).get(path).status_code == 403
        assert client.get(path).status_code == 302
        assert admin.get(path).status_code == 200
    with pytest.raises(PermissionDenied):
        change_programme(by=acting(coordinator), programme=programme, name="X", meaning="", ended_on=None)
