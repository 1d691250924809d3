"""Every page there is. Without JavaScript each is reached by links and each of its forms is sent; at 200 % zoom on a
screen of 1440 by 900 each is as it should be. Which pages there are is asked of the addresses: one that nothing leads
to, or a new one that is not walked, fails.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import APIResponse, Browser, FilePayload

from tests.architecture.test_urls import leaves
from tests.journeys.reading import Form, Read
from tests.journeys.walking import ZOOMED, Walker

Demo = tuple[str, dict[str, dict[str, str]]]
Key = tuple[str, str]  # the name of an address, and which of its kinds
STUCK = """() => {
  let taken = 0;
  for (const box of document.querySelectorAll('body *')) {
    const style = getComputedStyle(box), place = box.getBoundingClientRect();
    if (style.position === 'fixed' || style.position === 'sticky')
      if (place.top < innerHeight && place.bottom > 0 && place.width > innerWidth / 2)
        taken = Math.max(taken, place.height);
  }
  return taken / innerHeight;
}"""
# Addresses that stand for pages of several kinds: each kind is walked.
KINDS = {"reporting:report": "slug", "dossier:part": "slug", "dossier:add": "slug"}
EXAMPLES = {
    "dossier:client": 10,
    "contacts:note": 4,
    "contacts:plan": 4,
    "plans:help": 6,
    "dossier:part": 6,
    "reporting:people": 2,
}
NOT_WALKED = {
    "rights:decide": "only beside what a client asked: tests/privacy/test_correcting",
    "accounts:forgotten": "only where mail is set up: tests/accounts/test_links",
    "accounts:link": "stands in a message: tests/accounts/test_links",
    "accounts:choose-password": "only with a link from a message: tests/accounts/test_links",
    "accounts:organisation": "only where a provider is set: test_organisation",
    "accounts:organisation-return": "only by way of the provider: test_organisation",
    "accounts:second-step": "only for who has a second step: test_signing_in",
    "accounts:passkey-options": "a script asks it: test_signing_in",
    "accounts:recovery-codes": "shown once, after a second step was set up: test_signing_in",
    "security-txt": "a text at the address of RFC 9116, to which no page leads: test_every_answer",
    "accounts:choose-municipality": "only for who works in several: tests/dossier/test_several_towns",
    "accounts:filled-in": "only after a session was over: tests/accounts/test_filled_in",
    "accounts:let-in": "only where there are several municipalities: tests/accounts/test_several_towns",
    "accounts:time-left": "a script asks it; it answers with a number",
    "administration:set-up": "only before anything is set up: test_administration walks it, zoomed too",
    "ladder:draft": "a script keeps what is filled in; without one the form is saved as it is",
    "ladder:drop-draft": "stands on a form only with a draft, which a script keeps: test_placing",
    "contacts:draft": "a script keeps what is filled in; without one the form is saved as it is",
    "contacts:drop-draft": "stands on a form only with a draft, which a script keeps: test_contacts",
}
# What colleagues ask each other is walked as the case manager of whom they ask it.
OF_COLLEAGUES = ("/meldingen/", "/overdracht/", "/zoeken/buiten/", "/vervanging/", "/terugbellen/", "/noodtoegang/")
# Sent last: afterwards clients are out of sight of whoever walks, or the session has ended.
HIDES = {"dossier:known", "dossier:protect", "desk:hand-over", "desk:handover", "accounts:own-account"}
# Whatever is answered first ends it, so that the other buttons are gone: tests/dossier/test_handing_over sends each.
ANSWERED = {"desk:handover"}
NUMBER = re.compile(r"(?:Cliëntnummer|Client number) ([\w-]+) ·")  # the choice of language was sent too
HEAD = "Klantnummer;Achternaam;Geboortedatum;Begin uitkering;Uitkering;Datum meting;Trede;Groeipotentieel\r\n"
GOOD_ROW = "Z-1;Bakker;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja\r\n"
BAD_ROW = "Z-2;Visser;31-02-1980;01-01-2020;Pw;01-02-2020;3-;nee\r\n"


def key_of(path: str) -> Key | None:
    """Which page it is; None for what is no page of ours, such as a style sheet."""
    try:
        found = resolve(urlsplit(path).path)
    except Resolver404:
        return None
    return found.view_name, str(found.kwargs.get(KINDS.get(found.view_name, ""), ""))


@dataclass
class Plain:
    """Somebody without JavaScript: what they saw by following links, and the forms that stand there."""

    walker: Walker
    pages: dict[Key, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: set[str] = field(default_factory=set)
    forms: dict[tuple[str, str], list[tuple[str, Form]]] = field(default_factory=lambda: defaultdict(list))
    waiting: deque[str] = field(default_factory=deque)
    met: set[str] = field(default_factory=set)
    only: tuple[str, ...] = ("/",)

    def get(self, path: str) -> APIResponse:
        return self.walker.page.request.get(f"{self.walker.address}{path}")

    def read(self, path: str) -> Read:
        return Read(path, self.get(path).text())

    def send(self, form: Form, button: tuple[str, str] = ("", ""), **given: str) -> APIResponse:
        """What a browser sends when this button is pressed; where it leads to is not followed."""
        fields = [(name, value) for name, value in form.fields if name not in given] + list(given.items())
        if button[0]:
            fields.append(button)
        url = f"{self.walker.address}{form.action}"
        if form.method == "get":
            return self.walker.page.request.get(f"{url.split('?', maxsplit=1)[0]}?{urlencode(fields)}")
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Referer": url}
        return self.walker.page.request.post(url, data=urlencode(fields), headers=kind, max_redirects=0)

    def add(self, path: str) -> None:
        """To be looked at, unless enough of its kind were."""
        key = key_of(path)
        bare = urlsplit(path).path  # another way back in the address makes no other page
        if (
            key is None
            or not bare.startswith(self.only)
            or bare in self.met
            or len(self.pages[key]) >= EXAMPLES.get(key[0], 2)
        ):
            return
        self.met.add(bare)
        self.pages[key].append(path)
        self.waiting.append(path)

    def crawl(self) -> None:
        """Follow every link, and see that it leads to a page that asks no script."""
        while self.waiting:
            path = self.waiting.popleft()
            key = key_of(path)
            assert key is not None
            answer = self.get(path)
            assert answer.status == 200, f"a link leads to {path}, which answers {answer.status}"
            if "text/html" not in answer.headers["content-type"]:
                self.files.add(key[0])
                self.pages[key].remove(path)
                continue
            at = urlsplit(answer.url)._replace(scheme="", netloc="", fragment="").geturl()  # perhaps led on
            page = Read(at, answer.text())
            assert page.inline == [], f"{path} asks a script: {page.inline}"
            for link in page.links:
                self.add(link)
            self._keep(at, page)

    def _keep(self, path: str, page: Read) -> None:
        for form in page.forms:
            assert form.buttons, f"a form on {path} to {form.action} can't be sent without a script"
            assert form.method == "get" or form.has_token, f"a form on {path} to {form.action} has no token"
            action = key_of(form.action)
            assert action is not None, f"a form on {path} leads to {form.action}"
            for name, value in form.buttons:
                said = f"{name}={value}" if name in {"action", "what"} else name
                examples = self.forms[action[0], said]
                if len(examples) < 4 and not any(urlsplit(path).path == urlsplit(other).path for other, _ in examples):
                    examples.append((path, form))

    def send_all(self) -> list[str]:
        """Send every form as it stands, each button once: those that are nowhere saved, nor refused on a page."""
        wrong, settled = [], list[str]()
        for (action, said), examples in sorted(self.forms.items(), key=lambda one: one[0][0] in HIDES):
            if action != "accounts:sign-out":
                answers = [self._sent(action, said, path) for path, _form in examples[:1]]
                answers += [self._sent(action, said, path) for path, _form in examples[1:] if answers[0] not in GOOD]
                is_over = action in ANSWERED and action in settled
                if set(answers) & GOOD:
                    settled.append(action)
                elif not is_over:
                    wrong.append(f"{action} ({said}) on {[path for path, _ in examples]}: {answers}")
        return wrong

    def _sent(self, action: str, said: str, path: str) -> int:
        for form in self.read(path).forms:
            for name, value in form.buttons:
                if (key_of(form.action) or ("", ""))[0] == action and said in {name, f"{name}={value}"}:
                    answer = self.send(form, (name, value))
                    if answer.status in {302, 303}:
                        self.add(answer.headers["location"])
                    return answer.status
        return 404

    @property
    def names(self) -> set[str]:
        """Every address that was opened, sent to, or handed over as a file."""
        return {name for (name, _kind), paths in self.pages.items() if paths} | self.files | {a for a, _ in self.forms}


GOOD = {200, 302, 303, 400}


def zoomed_in(walker: Walker, plain: Plain, seen: set[Key]) -> list[str]:
    """One page of each kind, in half the room: what is wrong with any."""
    wrong = []
    for key, paths in list(plain.pages.items()):
        if key not in seen and paths:
            seen.add(key)
            try:
                look_at(walker, paths)
            except AssertionError as found:
                wrong.append(str(found))
            walker.complaints.clear()
    return wrong


def look_at(walker: Walker, paths: list[str]) -> None:
    """The first of these pages that is still there."""
    for path in paths:
        answer = walker.page.goto(f"{walker.address}{path}")
        if answer is not None and answer.status == 200:
            break
    else:
        pytest.fail(f"{paths} can't be opened any more")
    walker.check()
    assert walker.page.evaluate(STUCK) < 0.34, f"what stays in place covers {path}"
    assert walker.page.locator("main h1").first.is_visible(), path


@pytest.fixture
def zoomed(browser: Browser, demo: Demo) -> Iterator[Walker]:
    context = browser.new_context(viewport=ZOOMED, device_scale_factor=2, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield Walker(page, *demo)
    context.close()


def walk(plain: Plain, *paths: str) -> set[str]:
    """From these pages on: the names of every address that was met."""
    for path in paths:
        plain.add(path)
    plain.crawl()
    seen: set[Key] = set()
    wrong = zoomed_in(plain.walker, plain, seen)
    wrong += plain.send_all()
    plain.crawl()
    wrong += zoomed_in(plain.walker, plain, seen)
    assert wrong == []
    return plain.names


def test_every_page_zoomed_and_without_a_script(zoomed: Walker) -> None:
    zoomed.sign_in("researcher")
    research = Plain(zoomed)  # before the coordinator ends what is open
    walked = walk(research, "/", "/begin/", "/onderzoek/")
    sign_out(research)
    zoomed.page.context.clear_cookies()  # the language that was chosen on the way
    zoomed.sign_in("coordinator")
    desk = Plain(zoomed)
    begin_work(desk)
    walked |= walk(desk, "/", "/begin/", "/clienten/", "/mijn/wachtwoord/")
    elsewhere = number_of_a_colleagues_client(desk)
    sign_out(desk)
    zoomed.sign_in("functional_administrator")
    administration = Plain(zoomed)
    trait = next(one for one in administration.read("/beheer/kenmerken/nieuw/").forms if "name_nl" in dict(one.fields))
    said = administration.send(trait, name_nl="Rijbewijs", key="driving", kind="yes_no", starts_on="2026-01-01")
    assert said.status == 302
    role = next(one for one in administration.read("/beheer/rollen/nieuw/").forms if "name_nl" in dict(one.fields))
    said = administration.send(role, name_nl="gesprekspartner", description_nl="Spreekt met mensen.")
    assert said.status == 302
    walked |= walk(administration, "/", "/begin/", "/beheer/")
    sign_out(administration)
    zoomed.sign_in("case_manager")
    colleagues = Plain(zoomed, only=OF_COLLEAGUES)
    calling = next(
        form
        for form in colleagues.read("/zoeken/buiten/").forms
        if form.method == "post" and not form.files and key_of(form.action) == ("desk:outside", "")
    )
    colleagues.add(colleagues.send(calling, number=elsewhere).headers["location"])
    walked |= walk(colleagues, *OF_COLLEAGUES[:3])
    sign_out(colleagues)
    zoomed.sign_in("privacy_officer")
    review = Plain(zoomed)
    walked |= walk(review, "/", "/begin/", "/inzage/")
    sign_out(review)
    walked |= walk(Plain(zoomed), "/aanmelden/")
    names = {name for name, _route, _pattern in leaves(get_resolver().url_patterns)}
    assert sorted(names - walked - NOT_WALKED.keys()) == [], "walk these, or say in NOT_WALKED why not"
    assert sorted(NOT_WALKED.keys() & walked) == [], "walked by now"
    assert NOT_WALKED.keys() <= names


def number_of_a_colleagues_client(plain: Plain) -> str:
    """Of the first caseload that the team page names."""
    caseload = next(link for link in plain.read("/team/").links if link.startswith("/clienten/?worker="))
    dossiers = [link for link in plain.read(caseload).links if key_of(link) == ("dossier:client", "")]
    told = (NUMBER.search(plain.get(link).text()) for link in dossiers)
    return next(found[1] for found in told if found)


def sign_out(plain: Plain) -> None:
    """By the button of every page."""
    form = next(one for one in plain.read("/begin/").forms if key_of(one.action) == ("accounts:sign-out", ""))
    assert plain.send(form, form.buttons[0]).status == 302


def begin_work(plain: Plain) -> None:
    """What leads to pages that no link leads to: a search, a list that is kept, clients ticked, a merge, a file."""
    caseload = plain.read("/clienten/")
    found = next(form for form in caseload.forms if form.action == "/zoeken/")
    plain.add(plain.send(found, q="van").headers["location"])
    by_action = {urlsplit(form.action).path: form for form in caseload.forms}
    plain.send(by_action["/clienten/lijsten/bewaren/"], name="Mijn lijst")
    dossiers = list(
        dict.fromkeys(link.split("?")[0] for link in caseload.links if key_of(link) == ("dossier:client", ""))
    )
    ticked = plain.send(by_action["/clienten/samen/"], what="confirm", client=dossiers[0].split("/")[2])
    plain.add(ticked.headers["location"])
    number = plain.get(dossiers[2]).text().split("Cliëntnummer ")[1].split("<")[0].split()[0].strip(",")
    merge = f"{dossiers[1]}samenvoegen/"
    form = next(form for form in plain.read(merge).forms if form.action.startswith(merge))
    asked = Read(merge, plain.send(form, number=number, why="zelfde persoon, twee keer ingevoerd").text())
    sure = next(form for form in asked.forms if form.action.startswith(merge))
    plain.add(plain.send(sure, sure.buttons[0]).headers["location"])
    plain.add(brought(plain, GOOD_ROW + BAD_ROW))
    check = brought(plain, GOOD_ROW.replace("Z-1", "Z-9"))
    confirm = next(form for form in plain.read(check).forms if key_of(form.action) == ("exchange:confirm", ""))
    plain.add(plain.send(confirm).headers["location"])


def brought(plain: Plain, rows: str) -> str:
    """Where a file waits to be confirmed."""
    upload = next(form for form in plain.read("/import/").forms if form.files)
    file = FilePayload(name="caseload.csv", mimeType="text/csv", buffer=(HEAD + rows).encode())
    answer = plain.walker.page.request.post(
        f"{plain.walker.address}{upload.action}",
        multipart={**dict(upload.fields), upload.files[0]: file},
        headers={"Referer": plain.walker.address},
        max_redirects=0,
    )
    at = answer.headers["location"]
    columns = next((form for form in plain.read(at).forms if key_of(form.action) == ("exchange:columns", "")), None)
    if columns is not None:
        plain.add(at)
        at = plain.send(columns, columns.buttons[0]).headers["location"]
    return at
