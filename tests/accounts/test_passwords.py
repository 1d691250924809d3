"""What a password may be, how it is kept, and that signing in begins a new session."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, override_settings
from django.urls import reverse

from opstap.accounts.forms.passwords import HardToGuess, common_words
from opstap.accounts.models import Session, User
from opstap.accounts.operations import give_one_time_password, renew_recovery_codes, set_password
from opstap.accounts.operations.factors import CODES, HALF
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.foundation.references import ALPHABET
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_team, acting
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in

SENTENCE = "een zin om te onthouden"
RANDOM_BITS = 128


@pytest.fixture
def worker(db: None) -> User:
    user = a_case_manager(a_team(a_municipality()))
    set_password(by=command_line(), user=user, password=SENTENCE)
    return user


def tried(user: User, password: str, browser: Client | None = None) -> Client:
    browser = browser or Client()
    browser.post(reverse("accounts:sign-in"), {"username": user.sign_in_name, "password": password})
    return browser


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


@pytest.mark.parametrize(
    "password",
    ["123456789012", "qwertyuiopasdf", "passwordpassword", "administrator", "qazwsxedcrfv", "jamesbond007", "x" * 40],
)
def test_what_is_tried_first_is_refused(password: str) -> None:
    with pytest.raises(ValidationError, match="makkelijk te raden"):
        validate_password(password)


def test_a_password_that_grows_when_its_capitals_are_folded_can_be_chosen() -> None:
    validate_password("ß" * 3 + "kraai lantaarn oever trommel " * 3)
    with pytest.raises(ValidationError, match="makkelijk te raden"):
        validate_password("ß" * 72)


@pytest.mark.parametrize(
    "password", ["Welkom2026!!", "Wachtwoord123", "GemeenteZomer1", "opstapopstap", "Bijstand2026!"]
)
def test_words_of_this_work_are_easy_to_guess(password: str) -> None:
    with pytest.raises(ValidationError, match="makkelijk te raden"):
        validate_password(password)


@pytest.mark.parametrize("password", ["Oedipus-1987!", "j.vanzwaaij2026", "Terschelling26"])
def test_who_one_is_and_where_one_works_are_easy_to_guess(password: str) -> None:
    town = Municipality(name="Terschelling")
    user = User(name="Jo Oedipus", sign_in_name="j.vanzwaaij", municipality=town)
    validate_password(password, User(name="Iemand anders", sign_in_name="iemand"))
    with pytest.raises(ValidationError, match="makkelijk te raden"):
        validate_password(password, user)


@pytest.mark.parametrize("password", ["", "kort", "elf tekens!"])
def test_a_short_one_is_told_so_once(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert [message[:28] for message in refused.value.messages] == ["Dit wachtwoord is te kort. H"]


def test_every_common_word_stands_once_and_counts() -> None:
    words = common_words()
    assert len(words) == len(set(words))
    for word in words:
        with pytest.raises(ValidationError, match="makkelijk te raden"):
            HardToGuess().validate(f"{word.capitalize()}{word * 3}1")


def test_one_is_told_so_where_one_chooses_it(worker: User) -> None:
    browser = signed_in(worker)
    typed = {"old_password": SENTENCE, "new_password1": "Welkom2026!!", "new_password2": "Welkom2026!!"}
    page = browser.post(reverse("accounts:own-password"), typed)
    assert "Dit wachtwoord is makkelijk te raden." in page.content.decode()
    worker.refresh_from_db()
    assert worker.check_password(SENTENCE)


@pytest.mark.parametrize(
    "password", ["zonder hoofdletters", "ALLEENDUURLOGEN", "blauwe🚲fietsen", "739204817265", ("lampje gras " * 6)[:64]]
)
def test_no_kind_of_sign_is_asked_or_refused_and_64_are_allowed(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize("length", [64, 200])
def test_a_long_password_is_compared_whole(worker: User, length: int) -> None:
    long = ("lang en breed " * 20)[: length - 1] + "x"
    set_password(by=command_line(), user=worker, password=long)
    assert not is_in(tried(worker, long[:-1])), "cut short"
    assert is_in(tried(worker, long))


@pytest.mark.parametrize("change", [str.upper, str.strip, lambda said: said + " ", lambda said: said.replace(" ", "")])
def test_a_password_is_compared_as_it_is_typed(worker: User, change: Callable[[str], str]) -> None:
    set_password(by=command_line(), user=worker, password=f" {SENTENCE}")
    assert not is_in(tried(worker, change(f" {SENTENCE}")))
    assert is_in(tried(worker, f" {SENTENCE}"))


def test_password_managers_know_the_fields_and_pasting_is_not_prevented(worker: User) -> None:
    page = Client().get(reverse("accounts:sign-in")).content.decode()
    assert 'autocomplete="username' in page
    assert 'autocomplete="current-password"' in page
    assert "onpaste" not in page
    own = signed_in(worker).get(reverse("accounts:own-password")).content.decode()
    assert own.count('autocomplete="new-password"') == 2


def test_a_password_has_no_end_and_no_secret_question(worker: User) -> None:
    later = dates.now().replace(year=dates.now().year + 3)
    with dates.clock_at(later):
        assert is_in(tried(worker, SENTENCE))
    assert not {field.name for field in User._meta.get_fields()} & {"question", "answer", "hint", "password_changed_at"}


@pytest.mark.parametrize(("days", "gets_in"), [(13, True), (15, False)])
def test_a_password_for_one_time_is_good_for_two_weeks(worker: User, days: int, *, gets_in: bool) -> None:
    given = give_one_time_password(by=command_line(), user=worker)
    with dates.clock_at(dates.now() + timedelta(days=days)):
        browser = Client()
        page = browser.post(reverse("accounts:sign-in"), {"username": worker.sign_in_name, "password": given})
        assert is_in(browser) is gets_in
        assert gets_in or "meer dan twee weken geleden gegeven" in page.content.decode()
        again = give_one_time_password(by=command_line(), user=worker)
        assert is_in(tried(worker, again))


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
def test_what_is_kept_is_stretched_and_salted() -> None:
    kept, other = make_password(SENTENCE), make_password(SENTENCE)
    assert kept != other
    assert identify_hasher(kept).algorithm == "pbkdf2_sha256"
    assert int(kept.split("$")[1]) >= 600_000, "OWASP: at least 600,000 rounds of SHA-256"


def test_signing_in_begins_a_session_that_is_random_and_new(worker: User) -> None:
    browser = Client()
    browser.get(reverse("accounts:sign-in"))
    browser.session["before"] = "a session of a visitor"
    browser.session.save()
    keys = {tried(worker, SENTENCE).session.session_key for _ in range(5)} | {None}
    before = browser.session.session_key
    tried(worker, SENTENCE, browser)
    keys |= {before, browser.session.session_key}
    assert len(keys - {None}) == 7, "each sign-in has a key of its own, not that of the visitor"
    for key in Session.objects.filter(user=worker).values_list("session_key", flat=True):
        assert key.isalnum()
        assert len(key) * math.log2(36) >= RANDOM_BITS


def test_recovery_codes_are_random_and_cannot_be_guessed(worker: User) -> None:
    codes = renew_recovery_codes(by=acting(worker), user=worker) + renew_recovery_codes(by=acting(worker), user=worker)
    assert len(set(codes)) == 2 * CODES
    assert all(set(code) <= set(ALPHABET) | {"-"} for code in codes)
    assert 2 * HALF * math.log2(len(set(ALPHABET))) >= 20, "bits of one code"


def test_of_a_field_that_is_sent_twice_one_value_counts(worker: User) -> None:
    for first, second, gets_in in ((SENTENCE, "iets heel anders", False), ("iets heel anders", SENTENCE, True)):
        browser = Client()
        browser.post(reverse("accounts:sign-in"), {"username": worker.sign_in_name, "password": [first, second]})
        assert is_in(browser) is gets_in
