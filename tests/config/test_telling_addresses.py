"""Addresses and titles stay behind in histories, logs and on shared screens: nothing of a person stands in them."""

from __future__ import annotations

import re
from collections import Counter, deque
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from django.test import Client as Browser
from django.urls import Resolver404, resolve

from opstap.clients.logic import AddressRow, PersonRow
from opstap.clients.models import Client
from opstap.clients.operations import record_addresses, record_persons
from tests.factories.clients import BY, a_bsn, person_of
from tests.factories.contacts import agreed, spoken
from tests.factories.desk import IN_A_MONTH, Office, days_ago
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory
from tests.journeys.reading import Read

pytestmark = pytest.mark.django_db
NUMBER = a_bsn(731)
MARKS = ("kanariegeel", "serinus", "canaria", "0650607080", "zangvogel", "kooiweg", "9731zz", "vliegtuit", NUMBER)
MOST = 3  # pages of a kind


def canary(office: Office) -> Client:
    """Somebody of whom everything that is known has a mark."""
    client = office.of(office.jo, "Kanariegeel", agreed_on=None)
    held = person_of(client)
    row = PersonRow(
        client.pk, "Kanariegeel", given_names="Serinus Canaria", birth_date=held.birth_date, sex="female", bsn=NUMBER,
        phone="0650607080", email="zangvogel@voorbeeld.example", replaces_id=held.pk,
    )  # fmt: skip
    record_persons(by=BY, municipality=office.town, rows=[row])
    record_addresses(
        by=BY, rows=[AddressRow(client.pk, days_ago(90), None, "Kooiweg", "7", "9731 ZZ", "Voorbeeldstad")]
    )
    spoken(client, days_ago(30), note="vliegtuit in de vensterbank", worker=office.jo)
    agreed(client, IN_A_MONTH, place="bij de kooiweg")
    placed(client, "2", on=days_ago(40))
    a_trajectory(client)
    return client


def telling(page: Read, html: str) -> list[str]:
    """The addresses on a page, and its title, that tell something of a person."""
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    said = [*page.links, *(form.action for form in page.forms), title[1] if title else ""]
    return [one.strip() for one in said if any(mark in unquote(one).casefold() for mark in MARKS)]


def crawled(browser: Browser, *starts: str) -> tuple[list[str], Counter[str]]:
    """From page to page: what tells, and how many pages of each kind were seen."""
    waiting, seen, kinds, found = deque(starts), set[str](), Counter[str](), list[str]()
    while waiting:
        path = waiting.popleft()
        try:
            kind = resolve(urlsplit(path).path).view_name
        except Resolver404:
            continue
        if path in seen or kinds[kind] >= MOST:
            continue
        seen.add(path)
        answer: Any = browser.get(path)
        kinds[kind] += 1
        if answer.status_code == 302:
            waiting.append(answer["Location"])
        if "text/html" not in answer.headers.get("Content-Type", "") or answer.status_code != 200:
            continue
        html = answer.content.decode()
        page = Read(path, html)
        found += [f"{path}: {one}" for one in telling(page, html)]
        waiting += page.links
    return found, kinds


def test_no_address_and_no_title_tells_who_somebody_is(client: Browser) -> None:
    office = Office(client)
    whose, wrong, kinds = canary(office), list[str](), Counter[str]()
    for user in (office.jo, office.leader, office.coordinator):
        office.sign_in(user)
        dossier = f"/clienten/{whose.reference}/"
        assert "Kanariegeel" in office.page(dossier)
        found, seen = crawled(client, dossier, f"/contact/{whose.reference}/", f"/hulp/{whose.reference}/", "/begin/")
        wrong, kinds = wrong + found, kinds + seen
    assert sorted(set(wrong)) == []
    assert len(kinds) > 40


@pytest.mark.parametrize("asked", ["Kanariegeel", NUMBER, "Serinus Canaria"])
def test_what_is_searched_for_stands_in_no_address(client: Browser, asked: str) -> None:
    office = Office(client)
    canary(office)
    office.sign_in(office.jo)
    answer: Any = client.post("/zoeken/", {"q": asked})
    assert answer.status_code == 302
    found, _kinds = crawled(client, answer["Location"])
    assert found == []
    assert not any(mark in unquote(answer["Location"]).casefold() for mark in MARKS)


def test_the_guard_can_fail() -> None:
    html = "<title>Kanariegeel · Opstap</title><a href='/x/?q=kanarie%67eel'>x</a><a href='/y/'>y</a>"
    assert telling(Read("/", html), html) == ["/x/?q=kanarie%67eel", "Kanariegeel · Opstap"]
