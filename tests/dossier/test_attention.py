"""Who needs attention, and the reason in words: one table of cases, on any ladder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from opstap.contacts.enums import AgreedState
from opstap.contacts.logic import NextContactRow
from opstap.contacts.operations import record_next_contacts
from opstap.dossier.enums import Reason
from opstap.dossier.selectors.attention import desk_of, reasons_of
from opstap.dossier.selectors.groups import ids_of_group
from opstap.foundation import dates
from opstap.ladder.logic import MeasurementRow
from opstap.ladder.models import Scale
from opstap.ladder.operations import record_measurement
from opstap.municipality.operations import change_setting
from opstap.selections.logic import READY
from tests.factories.accounts import acting
from tests.factories.clients import BY, FOLLOWED_SINCE
from tests.factories.contacts import agreed, spoken
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import GROWTH, level, placed
from tests.factories.plans import a_trajectory

pytestmark = pytest.mark.django_db
NEVER, LONG_AGO, PASSED, UNUSED, NO_CONTACT, NEW = (
    Reason.NEVER_PLACED,
    Reason.PLACED_LONG_AGO,
    Reason.EXPECTED_PASSED,
    Reason.GROWTH_UNUSED,
    Reason.NO_NEXT_CONTACT,
    Reason.NEWLY_ASSIGNED,
)


def a_year_ago(plus: int = 0) -> date:
    return dates.years_before(dates.today(), 1) + timedelta(days=plus)


@dataclass(frozen=True)
class Placed:
    """A placement: the day, the level, where to and by when."""

    on: date
    code: str = "2"
    expected: str | None = None
    by: date | None = None
    scale: str = "vng"
    growth: str = "unknown"


def place(client_id: int, placed: Placed) -> None:
    here = level(placed.code, placed.scale)
    goal = level(placed.expected, placed.scale).pk if placed.expected else None
    row = MeasurementRow(client_id, here.scale_id, placed.on, here.pk, GROWTH[placed.growth], goal, placed.by)
    record_measurement(by=BY, row=row)


@pytest.mark.parametrize(
    ("assigned", "measured", "reasons"),
    [
        (FOLLOWED_SINCE, None, [NEVER]),
        (FOLLOWED_SINCE, Placed(a_year_ago()), [LONG_AGO]),
        (FOLLOWED_SINCE, Placed(a_year_ago(1)), []),
        (FOLLOWED_SINCE, Placed(days_ago(90), growth="no"), []),
        (FOLLOWED_SINCE, Placed(days_ago(90), growth="yes"), [UNUSED]),
        (FOLLOWED_SINCE, Placed(days_ago(90), "2", "4", days_ago(1)), [PASSED]),
        (FOLLOWED_SINCE, Placed(days_ago(90), "2", "4", days_ago(0)), []),
        (FOLLOWED_SINCE, Placed(days_ago(90), "2", "2", days_ago(1)), []),
        (FOLLOWED_SINCE, Placed(days_ago(90), "2", "4"), []),
        (days_ago(29), Placed(days_ago(60)), [NEW]),
        (days_ago(30), Placed(days_ago(60)), []),
        (days_ago(29), Placed(days_ago(29)), []),
        (days_ago(3), None, [NEVER, NEW]),
        (days_ago(3), Placed(a_year_ago(-10), "2", "3", days_ago(20)), [LONG_AGO, PASSED, NEW]),
    ],
)
def test_each_reason_and_its_edge(
    office: Office, assigned: date, measured: Placed | None, reasons: list[Reason]
) -> None:
    client = office.of(office.jo, since=assigned)
    if measured is not None:
        place(client.pk, measured)
    assert reasons_of(desk_of(office.town.pk, dates.today()), client.pk) == reasons


@pytest.mark.parametrize(
    ("since", "until", "reasons"),
    [
        (days_ago(30), None, []),
        (days_ago(30), days_ago(-1), []),
        (days_ago(30), days_ago(0), [UNUSED]),
        (days_ago(-7), None, []),
    ],
)
def test_a_trajectory_that_runs_or_is_about_to_uses_the_growth(
    office: Office, since: date, until: date | None, reasons: list[Reason]
) -> None:
    client = office.of(office.jo)
    place(client.pk, Placed(days_ago(90), growth="yes"))
    a_trajectory(client, since=since, until=until, reason="goal_reached" if until else "")
    assert reasons_of(desk_of(office.town.pk, dates.today()), client.pk) == reasons


@pytest.mark.parametrize(("on", "reasons"), [(days_ago(0), []), (days_ago(-40), []), (days_ago(1), [NO_CONTACT])])
def test_a_contact_that_is_agreed_and_has_not_passed(office: Office, on: date, reasons: list[Reason]) -> None:
    client = office.of(office.jo, agreed_on=None)
    place(client.pk, Placed(days_ago(90)))
    agreed(client, on, by=acting(office.jo))
    assert reasons_of(desk_of(office.town.pk, dates.today()), client.pk) == reasons


def test_of_many_contacts_the_last_one_and_the_one_that_waits_count(office: Office) -> None:
    client = office.of(office.jo, "Bakker", agreed_on=None)
    place(client.pk, Placed(days_ago(90)))
    for day in (400, 90, 21):
        spoken(client, days_ago(day))
    first = agreed(client, days_ago(300))
    passed = NextContactRow(client.pk, first.planned_on, first.kind, state=AgreedState.HELD, replaces_id=first.pk)
    record_next_contacts(by=BY, rows=[passed])
    agreed(client, days_ago(-9))
    assert reasons_of(desk_of(office.town.pk, dates.today()), client.pk) == []
    assert "3 wk geleden" in office.sign_in(office.jo).page("/clienten/")


def test_the_page_shows_when_one_was_seen_and_what_is_agreed(office: Office) -> None:
    client = office.of(office.jo, "Bakker", agreed_on=None)
    spoken(client, days_ago(21))
    spoken(client, days_ago(3), outcome="not_appeared")
    office.sign_in(office.jo)
    page = office.page("/clienten/")
    assert "3 wk geleden" in page
    assert "niet afgesproken" in page
    assert "Geen vervolgcontact" in page
    agreed(client, days_ago(-9), kind="home_visit")
    page = office.page("/clienten/")
    assert ", huisbezoek" in page
    assert "niet afgesproken" not in page


def test_parts_that_are_off_give_no_reason_and_no_column(office: Office) -> None:
    client = office.of(office.jo, agreed_on=None)
    place(client.pk, Placed(days_ago(90), growth="yes"))
    assert reasons_of(desk_of(office.town.pk, dates.today()), client.pk) == [UNUSED, NO_CONTACT]
    for part in ("part.contacts", "part.plans"):
        change_setting(by=BY, municipality=office.town, key=part, value="off", since=days_ago(1))
    assert reasons_of(desk_of(office.town.pk, dates.today()), client.pk) == []
    page = office.sign_in(office.jo).page("/clienten/")
    assert "Volgend contact" not in page


def test_a_half_level_higher_is_reached(office: Office) -> None:
    client = office.of(office.jo)
    place(client.pk, Placed(days_ago(90), "4-", "4", days_ago(1)))
    assert reasons_of(desk_of(office.town.pk, dates.today()), client.pk) == []


@pytest.mark.parametrize(
    ("here", "goal", "halves_count", "passed", "ready"),
    [
        ("2-", "2+", True, True, True),
        ("2-", "2+", False, True, False),
        ("2+", "2-", True, False, False),
        ("2+", "2+", True, False, False),
        ("2", "2", False, False, False),
        ("4-", "4", False, False, False),
        ("2+", "3", True, True, True),
        ("2+", "3-", False, True, True),
    ],
)
def test_a_half_level_that_was_expected_and_passed(
    office: Office, here: str, goal: str, *, halves_count: bool, passed: bool, ready: bool
) -> None:
    Scale.objects.filter(key="vng").update(growth_on_halves=halves_count)
    client = office.of(office.jo)
    place(client.pk, Placed(days_ago(90), here, goal, days_ago(1)))
    desk = desk_of(office.town.pk, dates.today())
    assert reasons_of(desk, client.pk) == ([PASSED] if passed else [])
    assert ids_of_group(desk, READY) == ({client.pk} if ready else set())


@pytest.mark.parametrize("goal_above", ["3", None])  # of one without a goal nobody can say that it leads no higher
def test_a_trajectory_that_leads_no_higher_uses_no_growth(office: Office, goal_above: str | None) -> None:
    client = office.of(office.jo, "Bakker")
    place(client.pk, Placed(days_ago(90), growth="yes", expected="3"))
    a_trajectory(client, since=days_ago(30), keeps=True)
    desk = desk_of(office.town.pk, dates.today())
    assert reasons_of(desk, client.pk) == [UNUSED]
    assert ids_of_group(desk, READY) == {client.pk}
    page = office.sign_in(office.jo).page(f"/clienten/{client.reference}/")
    assert "roeipotentieel zonder traject omhoog" in page
    for goal in ("2", "1"):  # no higher than where they stand
        a_trajectory(client, since=days_ago(20), goal=goal)
        desk = desk_of(office.town.pk, dates.today())
        assert reasons_of(desk, client.pk) == [UNUSED]
        assert ids_of_group(desk, READY) == {client.pk}
        assert "roeipotentieel zonder traject omhoog" in office.page(f"/clienten/{client.reference}/")
    a_trajectory(client, since=days_ago(10), goal=goal_above)
    desk = desk_of(office.town.pk, dates.today())
    assert reasons_of(desk, client.pk) == []
    assert ids_of_group(desk, READY) == set()
    assert "zonder traject omhoog" not in office.page(f"/clienten/{client.reference}/")


def test_in_a_grouping_another_group_is_the_goal(office: Office) -> None:
    client, there = office.of(office.jo), office.of(office.jo)
    codes = [one.code for one in desk_of(office.town.pk, dates.today(), "steenwijkerland").scale.whole_levels]
    place(client.pk, Placed(days_ago(90), codes[2], codes[0], days_ago(1), "steenwijkerland"))
    place(there.pk, Placed(days_ago(90), codes[0], codes[0], days_ago(1), "steenwijkerland"))
    desk = desk_of(office.town.pk, dates.today(), "steenwijkerland")
    assert reasons_of(desk, client.pk) == [PASSED]
    assert reasons_of(desk, there.pk) == []
    assert reasons_of(desk_of(office.town.pk, dates.today()), there.pk) == [NEVER]


def test_who_is_not_followed_asks_nothing(office: Office) -> None:
    assert reasons_of(desk_of(office.town.pk, dates.today()), 0) == []


@pytest.mark.covers("B-12", page="/clienten/")
@pytest.mark.parametrize(
    ("words", "assigned", "measured", "waits"),
    [
        ("nog niet geplaatst", FOLLOWED_SINCE, None, days_ago(-9)),
        ("plaatsing van 12 maanden of ouder", FOLLOWED_SINCE, Placed(a_year_ago(-1)), days_ago(-9)),
        ("verwachte datum voorbij", FOLLOWED_SINCE, Placed(days_ago(90), "2", "4", days_ago(1)), days_ago(-9)),
        ("groeipotentieel zonder traject omhoog", FOLLOWED_SINCE, Placed(days_ago(90), growth="yes"), days_ago(-9)),
        ("geen vervolgcontact", FOLLOWED_SINCE, Placed(days_ago(90)), days_ago(1)),
        ("nieuw in de caseload", days_ago(29), Placed(days_ago(60)), days_ago(-9)),
    ],
)
def test_each_reason_stands_in_words_on_the_list_and_in_the_dossier(
    office: Office, words: str, assigned: date, measured: Placed | None, waits: date
) -> None:
    client = office.of(office.jo, "Bakker", since=assigned, agreed_on=waits)
    if measured is not None:
        place(client.pk, measured)
    office.sign_in(office.jo)
    page = office.page("/clienten/")
    assert f'<span class="tag tag--warning">{words}</span>' in page
    assert f"{words[:1].upper()}{words[1:]} <span" in page
    head = re.search(r"dossier-answer--asks.*?</div>", office.page(f"/clienten/{client.reference}/"), re.DOTALL)
    assert head is not None
    assert re.findall(r"<dd>(?:<a[^>]*>)?([^<]+)", head[0]) == [words]


@pytest.mark.covers("B-12", page="/clienten/")
def test_the_page_counts_and_filters_by_reason(office: Office, client: Browser) -> None:
    office.of(office.jo, "Adema")
    placed(office.of(office.jo, "Bakker"), "2", on=a_year_ago(-5))
    placed(office.of(office.jo, "Dijk"), "2", on=days_ago(5))
    office.sign_in(office.jo)
    page = office.page("/clienten/")
    assert "2 van de 3 vragen vandaag aandacht." in page
    assert "Plaatsing van 12 maanden of ouder" in page
    assert "Verwachte datum voorbij" not in page
    assert office.names("/clienten/?attention=any") == ["Adema", "Bakker"]
    assert office.names("/clienten/?attention=never_placed") == ["Adema"]
    assert office.names("/clienten/?attention=placed_long_ago") == ["Bakker"]


def test_what_is_saved_counts_at_once(office: Office) -> None:
    client = office.of(office.jo)
    office.sign_in(office.jo)
    assert "1 van de 1 vraagt vandaag aandacht." in office.page("/clienten/")
    placed(client, "2", on=days_ago(0))
    assert "niemand vraagt vandaag aandacht" in office.page("/clienten/")
