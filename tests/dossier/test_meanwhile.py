"""Two people with one part of a dossier open: nothing is overwritten, what was typed is kept, and both are shown."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.clients.logic import CaseNumberRow
from opstap.clients.models import Address, CaseNumber, HouseholdComposition, Person
from opstap.clients.operations import create_programme, end_held_fact, record_held_fact, withdraw_held_fact
from opstap.municipality.logic import NUMBER, TraitDesign
from opstap.municipality.operations import define_trait
from tests.dossier.desks import ADDED, FIRST, Desk
from tests.factories.accounts import acting
from tests.factories.clients import a_bsn
from tests.factories.pages import signed_in
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
PHONES = ("0611111111", "0622222222")


def both(desk: Desk, url: str) -> tuple[Window, Window]:
    """The window of the colleague and one's own, both opened on what stands now."""
    return Window(signed_in(desk.leader), url), Window(desk.browser, url)


def link(desk: Desk, page: str, word: str) -> str:
    found = re.search(rf'href="([^"]+/{word}/)"', desk.page(page))
    assert found is not None
    return found[1]


def added(desk: Desk, slug: str) -> str:
    """A part with one fact in it."""
    page = f"{desk.url}onderdeel/{slug}/"
    given = ADDED[slug][0] if slug in ADDED else {}
    assert desk.browser.post(f"{page}nieuw/", given | FIRST).status_code == 302
    return page


@pytest.mark.parametrize("slug", ADDED)
def test_the_second_of_two_corrections_overwrites_nothing_and_shows_both(desk: Desk, slug: str) -> None:
    page = added(desk, slug)
    first, second = both(desk, link(desk, page, "verbeteren"))
    assert first.send(starts_on="2024-02-01", why="van de brief") == 302
    assert second.send(starts_on="2024-03-01", why="mijn reden") == 409
    assert "1 feb 2024" in desk.words(page)
    assert "1 mrt 2024" not in desk.words(page)
    assert f"{desk.leader.name} heeft dit intussen gewijzigd" in second.words
    assert "Genoemde reden: van de brief" in second.words
    assert f"{'Gemeld op' if slug == 'aanvraag' else 'Vanaf'} 1 feb 2024 1 mrt 2024" in second.words
    assert (second.fields["starts_on"], second.fields["why"]) == ("2024-03-01", "mijn reden")
    assert second.send() == 302
    assert "1 mrt 2024" in desk.words(page)


def test_a_programme_and_an_own_trait_as_well(desk: Desk) -> None:
    own = create_programme(by=command_line(), municipality=desk.town, name="Nieuwkomers")
    define_trait(
        by=command_line(), municipality=desk.town, design=TraitDesign("km", NUMBER, "Kilometers", date(2024, 1, 1))
    )
    for slug, query, given in (("programma", "", {"programme_id": str(own.pk)}), ("kenmerk", "?soort=own_km", {})):
        page = f"{desk.url}onderdeel/{slug}/"
        fields = given or {"value": "12"}
        assert desk.browser.post(f"{page}nieuw/{query}", fields | FIRST).status_code == 302
        first, second = both(desk, link(desk, page, "verbeteren"))
        first.send(starts_on="2024-02-01", why="een")
        assert second.send(starts_on="2024-03-01", why="twee") == 409
        assert len(re.findall("hier niet gewijzigd", second.words)) == 0
        assert second.send() == 302
        assert "1 mrt 2024" in desk.words(page)


def test_an_end_that_a_colleague_saved_is_not_taken_away_by_a_correction_of_something_else(desk: Desk) -> None:
    page = added(desk, "uitkering")
    first = Window(signed_in(desk.leader), link(desk, page, "beeindigen"))
    second = Window(desk.browser, link(desk, page, "verbeteren"))
    assert first.send(ends_on="2026-01-01", exit_reason="employment") == 302
    assert second.send(starts_on="2024-03-01", why="twee") == 409
    assert "Tot 1 jan 2026 hier niet gewijzigd: hieronder overgenomen" in second.words
    assert (second.fields["ends_on"], second.fields["exit_reason"]) == ("2026-01-01", "employment")
    assert second.send() == 302
    assert "1 mrt 2024" in desk.words(page)
    assert "1 jan 2026" in desk.words(page)


@pytest.mark.parametrize(
    ("word", "fields"), [("beeindigen", {"ends_on": "2026-01-01"}), ("intrekken", {"why": "dubbel"})]
)
def test_what_was_corrected_since_is_not_ended_or_withdrawn_unseen(
    desk: Desk, word: str, fields: dict[str, str]
) -> None:
    page = added(desk, "zaaknummer")
    first = Window(signed_in(desk.leader), link(desk, page, "verbeteren"))
    second = Window(desk.browser, link(desk, page, word))
    first.send(number="Z-99", why="overgetypt")
    assert second.send(**fields) == 409
    assert "Zaaknummer Z-2024-17 Z-99" in second.words
    assert fields.items() <= second.fields.items()
    assert [held.number for held in CaseNumber.objects.current()] == ["Z-99"]
    assert second.send() == 302
    standing = [(held.number, held.ends_on) for held in CaseNumber.objects.current()]
    assert standing == ([("Z-99", date(2026, 1, 1))] if word == "beeindigen" else [])


def test_what_was_typed_over_a_withdrawn_one_is_kept_with_who_withdrew_it(desk: Desk) -> None:
    page = added(desk, "zaaknummer")
    first = Window(signed_in(desk.leader), link(desk, page, "intrekken"))
    second = Window(desk.browser, link(desk, page, "verbeteren"))
    first.send(why="verkeerde persoon")
    assert second.send(about="een lang verhaal", why="aanvulling") == 409
    assert f"{desk.leader.name} heeft dit intussen ingetrokken" in second.words
    assert second.fields["about"] == "een lang verhaal"
    assert f'href="{page}nieuw/"' in second.page
    assert not CaseNumber.objects.current().exists()
    assert first.send(why="verkeerde persoon") == 302
    led = desk.browser.get(second.url, follow=True)
    assert f"{desk.leader.name} heeft dit ingetrokken op" in led.content.decode()
    assert led.redirect_chain == [(page, 302)]


def test_an_older_address_leads_to_what_stands_now_with_a_sentence(desk: Desk) -> None:
    page = added(desk, "zaaknummer")
    first, second = both(desk, link(desk, page, "verbeteren"))
    first.send(number="Z-99", why="overgetypt")
    led = desk.browser.get(second.url, follow=True)
    assert led.redirect_chain == [(link(desk, page, "verbeteren"), 302)]
    assert f"{desk.leader.name} heeft dit verbeterd op" in led.content.decode()
    assert 'value="Z-99"' in led.content.decode()


def test_an_address_that_became_secret_meanwhile_is_not_shown_in_the_conflict(desk: Desk) -> None:
    page = added(desk, "adres")
    first, second = both(desk, link(desk, page, "verbeteren"))
    first.send(street="Schuilkade", is_secret="on", why="op verzoek")
    assert second.send(house_number="99", why="typefout") == 409
    assert "heeft dit intussen gewijzigd" in second.words
    assert "Schuilkade" not in second.page
    assert "op verzoek" not in second.page
    assert second.fields["house_number"] == "99"
    assert second.send() == 409
    assert [held.street for held in Address.objects.current()] == ["Schuilkade"]


def test_a_corrected_surname_does_not_put_the_old_telephone_number_back(desk: Desk) -> None:
    url = f"{desk.url}persoon/verbeteren/"
    Window(desk.browser, url).send(phone=PHONES[0], why="begin")
    first, second = both(desk, url)
    assert first.send(phone=PHONES[1], bsn=a_bsn(7), why="nieuw nummer") == 302
    assert second.send(surname="Bakkersen", why="typefout") == 409
    assert Person.objects.current().get(client=desk.client).surname == "Bakker"
    assert f"{desk.leader.name} heeft dit intussen gewijzigd" in second.words
    assert f"Telefoon {PHONES[1]} hier niet gewijzigd" in second.words
    assert "BSN gewijzigd hier niet gewijzigd" in second.words
    assert "Achternaam Bakker Bakkersen" in second.words
    assert (second.fields["surname"], second.fields["phone"]) == ("Bakkersen", PHONES[1])
    assert second.send() == 302
    held = Person.objects.current().get(client=desk.client)
    assert (held.surname, held.phone, held.bsn_digest is not None) == ("Bakkersen", PHONES[1], True)


def test_a_form_of_a_person_that_says_no_version_overwrites_nothing(desk: Desk) -> None:
    response = desk.browser.post(f"{desk.url}persoon/verbeteren/", {"surname": "Anders", "why": "gok"})
    assert response.status_code == 409
    assert Person.objects.current().get(client=desk.client).surname == "Bakker"


def test_the_operations_compare_under_their_lock(desk: Desk) -> None:
    by, row = acting(desk.worker), CaseNumberRow(desk.client.pk, "Z-1", date(2024, 1, 1))
    record_held_fact(by=by, what="case_number", row=row)
    old = CaseNumber.objects.get()
    record_held_fact(by=by, what="case_number", row=replace(row, number="Z-2", replaces_id=old.pk), why="een")
    with pytest.raises(ReplacedMeanwhile):
        record_held_fact(by=by, what="case_number", row=replace(row, number="Z-3", replaces_id=old.pk), why="twee")
    with pytest.raises(ReplacedMeanwhile):
        end_held_fact(by=by, what="case_number", pk=old.pk, ends_on=date(2026, 1, 1))
    with pytest.raises(ReplacedMeanwhile):
        withdraw_held_fact(by=by, what="case_number", pk=old.pk, why="twee")
    assert [held.number for held in CaseNumber.objects.current()] == ["Z-2"]


def test_a_household_that_a_colleague_changed_is_not_changed_unseen(desk: Desk) -> None:
    url = f"{desk.url}huishouden/"
    begin = {"on": "2024-01-01", "kind": "single", "own_role": "interested_party"}
    assert Window(desk.browser, url).send(**begin) == 302
    first, second = both(desk, url)
    ending = Window(desk.browser, f"{url}beeindigen/")
    assert first.send(on="2025-01-01", kind="single_parent") == 302
    assert second.send(on="2026-01-01", kind="couple") == 409
    assert f"{desk.leader.name} heeft dit intussen gewijzigd" in second.words
    assert "alleenstaande ouder, 1 jan 2025 –" in second.words
    assert (second.fields["on"], second.fields["kind"]) == ("2026-01-01", "couple")
    kinds = HouseholdComposition.objects.current().order_by("starts_on")
    assert [held.kind for held in kinds] == ["single", "single_parent"]
    assert ending.send(ends_on="2026-02-01") == 409
    assert second.send() == 302
    assert [held.kind for held in kinds.all()] == ["single", "single_parent", "couple"]


def test_a_household_that_comes_back_with_a_fault_is_of_when_it_was_opened(desk: Desk) -> None:
    url = f"{desk.url}huishouden/"
    begin = {"on": "2024-01-01", "kind": "single", "own_role": "interested_party"}
    assert Window(desk.browser, url).send(**begin) == 302
    first, second = both(desk, url)
    ending = Window(desk.browser, f"{url}beeindigen/")
    assert first.send(on="2025-01-01", kind="single_parent") == 302
    assert second.send(on="", kind="couple") == 400
    assert ending.send(ends_on="") == 400
    assert second.send(on="2026-01-01") == 409
    assert ending.send(ends_on="2026-01-01") == 409
    kinds = HouseholdComposition.objects.current().order_by("starts_on")
    assert [(held.kind, held.ends_on is None) for held in kinds] == [("single", False), ("single_parent", True)]


def test_a_household_of_which_the_form_lost_its_version_is_not_saved(desk: Desk) -> None:
    url = f"{desk.url}huishouden/"
    begins = Window(desk.browser, url)
    assert begins.send(on="2024-01-01", kind="single", own_role="interested_party", version="") == 409
    assert desk.browser.post(f"{url}beeindigen/", {"ends_on": "2026-01-01"}).status_code == 409
    assert not HouseholdComposition.objects.exists()
    assert begins.send() == 302
    ending = Window(desk.browser, f"{url}beeindigen/")
    assert ending.send(ends_on="2026-01-01", version="") == 409
    assert [held.ends_on for held in HouseholdComposition.objects.current()] == [None]
    assert ending.send() == 302
    assert [held.ends_on for held in HouseholdComposition.objects.current()] == [date(2026, 1, 1)]
