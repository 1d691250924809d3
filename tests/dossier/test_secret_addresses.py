"""A secret address: who lacks the right reads that there is one, and nothing else, on any page or form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from opstap.clients.logic import AddressRow
from opstap.clients.models import Address, Client
from opstap.clients.operations import record_held_fact
from tests.dossier.desks import Desk, words_of
from tests.factories.accounts import acting
from tests.factories.clients import BY
from tests.factories.desk import days_ago

pytestmark = pytest.mark.django_db
PAGE = "onderdeel/adres/"
STREET = ("Schuilkade", "3", "9999 AB", "Voorbeeldstad")
LIVES = dict(zip(("street", "house_number", "postcode", "city"), STREET, strict=True))


def living(client: Client, *, secret: bool, since: date = date(2024, 1, 1)) -> Address:
    row = AddressRow(client.pk, since, None, *STREET, is_secret=secret)
    record_held_fact(by=BY, what="address", row=row)
    return Address.objects.current().get(client=client, ends_on=None)


def put_right(held: Address, *, secret: bool) -> Address:
    row = AddressRow(held.client_id, held.starts_on, None, *STREET, is_secret=secret, replaces_id=held.pk)
    record_held_fact(by=BY, what="address", row=row, why="de cliënt zei het")
    return Address.objects.current().get(client=held.client_id, ends_on=None)


def hrefs(page: str, word: str) -> list[str]:
    return re.findall(rf'href="([^"]+/{word}/)"', page)


def test_who_lacks_the_right_gets_no_form_with_a_secret_address(desk: Desk) -> None:
    living(desk.client, secret=True)
    own = desk.page(f"{desk.url}{PAGE}")
    assert "Schuilkade" not in own
    assert "geheim" in own
    assert not hrefs(own, "verbeteren")
    desk.sign_in(desk.leader)
    (correcting,) = hrefs(desk.page(f"{desk.url}{PAGE}"), "verbeteren")
    assert 'value="Schuilkade"' in desk.page(correcting)
    desk.sign_in(desk.worker)
    assert desk.browser.get(correcting).status_code == 404
    given = LIVES | {"starts_on": "2024-02-01", "ends_on": "", "why": "gok"}
    assert desk.browser.post(correcting, given).status_code == 404
    for path in ("beeindigen", "intrekken"):
        (link,) = hrefs(own, path)
        assert "Schuilkade" not in desk.page(link)


def test_no_earlier_version_gives_an_address_away_that_is_secret_now(desk: Desk) -> None:
    put_right(living(desk.client, secret=False), secret=True)
    assert "Schuilkade" not in desk.page(f"{desk.url}{PAGE}")
    desk.sign_in(desk.leader)
    assert desk.words(f"{desk.url}{PAGE}").count("Schuilkade 3") == 3


def test_nor_does_an_earlier_period_at_the_same_address(desk: Desk) -> None:
    living(desk.client, secret=False, since=date(2020, 1, 1))
    living(desk.client, secret=True, since=date(2024, 1, 1))
    for path in (f"{desk.url}{PAGE}", desk.url):
        assert "Schuilkade" not in desk.page(path)
    desk.sign_in(desk.leader)
    assert "Schuilkade 3" in desk.words(f"{desk.url}{PAGE}")


def test_nor_does_one_that_was_withdrawn(desk: Desk) -> None:
    put_right(living(desk.client, secret=False), secret=True)
    (link,) = hrefs(desk.page(f"{desk.url}{PAGE}"), "intrekken")
    assert desk.browser.post(link, {"why": "hoort bij een ander"}).status_code == 302
    text = desk.words(f"{desk.url}{PAGE}")
    assert "daarna ingetrokken" in text
    assert "Schuilkade" not in text


def test_one_that_is_in_the_open_again_is_read_where_it_stands(desk: Desk) -> None:
    put_right(living(desk.client, secret=True), secret=False)
    assert desk.words(f"{desk.url}{PAGE}").count("Schuilkade 3") == 2


def test_a_case_manager_may_mark_an_address_secret_and_reads_it_no_more(desk: Desk) -> None:
    given = LIVES | {"starts_on": "2024-01-01", "ends_on": "", "is_secret": "on"}
    assert desk.browser.post(f"{desk.url}{PAGE}nieuw/", given).status_code == 302
    for path in (f"{desk.url}{PAGE}", desk.url, f"{desk.url}{PAGE}nieuw/"):
        assert "Schuilkade" not in desk.page(path)


def test_the_operation_puts_no_secret_address_right_for_who_may_not_see_it(desk: Desk) -> None:
    held = living(desk.client, secret=True)
    row = AddressRow(desk.client.pk, date(2024, 2, 1), None, "Elders", replaces_id=held.pk)
    with pytest.raises(PermissionDenied):
        record_held_fact(by=acting(desk.worker), what="address", row=row, why="gok")
    record_held_fact(by=acting(desk.leader), what="address", row=replace(row, is_secret=True), why="verhuisd")


@pytest.mark.parametrize("secret", [True, False])
def test_the_warning_of_a_double_never_tells_who_lives_at_a_secret_address(desk: Desk, *, secret: bool) -> None:
    living(desk.client, secret=secret)
    new = {"number": "N1", "surname": "Vries", "birth_date": "1960-01-01", "ground": "benefit"}
    new |= {"starts_on": days_ago(10).isoformat()} | LIVES
    answer = desk.browser.post("/clienten/nieuw/", new)
    assert (answer.status_code == 302) is secret
    assert secret or "zelfde adres" in words_of(answer.content.decode())
