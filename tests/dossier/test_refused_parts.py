"""A part that is refused: the reason stands at the field it is about, with the way out."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from opstap.audit.permissions import command_line
from opstap.clients.models import Client
from opstap.clients.operations import (
    merge_clients,
)
from tests.dossier.desks import FIRST, Desk
from tests.factories.clients import on_benefit
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db


def _link(page: str, word: str) -> str:
    found = re.search(rf'href="([^"]+/{word}/)"', page)
    assert found is not None
    return found[1]


def test_what_can_not_stand_beside_it_is_refused_with_the_way_out(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1))
    given = {"kind": "participatiewet"} | FIRST
    response = desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", given)
    assert response.status_code == 400
    assert "Er loopt al een periode (uitkering) sinds 1 jan 2020. Beëindig die eerst" in response.content.decode()


def test_two_who_correct_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1))
    page = f"{desk.url}onderdeel/uitkering/"
    correcting = _link(desk.page(page), "verbeteren")
    right = {"kind": "participatiewet", "starts_on": "2020-02-01", "ends_on": "", "why": "brief"}
    assert desk.browser.post(correcting, right).status_code == 302
    second = desk.browser.post(correcting, right | {"starts_on": "2020-03-01", "why": "mijn reden"})
    assert second.status_code == 409
    assert 'value="mijn reden"' in second.content.decode()
    assert "1 feb 2020" in desk.words(page)
    assert "1 mrt 2020" not in desk.words(page)


def at_fields(response: Any) -> dict[str, str]:
    """The words at each field of the form of a page, as they stand there."""
    assert response.status_code == 400
    found = re.findall(r'<p class="field__error" id="id_(\w+)_error">([^<]+)</p>', response.content.decode())
    return dict(found)


def test_a_refusal_stands_at_the_field_it_is_about(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1))
    desk.another(number="K2", surname="Vries")
    other = desk.another(number="K3", surname="Smit")
    merge_clients(by=command_line(), client=other, kept=desk.another(number="K4", surname="Smit"), why="dezelfde")
    desk.sign_in(desk.leader)
    part, why = f"{desk.url}onderdeel", "van de brief"
    visit = {"kind": "visit_with_two", "starts_on": "2026-01-01", "ends_on": ""}
    merge = {"number": "K4", "why": why, "agreed": Client.objects.get(number="K4").reference}
    refused = {
        f"{part}/uitkering/nieuw/": ({"kind": "participatiewet"} | FIRST, "starts_on", "Er loopt al een periode"),
        f"{part}/bezoek/nieuw/": (visit, "ends_on", "Vul in tot wanneer."),
        f"{desk.url}sluiten/": ({"ends_on": "2018-01-01", "reason": "goal_reached"}, "ends_on", "geen lopende begelei"),
        f"{desk.url}verhuisd/": ({"moved_on": "2018-01-01"}, "moved_on", "geen lopende begeleiding"),
        f"{desk.url}huishouden/beeindigen/": ({"ends_on": "2026-01-01"}, "ends_on", "bij geen huishouden"),
        f"{desk.url}persoon/verbeteren/": (
            {"surname": "Bakker", "birth_date": "2199-01-01", "why": why}, "birth_date", "kan niet kloppen",
        ),
        f"{desk.url}samenvoegen/": (merge, "number", "Voeg andersom samen"),
    }  # fmt: skip
    for path, (given, field, words) in refused.items():
        own = version_at(desk.browser, path) if "verbeteren" in path or "huishouden" in path else {}
        response = desk.browser.post(path, given | own)
        at = at_fields(response)
        assert words in at.get(field, ""), (path, at)
        assert f'<li><a href="#id_{field}">' in response.content.decode()


def test_who_lives_elsewhere_is_refused_in_words(desk: Desk) -> None:
    url, begin = f"{desk.url}huishouden/", {"on": "2024-01-01", "kind": "single", "own_role": "interested_party"}
    assert desk.browser.post(url, begin | version_at(desk.browser, url)).status_code == 302
    other = desk.another(number="K2", surname="Jansen")
    joined = begin | {"newcomer": "40213", "role": "partner", "kind": "couple"}
    elsewhere = f"/clienten/{other.reference}/huishouden/"
    at = at_fields(desk.browser.post(elsewhere, joined | version_at(desk.browser, elsewhere)))
    assert "Er loopt al een periode (huishouden) sinds 1 jan 2024." in at["newcomer"]
    end = {"ends_on": "2025-01-01"} | version_at(desk.browser, f"{url}beeindigen/")
    assert desk.browser.post(f"{url}beeindigen/", end).status_code == 302
    at = at_fields(desk.browser.post(url, begin | {"on": "2024-06-01"} | version_at(desk.browser, url)))
    assert "woont dan in een ander huishouden" in at["on"]
