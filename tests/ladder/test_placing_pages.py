"""The pages of a placement: by questions and directly, confirmed, corrected, withdrawn, moved, with its draft."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opstap.accounts.models import Draft
from opstap.audit.models import Recording
from opstap.audit.permissions import command_line
from opstap.clients.models import Trait
from opstap.foundation import dates
from opstap.ladder.logic import LevelDesign, ScaleDesign
from opstap.ladder.models import Measurement
from opstap.ladder.operations import create_scale
from opstap.municipality.models import Code
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team
from tests.factories.clients import with_trait
from tests.factories.ladder import placed
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
LAST_YEAR = date(2025, 3, 4)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


@pytest.mark.covers("A-06", page="/plaatsen/")
@pytest.mark.covers("A-07", page="/plaatsen/")
@pytest.mark.covers("B-64", page="/plaatsen/")
def test_who_knows_the_ladder_chooses_directly(desk: Desk) -> None:
    led = desk.post({"level": "2+", "expected": "4", "growth": "yes", "expected_by": "2027-11-24", "save": "1"})
    assert led == f"/clienten/{desk.client.reference}/"
    (held,) = desk.standing()
    assert held.expected_level is not None
    assert (held.level.code, held.expected_level.code, held.growth) == ("2+", "4", 1)
    assert (held.worker_id, held.reason, held.measured_on) == (desk.worker.pk, "at_contact", dates.today())
    page = desk.browser.get(desk.url).content.decode()
    assert "De plaatsing is bewaard." in page
    assert "Kan naar 4 vóór 24 nov 2027." in page


@pytest.mark.covers("B-12", page="/plaatsen/")
def test_the_questions_lead_to_level_and_growth_and_their_answers_are_kept(desk: Desk) -> None:
    fields = {"wijze": "vragen"}
    asked: list[int] = []
    for name, answer in (
        ("current-contract", "no"), ("current-tasks", "no"), ("current-organised", "yes"),
        ("growth-contract", "no"), ("growth-tasks", "yes"),
    ):  # fmt: skip
        page = desk.browser.post(desk.url, fields | {name: answer}) if asked else desk.browser.get(desk.url, fields)
        fields[name] = answer
        asked.append(page.status_code)
    page_text = desk.browser.post(desk.url, fields).content.decode()
    assert "De vragen leiden naar trede 3, met trede 4 binnen bereik." in page_text
    assert re.search(r'name="level" value="3" checked', page_text)
    assert re.search(r'name="expected" value="4" checked', page_text)
    desk.post(fields | {"level": "3", "expected": "4", "growth": "yes", "save": "1"})
    (held,) = desk.standing()
    assert held.found_level is not None
    assert (held.level.code, held.found_level.code) == ("3", "3")
    assert held.answers == (
        "current.contract:no current.tasks:no current.organised:yes growth.contract:no growth.tasks:yes"
    )


def test_an_answer_can_be_taken_back(desk: Desk) -> None:
    fields = {"wijze": "vragen", "current-contract": "yes", "forget": "current-contract"}
    page = desk.browser.post(desk.url, fields).content.decode()
    assert 'name="current-contract" value="yes" data-key="j"' in page


def test_another_level_than_the_questions_found_takes_a_reason(desk: Desk) -> None:
    fields = {"wijze": "vragen", "current-contract": "no", "current-tasks": "yes", "growth-contract": "no"}
    chosen = fields | {"level": "3", "save": "1"}
    assert "De vragen vonden een andere trede." in desk.post(chosen)
    assert desk.standing() == []
    desk.post(chosen | {"override_reason": "werk stopt volgende week"})
    assert [held.override_reason for held in desk.standing()] == ["werk stopt volgende week"]


@pytest.mark.covers("A-08", page="/plaatsen/")
@pytest.mark.covers("A-11", page="/plaatsen/")
def test_an_unchanged_placement_is_confirmed_and_both_stay(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR, growth="yes", expected="4")
    assert desk.confirm().status_code == 302
    assert [(held.measured_on, held.level.code, held.growth) for held in desk.standing()] == [
        (LAST_YEAR, "3-", 1),
        (dates.today(), "3-", 1),
    ]
    assert "vandaag al vastgelegd" in desk.browser.get(desk.confirm()["Location"]).content.decode()
    assert len(desk.standing()) == 2


def test_who_was_never_placed_can_t_be_confirmed(desk: Desk) -> None:
    page = desk.browser.post(f"{desk.url}bevestigen/", {"ladder": "vng"}, follow=True).content.decode()
    assert "Er is nog geen plaatsing om te bevestigen." in page


@pytest.mark.covers("A-09", page="/plaatsen/")
def test_an_earlier_day_is_only_for_a_conversation_of_that_day(desk: Desk) -> None:
    earlier = {"level": "2", "measured_on": LAST_YEAR.isoformat(), "save": "1"}
    assert "Een eerdere dag kan alleen bij een gesprek" in desk.post(earlier | {"reason": "yearly"})
    assert desk.standing() == []
    desk.post(earlier)
    assert [held.measured_on for held in desk.standing()] == [LAST_YEAR]


def test_a_day_to_come_is_refused_in_place(desk: Desk) -> None:
    tomorrow = (dates.today() + timedelta(days=1)).isoformat()
    assert "Deze dag moet nog komen." in desk.post({"level": "2", "measured_on": tomorrow, "save": "1"})


@pytest.mark.covers("A-05", page="/plaatsen/")
def test_support_and_aftercare_stand_beside_the_levels_that_have_them(desk: Desk) -> None:
    desk.post({"level": "5", "with_support": "on", "save": "1"})
    assert [held.with_support for held in desk.standing()] == [True]
    assert "met ondersteuning" in desk.browser.get(desk.url).content.decode()
    other = desk.in_my_caseload("K2")
    refused = desk.post({"level": "2", "with_support": "on", "save": "1"}, f"/plaatsen/{other.reference}/")
    assert "hoort geen ondersteuning" in refused


def test_the_client_s_own_view_is_kept_where_it_differs(desk: Desk) -> None:
    desk.post({"level": "2", "client_level": "3", "client_view": "ik ga elke week naar de club", "save": "1"})
    assert "Cliënt: 3 ik ga elke week naar de club" in desk.browser.get(desk.url).content.decode()


@pytest.mark.covers("B-13", page="/plaatsen/")
@pytest.mark.covers("B-11", page="/plaatsen/")
def test_a_trait_that_changes_is_changed_for_the_client_from_that_day(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=LAST_YEAR)
    desk.post({"level": "2", "low_literate": "yes", "income_situation": "benefit_only", "save": "1"})
    held = Trait.objects.current().filter(client=desk.client).order_by("kind", "starts_on")
    assert [(trait.kind, trait.value, trait.starts_on, trait.ends_on) for trait in held] == [
        ("income_situation", "benefit_only", dates.today(), None),
        ("low_literate", "no", LAST_YEAR, dates.today()),
        ("low_literate", "yes", dates.today(), None),
    ]
    assert [(one.low_literate, one.income_situation) for one in desk.standing()] == [("yes", "benefit_only")]
    page = desk.browser.get(desk.url).content.decode()
    for name, value in (("low_literate", "yes"), ("income_situation", "benefit_only")):
        field = page.partition(f'name="{name}"')[2].partition("</select>")[0]
        assert f'value="{value}" selected' in field, name


def test_two_of_one_day_ask_which_one_holds(desk: Desk) -> None:
    desk.post({"level": "2", "save": "1"})
    assert "Er is al een plaatsing van deze dag. Welke geldt?" in desk.post({"level": "3", "save": "1"})
    own = desk.post({"level": "3", "same_day": "second", "save": "1"})
    assert "een tweede beoordeling is van een collega" in own
    assert [held.level.code for held in desk.standing()] == ["2"]
    desk.sign_in(a_coordinator(desk.town))
    desk.post({"level": "3", "same_day": "second", "save": "1"})
    assert [(held.level.code, held.second_assessment) for held in desk.standing()] == [("2", False), ("3", True)]
    desk.post({"level": "4", "same_day": "replace", "why": "vergist", "save": "1"})
    assert [(held.level.code, held.second_assessment) for held in desk.standing()] == [("3", True), ("4", False)]


def test_a_correction_names_what_it_replaces_and_why(desk: Desk) -> None:
    old = placed(desk.client, "3-", on=LAST_YEAR, growth="yes", expected="4")
    url = desk.link("verbeteren")
    assert 'value="3-" checked' in desk.browser.get(url).content.decode()
    wrong = {"level": "2", "measured_on": LAST_YEAR.isoformat(), "reason": "intake", "save": "1"}
    assert "Zeg in een paar woorden waarom." in desk.post(wrong, url)
    desk.post(wrong | {"why": "verkeerd dossier voor mij"}, url)
    (held,) = desk.standing()
    assert (held.level.code, held.replaces_id, held.why) == ("2", old.pk, "verkeerd dossier voor mij")
    assert "Verbeterd: verkeerd dossier voor mij" in desk.browser.get(desk.url).content.decode()


def test_a_correction_that_comes_second_is_told_and_saves_nothing(desk: Desk) -> None:
    old = placed(desk.client, "3-", on=LAST_YEAR)
    url = desk.link("verbeteren")
    placed(desk.client, "2", on=LAST_YEAR, replaces=old)
    page = desk.post({"level": "4", "client_view": "mijn woorden", "why": "tweede", "save": "1"}, url)
    assert "heeft dit intussen gewijzigd" in page
    assert "mijn woorden</textarea>" in page
    assert [held.level.code for held in desk.standing()] == ["2"]


def test_a_withdrawal_asks_why_and_leaves_nothing_standing(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    url = desk.link("intrekken")
    assert desk.browser.post(url, {"why": ""}).status_code == 400
    desk.browser.post(url, {"why": "gesprek ging niet door"})
    assert desk.standing() == []
    assert Measurement.objects.filter(withdrawn=True).get().why == "gesprek ging niet door"


def test_a_placement_of_the_wrong_person_moves_in_one_recording(desk: Desk) -> None:
    right = desk.in_my_caseload("K2")
    placed(desk.client, "3-", on=LAST_YEAR, growth="yes", expected="4")
    url = desk.link("verplaatsen")
    assert "niemand met dit cliëntnummer" in desk.browser.post(url, {"number": "K9", "why": "x"}).content.decode()
    asked = desk.browser.post(url, {"number": "K2", "why": "naamgenoot"}).content.decode()
    assert "Is dit de juiste persoon: Voorbeeld" in asked
    assert len(desk.standing()) == 1
    before = Recording.objects.count()
    desk.browser.post(url, {"number": "K2", "why": "naamgenoot", "agreed": right.reference})
    assert (desk.standing(), Recording.objects.count()) == ([], before + 1)
    assert [(held.level.code, held.growth, held.why) for held in desk.standing(right)] == [("3-", 1, "naamgenoot")]


def test_a_draft_is_kept_encrypted_offered_and_thrown_away(desk: Desk) -> None:
    fields = {"ladder": "vng", "level": "2+", "client_view": "iets heel eigens"}
    assert "Concept bewaard" in desk.browser.post(f"{desk.url}concept/", fields).content.decode()
    recordings = Recording.objects.count()
    desk.browser.post(f"{desk.url}concept/", fields | {"level": "3-"})
    assert Recording.objects.count() == recordings
    assert b"eigens" not in bytes(Draft.objects.get().content)
    page = desk.browser.get(desk.url).content.decode()
    assert re.search(r'name="level" value="3-" checked', page)
    assert "iets heel eigens" in page
    desk.browser.post(f"{desk.url}concept-weg/", {"ladder": "vng"})
    assert "iets heel eigens" not in desk.browser.get(desk.url).content.decode()


def test_saving_ends_the_draft(desk: Desk) -> None:
    desk.browser.post(f"{desk.url}concept/", {"ladder": "vng", "level": "2+"})
    desk.post({"level": "2+", "save": "1"})
    assert not Draft.objects.exists()


def test_it_leads_back_to_where_one_came_from_and_nowhere_else(desk: Desk) -> None:
    assert desk.post({"level": "2", "save": "1", "next": "/rapporten/"}) == "/rapporten/"
    other = desk.in_my_caseload("K2")
    place, dossier = f"/plaatsen/{other.reference}/", f"/clienten/{other.reference}/"
    assert desk.post({"level": "2", "save": "1", "next": "https://example.org/"}, place) == dossier
    third = desk.in_my_caseload("K3")
    placed(third, "2", on=LAST_YEAR)
    assert desk.confirm(third)["Location"] == f"/clienten/{third.reference}/"
    assert f'<a href="{dossier}">' in desk.browser.get(place).content.decode()


def test_a_draft_thrown_away_still_leads_back(desk: Desk) -> None:
    url = f"{desk.url}concept-weg/"
    led = desk.browser.post(url, {"ladder": "vng", "next": "/clienten/?sort=name"})["Location"]
    assert led == f"{desk.url}?ladder=vng&next=%2Fclienten%2F%3Fsort%3Dname"
    assert "example.org" not in desk.post({"ladder": "vng", "next": "https://example.org/"}, url)


def test_a_scale_without_questions_is_chosen_from_directly(desk: Desk) -> None:
    page = desk.browser.get(desk.url, {"ladder": "groningen"}).content.decode()
    assert "Met vragen" not in page
    desk.post({"ladder": "groningen", "level": "6", "with_aftercare": "on", "save": "1"})
    assert [(held.level.code, held.with_aftercare) for held in desk.standing()] == [("6", True)]


def test_only_who_may_place_within_their_reach(desk: Desk) -> None:
    desk.sign_in(a_coordinator(desk.town))
    assert desk.browser.get(desk.url).status_code == 200
    desk.sign_in(a_case_manager(a_team(desk.town)))
    assert desk.browser.get(desk.url).status_code == 404
    assert desk.browser.post(f"{desk.url}bevestigen/").status_code == 404
    desk.sign_in(a_functional_administrator(desk.town))
    assert desk.browser.get(desk.url).status_code == 403
    desk.browser.logout()
    assert desk.browser.get(desk.url)["Location"].startswith("/aanmelden/?next=/plaatsen/")


def test_the_page_costs_as_many_queries_after_ten_placements_as_after_one(desk: Desk) -> None:
    counts = []
    for year in range(2015, 2025):
        placed(desk.client, "3-", on=date(year, 1, 1))
        with CaptureQueriesContext(connection) as captured:
            desk.browser.get(desk.url)
        counts.append(len(captured))
    assert counts[0] == counts[-1]
    assert counts[0] <= 16


def test_an_earlier_day_is_offered_the_reasons_that_held_then(desk: Desk) -> None:
    today = dates.today()
    earlier = (today - timedelta(days=10)).isoformat()
    intake = Code.objects.get(code_list__key="placement_reason", code="intake")
    Code.objects.filter(pk=intake.pk).update(valid_until=today - timedelta(days=5))
    offered = desk.browser.post(desk.url, {"level": "2", "measured_on": earlier, "reason": "yearly"})
    assert offered.status_code == 200
    assert 'value="intake"' in offered.content.decode()
    assert not desk.standing()
    assert 'value="intake"' not in desk.browser.get(desk.url).content.decode()
    refused = desk.post({"level": "2", "save": "1", "reason": "intake"})
    assert "Dit kan op die dag niet worden gekozen" in refused
    assert '<option value="" selected>–</option>' in refused  # nothing is chosen in its stead
    desk.post({"level": "2", "save": "1", "reason": "intake", "measured_on": earlier})
    assert [held.reason for held in desk.standing()] == ["intake"]


def test_every_level_has_a_key_of_its_own_that_stands_beside_it(desk: Desk) -> None:
    levels = [LevelDesign(str(number), f"Positie {number}") for number in range(1, 12)]
    levels += [LevelDesign("A", "Werk"), LevelDesign("n", "Nazorg")]
    design = ScaleDesign("elf", "ordinal", "Elf posities", date(2020, 1, 1), tuple(levels))
    create_scale(by=command_line(), design=design)
    page = desk.browser.get(desk.url, {"ladder": "elf"}).content.decode()
    keys = dict(re.findall(r'name="level" value="(\w+)"[^>]* data-key="(\w)"', page))
    assert keys == {**{str(number): str(number) for number in range(10)}, "10": "b", "11": "c", "A": "a", "n": "d"}
    assert re.findall(r'<kbd class="pick__key" aria-hidden="true">(\w)</kbd>', page) == ["d", "c", "b", "b", "c", "d"]
    assert len(re.findall(r'name="expected" value="\w+"[^>]* data-key="\w"', page)) == 13
