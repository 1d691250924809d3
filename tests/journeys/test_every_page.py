"""Every page there is. Without JavaScript each is reached by links and each of its forms is sent; at 200 % zoom on a
screen of 1440 by 900 each is as it should be. Which pages there are is asked of the addresses: one that nothing leads
to, or a new one that is not walked, fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.urls import get_resolver
from playwright.sync_api import Browser, FilePayload

from tests.architecture.test_urls import leaves
from tests.journeys.plain import Key, Plain, key_of
from tests.journeys.reading import Read
from tests.journeys.walking import ZOOMED, Walker

Demo = tuple[str, dict[str, dict[str, str]]]
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
MAYBE_WALKED = {
    "publications:chart": "only where levels of so few people are shown, by the month: tests/matrix asks one that is",
}
# What colleagues ask each other is walked as the case manager of whom they ask it.
OF_COLLEAGUES = ("/meldingen/", "/overdracht/", "/zoeken/buiten/", "/vervanging/", "/terugbellen/", "/noodtoegang/")
NUMBER = re.compile(r"(?:Cliëntnummer|Client number) ([\w-]+) ·")  # the choice of language was sent too
HEAD = "Klantnummer;Achternaam;Geboortedatum;Begin uitkering;Uitkering;Datum meting;Trede;Groeipotentieel\r\n"
GOOD_ROW = "Z-1;Bakker;01-01-1980;01-01-2020;Pw;01-02-2020;2+;ja\r\n"
BAD_ROW = "Z-2;Visser;31-02-1980;01-01-2020;Pw;01-02-2020;3-;nee\r\n"


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
    left = names - walked - NOT_WALKED.keys() - MAYBE_WALKED.keys()
    assert sorted(left) == [], "walk these, or say in NOT_WALKED why not"
    assert sorted(NOT_WALKED.keys() & walked) == [], "walked by now"
    assert {*NOT_WALKED, *MAYBE_WALKED} <= names


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
