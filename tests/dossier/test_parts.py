"""Every part of a dossier: added, ended, corrected, withdrawn, refused in words, with its history."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.clients.logic import AssignmentRow, CaseNumberRow
from opstap.clients.models import Assignment, HouseholdMember
from opstap.clients.operations import (
    create_programme,
    end_held_fact,
    record_assignments,
    record_held_fact,
    withdraw_held_fact,
)
from opstap.dossier.tables.parts import SLUGS
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from opstap.municipality.logic import CHOICE, DAY, NUMBER, YES_NO, TraitDesign
from opstap.municipality.operations import define_trait
from opstap.municipality.selectors import codes_on
from tests.dossier.desks import ADDED, FIRST, Desk
from tests.factories.accounts import (
    a_functional_administrator,
    acting,
)
from tests.factories.clients import a_bsn, a_client, on_benefit, person_of
from tests.factories.municipality import a_municipality, a_setting
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db

AROUND = {
    "participation_officer": "participatieconsulent", "income_officer": "inkomensconsulent",
    "employer_service": "adviseur werkgeversservicepunt (WSP)", "extra_guide": "stagiair als extra begeleider",
    "welfare_worker": "welzijnswerker", "wmo_officer": "Wmo-consulent", "debt_counsellor": "schuldhulpverlener",
    "poverty_officer": "consulent minimabeleid", "integration_officer": "inburgeringsconsulent",
    "school_contact": "contactpersoon onderwijs", "housing_corporation": "contactpersoon woningcorporatie",
    "general_practitioner": "huisarts", "health_insurer": "contactpersoon zorgverzekeraar",
    "uwv_adviser": "UWV-adviseur",
}  # fmt: skip


def _link(page: str, word: str) -> str:
    found = re.search(rf'href="([^"]+/{word}/)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("slug", ADDED)
def test_a_part_is_added_corrected_and_withdrawn_and_all_of_it_stays_to_be_seen(desk: Desk, slug: str) -> None:
    given, value = ADDED[slug]
    page = f"{desk.url}onderdeel/{slug}/"
    assert "Niets vastgelegd" in desk.page(page)
    assert desk.browser.post(f"{page}nieuw/", given | FIRST)["Location"] == page
    assert value in desk.words(page)
    assert value in desk.page()
    correcting = _link(desk.page(page), "verbeteren")
    without_why = desk.browser.post(correcting, given | FIRST)
    assert without_why.status_code == 400
    assert "Zeg in een paar woorden waarom." in without_why.content.decode()
    right = given | {"starts_on": "2024-02-01", "ends_on": "", "why": "een maand later"}
    assert desk.browser.post(correcting, right).status_code == 302
    assert "een maand later" in desk.words(page)
    assert "daarna vervangen" in desk.words(page)
    desk.browser.post(_link(desk.page(page), "intrekken"), {"why": "hoort bij een ander"})
    text = desk.words(page)
    assert "Niets vastgelegd" in text
    for part in ("hoort bij een ander", "daarna ingetrokken", "J. Visser", "1 jan 2024", "1 feb 2024"):
        assert part in text


BARRIERS = {
    "medisch": "gezondheid", "sociaal": "thuissituatie", "psychisch": "gezondheid", "te weinig scholing": "scholing",
    "onvoldoende taal": "taal", "schulden": "geld", "beperkte middelen": "geld", "reiskosten": "vervoer",
    "leeftijd": "leeftijd", "onbekend": "geen belemmering bekend",
}  # fmt: skip


@pytest.mark.covers("C-05", page="/clienten/")
def test_every_barrier_of_the_field_can_be_recorded_and_stands_on_the_dossier(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/belemmering/"
    codes = {
        word: code for code in codes_on("barrier_kind", date(2024, 1, 1)) for word in (*code.synonyms, *code.finer)
    }
    offered = {label: code for code, label in desk.browser.get(f"{page}nieuw/").context["form"].fields["kind"].choices}
    for said, label in BARRIERS.items():
        assert said == label or codes[said].code == offered[label], said
    for label in dict.fromkeys(BARRIERS.values()):
        assert desk.browser.post(f"{page}nieuw/", {"kind": offered[label]} | FIRST).status_code == 302
        assert f"Belemmering: {label}" in desk.words()


@pytest.mark.covers("C-13", page="/clienten/")
def test_everyone_who_works_with_a_client_can_stand_around_them(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/om-heen/"
    offered = desk.page(f"{page}nieuw/")
    for kind, words in AROUND.items():
        assert re.search(rf'value="{kind}"[^>]*>\s*{re.escape(words)}\s*<', offered), kind
        who = {"kind": kind, "name": f"Naam van {kind}", "organisation": "Stichting Samen"}
        assert desk.browser.post(f"{page}nieuw/", who | FIRST).status_code == 302
    text = desk.words()
    for kind, words in AROUND.items():
        assert f"{words}: Naam van {kind}, Stichting Samen" in text


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (CHOICE, ("car", "auto"), ("none", "geen")),
        (YES_NO, ("yes", "ja"), ("unknown", "onbekend")),
        (NUMBER, ("12", "12"), ("3", "3")),
        (DAY, ("2025-03-04", "4 mrt 2025"), ("2025-03-05", "5 mrt 2025")),
    ],
)
def test_a_trait_of_the_municipality_s_own(
    desk: Desk, kind: str, first: tuple[str, str], second: tuple[str, str]
) -> None:
    choices = (("car", "auto", "car"), ("none", "geen", "none")) if kind == CHOICE else ()
    design = TraitDesign("licence", kind, "Rijbewijs", date(2024, 1, 1), "Driving licence", choices)
    define_trait(by=command_line(), municipality=desk.town, design=design)
    page = f"{desk.url}onderdeel/kenmerk/"
    adding = f"{page}nieuw/?soort=own_licence"
    assert f'href="{adding}"' in desk.page(page)
    assert "Toevoegen: Rijbewijs" in desk.words(adding)
    assert desk.browser.post(adding, {"value": "?"} | FIRST).status_code == 400
    assert desk.browser.post(adding, {"value": first[0]} | FIRST)["Location"] == page
    assert f"Rijbewijs: {first[1]}" in desk.words(page)
    assert f"Rijbewijs: {first[1]}" in desk.words()
    correcting = _link(desk.page(page), "verbeteren")
    assert f'value="{first[0]}"' in desk.page(correcting)
    desk.browser.post(correcting, {"value": second[0], "why": "vergist"} | FIRST)
    assert f"Rijbewijs: {second[1]}" in desk.words()
    assert desk.browser.get(f"{page}nieuw/?soort=own_nothing").status_code == 404


@pytest.mark.parametrize("slug", SLUGS)
def test_every_part_has_its_page_and_none_for_who_may_not_see_the_client(desk: Desk, slug: str) -> None:
    assert desk.browser.get(f"{desk.url}onderdeel/{slug}/").status_code == 200
    hidden = a_client(desk.town)
    assert desk.browser.get(f"/clienten/{hidden.reference}/onderdeel/{slug}/").status_code == 404
    desk.sign_in(a_functional_administrator(desk.town))
    assert desk.browser.get(f"{desk.url}onderdeel/{slug}/").status_code == 403


@pytest.mark.covers("E-12", page="/clienten/")
def test_a_programme_is_begun_on_the_dossier_and_only_one_of_the_own_municipality(desk: Desk) -> None:
    own = create_programme(by=command_line(), municipality=desk.town, name="Nieuwkomers")
    other = create_programme(by=command_line(), municipality=a_municipality(), name="Elders")
    page = f"{desk.url}onderdeel/programma/"
    assert "Elders" not in desk.page(f"{page}nieuw/")
    assert desk.browser.post(f"{page}nieuw/", {"programme_id": str(other.pk)} | FIRST).status_code == 400
    assert desk.browser.post(f"{page}nieuw/", {"programme_id": str(own.pk)} | FIRST)["Location"] == page
    assert "Programma: Nieuwkomers" in desk.words()


def test_a_benefit_ends_with_its_reason(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1))
    page = f"{desk.url}onderdeel/uitkering/"
    desk.browser.post(_link(desk.page(page), "beeindigen"), {"ends_on": "2026-01-01", "exit_reason": "employment"})
    assert "geldt niet" in desk.words(page)
    refused = desk.browser.post(f"{page}nieuw/", {"kind": "ioaw", "starts_on": "2026-01-01", "ends_on": "2025-01-01"})
    assert "Het einde moet na het begin liggen." in refused.content.decode()


def test_a_person_is_put_right_and_the_bsn_shows_on_request_only(desk: Desk) -> None:
    client = desk.another(number="K9", surname="Jansn", bsn=a_bsn(9))
    url = f"/clienten/{client.reference}/persoon/"
    fields = {"surname": "Jansen", "birth_date": "1980-06-15", "phone": "0612345678", "why": "typefout"}
    fields |= version_at(desk.browser, f"{url}verbeteren/")
    assert desk.browser.post(f"{url}verbeteren/", fields).status_code == 302
    assert (person_of(client).surname, person_of(client).bsn_digest is not None) == ("Jansen", True)
    page = desk.page(url)
    assert a_bsn(9) not in page
    assert "typefout" in page
    assert not Event.objects.filter(verb="show_bsn").exists()
    shown = desk.browser.post(f"{url}nummer-tonen/")
    assert a_bsn(9) in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert Event.objects.get(verb="show_bsn").about == client.reference
    fields |= version_at(desk.browser, f"{desk.url}persoon/verbeteren/")
    taken = desk.browser.post(f"{desk.url}persoon/verbeteren/", fields | {"bsn": a_bsn(9)})
    assert "Cliëntnummer K9 heeft dit BSN al." in taken.content.decode()


def test_a_household_is_begun_grows_and_ends(desk: Desk) -> None:
    partner = desk.another(number="K2", surname="Jansen")
    url = f"{desk.url}huishouden/"
    begin = {"on": "2024-01-01", "kind": "single", "own_role": "interested_party"}
    assert desk.browser.post(url, begin | version_at(desk.browser, url)).status_code == 302
    grow = {"on": "2025-01-01", "kind": "couple", "newcomer": "K2", "role": "partner"}
    assert desk.browser.post(url, grow | version_at(desk.browser, url)).status_code == 302
    assert "paar zonder kinderen" in desk.words()
    assert f'href="/clienten/{partner.reference}/"' in desk.page()
    unknown = desk.browser.post(url, {"on": "2025-01-01", "newcomer": "bestaat-niet", "role": "child"})
    assert "Er is niemand anders met dit cliëntnummer binnen uw bereik." in unknown.content.decode()
    end = {"ends_on": "2026-01-01"} | version_at(desk.browser, f"{url}beeindigen/")
    assert desk.browser.post(f"{url}beeindigen/", end).status_code == 302
    assert not HouseholdMember.objects.active_on(dates.today()).exists()


def test_a_case_number_leads_to_the_case_system(desk: Desk) -> None:
    a_setting(desk.town, "case_system_url", "https://zaken.example/{number}")
    row = CaseNumberRow(desk.client.pk, "Z 1/2", date(2024, 1, 1))
    record_held_fact(by=command_line(), what="case_number", row=row)
    assert 'href="https://zaken.example/Z%201%2F2"' in desk.page()


def test_who_has_whom_is_ended_and_withdrawn_by_who_assigns_only(desk: Desk) -> None:
    page = f"{desk.url}onderdeel/caseload/"
    desk.sign_in(desk.leader)
    links = [_link(desk.page(page), word) for word in ("beeindigen", "intrekken")]
    desk.sign_in(desk.worker)
    assert "J. Visser" in desk.words(page)
    assert "Beëindigen" not in desk.page(page)
    assert "Intrekken" not in desk.page(page)
    given = {"ends_on": dates.today().isoformat(), "end_reason": "transferred", "why": "liever niet"}
    for link in links:
        assert desk.browser.get(link).status_code == 403
        assert desk.browser.post(link, given).status_code == 403
    assert desk.browser.get(desk.url).status_code == 200
    desk.sign_in(desk.leader)
    assert desk.browser.post(links[0], given).status_code == 302
    desk.sign_in(desk.worker)
    assert desk.browser.get(desk.url).status_code == 404


def test_the_operations_leave_who_has_whom_to_who_assigns(desk: Desk) -> None:
    worker, held = acting(desk.worker), Assignment.objects.current().get(client=desk.client)
    row = AssignmentRow(desk.client.pk, date(2026, 1, 1), worker_id=desk.worker.pk)
    writing: tuple[Callable[[], None], ...] = (
        lambda: end_held_fact(by=worker, what="assignment", pk=held.pk, ends_on=dates.today()),
        lambda: withdraw_held_fact(by=worker, what="assignment", pk=held.pk, why="liever niet"),
        lambda: record_held_fact(by=worker, what="assignment", row=row),
        lambda: record_assignments(by=worker, rows=[row]),
    )
    for write in writing:
        with pytest.raises(PermissionDenied, match="assign_clients"):
            write()
    assert Assignment.objects.current().get(client=desk.client) == held


@pytest.mark.covers("B-92", page="/clienten/")
def test_an_exemption_from_the_duty_to_work_is_known_on_every_page(desk: Desk) -> None:
    """Recorded in the dossier with its ground and its end; the form of a placement shows it and copies it."""
    place, page = f"/plaatsen/{desk.client.reference}/", f"{desk.url}onderdeel/ontheffing/"
    other = {"duty": "social_participation", "ground": "social", "starts_on": "2024-01-01", "ends_on": ""}
    assert desk.browser.post(f"{page}nieuw/", other).status_code == 302
    assert "Er is geen ontheffing vastgelegd." in desk.words(place)
    work = {"duty": "work", "ground": "medical", "starts_on": "2024-01-01", "ends_on": ""}
    assert desk.browser.post(f"{page}nieuw/", work).status_code == 302
    assert "arbeidsverplichting, medisch" in desk.words()
    assert "Ja, vanaf 1 jan 2024." in desk.words(place)
    assert f'href="{page}"' in desk.page(place)
    given = {"level": "2", "growth": "unknown", "measured_on": dates.today().isoformat(), "reason": "intake"}
    assert desk.browser.post(place, given | {"save": "1", "exempt": "no"}).status_code == 302
    assert [held.exempt for held in Measurement.objects.all()] == ["yes"]
    for address in re.findall(r'href="([^"]+/beeindigen/)"', desk.page(page)):
        desk.browser.post(address, {"ends_on": dates.today().isoformat()})
    assert "Er is geen ontheffing vastgelegd." in desk.words(place)
