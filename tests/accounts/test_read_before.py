"""What was read before somebody else saved puts nothing back: each operation writes what it changes, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from opstap.accounts.forms import OwnPasswordForm
from opstap.accounts.models import OwnRole, Session, Team, User
from opstap.accounts.operations import (
    AccountClosed,
    Composition,
    change_composed_role,
    change_own_password,
    change_user,
    compose_role,
    deactivate_user,
    end_composed_role,
    end_team,
    give_one_time_password,
    invite_user,
    reactivate_user,
    rename_team,
    reopen_team,
    set_password,
)
from opstap.audit.permissions import command_line
from opstap.foundation.once import FIELD, new_key
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, acting
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.second_step import PASSWORD

pytestmark = pytest.mark.django_db
BY = command_line()
ANOTHER = "nog zo een lange eigen zin"


@pytest.fixture
def town() -> Municipality:
    town = a_municipality()
    a_functional_administrator(town)
    return town


@pytest.fixture
def user(town: Municipality) -> User:
    return a_case_manager(a_team(town), name="Jo Visser")


def now(user: User) -> User:
    """As it stands in the database."""
    return User.objects.get(pk=user.pk)


def test_a_closed_account_is_not_opened_by_a_password_of_its_owner(user: User) -> None:
    read_before = now(user)
    deactivate_user(by=BY, user=user)
    with pytest.raises(AccountClosed):
        change_own_password(by=acting(read_before), user=read_before, password=ANOTHER)
    assert (now(user).is_active, now(user).check_password(ANOTHER)) == (False, False)


def test_closed_between_the_form_and_the_lock_nobody_stays_signed_in(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password(by=BY, user=user, password=PASSWORD)
    browser, looked = signed_in(user), OwnPasswordForm.is_valid

    def closed_meanwhile(form: Any) -> bool:
        fits = looked(form)
        deactivate_user(by=BY, user=now(user))
        return fits

    monkeypatch.setattr(OwnPasswordForm, "is_valid", closed_meanwhile)
    sent = {"old_password": PASSWORD, "new_password1": ANOTHER, "new_password2": ANOTHER, FIELD: new_key()}
    answer = browser.post("/mijn/wachtwoord/", sent, follow=True)
    assert "Dit account is intussen gesloten" in answer.content.decode()
    assert browser.get("/").headers["Location"].startswith("/aanmelden/")
    assert not Session.objects.filter(user=user).exists()
    assert not now(user).is_active
    typed = Client().post("/aanmelden/", {"username": user.sign_in_name, "password": ANOTHER})
    assert typed.status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        lambda user: set_password(by=BY, user=user, password=ANOTHER),
        lambda user: give_one_time_password(by=BY, user=user),
        lambda user: change_user(by=BY, user=user, name="Jo", staff_code=""),
    ],
)
def test_nor_by_a_colleague_who_gives_a_password_or_a_name(user: User, change: Any) -> None:
    read_before = now(user)
    deactivate_user(by=BY, user=user)
    change(read_before)
    assert not now(user).is_active


def test_closing_and_opening_put_no_older_name_or_password_back(user: User) -> None:
    for close_or_open in (deactivate_user, reactivate_user):
        read_before = now(user)
        change_user(by=BY, user=now(user), name=f"Jo {close_or_open.__name__}", staff_code="J7", email="jo@example.nl")
        set_password(by=BY, user=now(user), password=ANOTHER)
        close_or_open(by=BY, user=read_before)
        stands = now(user)
        assert (stands.name, stands.staff_code, stands.email, stands.check_password(ANOTHER)) == (
            f"Jo {close_or_open.__name__}", "J7", "jo@example.nl", True,
        )  # fmt: skip


def test_inviting_puts_no_older_name_back(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sign_in_name=None)
    read_before = now(user)
    change_user(by=BY, user=now(user), name="Jo de Visser", staff_code="")
    invite_user(by=BY, user=read_before, sign_in_name="jo")
    assert (now(user).name, now(user).sign_in_name) == ("Jo de Visser", "jo")


def test_the_end_of_a_team_keeps_the_name_that_it_has_by_now(town: Municipality) -> None:
    team = a_team(town, "Noord")
    for end_or_open, name in ((end_team, "Noordoost"), (reopen_team, "Noordwest")):
        read_before = Team.objects.get(pk=team.pk)
        rename_team(by=BY, team=Team.objects.get(pk=team.pk), name=name)
        end_or_open(by=BY, team=read_before)
        assert Team.objects.get(pk=team.pk).name == name


def test_ending_a_composed_role_puts_no_permission_back(town: Municipality) -> None:
    wide = Composition("Kijker", "Kijkt mee.", {"see_clients", "see_reports"})
    role = compose_role(by=BY, municipality=town, base="coordinator", new=wide)
    read_before = OwnRole.objects.get(pk=role.pk)
    change_composed_role(by=BY, role=role, new=Composition("Kijker", "Kijkt mee.", {"see_clients"}))
    end_composed_role(by=BY, role=read_before)
    assert OwnRole.objects.get(pk=role.pk).permissions == ["see_clients"]
