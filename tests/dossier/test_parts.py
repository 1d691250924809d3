"""Every part of a dossier: added, ended, corrected, withdrawn, refused in words, with its history."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.clients.logic import AssignmentRow, CaseNumberRow
from opstap.clients.models import Assignment, Client, FollowUp, HouseholdMember
from opstap.clients.operations import (
    create_programme,
    end_held_fact,
    merge_clients,
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
from tests.dossier.desks import Desk, words_of
from tests.factories.accounts import (
    a_case_manager,
    a_coordinator,
    a_functional_administrator,
    a_team,
    a_team_leader,
    acting,
)
from tests.factories.clients import a_bsn, a_client, on_benefit, person_of
from tests.factories.municipality import a_municipality, a_setting

pytestmark = pytest.mark.django_db
FIRST = {"starts_on": "2024-01-01", "ends_on": ""}
ADDED: dict[str, tuple[dict[str, str], str]] = {
    "uitkering": ({"kind": "ioaw"}, "Ioaw"),
    "ontheffing": ({"ground": "medical", "duty": "work"}, "arbeidsverplichting, medisch"),
    "belemmering": ({"kind": "money"}, "geld"),
    "kenmerk": ({"said": "integration:need"}, "inburgeringsbehoefte"),
    "adres": (
        {"street": "Kade", "house_number": "3", "postcode": "9999 AB", "city": "Voorbeeldstad"},
        "Kade 3, 9999 AB Voorbeeldstad",
    ),
    "om-heen": (
        {"kind": "administrator", "name": "R. Smit", "organisation": "Balans"},
        "bewindvoerder: R. Smit, Balans",
    ),
    "bezoek": ({"kind": "not_reachable"}, "voorlopig niet bereikbaar"),
    "zaaknummer": ({"number": "Z-2024-17"}, "Z-2024-17"),
}


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


def test_what_can_not_stand_beside_it_is_refused_with_the_way_out(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1))
    given = {"kind": "participatiewet"} | FIRST
    response = desk.browser.post(f"{desk.url}onderdeel/uitkering/nieuw/", given)
    assert response.status_code == 400
    assert "Er loopt er al een (uitkering) sinds 1 jan 2020. Beëindig die eerst" in response.content.decode()


def test_a_benefit_ends_with_its_reason(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1))
    page = f"{desk.url}onderdeel/uitkering/"
    desk.browser.post(_link(desk.page(page), "beeindigen"), {"ends_on": "2026-01-01", "exit_reason": "employment"})
    assert "geldt niet" in desk.words(page)
    refused = desk.browser.post(f"{page}nieuw/", {"kind": "ioaw", "starts_on": "2026-01-01", "ends_on": "2025-01-01"})
    assert "Het einde moet na het begin liggen." in refused.content.decode()


def test_two_who_correct_at_once_do_not_overwrite_each_other(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1))
    page = f"{desk.url}onderdeel/uitkering/"
    correcting = _link(desk.page(page), "verbeteren")
    right = {"kind": "participatiewet", "starts_on": "2020-02-01", "ends_on": "", "why": "brief"}
    assert desk.browser.post(correcting, right).status_code == 302
    assert desk.browser.post(correcting, right).status_code == 404


def test_a_person_is_put_right_and_the_bsn_shows_on_request_only(desk: Desk) -> None:
    client = desk.another(number="K9", surname="Jansn", bsn=a_bsn(9))
    url = f"/clienten/{client.reference}/persoon/"
    fields = {"surname": "Jansen", "birth_date": "1980-06-15", "phone": "0612345678", "why": "typefout"}
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
    taken = desk.browser.post(f"{desk.url}persoon/verbeteren/", fields | {"bsn": a_bsn(9)})
    assert "Cliëntnummer K9 heeft dit BSN al." in taken.content.decode()


def test_a_household_is_begun_grows_and_ends(desk: Desk) -> None:
    partner = desk.another(number="K2", surname="Jansen")
    url = f"{desk.url}huishouden/"
    begin = {"on": "2024-01-01", "kind": "single", "own_role": "interested_party"}
    assert desk.browser.post(url, begin).status_code == 302
    grow = {"on": "2025-01-01", "kind": "couple", "newcomer": "K2", "role": "partner"}
    assert desk.browser.post(url, grow).status_code == 302
    assert "paar zonder kinderen" in desk.words()
    assert f'href="/clienten/{partner.reference}/"' in desk.page()
    unknown = desk.browser.post(url, {"on": "2025-01-01", "newcomer": "bestaat-niet", "role": "child"})
    assert "Er is niemand anders met dit cliëntnummer binnen uw bereik." in unknown.content.decode()
    assert desk.browser.post(f"{url}beeindigen/", {"ends_on": "2026-01-01"}).status_code == 302
    assert not HouseholdMember.objects.active_on(dates.today()).exists()


def test_a_case_number_leads_to_the_case_system(desk: Desk) -> None:
    a_setting(desk.town, "case_system_url", "https://zaken.example/{number}")
    row = CaseNumberRow(desk.client.pk, "Z 1/2", date(2024, 1, 1))
    record_held_fact(by=command_line(), what="case_number", row=row)
    assert 'href="https://zaken.example/Z%201%2F2"' in desk.page()


def test_follow_up_is_closed_and_opened_again(desk: Desk) -> None:
    closing = {"ends_on": "2026-01-01", "reason": "goal_reached"}
    assert desk.browser.post(f"{desk.url}sluiten/", closing).status_code == 302
    assert "Vandaag niet in begeleiding" in desk.page()
    again = desk.browser.post(f"{desk.url}sluiten/", closing)
    assert "Er is geen lopende begeleiding" in again.content.decode()
    reopened = {"ground": "benefit", "starts_on": "2026-06-01", "ends_on": ""}
    assert desk.browser.post(f"{desk.url}onderdeel/begeleiding/nieuw/", reopened).status_code == 302
    assert "Vandaag niet in begeleiding" not in desk.page()


def test_death_and_moving_close_the_follow_up_and_are_undone_by_a_correction(desk: Desk) -> None:
    assert "er wordt niets meer gestuurd" in desk.words("overleden/")
    desk.browser.post(f"{desk.url}overleden/", {"died_on": "2026-05-01", "why": "bericht van de familie"})
    assert "Overleden op 1 mei 2026." in desk.page()
    assert FollowUp.objects.current().get(client=desk.client).end_reason == "deceased"
    desk.browser.post(f"{desk.url}overleden/", {"why": "vergissing"})
    page = f"{desk.url}onderdeel/begeleiding/"
    right = {"ground": "benefit", "starts_on": "2019-01-01", "ends_on": "", "end_reason": "deceased", "why": "leeft"}
    desk.browser.post(_link(desk.page(page), "verbeteren"), right)
    assert "Overleden op" not in desk.page()
    assert FollowUp.objects.current().get(client=desk.client).end_reason == ""
    assert "Vandaag niet in begeleiding" not in desk.page()
    desk.browser.post(f"{desk.url}verhuisd/", {"moved_on": "2026-06-01"})
    assert FollowUp.objects.current().get(client=desk.client).end_reason == "moved_out"


NEW = {
    "number": "N1", "surname": "Öztürk", "given_names": "Ayşe", "birth_date": "1991-03-02", "ground": "benefit",
    "starts_on": "2026-11-01", "benefit": "participatiewet", "benefit_from": "2026-11-01",
}  # fmt: skip


def test_somebody_new_comes_in_the_own_caseload(desk: Desk) -> None:
    response = desk.browser.post("/clienten/nieuw/", NEW | {"bsn": a_bsn(3)})
    client = Client.objects.get(number="N1")
    assert response["Location"] == f"/clienten/{client.reference}/"
    text = desk.words(response["Location"])
    for part in ("Öztürk, Ayşe", "J. Visser", "Participatiewet", "Nog niet geplaatst"):
        assert part in text
    taken = desk.browser.post("/clienten/nieuw/", NEW | {"surname": "Anders", "birth_date": "1950-01-01"})
    assert "Dit cliëntnummer is al in gebruik." in taken.content.decode()


def test_who_looks_like_somebody_is_warned_of_and_may_go_on(desk: Desk) -> None:
    desk.browser.post("/clienten/nieuw/", NEW | {"bsn": a_bsn(3)})
    same = desk.browser.post("/clienten/nieuw/", NEW | {"number": "N2", "bsn": a_bsn(3)}).content.decode()
    assert "Cliëntnummer N1 heeft dit BSN al." in same
    alike = NEW | {"number": "N2", "surname": "Ozturk", "given_names": "Ayse"}
    warned = words_of(desk.browser.post("/clienten/nieuw/", alike).content.decode())
    assert "Is dit een van hen?" in warned
    assert "zelfde geboortedatum en een naam die erop lijkt" in warned
    assert not Client.objects.filter(number="N2").exists()
    assert desk.browser.post("/clienten/nieuw/", alike | {"anyway": "on"}).status_code == 302
    other = NEW | {"number": "N3", "surname": "Vries", "given_names": "Jan"}
    assert desk.browser.post("/clienten/nieuw/", other).status_code == 302


def test_the_same_address_is_warned_of(desk: Desk) -> None:
    where = {"street": "Kade", "house_number": "3", "postcode": "9999 AB", "city": "Voorbeeldstad"}
    desk.browser.post("/clienten/nieuw/", NEW | where)
    other = {"number": "N4", "surname": "Vries", "birth_date": "1960-01-01", "postcode": "9999ab"}
    assert "zelfde adres" in desk.browser.post("/clienten/nieuw/", NEW | where | other).content.decode()


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


def test_who_has_no_caseload_begins_a_dossier_with_a_team_where_it_waits(desk: Desk) -> None:
    other = a_team(desk.town, "Werk")
    desk.sign_in(desk.coordinator)
    assert "De cliënt wacht bij het team" in desk.words("/clienten/nieuw/")
    refused = desk.browser.post("/clienten/nieuw/", NEW)
    assert "Kies het team." in refused.content.decode()
    assert desk.browser.post("/clienten/nieuw/", NEW | {"team": other.reference}).status_code == 302
    held = Assignment.objects.current().get(client__number="N1")
    assert (held.worker, held.team) == (None, other)
    assert "1 wacht op verdeling" in desk.words("/team/")
    desk.sign_in(a_team_leader(other))
    assert "1 wacht op verdeling" in desk.words("/team/")


def test_a_team_leader_begins_one_with_the_own_team_and_no_other(desk: Desk) -> None:
    other = a_team(desk.town, "Werk")
    desk.sign_in(desk.leader)
    form = desk.page("/clienten/nieuw/")
    assert f'value="{desk.team.reference}" selected' in form
    assert other.reference not in form
    assert desk.browser.post("/clienten/nieuw/", NEW | {"team": other.reference}).status_code == 400
    assert desk.browser.post("/clienten/nieuw/", NEW | {"team": desk.team.reference}).status_code == 302
    held = Assignment.objects.current().get(client__number="N1")
    assert (held.worker, held.team) == (None, desk.team)


def test_where_there_are_no_teams_yet_a_dossier_waits_with_nobody(desk: Desk) -> None:
    town = a_municipality()
    desk.sign_in(a_coordinator(town))
    assert desk.browser.post("/clienten/nieuw/", NEW).status_code == 302
    assert not Assignment.objects.filter(client__number="N1").exists()
    assert "1 wacht op verdeling" in desk.words("/team/")


def test_a_case_manager_is_asked_no_team(desk: Desk) -> None:
    assert 'name="team"' not in desk.page("/clienten/nieuw/")
    assert "De cliënt wacht bij het team" not in desk.words("/clienten/nieuw/")


def test_somebody_alike_beyond_the_reach_is_warned_of_without_a_name(desk: Desk) -> None:
    where = {"street": "Kade", "house_number": "3", "postcode": "9999 AB", "city": "Voorbeeldstad"}
    colleague = a_case_manager(desk.team)
    desk.sign_in(colleague)
    assert desk.browser.post("/clienten/nieuw/", NEW | where).status_code == 302
    desk.sign_in(desk.worker)
    alike = NEW | {"number": "N2", "surname": "Ozturk", "given_names": "Ayse"}
    warned = desk.browser.post("/clienten/nieuw/", alike)
    text = words_of(warned.content.decode())
    assert "Een cliënt die u niet mag zien, heeft dezelfde geboortedatum en een naam die erop lijkt." in text
    assert "Is dit een van hen?" not in text
    for secret in ("Öztürk", "N1", Client.objects.get(number="N1").reference):
        assert secret not in warned.content.decode()
    assert not Client.objects.filter(number="N2").exists()
    other = NEW | where | {"number": "N3", "surname": "Vries", "given_names": "Jan"}
    assert desk.browser.post("/clienten/nieuw/", other).status_code == 302
    assert desk.browser.post("/clienten/nieuw/", alike | {"anyway": "on"}).status_code == 302


def test_nobody_of_another_municipality_is_warned_of(desk: Desk) -> None:
    a_client(a_municipality(), surname="Öztürk", born=date(1991, 3, 2))
    assert desk.browser.post("/clienten/nieuw/", NEW | {"given_names": ""}).status_code == 302


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
        f"{part}/uitkering/nieuw/": ({"kind": "participatiewet"} | FIRST, "starts_on", "Er loopt er al een"),
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
        response = desk.browser.post(path, given)
        at = at_fields(response)
        assert words in at.get(field, ""), (path, at)
        assert f'<li><a href="#id_{field}">' in response.content.decode()


def test_who_lives_elsewhere_is_refused_in_words(desk: Desk) -> None:
    url, begin = f"{desk.url}huishouden/", {"on": "2024-01-01", "kind": "single", "own_role": "interested_party"}
    assert desk.browser.post(url, begin).status_code == 302
    other = desk.another(number="K2", surname="Jansen")
    joined = begin | {"newcomer": "40213", "role": "partner", "kind": "couple"}
    at = at_fields(desk.browser.post(f"/clienten/{other.reference}/huishouden/", joined))
    assert "Er loopt er al een (huishouden) sinds 1 jan 2024." in at["newcomer"]
    assert desk.browser.post(f"{url}beeindigen/", {"ends_on": "2025-01-01"}).status_code == 302
    at = at_fields(desk.browser.post(url, begin | {"on": "2024-06-01"}))
    assert "woont dan in een ander huishouden" in at["on"]


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
