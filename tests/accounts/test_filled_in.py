"""What is sent in after the session was over: kept for who sent it, shown once they are in again, sent once or gone."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse

from opstap.accounts.logic.totp import code_of, step_at
from opstap.accounts.models import Draft, User
from opstap.accounts.operations import drop_sent_late, empty_old_drafts, keep_sent_late
from opstap.accounts.permissions import actor_for
from opstap.accounts.personal_data import erase, personal_data_of
from opstap.accounts.selectors import sent_late_by
from opstap.audit.models import Access
from opstap.audit.operations import Erasing
from opstap.audit.permissions import background_jobs, command_line
from opstap.audit.selectors.pseudonyms import pseudonym_of
from opstap.clients.models import CaseNumber
from opstap.config.middleware import BESIDES
from opstap.config.resuming import DRAFTS, NEVER
from opstap.config.sent_once import EACH_TIME
from opstap.foundation import dates
from tests.dossier.desks import FIRST, Desk, words_of
from tests.factories.accounts import a_case_manager
from tests.factories.clients import a_client
from tests.factories.municipality import a_setting
from tests.factories.pages import signed_in
from tests.factories.region import Region, dossier
from tests.factories.sessions import PASSWORD, after, entered
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
HERE = "/mijn/ingevuld/"
ADD_APP = "/mijn/tweede-stap/app/"
NUMBER = {"number": "Z-2024-17 van de kanarie", **FIRST}


@dataclass
class Late:
    """Somebody whose session is over at the moment that they send the number of a case."""

    desk: Desk
    browser: Browser
    page: str

    def send(self, given: dict[str, str] | None = None, page: str = "", browser: Browser | None = None) -> str:
        """Send a form; returns what is said at signing in."""
        page = page or self.page
        chosen = browser or self.browser
        answer = chosen.post(page, given or NUMBER, headers={"Referer": f"http://testserver{page}"})
        following = HERE if Draft.objects.exists() else page
        assert answer.headers["Location"] == f"/aanmelden/?next={quote(following)}"
        return unescape(chosen.get(answer.headers["Location"]).content.decode())

    def enter(self, user: User | None = None, browser: Browser | None = None) -> str:
        """Sign in again; returns where that leads."""
        user = user or self.desk.worker
        given = {"username": user.sign_in_name or "", "password": PASSWORD, "next": self.page}
        return str((browser or self.browser).post("/aanmelden/", given).headers["Location"])

    def shown(self, browser: Browser | None = None) -> str:
        return (browser or self.browser).get(HERE).content.decode()

    def send_after_all(self, page: str | None = None) -> tuple[int, str]:
        """Press the button, as a browser without a script does."""
        page = page or self.shown()
        form = re.search(r'<form class="form" method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
        assert form is not None
        fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form[2])
        sent = {unescape(name): unescape(value) for name, value in fields}
        answer = self.browser.post(unescape(form[1]), sent)
        return answer.status_code, answer.content.decode()


@pytest.fixture
def late(desk: Desk) -> Late:
    a_setting(desk.town, "second_factor_roles", "none")
    return Late(desk, entered(desk.worker), f"{desk.url}onderdeel/zaaknummer/nieuw/")


@pytest.fixture
def desk(client: Browser) -> Desk:
    return Desk(client)


def test_it_is_kept_shown_and_sent_with_one_press_and_saved_once(late: Late) -> None:
    with after(minutes=45):
        assert "een uur bewaard" in late.send()
        assert late.enter() == HERE
        page = late.shown()
        words = unescape(words_of(page))
        assert "Wat u had ingevuld" in words
        assert "Bakker" in words  # whom it is about
        assert "Zaaknummer Z-2024-17 van de kanarie" in words
        assert "Vanaf 1 jan 2024" in words
        assert not CaseNumber.objects.exists()
        assert late.send_after_all(page)[0] == 302
        assert [one.number for one in CaseNumber.objects.current()] == [NUMBER["number"]]
        assert late.send_after_all(page)[0] == 302  # of another tab: the same key
        assert CaseNumber.objects.current().count() == 1
        assert not Draft.objects.exists()
        assert "Hier staat niets klaar" in late.shown()


def test_it_is_in_english_too(late: Late) -> None:
    late.browser.post("/taal/", {"language": "en", "next": "/"})
    with after(minutes=45):
        assert "kept for an hour" in late.send()
        late.enter()
        words = words_of(late.shown())
        assert "What you had filled in" in words
        assert "Send it after all" in words


def test_nothing_personal_stands_in_the_address_or_the_title_and_no_cache_keeps_it(late: Late) -> None:
    with after(minutes=45):
        late.send()
        late.enter()
        answer = late.browser.get(HERE)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<title>Wat u had ingevuld · Opstap</title>" in answer.content.decode()
    assert "script-src" in answer.headers["Content-Security-Policy"]
    looked = Access.objects.filter(action="accounts:filled-in").latest("pk")
    assert (looked.user, bytes(looked.subject)) == (
        late.desk.worker.reference,
        pseudonym_of(late.desk.client.reference),
    )


def test_it_is_sealed_and_holds_no_token_and_no_key_of_the_form(late: Late) -> None:
    with after(minutes=45):
        late.send({**NUMBER, "once": "A" * 22, "csrfmiddlewaretoken": "b" * 64})
        kept = sent_late_by(late.desk.worker.pk, late.desk.town.pk)
    row = Draft.objects.get()
    assert b"kanarie" not in bytes(row.content)
    assert kept is not None
    assert kept.fields == {name: [value] for name, value in NUMBER.items()}
    assert kept.once != "A" * 22


def test_another_who_signs_in_in_that_browser_sees_nothing_of_it(late: Late) -> None:
    other = a_case_manager(late.desk.team, name="K. Ander")
    entered(other)
    with after(minutes=45):
        late.send()
        assert late.enter(other) == late.page
        assert "kanarie" not in late.shown()
        assert "Hier staat niets klaar" in late.shown()
        late.browser.post(HERE)
        assert Draft.objects.count() == 1


def test_it_stands_in_the_municipality_where_it_was_filled_in_and_in_no_other(region: Region) -> None:
    browser = entered(region.jo)
    page = f"{dossier(region.anna)}onderdeel/zaaknummer/nieuw/"
    form = browser.get(page).content.decode()
    found = re.search(r'name="shown_in" value="([^"]+)"', form)
    assert found is not None
    with after(minutes=45):
        browser.post(page, {**NUMBER, "shown_in": found[1]}, headers={"Referer": f"http://testserver{page}"})
        given = {"username": region.jo.sign_in_name or "", "password": PASSWORD}
        assert browser.post("/aanmelden/", given).headers["Location"] == HERE
        browser.post("/mijn/gemeente/", {"municipality": region.zuid.reference})
        elsewhere = browser.get(HERE).content.decode()
        assert "kanarie" not in elsewhere
        browser.post(HERE)
        browser.post("/mijn/gemeente/", {"municipality": region.noord.reference})
        assert "kanarie" in browser.get(HERE).content.decode()


def test_of_which_municipality_it_is_must_be_known(region: Region) -> None:
    browser = entered(region.jo)
    with after(minutes=45):
        browser.post(f"{dossier(region.anna)}onderdeel/zaaknummer/nieuw/", NUMBER)
    assert not Draft.objects.exists()


def test_it_is_thrown_away(late: Late) -> None:
    with after(minutes=45):
        late.send()
        late.enter()
        answer = late.browser.post(HERE)
        assert answer.headers["Location"] == late.page
        assert "Wat u had ingevuld is weggegooid" in late.browser.get(late.page).content.decode()
        assert not Draft.objects.exists()
        assert late.enter() == late.page


def test_a_correction_that_a_colleague_saved_meanwhile_is_shown_beside_it(late: Late) -> None:
    late.browser.post(late.page, NUMBER)
    listed = late.browser.get(late.page.removesuffix("nieuw/")).content.decode()
    found = re.search(r'href="([^"]+/verbeteren/)"', listed)
    assert found is not None
    mine = Window(late.browser, found[1])
    theirs = Window(signed_in(late.desk.leader), found[1])
    assert theirs.send(number="Z-99", why="van de brief") == 302
    with after(minutes=45):
        late.send({**mine.fields, "number": "Z-11 van mij", "why": "mijn reden"}, found[1])
        assert late.enter() == HERE
        status, page = late.send_after_all()
    assert status == 409
    assert f"{late.desk.leader.name} heeft dit intussen gewijzigd" in words_of(page)
    assert "Z-11 van mij" in page
    assert [one.number for one in CaseNumber.objects.current()] == ["Z-99"]
    assert not Draft.objects.exists()


def test_what_is_not_filled_in_well_comes_back_on_its_own_page(late: Late) -> None:
    with after(minutes=45):
        late.send({**NUMBER, "starts_on": "gisteren"})
        late.enter()
        status, page = late.send_after_all()
    assert status == 400
    assert "kanarie" in page
    assert not Draft.objects.exists()


def test_the_gate_decides_when_it_is_sent_and_what_is_refused_stays(late: Late) -> None:
    """Of somebody elses client: what was typed is shown to who typed it, and nothing of the dossier."""
    theirs = a_client(late.desk.town, number="K9", surname="Verborgen")
    with after(minutes=45):
        late.send(page=f"/clienten/{theirs.reference}/onderdeel/zaaknummer/nieuw/")
        assert late.enter() == HERE
        page = late.shown()
        assert "kanarie" in page
        assert "Verborgen" not in page
        assert late.send_after_all(page)[0] == 404
        assert "kanarie" in late.shown()
    assert not CaseNumber.objects.exists()


def test_after_an_hour_it_is_gone(late: Late) -> None:
    with after(minutes=45):
        late.send()
    with after(minutes=45 + 61):
        assert late.enter() == late.page
        assert "kanarie" not in late.shown()
        assert empty_old_drafts(by=background_jobs()) == 1
    assert not Draft.objects.exists()


def test_the_last_form_is_kept(late: Late) -> None:
    with after(minutes=45):
        late.send()
        late.enter()
    with after(minutes=90):
        late.send({**NUMBER, "number": "Z-88 later"})
    assert Draft.objects.count() == 1
    with after(minutes=91):
        late.enter()
        assert "Z-88 later" in late.shown()


@pytest.mark.parametrize(
    ("page", "sent"),
    [
        ("/mijn/wachtwoord/", {"old_password": "geheim", "new_password1": "een ander geheim"}),
        ("/mijn/account/", {"action": "prove", "password": "geheim"}),
        ("/mijn/tweede-stap/app/", {"code": "123456"}),
        ("/clienten/lijsten/bewaren/", {"name": "lijst", "password": "geheim"}),
        ("/clienten/lijsten/bewaren/", {"name": "  "}),
    ],
)
def test_a_password_or_code_is_never_kept(late: Late, page: str, sent: dict[str, str]) -> None:
    with after(minutes=45):
        assert "niet bewaard" in late.send(sent, page)
    assert not Draft.objects.exists()


def test_a_file_is_said_to_be_chosen_again(late: Late) -> None:
    with after(minutes=45):
        file = SimpleUploadedFile("lijst.csv", b"a;b")
        answer = late.browser.post(late.page, {**NUMBER, "file": file})
        said = late.browser.get(answer.headers["Location"]).content.decode()
    assert "kies het bestand opnieuw" in said
    assert not Draft.objects.exists()


def test_what_is_not_kept_names_addresses_that_are_there() -> None:
    for name in {*NEVER, *DRAFTS, *EACH_TIME, *BESIDES} - {"set_language"}:
        kwargs = {"reference": "a"} if name.split(":")[0] in {"ladder", "contacts", "dossier"} else {}
        assert reverse(name, kwargs=kwargs)


def test_it_is_given_and_erased_with_the_client(late: Late) -> None:
    with after(minutes=45):
        late.send()
    other = a_client(late.desk.town, number="K2")
    assert "kanarie" in str(personal_data_of(late.desk.client)[0].values["content"])
    assert personal_data_of(other) == []
    erasing = Erasing(frozenset({other.pk}), frozenset({other.reference}))
    erase(other, erasing)  # any form may name anybody
    assert (erasing.gone, Draft.objects.count()) == ({"accounts.draft": 1}, 0)


def test_who_must_add_a_second_step_first_is_led_to_it_from_the_recovery_codes(late: Late) -> None:
    with after(minutes=45):
        late.send()
        a_setting(late.desk.town, "second_factor_roles", "all")
        late.enter()
        page = late.browser.get(ADD_APP).content.decode()
        letters = re.findall(r'<code class="one-time">([A-Z2-7 ]+)</code>', page)[0]
        code = code_of(base64.b32decode(letters.replace(" ", "")), step_at(dates.now()))
        shown = late.browser.post(ADD_APP, {"code": code}, follow=True).content.decode()
        assert f'<a class="button" href="{HERE}">' in shown


def test_nobody_keeps_anything_for_somebody_else(late: Late) -> None:
    by, other = actor_for(late.desk.worker), actor_for(late.desk.leader)
    keep_sent_late(by=by, to="/x/", page="", about="", fields={"note": ["een"]})
    drop_sent_late(by=other, reference=Draft.objects.get().reference)
    assert Draft.objects.count() == 1
    with pytest.raises(PermissionDenied):
        keep_sent_late(by=command_line(), to="/x/", page="", about="", fields={})
