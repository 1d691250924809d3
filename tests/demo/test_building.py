"""The same choices give the same facts; the sign-ins open what their role reaches; history begins on its first day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from stdnum.nl import bsn as bsn_number

from opstap.accounts.enums import Scope
from opstap.accounts.logic import roles
from opstap.accounts.models import Team, User
from opstap.accounts.permissions import actor_for
from opstap.audit.models import RecordingCounter
from opstap.audit.permissions import Actor, demo_builder
from opstap.clients.models import Alias, Assignment, Client, Person, Protection
from opstap.clients.permissions import visible_clients
from opstap.clients.selectors.bsn import bsn_cipher
from opstap.demo.logic.choices import Choices
from opstap.demo.operations import build_demo, give_sign_ins
from opstap.demo.operations.building import HistoryTooLate
from opstap.demo.operations.sign_ins import SignIn
from opstap.demo.selectors import Holding, built_from, what_is_there
from opstap.foundation.dates import clock_at, end_of_day
from opstap.municipality.enums import Environment
from opstap.municipality.models import Municipality
from opstap.reporting.selectors.series import counted_from, series_of
from tests.demo.towns import UNTIL, build, for_a_while, plain_facts


@pytest.mark.django_db
def test_the_same_seed_and_day_give_the_same_facts() -> None:
    with for_a_while():
        first = plain_facts(build(40))
    with for_a_while():
        again = plain_facts(build(40))
    assert all(first.values())
    assert first == again


@pytest.mark.django_db
def test_another_seed_gives_another_town() -> None:
    with for_a_while():
        first = plain_facts(build(40))
    with for_a_while():
        other = plain_facts(build(40, seed=2))
    assert first["measurements"] != other["measurements"]
    assert first["persons"] != other["persons"]


@pytest.mark.django_db
def test_history_does_not_begin_after_something_was_recorded() -> None:
    RecordingCounter.objects.update(last_at=end_of_day(UNTIL))
    with pytest.raises(HistoryTooLate):
        build_demo(by=demo_builder(), choices=Choices(UNTIL, 40))
    assert not Municipality.objects.exists()


@pytest.mark.django_db
def test_only_who_may_configure_builds() -> None:
    nobody = Actor(reference="x", name="x", source="test")
    with pytest.raises(PermissionDenied, match="configure_municipality"):
        build_demo(by=nobody, choices=Choices(UNTIL, 40))


def test_what_it_was_built_from_is_kept(town: Municipality) -> None:
    assert what_is_there().holding is Holding.DEMO
    assert built_from() == Choices(UNTIL, 600, 1)
    assert town.environment == Environment.DEMO


def test_the_series_begins_with_a_table_that_was_printed_before_opstap(town: Municipality) -> None:
    first, *others = series_of(town.pk, in_full=False)
    assert first.printed is not None
    assert (first.on.month, first.on.day) == (12, 31)
    assert first.on < (counted_from(town.pk) or UNTIL)
    assert first.whole > 300
    assert [one.publication is not None for one in others] == [True]


def test_bsns_pass_the_test_and_lie_in_the_test_range(town: Municipality) -> None:
    sealed = Person.objects.current().filter(bsn_encrypted__isnull=False).values_list("bsn_encrypted", flat=True)
    bsns = [bsn_cipher().decrypt(bytes(stored)) for stored in sealed if stored is not None]
    assert len(set(bsns)) == len(bsns) > 1200
    assert all(bsn.startswith("9999") and bsn_number.is_valid(bsn) for bsn in bsns)


def test_sign_ins_are_kept_in_the_folder_for_its_owner_only(town: Municipality, tmp_path: Path) -> None:
    made = give_sign_ins(by=demo_builder(), folder=tmp_path)
    kept = tmp_path / "demo-sign-ins.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [entry["password"] for entry in json.loads(kept.read_text(encoding="utf-8"))] == [
        one.password for one in made
    ]
    assert give_sign_ins(by=demo_builder(), folder=tmp_path) == made
    user = User.objects.get(sign_in_name=made[0].sign_in_name)
    user.set_password("something else entirely")
    user.save()
    again = give_sign_ins(by=demo_builder(), folder=tmp_path)
    assert [one.password for one in again] == [one.password for one in made]
    assert authenticate(username=made[0].sign_in_name, password=made[0].password) == user


def test_a_later_start_tries_no_password_that_is_stored_as_it_was(
    town: Municipality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Trying one takes a quarter of a second, and a start should take less than two."""
    give_sign_ins(by=demo_builder(), folder=tmp_path)
    tried: list[str] = []

    def opens(user: User, _password: str) -> bool:
        tried.append(str(user.sign_in_name))
        return True

    monkeypatch.setattr(User, "check_password", opens)
    give_sign_ins(by=demo_builder(), folder=tmp_path)
    assert tried == []
    User.objects.filter(sign_in_name__startswith="coordinator@").update(password="other")
    give_sign_ins(by=demo_builder(), folder=tmp_path)
    assert [name.split("@")[0] for name in tried] == ["coordinator"]


@pytest.fixture
def sign_ins(town: Municipality, tmp_path: Path) -> dict[str, SignIn]:
    return {one.role: one for one in give_sign_ins(by=demo_builder(), folder=tmp_path)}


def seen_by(one: SignIn) -> set[int]:
    """The clients that this sign-in reaches on the last day."""
    user = authenticate(username=one.sign_in_name, password=one.password)
    assert isinstance(user, User)
    with clock_at(end_of_day(UNTIL - timedelta(days=1))):
        return set(visible_clients(actor_for(user)).values_list("pk", flat=True))


def test_a_case_manager_reaches_the_own_caseload(sign_ins: dict[str, SignIn]) -> None:
    user = User.objects.get(sign_in_name=sign_ins["case_manager"].sign_in_name)
    own = set(Assignment.objects.for_caseload_of(user.pk, UNTIL).values_list("client_id", flat=True))
    assert len(own) > 20
    held = Assignment.objects.stood_in_by(user.pk, user.municipality_id, UNTIL)
    stood_in = set(held.values_list("client_id", flat=True))
    assert len(stood_in - own) > 20
    assert seen_by(sign_ins["case_manager"]) == own | stood_in


def test_a_team_leader_reaches_the_team(sign_ins: dict[str, SignIn]) -> None:
    team = Team.objects.get(name="Ontwikkeling")
    of_team = set(
        Assignment.objects.in_reach_of(frozenset({team.pk}), frozenset(), UNTIL).values_list("client_id", flat=True)
    )
    assert len(of_team) > 80
    protected = set(Protection.objects.active_on(UNTIL).values_list("client_id", flat=True))
    assert len(protected & of_team) == 1
    assert seen_by(sign_ins["team_leader"]) == of_team - protected


def test_a_coordinator_reaches_everyone_and_an_administrator_nobody(sign_ins: dict[str, SignIn]) -> None:
    merged = Alias.objects.current().values("client")
    assert len(seen_by(sign_ins["coordinator"])) == Client.objects.exclude(pk__in=merged).count() - 1  # protected
    assert seen_by(sign_ins["functional_administrator"]) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("until", [date(2024, 2, 29), date(2025, 3, 1)])
def test_any_last_day_will_do(until: date) -> None:
    build(40, until=until)
    assert Client.objects.count() > 80


def test_every_role_signs_in_and_reaches_what_it_should(sign_ins: dict[str, SignIn]) -> None:
    assert sign_ins.keys() == roles().keys()
    reached = {role: len(seen_by(one)) for role, one in sign_ins.items()}
    assert {role for role, count in reached.items() if not count} == {
        key for key, role in roles().items() if role.scope == Scope.NONE
    }
    supervisor = User.objects.get(sign_in_name=sign_ins["case_manager"].sign_in_name)
    own = set(Assignment.objects.for_caseload_of(supervisor.pk, UNTIL).values_list("client_id", flat=True))
    assert seen_by(sign_ins["intern"]) == own  # not whom the supervisor stands in for
    for role in ("job_coach", "matcher", "participation_coach", "income_consultant", "external_consultant"):
        assert reached[role] < reached["coordinator"] / 10, role
