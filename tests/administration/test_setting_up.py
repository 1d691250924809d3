"""An empty installation is set up once, by whoever has the code from the terminal; a stranger can't claim it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.models import User
from opstap.administration.operations import AlreadySetUp, NewInstallation, set_up_installation
from opstap.audit.permissions import command_line, whoever_sets_up
from opstap.audit.selectors import latest_recording
from opstap.foundation import dates
from opstap.municipality.models import Municipality, SetupCode
from opstap.municipality.operations import drop_setup_code, issue_setup_code
from opstap.municipality.selectors import setting_on, setup_code_is_right
from tests.factories.accounts import a_coordinator, acting
from tests.factories.municipality import a_municipality

pytestmark = pytest.mark.django_db
PASSWORD = "een zin die niemand raadt"
NEW = NewInstallation("Nieuwstad", "Ada Beheer", "ada@nieuwstad.example", PASSWORD, "0344", "rijswijk", "test")


def filled_in(code: str) -> dict[str, str]:
    return {
        "code": code,
        "name": "Nieuwstad",
        "cbs_code": "GM344",
        "default_scale": "rijswijk",
        "environment": "production",
        "administrator": "Ada Beheer",
        "sign_in_name": "Ada@Nieuwstad.example",
        "password": PASSWORD,
        "again": PASSWORD,
    }


def test_the_municipality_and_its_first_administrator_are_made_together() -> None:
    user = set_up_installation(by=command_line(), new=NEW, since=dates.today())
    town = Municipality.objects.get()
    assert (town.name, town.cbs_code, town.environment) == ("Nieuwstad", "0344", "test")
    assert setting_on(town.pk, "default_scale", dates.today()) == "rijswijk"
    assert acting(user).may("manage_accounts")
    assert not acting(user).may("see_clients")
    assert user.check_password(PASSWORD)


def test_a_database_that_is_not_empty_is_left_as_it_is() -> None:
    a_municipality("Oudstad")
    before = latest_recording()
    with pytest.raises(AlreadySetUp):
        set_up_installation(by=whoever_sets_up(), new=NEW, since=dates.today())
    assert latest_recording() == before
    assert not User.objects.exists()


def test_only_who_may_configure_sets_up_or_makes_a_code() -> None:
    actor = acting(a_coordinator(a_municipality()))
    with pytest.raises(PermissionDenied):
        set_up_installation(by=actor, new=NEW, since=dates.today())
    with pytest.raises(PermissionDenied):
        issue_setup_code(by=actor)
    with pytest.raises(PermissionDenied):
        drop_setup_code(by=actor)


def test_a_code_holds_a_day_and_a_new_one_replaces_it() -> None:
    first, now = issue_setup_code(by=command_line()), dates.now()
    assert setup_code_is_right(first.upper().replace("-", " "), now)
    assert not setup_code_is_right(first[:-1] + ("2" if first[-1] != "2" else "3"), now)
    assert not setup_code_is_right("", now)
    assert not setup_code_is_right(first, now + timedelta(hours=25))
    second = issue_setup_code(by=command_line())
    assert not setup_code_is_right(first, dates.now())
    assert setup_code_is_right(second, dates.now())
    assert second.replace("-", "").encode() not in bytes(SetupCode.objects.get().digest)


def test_every_way_in_leads_to_the_set_up_page_while_there_is_nothing(client: Client) -> None:
    assert client.get("/").headers["Location"] == "/inrichten/"
    assert client.get("/aanmelden/").headers["Location"] == "/inrichten/"
    page = client.get("/inrichten/").content.decode()
    assert "Er is geen code die geldt" in page
    issue_setup_code(by=command_line())
    assert "Er is geen code die geldt" not in client.get("/inrichten/").content.decode()


def test_without_the_code_nothing_is_set_up(client: Client) -> None:
    issue_setup_code(by=command_line())
    refused = client.post("/inrichten/", filled_in("aaaa-bbbb-cccc"))
    assert refused.status_code == 400
    assert "Dit is niet de code" in refused.content.decode()
    assert not Municipality.objects.exists()


def test_with_the_code_it_is_set_up_and_one_is_signed_in(client: Client) -> None:
    code = issue_setup_code(by=command_line())
    done = client.post("/inrichten/", filled_in(code), follow=True)
    assert [path for path, _status in done.redirect_chain] == ["/beheer/", "/mijn/tweede-stap/"]
    assert "Nieuwstad is ingericht" in done.content.decode()
    town = Municipality.objects.get()
    assert (town.cbs_code, town.environment) == ("0344", "production")
    assert User.objects.get().sign_in_name == "ada@nieuwstad.example"
    assert not SetupCode.objects.exists()


def test_once_set_up_the_page_is_gone_also_for_who_has_the_code(client: Client) -> None:
    code = issue_setup_code(by=command_line())
    a_municipality("Oudstad")
    assert client.get("/inrichten/").headers["Location"] == "/"
    assert client.post("/inrichten/", filled_in(code)).headers["Location"] == "/"
    assert Municipality.objects.get().name == "Oudstad"
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"again": "iets anders dan dat"}, "De twee wachtwoorden zijn niet gelijk"),
        ({"password": "kort", "again": "kort"}, "te kort"),
        ({"cbs_code": "34x"}, "vier cijfers"),
        ({"name": ""}, "Vul dit in"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(client: Client, change: dict[str, str], said: str) -> None:
    code = issue_setup_code(by=command_line())
    refused = client.post("/inrichten/", {**filled_in(code), **change})
    assert refused.status_code == 400
    assert said in refused.content.decode()
    assert not Municipality.objects.exists()
