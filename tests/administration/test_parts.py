"""Parts that are switched off: gone from the menu, a plain sentence at their addresses, and nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from opstap.foundation import dates
from opstap.municipality.logic import CORE, PART_PREFIX, PARTS, part_of
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import parts_on
from tests.architecture.test_urls import leaves
from tests.factories.accounts import a_coordinator, a_functional_administrator
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.pages import signed_in


@pytest.fixture
def town(db: None) -> Municipality:
    return a_municipality()


@pytest.fixture
def coordinator(town: Municipality) -> Client:
    return signed_in(a_coordinator(town))


def switched(town: Municipality, part: str, switch: str, days: int = 0) -> None:
    a_setting(town, PART_PREFIX + part, switch, dates.today() + timedelta(days=days))


def test_every_address_belongs_to_a_part_or_to_what_everybody_has() -> None:
    """A new room of pages is put in `municipality/parts.toml`, at a part or at `core`."""
    placed = CORE | {address for part in PARTS.values() for address in part.addresses}
    names = {name for name, _, _ in leaves(get_resolver().url_patterns)}
    homeless = sorted(name for name in names if not {name, name.split(":")[0]} & placed)
    assert homeless == []
    spaces = {name.split(":")[0] for name in names}
    gone = sorted(one for one in placed if ":" in one and one not in names)
    assert gone == []
    assert {"exchange", "contacts", "plans"} <= spaces | {"contacts", "plans"}


def test_a_full_name_goes_before_its_namespace() -> None:
    assert part_of("exchange:imports") == "exchange"
    assert part_of("accounts:users") is None
    assert part_of("nowhere:page") is None


def test_all_parts_are_on_until_somebody_switches_one_off(town: Municipality) -> None:
    today = dates.today()
    assert parts_on(town.pk, today) == frozenset(PARTS)
    switched(town, "exchange", "off", days=2)
    assert parts_on(town.pk, today) == frozenset(PARTS)
    assert parts_on(town.pk, today + timedelta(days=2)) == frozenset(PARTS) - {"exchange"}
    assert parts_on(a_municipality().pk, today + timedelta(days=2)) == frozenset(PARTS)
    with pytest.raises(ValueError, match="not possible"):
        switched(town, "exchange", "half")


def test_a_part_that_is_off_is_gone_from_the_menu_and_says_so(town: Municipality, coordinator: Client) -> None:
    assert coordinator.get("/import/").status_code == 200
    switched(town, "exchange", "off")
    off = coordinator.get("/import/")
    assert off.status_code == 404
    assert "Uw gemeente gebruikt dit onderdeel niet" in off.content.decode()
    assert "/import/" not in [item.url for item in coordinator.get("/ladders/").context["navigation"]]
    switched(town, "exchange", "on", days=0)
    assert coordinator.get("/import/").status_code == 200


def test_the_administrator_switches_a_part_off_and_on(town: Municipality, coordinator: Client) -> None:
    admin = signed_in(a_functional_administrator(town))
    path, today = "/beheer/onderdelen/", dates.today().isoformat()

    def switch(state: str, since: str) -> int:
        shown = {line.key: line.version for line in admin.get(path).context["lines"]}
        sent = {"part": "exchange", "since": since, "switch": state, "version": shown["exchange"]}
        return admin.post(path, sent).status_code

    assert switch("off", today) == 302
    lines = {line.key: line for line in admin.get("/beheer/onderdelen/").context["lines"]}
    assert not lines["exchange"].is_on
    assert coordinator.get("/import/").status_code == 404
    later = (dates.today() + timedelta(days=5)).isoformat()
    assert switch("on", later) == 302
    page = admin.get("/beheer/onderdelen/")
    lines = {line.key: line for line in page.context["lines"]}
    assert not lines["exchange"].is_on
    assert lines["exchange"].later
    assert "verandert op" in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"part": "ladder", "since": "2026-01-01", "switch": "off"}, 404),
        ({"part": "exchange", "since": "2026-01-01", "switch": "half"}, 404),
        ({"part": "exchange", "since": "", "switch": "off"}, 400),
    ],
)
def test_what_is_no_part_can_not_be_switched(town: Municipality, sent: dict[str, str], status: int) -> None:
    admin = signed_in(a_functional_administrator(town))
    assert admin.post("/beheer/onderdelen/", sent).status_code == status
    assert parts_on(town.pk, dates.today()) == frozenset(PARTS)
