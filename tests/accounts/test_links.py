"""A password chosen by a link from a message: invited or forgotten; once, for a while, and telling nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django_tasks_db.models import DBTaskResult

from opstap.accounts.models import Session, User
from opstap.accounts.operations import (
    LinkOver,
    ask_for_link,
    change_own_password,
    deactivate_user,
    reset_factors,
    send_link,
    set_password,
)
from opstap.accounts.selectors.links import user_of_link
from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.municipality.models import Municipality
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, acting
from tests.factories.jobs import do_all
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in
from tests.factories.windows import version_at
from tests.mailbox import Mailbox, set_mail

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https://opstap\.zeist\.example(/aanmelden/link/\S+)")
NEW = "een gloednieuwe lange zin"


@pytest.fixture
def town() -> Municipality:
    municipality = a_municipality()
    a_setting(municipality, "second_factor_roles", "none")
    return municipality


@pytest.fixture
def worker(town: Municipality) -> User:
    user = a_case_manager(a_team(town), name="Cas Manager")
    set_password(by=command_line(), user=user, password="een zin om te vergeten")
    User.objects.filter(pk=user.pk).update(email="cas@zeist.example")
    user.refresh_from_db()
    return user


@pytest.fixture
def mailbox(settings: LazySettings) -> Iterator[Mailbox]:
    cache.clear()
    with Mailbox() as box:
        set_mail(settings, box.port)
        yield box


def link_in(mailbox: Mailbox) -> str:
    """The link of the last message."""
    do_all()
    found = LINK.search(mailbox.came[-1].get_content())
    assert found
    return found.group(1)


def choose(browser: Client, path: str, password: str = NEW) -> str:
    page = browser.get(path, follow=True).content.decode()
    assert path not in page
    sent = {"new_password1": password, "new_password2": password}
    return str(browser.post("/aanmelden/wachtwoord/", sent, follow=True).content.decode())


def test_somebody_new_with_a_mail_address_is_invited_and_chooses_a_password(
    town: Municipality, mailbox: Mailbox
) -> None:
    admin = signed_in(a_functional_administrator(town))
    sent = {
        "name": "Nina Nieuw",
        "sign_in_name": "nina",
        "email": "Nina@Zeist.example",
        "role": "case_manager",
        "since": dates.today().isoformat(),
    }
    page = admin.post("/beheer/gebruikers/nieuw/", sent, follow=True).content.decode()
    assert "one-time" not in page
    path = link_in(mailbox)
    (message,) = mailbox.came
    assert message["To"] == "nina@zeist.example"
    for personal in ("Nina", "nina"):
        assert personal not in message.get_content()
        assert personal not in message["Subject"]
    browser = Client()
    said = choose(browser, path)
    assert "Uw wachtwoord is gekozen" in said
    user = User.objects.get(sign_in_name="nina")
    assert user.check_password(NEW)
    assert not user.must_change_password
    assert browser.post("/aanmelden/", {"username": "nina", "password": NEW}).status_code == 302


def test_a_link_is_for_one_time(worker: User, mailbox: Mailbox) -> None:
    ask_by_page(worker)
    path = link_in(mailbox)
    choose(Client(), path)
    again = Client().get(path)
    assert again.status_code == 404
    assert "werkt niet meer" in again.content.decode()
    assert Client().get("/aanmelden/wachtwoord/").status_code == 302


def ask_by_page(worker: User, typed: str = "") -> str:
    answer = Client().post("/aanmelden/vergeten/", {"typed": typed or worker.sign_in_name}, follow=True)
    return str(answer.content.decode())


@pytest.mark.parametrize(("kind", "good", "over"), [("vergeten", 50, 70), ("uitnodiging", 71 * 60, 73 * 60)])
def test_a_link_is_over_after_a_while(worker: User, mailbox: Mailbox, kind: str, good: int, over: int) -> None:
    if kind == "uitnodiging":
        worker.set_unusable_password()
        worker.save()
    send_link(by=command_line(), user=worker)
    path = link_in(mailbox)
    assert f"/link/{kind}/" in path
    with time_machine.travel((dates.now() + timedelta(minutes=good)).astimezone(dates.AMSTERDAM)):
        assert Client().get(path).status_code == 302
    with time_machine.travel((dates.now() + timedelta(minutes=over)).astimezone(dates.AMSTERDAM)):
        assert Client().get(path).status_code == 404


def test_a_link_that_was_changed_or_is_of_another_kind_is_none(worker: User, mailbox: Mailbox) -> None:
    ask_by_page(worker)
    path = link_in(mailbox)
    wrong = path[:-2] + ("a/" if path[-2] != "a" else "b/")
    colleague = a_case_manager(a_team(worker.municipality))
    for changed in (
        wrong,
        path.replace("/vergeten/", "/uitnodiging/"),
        path.replace("/vergeten/", "/iets/"),
        path.replace(worker.reference, colleague.reference),
    ):
        assert Client().get(changed).status_code == 404
    deactivate_by_admin(worker)
    assert Client().get(path).status_code == 404


def deactivate_by_admin(worker: User) -> None:
    a_functional_administrator(worker.municipality)
    deactivate_user(by=command_line(), user=worker)


def test_the_answer_and_the_work_are_the_same_for_a_name_that_nobody_has(worker: User, mailbox: Mailbox) -> None:
    known = ask_by_page(worker)
    unknown = ask_by_page(worker, "bestaat-niet")
    by_mail = ask_by_page(worker, "CAS@zeist.example")
    masked = [re.sub(r'value="[^"]*"|nonce="[^"]*"', "", page) for page in (known, unknown, by_mail)]
    assert masked[0] == masked[1] == masked[2]
    assert "Is dit hier bekend" in known
    assert DBTaskResult.objects.count() == 3
    assert Event.objects.filter(verb="ask_for_link").count() == 3
    do_all()
    assert [message["To"] for message in mailbox.came] == ["cas@zeist.example"] * 2


def test_asking_too_often_from_one_place_is_refused(worker: User, mailbox: Mailbox) -> None:
    said = [ask_by_page(worker, f"naam-{number}") for number in range(11)]
    assert "te vaak gevraagd" not in said[9]
    assert "te vaak gevraagd" in said[10]
    assert DBTaskResult.objects.count() == 10


def test_no_secret_and_no_address_waits_in_the_database(worker: User, mailbox: Mailbox) -> None:
    ask_by_page(worker)
    waiting = str(DBTaskResult.objects.get().args_kwargs)
    assert "cas@" not in waiting
    assert "Cas" not in waiting
    path = link_in(mailbox)
    assert path.split("/")[-2] not in str(list(DBTaskResult.objects.values()))


def test_another_password_by_a_link_ends_all_sessions(worker: User, mailbox: Mailbox) -> None:
    browser = signed_in(worker)
    ask_by_page(worker)
    choose(Client(), link_in(mailbox))
    assert not Session.objects.filter(user=worker).exists()
    assert browser.get("/clienten/").status_code == 302


def test_a_weak_or_different_second_password_is_refused(worker: User, mailbox: Mailbox) -> None:
    ask_by_page(worker)
    browser = Client()
    browser.get(link_in(mailbox))
    for one, two in (("kort", "kort"), (NEW, NEW + "!")):
        answer = browser.post("/aanmelden/wachtwoord/", {"new_password1": one, "new_password2": two})
        assert answer.status_code == 400
    worker.refresh_from_db()
    assert not worker.check_password(NEW)


def test_without_mail_the_page_sends_to_signing_in_and_the_old_way_stays(town: Municipality) -> None:
    assert Client().get("/aanmelden/vergeten/").headers["Location"] == "/aanmelden/"
    assert "Vraag uw functioneel beheerder" in Client().get("/aanmelden/").content.decode()
    sent = {"name": "Oud", "sign_in_name": "oud", "role": "case_manager", "since": dates.today().isoformat()}
    admin = signed_in(a_functional_administrator(town))
    page = admin.post("/beheer/gebruikers/nieuw/", {**sent, "email": "oud@zeist.example"}, follow=True)
    assert "one-time" in page.content.decode()


def test_the_administrator_mails_a_link_from_the_page_of_a_user(worker: User, mailbox: Mailbox) -> None:
    admin, page = signed_in(a_functional_administrator(worker.municipality)), f"/beheer/gebruikers/{worker.reference}/"
    said = admin.post(page, {"action": "mail"}, follow=True).content.decode()
    assert "onderweg naar Cas Manager" in said
    link_in(mailbox)
    User.objects.filter(pk=worker.pk).update(email=None)
    assert admin.post(page, {"action": "mail"}).status_code == 404
    with pytest.raises(PermissionDenied):
        send_link(by=acting(worker), user=worker)
    with pytest.raises(PermissionDenied):
        ask_for_link(by=acting(worker), typed="x")


def test_a_mail_address_is_one_persons(worker: User) -> None:
    colleague = a_case_manager(a_team(worker.municipality))
    admin, page = (
        signed_in(a_functional_administrator(worker.municipality)),
        f"/beheer/gebruikers/{colleague.reference}/",
    )
    sent = {"action": "change", "change-name": "Naam", "change-email": "CAS@zeist.example"}
    sent |= version_at(admin, page, "change-name")
    answer = admin.post(page, sent)
    assert answer.status_code == 400
    assert "heeft dit e-mailadres al" in answer.content.decode()
    assert admin.post(page, {**sent, "change-email": "Ander@zeist.example"}).status_code == 302
    colleague.refresh_from_db()
    assert colleague.email == "ander@zeist.example"


def test_who_loses_the_second_step_is_told(worker: User, mailbox: Mailbox) -> None:
    reset_factors(by=command_line(), user=worker)
    do_all()
    (message,) = mailbox.came
    assert "tweede stap" in message["Subject"]
    assert "Cas" not in message.get_content()


def test_of_two_that_use_one_link_at_once_the_second_is_refused(worker: User, mailbox: Mailbox) -> None:
    ask_by_page(worker)
    _, _, _, kind, reference, token, _ = link_in(mailbox).split("/")
    found = user_of_link(kind, reference, token)
    assert found
    by, link = acting(worker), (kind, reference, token)
    change_own_password(by=by, user=found, password=NEW, link=link)
    with pytest.raises(LinkOver):
        change_own_password(by=by, user=worker, password="van een ander, even lang", link=link)
    worker.refresh_from_db()
    assert worker.check_password(NEW)
