"""Traits that a municipality defines: made on screen, asked when placing, with history, and a way to split reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from opstap.audit.permissions import command_line
from opstap.clients.models import Trait
from opstap.foundation import dates
from opstap.municipality.logic import CHOICE, TraitDesign, TraitRefused, trait_faults
from opstap.municipality.models import TraitDefinition
from opstap.municipality.operations import change_trait, define_trait, end_trait
from opstap.municipality.selectors import own_traits
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.municipality import a_municipality
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
LICENCE = TraitDesign(
    key="licence",
    kind=CHOICE,
    name_nl="Rijbewijs",
    name_en="Driving licence",
    starts_on=date(2024, 1, 1),
    choices=(("car", "auto", "car"), ("none", "geen", "none")),
)


@pytest.fixture
def town() -> Any:
    return a_municipality()


def test_a_definition_is_checked() -> None:
    assert trait_faults(LICENCE) == []
    assert trait_faults(replace(LICENCE, key="Rij bewijs")) == ["key_not_understood"]
    assert trait_faults(replace(LICENCE, choices=LICENCE.choices[:1])) == ["choices_not_understood"]
    assert trait_faults(replace(LICENCE, kind="text")) == ["kind_unknown"]


def test_what_was_recorded_keeps_its_code(town: Any) -> None:
    made = define_trait(by=command_line(), municipality=town, design=LICENCE)
    with pytest.raises(TraitRefused, match="key_taken"):
        define_trait(by=command_line(), municipality=town, design=LICENCE)
    with pytest.raises(TraitRefused, match="choice_gone"):
        change_trait(
            by=command_line(), definition=made, design=replace(LICENCE, choices=(("a", "a", ""), ("b", "b", "")))
        )
    change_trait(by=command_line(), definition=made, design=replace(LICENCE, name_nl="Rijbewijs B"))
    assert own_traits(town.pk)[0].name("nl") == "Rijbewijs B"
    end_trait(by=command_line(), definition=made, ends_on=date(2025, 1, 1))
    assert own_traits(town.pk, date(2025, 1, 1)) == []
    assert len(own_traits(town.pk, date(2024, 12, 31))) == 1


@pytest.mark.covers("B-16", page="/rapporten/plaatsing/")
def test_an_administrator_makes_one_it_is_asked_when_placing_and_splits_a_report(client: Client, town: Any) -> None:
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    assert "Nog geen eigen kenmerken" in client.get("/beheer/kenmerken/").content.decode()
    sent = {
        "name_nl": "Rijbewijs", "key": "licence", "kind": "choice", "choices": "car = auto = car\nnone = geen",
        "on_placement": "on", "starts_on": "2024-01-01",
    }  # fmt: skip
    assert client.post("/beheer/kenmerken/nieuw/", sent | {"choices": "car"}).status_code == 400
    assert client.post("/beheer/kenmerken/nieuw/", sent).status_code == 302
    worker = a_case_manager(a_team(town))
    person, other = a_client(town, number="K1"), a_client(town, number="K2")
    in_caseload(person, worker)
    in_caseload(other, worker)
    client.force_login(worker, backend=BACKEND)
    place = f"/plaatsen/{person.reference}/"
    assert "Rijbewijs" in client.get(place).content.decode()
    day = dates.today()
    placed = {"level": "2", "growth": "no", "measured_on": day.isoformat(), "reason": "at_contact", "save": "1"}
    assert client.post(place, placed | {"own_licence": "car"}).status_code == 302
    placed |= {"level": "3", "same_day": "replace", "why": "verkeerd gehoord", "own_licence": "none"}
    assert client.post(place, placed).status_code == 302
    held = Trait.objects.current().filter(client=person, kind="own_licence")
    assert [(row.value, row.starts_on, row.ends_on) for row in held] == [("none", day, None)]
    client.force_login(a_coordinator(town), backend=BACKEND)
    report = client.get("/rapporten/plaatsing/", {"by": "own_licence"}).content.decode()
    assert "Rijbewijs" in report
    assert "geen" in report
    only = client.get("/rapporten/plaatsing/", {"where": "own_licence=none"})
    assert only.context["result"].base == 1
    assert "Rijbewijs: geen" in only.content.decode()


def test_one_is_ended_on_screen_and_asked_no_longer(client: Client, town: Any) -> None:
    made = define_trait(by=command_line(), municipality=town, design=LICENCE)
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    page = f"/beheer/kenmerken/{made.reference}/"
    refused = client.post(page, {"end": "1", "ends_on": "2023-01-01"})
    assert refused.status_code == 400
    says_at_field(refused.content.decode(), "ends_on", "Het einde ligt voor het begin")
    tomorrow = dates.today() + timedelta(days=1)
    ended = {"end": "1", "ends_on": tomorrow.isoformat()} | version_at(client, page, "ends_on")
    assert client.post(page, ended).status_code == 302
    assert TraitDefinition.objects.get().ends_on == tomorrow
    changed = {"name_nl": "Rijbewijs B", "choices": "car = auto = car\nnone = geen = none\ntruck = vrachtwagen = truck"}
    assert client.post(page, changed | version_at(client, page)).status_code == 302
    assert [code for code, _nl, _en in TraitDefinition.objects.get().choices] == ["car", "none", "truck"]


def says_at_field(page: str, name: str, words: str) -> None:
    """The refusal stands at its field, and in the list on top with a link to it."""
    assert page.count(words) == 2
    assert f'<a href="#id_{name}">' in page
    assert f'id="id_{name}_error"' in page


def test_a_refusal_stands_at_its_field_and_in_the_list_on_top(client: Client, town: Any) -> None:
    made = define_trait(by=command_line(), municipality=town, design=LICENCE)
    client.force_login(a_functional_administrator(town), backend=BACKEND)
    sent = {"name_nl": "Rijbewijs", "key": "licence", "kind": "yes_no", "starts_on": "2024-01-01"}
    page = client.post("/beheer/kenmerken/nieuw/", sent).content.decode()
    says_at_field(page, "key", "Er is al een kenmerk met deze korte naam")
    page = client.post("/beheer/kenmerken/nieuw/", sent | {"key": "auto", "kind": "choice"}).content.decode()
    says_at_field(page, "choices", "Geef de lijst minstens twee")
    gone = {"name_nl": "Rijbewijs", "choices": "car = auto\nbike = fiets"}
    url = f"/beheer/kenmerken/{made.reference}/"
    page = client.post(url, gone | version_at(client, url)).content.decode()
    says_at_field(page, "choices", "Er ontbreekt een code in de lijst")


def test_only_the_functional_administrator_defines_traits(client: Client, town: Any) -> None:
    made = define_trait(by=command_line(), municipality=town, design=LICENCE)
    client.force_login(a_functional_administrator(a_municipality("Elders")), backend=BACKEND)
    assert client.get(f"/beheer/kenmerken/{made.reference}/").status_code == 404
    client.force_login(a_case_manager(a_team(town)), backend=BACKEND)
    for page in ("/beheer/kenmerken/", "/beheer/kenmerken/nieuw/", f"/beheer/kenmerken/{made.reference}/"):
        assert client.get(page).status_code == 403
