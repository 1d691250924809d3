"""The second step: an app with codes, recovery codes, passkeys, and taking them away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.enums import FactorKind
from opstap.accounts.logic.totp import code_of, step_at, step_of
from opstap.accounts.models import SecondFactor, User
from opstap.accounts.operations import (
    prove_by_code,
    prove_by_passkey,
    remove_factor,
    renew_recovery_codes,
    reset_factors,
    set_password,
)
from opstap.accounts.selectors.factors import factors_of
from opstap.accounts.selectors.links import LASTS
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.config.command import Refusal
from opstap.config.commands import keys_command
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, acting
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.second_step import PASSWORD, SECRET, STEP, code_now, is_in, typed_password, with_app
from tests.keys_changed import Keys, keys

__all__ = ["keys"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def worker(town: Municipality) -> User:
    user = a_case_manager(a_team(town))
    set_password(by=command_line(), user=user, password=PASSWORD)
    return user


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    assert code_of(b"12345678901234567890", seconds // 30) == code


def test_a_code_holds_for_the_step_before_and_after_and_once() -> None:
    now = dates.now()
    here = step_at(now)
    for step, found in ((here - 2, None), (here - 1, here - 1), (here, here), (here + 1, here + 1), (here + 2, None)):
        assert step_of(b"geheim", code_of(b"geheim", step), now, after=0) == found
    assert step_of(b"geheim", code_of(b"geheim", here), now, after=here) is None


def test_after_the_password_a_code_is_asked_and_leads_to_the_page(worker: User) -> None:
    browser = typed_password(with_app(worker), following="/rapporten/")
    assert not is_in(browser)
    page = browser.get(STEP).content.decode()
    assert "Zes cijfers" in page
    answer = browser.post(STEP, {"code": code_now()})
    assert answer.headers["Location"] == "/rapporten/"
    assert is_in(browser)


def test_a_code_that_was_used_lets_nobody_in_again(worker: User) -> None:
    code, first, second = code_now(), typed_password(with_app(worker)), typed_password(worker)
    assert first.post(STEP, {"code": code}).status_code == 302
    assert second.post(STEP, {"code": code}).status_code == 400


def test_without_the_password_there_is_no_second_step(worker: User, client: Client) -> None:
    with_app(worker)
    assert client.get(STEP).headers["Location"] == "/aanmelden/"
    assert client.post(STEP, {"code": code_now()}).headers["Location"] == "/aanmelden/"
    assert not is_in(client)


def test_the_second_step_waits_ten_minutes(worker: User) -> None:
    browser = typed_password(with_app(worker))
    with dates.clock_at(dates.now() + timedelta(minutes=11)):
        answer = browser.post(STEP, {"code": code_now()}, follow=True)
    assert "te lang" in answer.content.decode()


def test_the_secret_stands_encrypted_and_recovery_codes_only_as_a_digest(worker: User) -> None:
    with_app(worker)
    codes = renew_recovery_codes(by=acting(worker), user=worker)
    stored = b"".join(bytes(one.content) for one in SecondFactor.objects.filter(user=worker))
    assert SECRET.encode() not in stored
    assert not any(code.encode() in stored or code.replace("-", "").encode() in stored for code in codes)


def test_somebody_elses_factor_is_not_there(worker: User) -> None:
    colleague = a_case_manager(a_team(worker.municipality))
    (app,) = factors_of(with_app(worker))
    answer = signed_in(colleague).post("/mijn/tweede-stap/", {"action": "remove", "factor": app.reference})
    assert answer.status_code == 404
    with pytest.raises(PermissionDenied):
        remove_factor(by=acting(colleague), user=worker, factor=app)
    with pytest.raises(PermissionDenied):
        prove_by_passkey(by=acting(colleague), user=worker, factor=app, counter=1)
    with pytest.raises(PermissionDenied):
        prove_by_code(by=acting(colleague), user=worker, code=code_now())
    with pytest.raises(PermissionDenied):
        reset_factors(by=acting(colleague), user=worker)


def test_the_administrator_takes_it_away_from_who_lost_it(town: Municipality, worker: User) -> None:
    admin, browser = signed_in(a_functional_administrator(town)), typed_password(with_app(worker))
    browser.post(STEP, {"code": code_now()})
    page = f"/beheer/gebruikers/{worker.reference}/"
    said = admin.post(page, {"action": "factors"}, follow=True).content.decode()
    assert "stelt die een nieuwe in" in said
    assert not is_in(browser)
    assert not SecondFactor.objects.filter(user=worker).exists()
    assert Event.objects.filter(verb="reset_factors", about=worker.reference).count() == 1
    assert typed_password(worker).get("/clienten/").headers["Location"] == "/mijn/tweede-stap/"


def test_a_passkey_whose_count_goes_back_was_copied(worker: User) -> None:
    key = SecondFactor.objects.create(
        user=worker, kind=FactorKind.PASSKEY, content=b"x", counter=5, made_at=dates.now()
    )
    proves = [(5, False), (4, False), (6, True), (6, False)]
    for count, right in proves:
        key.refresh_from_db()
        assert prove_by_passkey(by=acting(worker), user=worker, factor=key, counter=count) is right


def test_a_passkey_answer_that_nobody_asked_for_lets_nobody_in(worker: User, client: Client) -> None:
    for answer in ("", "{}", "geen json", '{"id": "x"}'):
        said = client.post("/aanmelden/sleutel/", {"passkey": answer}, follow=True)
        assert "werkte hier niet" in said.content.decode()
    client.post("/aanmelden/sleutel/vraag/")
    assert client.post("/aanmelden/sleutel/", {"passkey": '{"id": "x"}'}).headers["Location"] == "/aanmelden/"
    assert not is_in(client)
    browser = typed_password(with_app(worker))
    assert browser.post(STEP, {"passkey": "{}"}).status_code == 400
    assert signed_in(worker).post("/mijn/tweede-stap/sleutel/", {"name": "x", "passkey": "{}"}).status_code == 400


def test_pages_of_the_second_step_are_for_who_signed_in(client: Client) -> None:
    for path in ("", "app/", "sleutel/", "herstelcodes/"):
        assert client.get(f"/mijn/tweede-stap/{path}").headers["Location"].startswith("/aanmelden/?next=")


def test_a_session_of_a_password_alone_ends_once_its_owner_has_a_second_step(worker: User) -> None:
    browser = typed_password(worker)
    (app,) = factors_of(with_app(worker))
    for path, sent in (("", {"action": "codes"}), ("", {"action": "remove", "factor": app.reference}), ("app/", {})):
        browser = browser if is_signed_in(browser) else Client()
        answer = browser.post(f"/mijn/tweede-stap/{path}", sent, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/aanmelden/")
    assert factors_of(worker) == [app]
    assert not SecondFactor.objects.filter(user=worker, kind=FactorKind.RECOVERY).exists()


def is_signed_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_it_says_why_that_session_ended(worker: User) -> None:
    browser = typed_password(worker)
    with_app(worker)
    said = browser.get("/mijn/tweede-stap/", follow=True).content.decode()
    assert "U hebt inmiddels een tweede stap. Meld u daarmee aan." in said


def test_half_way_ends_with_another_password(worker: User) -> None:
    browser = typed_password(with_app(worker))
    set_password(by=command_line(), user=worker, password="nog een zin om te onthouden")
    assert browser.post(STEP, {"code": code_now()}).headers["Location"] == "/aanmelden/"
    assert not is_in(browser)


def test_of_two_that_prove_one_count_of_a_passkey_the_second_is_refused(worker: User) -> None:
    key = SecondFactor.objects.create(
        user=worker, kind=FactorKind.PASSKEY, content=b"x", counter=5, made_at=dates.now()
    )
    read_before = SecondFactor.objects.get(pk=key.pk)
    assert prove_by_passkey(by=acting(worker), user=worker, factor=key, counter=6)
    assert not prove_by_passkey(by=acting(worker), user=worker, factor=read_before, counter=6)
    key.delete()
    assert not prove_by_passkey(by=acting(worker), user=worker, factor=read_before, counter=7)


def test_app_and_recovery_codes_of_before_a_change_of_keys_go_on(worker: User, keys: Keys) -> None:
    by = acting(with_app(worker))
    first, second, *_others = renew_recovery_codes(by=by, user=worker)
    keys.renew()
    assert prove_by_code(by=by, user=worker, code=first) is FactorKind.RECOVERY
    assert keys.seal_all_anew() == 1
    assert prove_by_code(by=by, user=worker, code=code_now(later=1)) is FactorKind.APP
    assert prove_by_code(by=by, user=worker, code=second) is FactorKind.RECOVERY
    assert prove_by_code(by=by, user=worker, code=second) is None


def test_recovery_codes_of_before_keep_the_old_keys_until_they_end(
    worker: User, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    by = acting(with_app(worker))
    code, *_others = renew_recovery_codes(by=by, user=worker)
    keys.renew()
    keys.seal_all_anew()
    keys.age(max(LASTS.values()))
    SecondFactor.objects.update(made_at=dates.now() - max(LASTS.values()) - timedelta(hours=1))
    with pytest.raises(Refusal, match="van 1 medewerkers zijn er nog 10 herstelcodes"):
        keys_command.run(["retire"])
    assert keys.ring.former
    assert keys_command.run(["retire", "--drop-recovery-codes"]) == 0
    assert "Vervallen: 10 herstelcodes" in capsys.readouterr().out
    assert not keys.ring.former
    assert prove_by_code(by=by, user=worker, code=code) is None
    assert prove_by_code(by=by, user=worker, code=code_now(later=1)) is FactorKind.APP
