"""The dossier: head, answers, staircase, timeline, what stands beside it; for whom it is there, and at what cost."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from opstap.audit.permissions import command_line
from opstap.clients.logic import AddressRow, ArrangementRow, ExemptionRow, MembershipRow, PersonAroundRow
from opstap.clients.operations import (
    NewHousehold,
    create_programme,
    merge_clients,
    record_addresses,
    record_exemptions,
    record_held_fact,
    record_households,
    record_memberships,
)
from opstap.facts.selectors.cache import forget_all
from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.ladder.operations import withdraw_measurement
from tests.dossier.desks import Desk
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team, acting
from tests.factories.clients import a_client, in_caseload, on_benefit, with_barrier, with_trait
from tests.factories.contacts import agreed, spoken
from tests.factories.ladder import placed
from tests.factories.plans import a_trajectory
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
BY = command_line()


def test_the_head_says_who_it_is_and_whose(desk: Desk) -> None:
    text = desk.words()
    assert "Voorbeeld" not in text
    for part in ("Bakker", "15 jun 1980", "Cliëntnummer 40213", f"J. Visser, {desk.team.name}"):
        assert part in text


@pytest.mark.covers("B-60", page="/clienten/")
def test_the_answers_stand_on_top(desk: Desk) -> None:
    placed(desk.client, "2-", on=date(2024, 3, 4))
    placed(desk.client, "2-", on=date(2025, 3, 4), growth="yes", expected="4")
    text = desk.words()
    assert "2- Sociale contacten buitenshuis" in text
    assert "sinds 4 mrt 2024" in text
    assert "4 Onbetaald werk" in text
    assert "groeipotentieel" in text


def test_who_was_never_placed_can_be_placed_at_once(desk: Desk) -> None:
    page = desk.page()
    assert "Nog niet geplaatst" in page
    assert f'href="/plaatsen/{desk.client.reference}/?next=/clienten/{desk.client.reference}/"' in page


def test_what_asks_attention_stands_in_the_head_with_its_way_out(desk: Desk) -> None:
    placed(desk.client, "2", on=dates.today() - timedelta(days=500), growth="yes", expected="4")
    text = desk.words()
    start = text.index("Vraagt aandacht")
    head = text[start : text.index("Nu 2", start)]
    for reason in ("plaatsing van 12 maanden of ouder", "groeipotentieel zonder traject", "geen vervolgcontact"):
        assert reason in head
    page, back = desk.page(), f"?next=%2Fclienten%2F{desk.client.reference}%2F"
    for path in ("plaatsen", "contact", "hulp"):
        assert re.search(rf'<dd><a href="/{path}[^"]*{desk.client.reference}[^"]*{re.escape(back)}">', page), path


def test_who_asks_nothing_has_no_line_of_attention(desk: Desk) -> None:
    placed(desk.client, "2", on=dates.today())
    agreed(desk.client, dates.today() + timedelta(days=14))
    assert "Vraagt aandacht" not in desk.page()


def test_how_to_reach_somebody_stands_before_the_story(desk: Desk) -> None:
    until = dates.today() + timedelta(days=60)
    row = ArrangementRow(desk.client.pk, "visit_with_two", date(2024, 1, 1), until)
    record_held_fact(by=BY, what="arrangement", row=row)
    text = desk.words()
    before = text[text.index("Bereiken") : text.index("Wat er gebeurde")]
    assert "bezoek met twee" in before.lower()
    assert "Telefoon" in before


def test_who_divides_the_work_assigns_from_the_dossier(desk: Desk) -> None:
    colleague = a_case_manager(desk.team, name="M. Smit")
    here = f"/clienten/{desk.client.reference}/"
    link = f"/team/toewijzen/?client={desk.client.reference}&amp;next={here}"
    assert link not in desk.page()
    desk.sign_in(desk.leader)
    assert link in desk.page()
    given = {"workers": colleague.reference, "from_on": dates.today().isoformat(), "reason": "transferred"}
    address = link.replace("&amp;", "&")
    desk.browser.post(address, given | version_at(desk.browser, address))
    assert f"M. Smit, {desk.team.name}" in desk.words()


def test_a_small_gap_does_not_break_the_time_on_benefit(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1), date(2021, 1, 1))
    on_benefit(desk.client, date(2021, 1, 20))
    assert "sinds 1 jan 2020" in desk.words()


def test_a_benefit_of_a_few_days_is_not_one_of_no_months(desk: Desk) -> None:
    on_benefit(desk.client, dates.today() - timedelta(days=5))
    assert "minder dan een maand" in desk.words()


@pytest.mark.covers("A-11", page="/clienten/")
def test_the_staircase_shows_each_step_the_expectation_and_second_assessments(desk: Desk) -> None:
    placed(desk.client, "1", on=date(2023, 3, 4))
    placed(desk.client, "2+", on=date(2024, 3, 4), expected="4")
    placed(desk.client, "3", on=date(2024, 5, 4), second=True)
    placed(desk.client, "2", on=date(2024, 5, 4), scale="groningen")
    page = desk.page()
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="bar-chart"') == 2
    assert "4 mrt 2023: 1; 4 mrt 2024: 2+" in page
    assert 'stroke-dasharray="2 5"' in page
    assert "tweede beoordeling" in page
    assert "style=" not in page[page.index("<main") :]


def test_everything_stands_in_the_timeline_the_newest_first(desk: Desk) -> None:
    on_benefit(desk.client, date(2020, 1, 1), date(2022, 1, 1))
    placed(desk.client, "1", on=date(2023, 3, 4))
    placed(desk.client, "2", on=date(2024, 3, 4))
    text = desk.words()
    text = text[text.index("Wat er gebeurde") :]
    order = [
        "Plaatsing 1 → 2", "Eerste plaatsing", "Einde: Uitkering: Participatiewet", "Uitkering: Participatiewet",
        "Begeleiding: uitkering",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_placement_is_corrected_from_the_timeline_and_leads_back(desk: Desk) -> None:
    placed(desk.client, "1", on=date(2024, 3, 4))
    found = re.search(r'href="(/plaatsen/[^"]+/verbeteren/\?next=[^"]+)"', desk.page())
    assert found is not None
    assert f'name="next" value="{desk.url}"' in desk.page(found[1])
    given = {"level": "2", "growth": "unknown", "measured_on": "2024-03-04", "reason": "intake", "why": "typefout"}
    led = desk.browser.post(found[1], given | {"save": "1", "next": desk.url})
    assert led["Location"] == desk.url
    assert "typefout" in desk.words()


def test_a_withdrawn_placement_stands_struck_in_the_timeline_with_who_when_and_why(desk: Desk) -> None:
    placed(desk.client, "1", on=date(2024, 3, 4))
    wrong = placed(desk.client, "4", on=date(2024, 6, 1))
    withdraw_measurement(by=acting(desk.worker), measurement=wrong, why="gesprek ging niet door")
    for page in (desk.page(), desk.page("?soort=plaatsing")):
        assert re.search(r'<span class="tag tag--warning">ingetrokken</span> <s>Plaatsing: 4 [^<]+</s>', page)
        assert f"ingetrokken op {day(dates.today())}: gesprek ging niet door · J. Visser" in page
        assert re.search(r'href="/plaatsen/[^"]+/geschiedenis/">Geschiedenis<[^>]+>: Plaatsing: 4', page)
    assert "ingetrokken" not in desk.page("?soort=gegevens")


def test_closing_and_merging_stand_in_the_menu_at_the_head(desk: Desk) -> None:
    page = desk.page()
    head = page[page.index('class="page-head__actions"') : page.index('class="content"')]
    assert f'href="{desk.url}sluiten/"' in head
    assert "samenvoegen" not in page
    desk.sign_in(desk.coordinator)
    page = desk.page()
    assert f'href="{desk.url}samenvoegen/"' in page[page.index("page-head__actions") : page.index('class="content"')]


def test_the_timeline_is_narrowed_to_one_kind_and_thirty_a_page(desk: Desk) -> None:
    for number in range(40):
        placed(desk.client, "1", on=date(2022, 1, 1) + timedelta(days=number))
    page = desk.page("?soort=plaatsing")
    assert page.count('class="timeline__entry"') == 30
    assert "Begeleiding: uitkering" not in page
    assert f"/clienten/{desk.client.reference}/?soort=plaatsing&amp;page=2" in page
    assert desk.page("?soort=plaatsing&page=2").count('class="timeline__entry"') == 10
    assert "Nog niets van deze soort" in desk.page("?soort=contact")


@pytest.mark.covers("E-12", page="/clienten/")
@pytest.mark.covers("B-92", page="/clienten/")
@pytest.mark.covers("C-05", page="/clienten/")
def test_what_holds_today_stands_at_the_side(desk: Desk) -> None:
    programme = create_programme(by=BY, municipality=desk.town, name="Nieuwkomers")
    record_memberships(by=BY, rows=[MembershipRow(desk.client.pk, programme.pk, date(2024, 1, 1))])
    record_exemptions(by=BY, rows=[ExemptionRow(desk.client.pk, "medical", date(2024, 1, 1), duty="work")])
    with_barrier(desk.client, "language", date(2024, 1, 1))
    with_barrier(desk.client, "travel", date(2020, 1, 1), date(2021, 1, 1))
    with_trait(desk.client, "low_literate", "yes")
    page = desk.page()
    side = page[page.index('<aside class="dossier-side"') :]
    for part in ("Nieuwkomers", "arbeidsverplichting, medisch", "taal", "ja"):
        assert part in side
    assert "vervoer" not in side
    assert "Belemmering: vervoer" in page


def test_the_partner_is_one_step_away_when_one_may_see_them(desk: Desk) -> None:
    mine = desk.another(number="K2", surname="Jansen")
    hidden = a_client(desk.town, number="K3", surname="Verborgen")
    members = ((desk.client.pk, "interested_party"), (mine.pk, "partner"), (hidden.pk, "child"))
    record_households(by=BY, municipality=desk.town, rows=[NewHousehold("couple", date(2024, 1, 1), members)])
    page = desk.page()
    assert f'<a href="/clienten/{mine.reference}/">Jansen</a>' in page
    assert "Verborgen" in page
    assert hidden.reference not in page


def test_a_secret_address_is_shown_to_who_may_see_it(desk: Desk) -> None:
    where = AddressRow(desk.client.pk, date(2024, 1, 1), street="Dorpsstraat", house_number="1", is_secret=True)
    record_addresses(by=BY, rows=[where])
    assert "Dorpsstraat" not in desk.page()
    assert "geheim" in desk.page()
    desk.sign_in(desk.leader)
    assert "Dorpsstraat 1 (geheim)" in desk.page()


def test_the_list_someone_came_from_is_one_click_away(desk: Desk) -> None:
    page = desk.page("?van=/rapporten/plaatsing/mensen/%3Fop%3D2026-01-01")
    assert '<a href="/rapporten/plaatsing/mensen/?op=2026-01-01">Mensen</a>' in page
    assert 'href="https://evil' not in desk.page("?van=https://evil.example/")
    assert 'href="//evil' not in desk.page("?van=//evil.example/")


@pytest.mark.parametrize(("who", "words"), [("worker", "Mijn caseload"), ("leader", "Caseload")])
def test_without_a_list_the_way_up_leads_to_the_caseload(desk: Desk, who: str, words: str) -> None:
    desk.sign_in(getattr(desk, who))
    up = f'<li><a href="/clienten/">{words}</a></li>'
    assert up in desk.page()
    assert up in desk.page(f"{desk.url}onderdeel/adres/")
    assert up not in desk.page("?van=/rapporten/plaatsing/mensen/%3Fop%3D2026-01-01")


def test_on_paper_stands_where_and_who_to_address_and_nothing_to_press(desk: Desk) -> None:
    record_addresses(by=BY, rows=[AddressRow(desk.client.pk, date(2024, 1, 1), street="Dorpsstraat", house_number="1")])
    administrator = PersonAroundRow(desk.client.pk, "administrator", "R. Smit", date(2024, 1, 1), phone="0500-555101")
    record_held_fact(by=BY, what="around", row=administrator)
    agreed(desk.client, dates.today() + timedelta(days=14))
    page = desk.page()
    reach = page[page.index("dossier-reach") : page.index("dossier-story")]
    for part in ("Dorpsstraat 1", "bewindvoerder: R. Smit, 0500-555101"):
        assert part in reach
    on_paper = re.sub(
        r'<(span|p|dd|details|section|nav)[^>]*class="[^"]*(?:no-print|tabs)[^"]*".*?</\1>', "", page, flags=re.DOTALL
    )
    answers = on_paper[on_paper.index("dossier-answers") : on_paper.index("dossier-story")]
    assert ">Verzet<" in page
    assert ">Verzet<" not in answers
    assert ">Persoon en BSN<" not in answers


def test_who_may_not_see_this_client_finds_nothing(desk: Desk) -> None:
    other = a_case_manager(a_team(desk.town))
    desk.sign_in(other)
    assert desk.browser.get(desk.url).status_code == 404
    desk.sign_in(a_functional_administrator(desk.town))
    assert desk.browser.get(desk.url).status_code == 403
    desk.browser.logout()
    assert desk.browser.get(desk.url).status_code == 302


WARM, ANY = 12, 15


def _queries(desk: Desk) -> int:
    with CaptureQueriesContext(connection) as captured:
        desk.page()
    return len(captured)


def _warm(desk: Desk) -> int:
    desk.page()
    return _queries(desk)


def _cold(desk: Desk) -> int:
    """As the first page of a new process."""
    forget_all()
    return _queries(desk)


def test_the_page_asks_the_same_few_queries_however_long_the_story(desk: Desk) -> None:
    few, first = _warm(desk), _cold(desk)
    mates = [a_client(desk.town, number=f"M{number}") for number in range(4)]
    members = ((desk.client.pk, "interested_party"), *((mate.pk, "child") for mate in mates))
    record_households(by=BY, municipality=desk.town, rows=[NewHousehold("couple", date(2024, 1, 1), members)])
    for number in range(30):
        placed(desk.client, "1", on=date(2022, 1, 1) + timedelta(days=number))
        on_benefit(
            desk.client, date(1990, 1, 1) + timedelta(days=60 * number), date(1990, 1, 3) + timedelta(60 * number)
        )
        a_trajectory(desk.client, since=date(2022, 1, 1) + timedelta(days=number), goal="3")
        spoken(desk.client, date(2022, 1, 1) + timedelta(days=number))
    in_caseload(mates[0], desk.worker)
    after_a_write = _queries(desk)
    assert _warm(desk) == few <= WARM
    assert _cold(desk) == first <= ANY
    assert after_a_write <= ANY


def test_two_dossiers_of_one_person_cost_no_more(desk: Desk) -> None:
    double = desk.another(number="K7", surname="Backer")
    placed(double, "3", on=date(2025, 5, 1))
    few, first = _warm(desk), _cold(desk)
    merge_clients(by=BY, client=double, kept=desk.client, why="twee keer ingevoerd")
    agreed(desk.client, dates.today() + timedelta(days=14))
    assert "3 Deelname aan" in desk.words()
    assert (_warm(desk), _cold(desk)) == (few, first)


def test_a_day_in_the_future_is_said_to_be_to_come(desk: Desk) -> None:
    with_barrier(desk.client, "money", dates.today(), dates.today() + timedelta(days=30))
    assert "nog te komen" in desk.words()
