"""An extract for research in which nobody stands out, and which stays the same."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from opstap.accounts.models import RoleHolding
from opstap.audit.models import Access
from opstap.audit.permissions import command_line
from opstap.audit.selectors.pseudonyms import pseudonyms_of
from opstap.clients.operations import merge_clients, protect_dossier
from opstap.foundation import dates
from opstap.privacy.operations import erase_client
from opstap.privacy.selectors.processing import lines_of
from opstap.reporting.logic import Quarter
from tests.factories.accounts import a_coordinator, a_worker, acting
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory, an_instrument
from tests.factories.research import LIST, Study, a_permit

pytestmark = pytest.mark.django_db


@pytest.fixture
def study() -> Study:
    return Study()


def combinations(rows: list[dict[str, str]]) -> Counter[tuple[str, ...]]:
    return Counter(tuple(value for key, value in row.items() if key != "pseudoniem") for row in rows)


@pytest.mark.covers("B-59", page="/onderzoek/")
def test_a_researcher_takes_rows_in_which_every_combination_occurs_ten_times(study: Study) -> None:
    study.people(17)
    study.people(10, growth="no")
    study.people(11, sex="male", born=date(1995, 2, 3), level="4", later="4")
    rows = study.rows()
    assert sorted(combinations(rows).values()) == [10, 10, 15]
    one = next(row for row in rows if row["geslacht"] == "man")
    assert one == {
        "pseudoniem": one["pseudoniem"],
        "geslacht": "man",
        "leeftijd op het eerste moment": "27 t/m 44",
        "uitkeringsduur op het eerste moment": "2 tot 5 jaar",
        "een instrument aan het eind van een maand tussen de momenten": "nee",
        "trede op het eerste moment": "4",
        "groeipotentieel op het eerste moment": "ja",
        "trede op het tweede moment": "4",
        "groeipotentieel op het tweede moment": "ja",
    }
    assert len({row["pseudoniem"] for row in rows}) == 35


def test_classes_are_merged_for_who_stands_out_and_the_rest_is_left_out(study: Study) -> None:
    study.people(10)
    study.people(7, growth="no")
    study.people(4, growth="unknown")
    study.people(3, sex="male", level="6", later="6", born=None)
    rows = study.rows()
    merged = [row for row in rows if row["groeipotentieel op het tweede moment"] == "anders of onbekend"]
    assert (len(rows), len(merged)) == (20, 10)
    assert set(combinations(rows).values()) == {10}
    said = study.said()
    assert "Er staan 20 personen in." in said
    assert "Minder dan 10 personen zijn weggelaten" in said


def test_of_many_who_were_left_out_the_page_says_about_how_many(study: Study) -> None:
    for level in ("2", "3", "4", "5"):
        study.people(14, level=level, later=level)
    assert len(study.rows()) == 40
    assert "Ongeveer 20 personen zijn weggelaten" in study.said()


def test_an_instrument_between_the_moments_counts_and_one_before_does_not(study: Study) -> None:
    for client in study.people(10):
        an_instrument(a_trajectory(client, since=date(2025, 2, 3)))
    for client in study.people(10):
        an_instrument(a_trajectory(client, since=date(2023, 2, 3)), until=date(2024, 2, 3))
    told = Counter(row["een instrument aan het eind van een maand tussen de momenten"] for row in study.rows())
    assert told == {"ja": 10, "nee": 10}


def test_who_left_or_was_not_placed_says_so_and_who_was_never_there_is_not_in_it(study: Study) -> None:
    for _each in range(10):
        a_client(study.town, until=date(2025, 3, 4))
        a_client(study.town, until=date(2023, 3, 4))
        a_client(study.town, followed_since=date(2025, 3, 4))
    rows = study.rows()
    assert len(rows) == 10
    levels = {(row["trede op het eerste moment"], row["trede op het tweede moment"]) for row in rows}
    assert levels == {("niet geplaatst", "niet in begeleiding")}


def test_fewer_than_ten_give_no_extract_and_the_page_says_what_to_do(study: Study) -> None:
    study.people(9)
    assert study.get("csv").status_code == 302
    said = study.said()
    assert "Er zijn te weinig personen" in said
    assert "andere momenten" in said


def test_protected_dossiers_and_other_municipalities_are_not_in_it(study: Study) -> None:
    study.people(10)
    hidden = study.people(1)[0]
    later = dates.today() + timedelta(days=30)
    protect_dossier(by=command_line(), client=hidden, reason="colleague", review_on=later, why="werkt hier")
    elsewhere = Study()
    elsewhere.people(12)
    assert len(study.rows()) == 10
    seen = Access.objects.filter(action="research:extract-file").latest("pk")
    assert seen.listed_count == 10
    assert pseudonyms_of([hidden.reference]) not in bytes(seen.listed)
    assert elsewhere.browser.get(study.page).status_code == 404


def test_what_happens_after_the_permit_changes_no_row(study: Study) -> None:
    """Else two extracts, the day before and the day after, would differ in the row of one person."""
    clients = study.people(15)
    study.people(10, level="5", later="6")
    before = combinations(study.rows())
    later = dates.today() + timedelta(days=30)
    protect_dossier(by=command_line(), client=clients[0], reason="threatened", review_on=later, why="sinds gisteren")
    placed(clients[1], "5", on=date(2025, 6, 7))
    merge_clients(by=command_line(), client=clients[3], kept=clients[2], why="dubbel")
    erase_client(by=command_line(), client=clients[4])
    study.people(12)
    assert combinations(study.rows()) == before
    again = a_permit(study.town)
    study.permit = again
    assert combinations(study.rows()) == before, "the same moments are one extract, for whatever research"
    study.permit = a_permit(study.town, later=Quarter(2025, 3))
    assert combinations(study.rows()) != before


def test_who_was_erased_is_in_it_as_in_reports_and_on_no_list(study: Study) -> None:
    clients = study.people(12)
    for client in clients:
        an_instrument(a_trajectory(client, since=date(2025, 2, 3)))
    before = combinations(study.rows())
    for client in clients[:9]:
        erase_client(by=command_line(), client=client)
    assert combinations(study.rows()) == before
    assert Access.objects.filter(action="research:extract-file").latest("pk").listed_count < 10
    assert "Minder dan 10 personen daarin zijn daarna gewist" in study.said()
    assert not study.made(acting(a_coordinator(study.town))).result.rows


def test_the_log_names_everybody_in_it_and_the_research_as_the_reason(study: Study) -> None:
    study.people(10)
    answer = study.get("csv")
    seen = Access.objects.latest("pk")
    reference = answer["Content-Disposition"].split("uittreksel-")[1].split(".")[0]
    assert (seen.action, seen.result, seen.listed_count) == ("research:extract-file", "done", 10)
    assert seen.why == f"{study.permit} {reference}"
    assert seen.roles == "researcher"


def test_no_name_number_day_team_or_worker_is_in_it(study: Study) -> None:
    people = study.people(12, surname="Zonderling")
    worker = a_worker(study.town, "case_manager", name="Wim Werker")
    for client in people:
        in_caseload(client, worker)
    text = study.get("csv").content.decode()
    known = [one for client in people for one in (client.number, client.reference)]
    assert not [one for one in ("Zonderling", "Werker", "2024", "2025", "1980", *known) if one in text]


def test_two_extracts_have_no_pseudonym_in_common_and_another_order(study: Study) -> None:
    study.people(15)
    study.people(15, sex="male")
    one, other = study.rows(), study.rows()
    assert not {row["pseudoniem"] for row in one} & {row["pseudoniem"] for row in other}
    assert combinations(one) == combinations(other)
    assert [row["geslacht"] for row in one] != sorted(row["geslacht"] for row in one)
    assert [row["pseudoniem"] for row in one] == sorted(row["pseudoniem"] for row in one)


def test_a_workbook_says_beside_the_rows_how_to_read_them(study: Study) -> None:
    study.people(12)
    book = CalamineWorkbook.from_filelike(BytesIO(study.get("xlsx").content))
    first, *_others, last = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    notes = "\n".join(str(cell) for row in last for cell in row)
    for words in (
        "Drie jaar ladder, Hogeschool Voorbeeld",
        "AVG artikel 89",
        "eind van kwartaal 4 van 2024",
        "Er staan 10 personen in.",
        "Minder dan 10 personen zijn weggelaten",
        "minstens 10 keer",
        "Zoals vastgelegd tot",
        "Beschermde dossiers staan er niet in",
    ):
        assert words in notes, words
    assert len(first) == 11


def test_the_page_says_which_moments_were_permitted(study: Study) -> None:
    study.people(10)
    said = study.said()
    assert "Eind van kwartaal 4 van 2024" in said
    assert "Eind van kwartaal 4 van 2025" in said
    assert study.get("exe").status_code == 404


def test_without_help_and_trajectories_there_is_no_column_of_instruments(study: Study) -> None:
    study.people(10)
    made = study.made(acting(study.researcher), with_instruments=False)
    assert "instrument" not in made.result.columns
    assert len(made.result.rows) == 10


def test_nobody_but_a_researcher_gets_anybody_in_an_extract(study: Study) -> None:
    study.people(12)
    made = study.made(acting(a_coordinator(study.town)))
    assert (made.result.base, made.result.rows) == (0, ())


def test_who_sees_dossiers_by_another_role_takes_no_extract(study: Study) -> None:
    study.people(12)
    both = a_worker(study.town, "researcher")
    RoleHolding.objects.create(
        user=both, municipality=both.municipality, role="case_manager", starts_on=date(2020, 1, 1)
    )
    browser = signed_in(both)
    assert "Niet naast dossiers" in browser.get(LIST).content.decode()
    assert browser.get(study.page).status_code == 404
    assert browser.get(f"{study.page}bestand/csv/").status_code == 404
    assert study.made(acting(both)).result.base == 0


def test_who_sees_dossiers_in_another_municipality_takes_no_extract_here(study: Study) -> None:
    study.people(12)
    both, elsewhere = a_worker(study.town, "researcher"), a_municipality("Elders")
    held = RoleHolding.objects.create(user=both, municipality=elsewhere, role="policy", starts_on=date(2020, 1, 1))
    assert study.made(acting(both)).result.base == 12
    held.role = "coordinator"
    held.save()
    assert study.made(acting(both)).result.base == 0
    assert "Niet naast dossiers" in signed_in(both).get(LIST).content.decode()


def test_the_processing_log_has_a_line_for_everybody_in_it(study: Study) -> None:
    study.people(10)
    study.get("csv")
    above, *each = lines_of(Access.objects.latest("pk"))
    assert above.activity.identifier.startswith("onderzoek-")
    assert len({line.subject for line in each}) == 10


def test_the_pages_ask_the_database_as_often_for_many_people(study: Study, django_assert_max_num_queries: Any) -> None:
    study.people(12)
    study.said()
    study.people(20)
    with django_assert_max_num_queries(25):
        study.get("csv")
    assert reverse("research:extracts") == LIST
