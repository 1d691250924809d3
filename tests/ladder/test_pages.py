"""The pages of scales: every level with its definition; refused to visitors."""

from __future__ import annotations

from datetime import date
from html import unescape

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


@pytest.mark.covers("C-50", "C-52", page="/ladders/rijswijk/")
def test_rijswijk_shows_its_distances_and_who_is_ready_for_work_when(reader: Client) -> None:
    page = reader.get("/ladders/rijswijk/")
    assert "Afstand" in page.content.decode()
    levels = {level.code: level for level in page.context["scale"].levels}
    assert {code: level.band for code, level in levels.items() if level.band} == {
        "1": "groot", "2": "groot", "3": "middelgroot", "4": "middelgroot", "5": "klein", "6": "klein",
    }  # fmt: skip
    said = {code: unescape(level.definition) for code, level in levels.items()}
    assert said["2"].startswith("Is naar verwachting niet binnen een jaar klaar voor werk.")
    assert said["4"].startswith("Is naar verwachting binnen een jaar klaar voor werk.")
    assert said["6"].startswith("Heeft betaald werk en krijgt nazorg")
    assert all(text in unescape(page.content.decode()) for text in said.values())


@pytest.mark.covers("A-04", page="/ladders/groningen/")
def test_groningen_shows_seven_levels_each_with_its_definition(reader: Client) -> None:
    page = reader.get("/ladders/groningen/")
    levels = page.context["scale"].levels
    assert [level.code for level in levels] == ["7", "6", "5", "4", "3", "2", "1", "0"]
    assert all(level.definition in unescape(page.content.decode()) for level in levels)


def test_an_unknown_scale_does_not_exist_and_visitors_sign_in_first(reader: Client, client: Client) -> None:
    assert reader.get("/ladders/bestaat-niet/").status_code == 404
    client.logout()
    assert client.get("/ladders/vng/").status_code == 302
