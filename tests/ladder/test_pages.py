"""The pages of scales: every level with its definition; refused to visitors."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from opstap.accounts.operations import NewUser, create_user
from opstap.audit.permissions import command_line
from opstap.ladder.selectors.scales import scale_keys
from opstap.municipality.operations import create_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client: Client) -> Client:
    town = create_municipality(by=command_line(), name="Leesdorp", since=date(2020, 1, 1))
    new = NewUser("Beheerder", "beheer", role="functional_administrator")
    user = create_user(by=command_line(), municipality=town, new=new, since=date(2020, 1, 1))
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_every_scale_has_a_page_with_all_its_levels(reader: Client) -> None:
    listed = reader.get("/ladders/").content.decode()
    for key in scale_keys():
        assert f'href="/ladders/{key}/"' in listed
        levels = reader.get(f"/ladders/{key}/").context["scale"].levels
        assert all(level.definition and level.name for level in levels)


@pytest.mark.covers("B-68", page="/ladders/vng/")
def test_a_ladder_shows_its_highest_level_on_top_and_its_half_levels(reader: Client) -> None:
    levels = reader.get("/ladders/vng/").context["scale"].levels
    assert [level.code for level in levels] == ["6", "5", "4", "3", "2", "1", "0"]
    assert levels[4].halves == ("2-", "2+")
    assert [level.code for level in levels if level.works_without_help] == ["6"]


def test_a_grouping_says_that_nobody_rises(reader: Client) -> None:
    page = reader.get("/ladders/steenwijkerland/")
    assert not page.context["scale"].is_ladder
    assert "geen volgorde" in page.content.decode()


def test_the_distances_of_rijswijk_are_shown(reader: Client) -> None:
    page = reader.get("/ladders/rijswijk/").content.decode()
    assert "middelgroot" in page
    assert "Afstand" in page


def test_an_unknown_scale_does_not_exist_and_visitors_sign_in_first(reader: Client, client: Client) -> None:
    assert reader.get("/ladders/bestaat-niet/").status_code == 404
    client.logout()
    assert client.get("/ladders/vng/").status_code == 302
