"""The second step: an app with codes, recovery codes, who must have one, taking it away; wrong codes count too."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.accounts.enums import FactorKind
from opstap.accounts.logic.totp import code_of, step_at, step_of
from opstap.accounts.models import SecondFactor, User
from opstap.accounts.operations import (
    FactorRefused,
    add_app,
    prove_by_code,
    prove_by_passkey,
    remove_factor,
    renew_recovery_codes,
    reset_factors,
    set_password,
)
from opstap.accounts.selectors.factors import factors_of, needs_factor
from opstap.accounts.selectors.links import LASTS
from opstap.audit.models import Access, Event
from opstap.audit.permissions import command_line
from opstap.config.command import Refusal
from opstap.config.commands import keys_command
from opstap.foundation import dates
from opstap.municipality.enums import Environment
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, acting
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.keys_changed import Keys, keys

__all__ = ["keys"]

pytestmark = pytest.mark.django_db
SECRET = base64.b32encode(b"twintig tekens lang!").decode()
PASSWORD = "een zin om te onthouden"
STEP = "/aanmelden/tweede-stap/"
CODE = re.compile(r'<code class="one-time">([^<]+)</code>')


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def worker(town: Municipality) -> User:
    user = a_case_manager(a_team(town))
    set_password(by=command_line(), user=user, password=PASSWORD)
    return user


def code_now(secret: str = SECRET, later: int = 0) -> str:
    return code_of(base64.b32decode(secret), step_at(dates.now()) + later)


def with_app(user: User) -> User:
    """Their app was set up a while ago."""
    with dates.clock_at(dates.now() - timedelta(hours=1)):
        add_app(by=acting(user), user=user, secret=SECRET, code=code_now())
    return user


def typed_password(user: User, browser: Client | None = None, following: str = "") -> Client:
    browser = browser or Client()
    answer = browser.post("/aanmelden/", {"username": user.sign_in_name, "password": PASSWORD, "next": following})
    assert answer.status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/mijn/account/").status_code == 200


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


def test_a_wrong_code_lets_nobody_in_and_says_what_to_do(worker: User) -> None:
    browser = typed_password(with_app(worker))
    answer = browser.post(STEP, {"code": "000000" if code_now() != "000000" else "111111"})
    assert answer.status_code == 400
    assert "Wacht op de volgende" in answer.content.decode()
    assert not is_in(browser)


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


def test_wrong_codes_lock_this_name_at_this_address_and_nobody_else(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    colleague = a_case_manager(a_team(worker.municipality))
    set_password(by=command_line(), user=colleague, password=PASSWORD)
    browser = typed_password(with_app(worker))
    answers = [browser.post(STEP, {"code": "x"}).status_code for _ in range(3)]
    assert answers == [400, 400, 429]
    assert browser.post(STEP, {"code": code_now()}).status_code == 429
    assert Client().post("/aanmelden/", {"username": worker.sign_in_name, "password": PASSWORD}).status_code == 429
    assert typed_password(colleague).get("/").headers["Location"] == "/mijn/tweede-stap/"


def test_mistakes_count_together_however_the_name_is_written(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    name = str(worker.sign_in_name)
    tries = [
        Client().post("/aanmelden/", {"username": typed, "password": "mis"})
        for typed in (name.upper(), name, f" {name} ")
    ]
    assert [answer.status_code for answer in tries] == [200, 200, 429]


def test_who_must_have_one_sets_it_up_before_anything_else(worker: User) -> None:
    browser = typed_password(worker)
    for path in ("/", "/clienten/", "/mijn/account/", "/rapporten/"):
        assert browser.get(path).headers["Location"] == "/mijn/tweede-stap/"
    assert "Uw gemeente vraagt" in browser.get("/mijn/tweede-stap/").content.decode()
    page = browser.get("/mijn/tweede-stap/app/").content.decode()
    assert "<svg" in page
    assert " style=" not in page
    found = CODE.search(page)
    assert found
    secret = found.group(1).replace(" ", "")
    assert browser.post("/mijn/tweede-stap/app/", {"code": "12"}).status_code == 400
    answer = browser.post("/mijn/tweede-stap/app/", {"code": code_now(secret)}, follow=True)
    codes = CODE.findall(answer.content.decode())
    assert len(codes) == 10
    assert "herstelcodes.txt" in answer.content.decode()
    assert is_in(browser)
    assert browser.get("/mijn/tweede-stap/herstelcodes/").status_code == 302  # shown this once
    again = typed_password(worker)
    assert again.post(STEP, {"code": codes[3].upper().replace("-", " ")}).status_code == 302
    assert "nog 9 codes" in again.get("/mijn/tweede-stap/").content.decode()
    assert typed_password(worker).post(STEP, {"code": codes[3]}).status_code == 400


def test_the_secret_stands_encrypted_and_recovery_codes_only_as_a_digest(worker: User) -> None:
    with_app(worker)
    codes = renew_recovery_codes(by=acting(worker), user=worker)
    stored = b"".join(bytes(one.content) for one in SecondFactor.objects.filter(user=worker))
    assert SECRET.encode() not in stored
    assert not any(code.encode() in stored or code.replace("-", "").encode() in stored for code in codes)


def test_the_municipality_says_of_whom_it_is_asked(town: Municipality, worker: User) -> None:
    assert needs_factor(worker)
    a_setting(town, "second_factor_roles", "team_leader,coordinator")
    assert not needs_factor(worker)
    a_setting(town, "second_factor_roles", "case_manager", since=dates.today())
    assert needs_factor(worker)
    a_setting(town, "second_factor_roles", "none", since=dates.today())
    assert is_in(typed_password(worker))


@pytest.mark.parametrize(
    ("value", "asked"),
    [
        ("all", True),
        ("coordinator,case_manager", True),
        ("case_manager", True),
        ("coordinator", False),
        ("none", False),
    ],
)
def test_every_page_asks_it_as_the_setting_says(town: Municipality, worker: User, value: str, asked: bool) -> None:
    a_setting(town, "second_factor_roles", value)
    answer = typed_password(worker).get("/clienten/")
    assert (answer.status_code, answer.headers.get("Location")) == (
        (302, "/mijn/tweede-stap/") if asked else (200, None)
    )


def test_in_a_demo_it_is_asked_of_nobody_unless_chosen(town: Municipality, worker: User) -> None:
    Municipality.objects.filter(pk=town.pk).update(environment=Environment.DEMO)
    worker.refresh_from_db()
    assert not needs_factor(worker)
    a_setting(town, "second_factor_roles", "all")
    assert needs_factor(worker)


def test_the_setting_is_chosen_by_ticking_roles(town: Municipality) -> None:
    admin = signed_in(a_functional_administrator(town))
    page = "/beheer/instellingen/second_factor_roles/"
    sent = {"value": ["case_manager", "team_leader"], "since": dates.today().isoformat()}
    sent["version"] = str(admin.get(page).context["opened"].version)
    said = admin.post(page, sent, follow=True).content.decode()
    assert "casemanager, teamleider" in said
    assert "iedereen; in een demo niemand" in said


def test_one_who_needs_it_keeps_the_last(town: Municipality, worker: User) -> None:
    (app,) = factors_of(with_app(worker))
    renew_recovery_codes(by=acting(worker), user=worker)
    with pytest.raises(FactorRefused):
        remove_factor(by=acting(worker), user=worker, factor=app)
    said = signed_in(worker).post("/mijn/tweede-stap/", {"action": "remove", "factor": app.reference}, follow=True)
    assert "Dit is uw laatste" in said.content.decode()
    a_setting(town, "second_factor_roles", "none")
    signed_in(worker).post("/mijn/tweede-stap/", {"action": "remove", "factor": app.reference})
    assert not SecondFactor.objects.filter(user=worker).exists()


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


def test_what_is_asked_later_is_asked_of_who_is_in(town: Municipality, worker: User) -> None:
    a_setting(town, "second_factor_roles", "none")
    browser = typed_password(worker)
    assert is_in(browser)
    a_setting(town, "second_factor_roles", "case_manager", since=dates.today())
    assert browser.get("/clienten/").headers["Location"] == "/mijn/tweede-stap/"
    a_setting(town, "second_factor_roles", "none", since=dates.today())
    assert is_in(browser)


def test_half_way_ends_with_another_password(worker: User) -> None:
    browser = typed_password(with_app(worker))
    set_password(by=command_line(), user=worker, password="nog een zin om te onthouden")
    assert browser.post(STEP, {"code": code_now()}).headers["Location"] == "/aanmelden/"
    assert not is_in(browser)


def test_wrong_codes_from_many_addresses_stop_everybody_who_has_the_password(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 4
    with_app(worker)
    for number in range(4):
        browser = Client(REMOTE_ADDR=f"203.0.113.{number}")
        assert typed_password(worker, browser).post(STEP, {"code": "x"}).status_code == 400
    other = typed_password(worker, Client(REMOTE_ADDR="203.0.113.99"))
    assert other.post(STEP, {"code": code_now()}).status_code == 429


def test_behind_the_server_in_front_a_colleague_is_not_shut_out(worker: User, settings: Any) -> None:
    settings.AXES_ENABLED = True
    settings.AXES_FAILURE_LIMIT = 3
    elsewhere = {"X-Forwarded-For": "203.0.113.66"}
    wrong = {"username": worker.sign_in_name, "password": "mis"}
    answers = [Client(headers=elsewhere).post("/aanmelden/", wrong).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert typed_password(worker, Client(headers={"X-Forwarded-For": "203.0.113.5"})).get("/").status_code == 302


def test_a_wrong_code_is_no_deed_of_its_owner_and_stands_in_the_log(worker: User) -> None:
    browser = typed_password(with_app(worker))
    browser.post(STEP, {"code": "x"})
    assert not Event.objects.filter(verb="prove_factor").exists()
    Client().post("/aanmelden/sleutel/", {"passkey": "{}"})
    tried = Access.objects.exclude(action="accounts:sign-in").values_list("user", "action", "result")
    assert set(tried) == {("", "accounts:second-step", "refused"), ("", "accounts:passkey-sign-in", "refused")}
    browser.post(STEP, {"code": code_now()})
    assert Event.objects.filter(verb="prove_factor", about=worker.reference).count() == 1


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
