"""After how many months a placement is old: one setting with its history, for the caseload, dossier and report."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from opstap.dossier.enums import Reason
from opstap.dossier.selectors.attention import desk_of
from opstap.foundation import dates
from tests.factories.accounts import a_coordinator
from tests.factories.desk import Office, days_ago
from tests.factories.ladder import placed
from tests.factories.municipality import a_setting

pytestmark = pytest.mark.django_db
REPORT, LIST = "/rapporten/kwaliteit-van-gegevens/", "/rapporten/kwaliteit-van-gegevens/mensen/"


def months_ago(months: int, plus: int = 0) -> date:
    return dates.months_before(dates.today(), months) + timedelta(days=plus)


@pytest.fixture
def four(office: Office) -> Office:
    """Placed a year ago, half a year ago to the day and a day less, and on code 0 long ago."""
    placed(office.of(office.jo, "Adema"), "2", on=months_ago(12))
    placed(office.of(office.jo, "Bakker"), "3", on=months_ago(6))
    placed(office.of(office.jo, "Cohen"), "4", on=months_ago(6, plus=1))
    placed(office.of(office.jo, "Dijk"), "0", on=months_ago(40))
    return office


def on_the_list(office: Office) -> list[str]:
    office.sign_in(office.jo)
    return office.names("/clienten/?attention=placed_long_ago")


def in_the_report(office: Office, browser: Browser, on: date | None = None) -> list[str]:
    browser.force_login(a_coordinator(office.town), backend="django.contrib.auth.backends.ModelBackend")
    page = browser.get(f"{LIST}?check=placement_old{f'&on={on}' if on else ''}")
    return sorted(person.name for person in page.context["people"])


@pytest.mark.covers("B-12", "B-65", page="/clienten/")
def test_the_caseload_and_the_report_call_the_same_placements_old(four: Office, client: Browser) -> None:
    assert on_the_list(four) == ["Adema", "Dijk"]
    assert in_the_report(four, client) == ["Adema", "Dijk"]
    a_setting(four.town, "placement_months", 6)
    assert on_the_list(four) == ["Adema", "Bakker", "Dijk"]
    assert in_the_report(four, client) == ["Adema", "Bakker", "Dijk"]


def test_its_months_stand_in_the_words_of_list_dossier_and_report(four: Office, client: Browser) -> None:
    a_setting(four.town, "placement_months", 36)
    bakker = four.of(four.jo, "Evers", agreed_on=days_ago(-9))
    placed(bakker, "2", on=months_ago(37))
    four.sign_in(four.jo)
    page = four.page("/clienten/")
    assert "Plaatsing van 36 maanden of ouder" in page
    assert '<span class="tag tag--warning">plaatsing van 36 maanden of ouder</span>' in page
    head = re.search(r"dossier-answer--asks.*?</div>", four.page(f"/clienten/{bakker.reference}/"), re.DOTALL)
    assert head is not None
    assert "plaatsing van 36 maanden of ouder" in head[0]
    client.force_login(a_coordinator(four.town), backend="django.contrib.auth.backends.ModelBackend")
    assert "Plaatsing van 36 maanden of ouder" in client.get(REPORT).content.decode()


def test_a_day_before_it_was_set_is_judged_by_what_held_then(four: Office, client: Browser) -> None:
    a_setting(four.town, "placement_months", 6, days_ago(10))
    assert in_the_report(four, client) == ["Adema", "Bakker", "Dijk"]
    assert in_the_report(four, client, on=days_ago(11)) == ["Dijk"]
    before, since = (desk_of(four.town.pk, days_ago(day)) for day in (11, 10))
    assert [one.rows[Reason.PLACED_LONG_AGO.value].sum() for one in (before, since)] == [1, 2]


@pytest.mark.covers("B-65", "G-3", page="/rapporten/dekking/")
@pytest.mark.parametrize("day", [date(2024, 6, 15), date(2024, 2, 29), date(2025, 2, 28)])
def test_who_was_placed_is_of_the_last_twelve_months_or_old(office: Office, client: Browser, day: date) -> None:
    year = dates.years_before(day, 1)
    for name, on in (("Adema", year - timedelta(1)), ("Bakker", year), ("Cohen", year + timedelta(1)), ("Dijk", day)):
        placed(office.of(office.jo, name), "2", on=on)
    office.of(office.jo, "Evers")
    client.force_login(a_coordinator(office.town), backend="django.contrib.auth.backends.ModelBackend")
    lately = client.get(f"/rapporten/dekking/mensen/?having=placed_last_year&on={day}").context["people"]
    assert sorted(person.name for person in lately) == ["Cohen", "Dijk"]
    assert in_the_report(office, client, on=day) == ["Adema", "Bakker"]
