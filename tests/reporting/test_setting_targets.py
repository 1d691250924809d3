"""Setting targets on screen: by who sees no figures, once for a year and for whom, with its history."""

from __future__ import annotations

import html
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from opstap.analytics.indicators import REGISTRY
from opstap.audit.models import Event
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.foundation import dates
from opstap.reporting.models import IndicatorTarget
from opstap.reporting.operations import TargetRefused, correct_target, withdraw_target
from opstap.reporting.selectors.released.attacked import AIMED_AT
from opstap.reporting.tables.indicators.words import WORDS
from tests.factories.accounts import a_coordinator, a_functional_administrator, a_team, acting
from tests.factories.indicators import a_target, an_indicator
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.test_composing import version_on

pytestmark = pytest.mark.django_db
LIST = "/beheer/indicatoren/doelen/"


@pytest.mark.covers("B-53", page="/beheer/indicatoren/doelen/")
def test_an_administrator_sets_corrects_and_withdraws_one_and_its_history_stays() -> None:
    town = a_municipality()
    team, year = a_team(town, "Noord"), dates.today().year
    browser = signed_in(a_functional_administrator(town))
    own = an_indicator(town)
    given = {"indicator": own.key, "year": str(year), "team": team.reference, "percent": "37,5"}
    assert browser.post(LIST, given).status_code == 302
    made = IndicatorTarget.objects.get()
    assert (made.indicator, made.team, made.percent, made.year) == (own.key, team, Decimal("37.5"), year)
    page = f"{LIST}{made.reference}/"
    listed = browser.get(LIST).content.decode()
    assert own.name in listed
    assert "37,5\xa0%" in listed
    opened = version_on(browser.get(page).content.decode())
    assert browser.post(page, {"percent": "40", "version": opened}).status_code == 302
    assert browser.post(page, {"percent": "50", "version": opened}).status_code == 409
    now = version_on(browser.get(page).content.decode())
    assert browser.post(page, {"percent": "140", "version": now}).status_code == 400
    assert IndicatorTarget.objects.current().get().percent == 40
    latest = version_on(browser.get(page).content.decode())
    assert browser.post(page, {"withdraw": "1", "version": latest}).status_code == 302
    assert not IndicatorTarget.objects.current().exists()
    told = browser.get(page).content.decode()
    assert "Trek dit doel in" not in told
    assert told.count("<li>") >= 3
    verbs = list(Event.objects.filter(about=made.reference).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["set_target", "correct_target", "withdraw_target"]
    assert browser.post(LIST, given).status_code == 302  # again, since the first should not have been there


def test_the_form_says_which_year_it_is_and_what_reaches_the_council() -> None:
    page = signed_in(a_functional_administrator(a_municipality())).get(LIST)
    fields = page.context["form"].fields
    assert "is dat het jaar waarin het moest gebeuren" in fields["year"].help_text
    told = html.unescape(page.content.decode())
    with override("nl"):
        names = {key: str(words.name) for key, words in WORDS.items() if REGISTRY[key].better}
    _before, said = fields["indicator"].help_text.split("publicaties", 1)
    assert {key for key, name in names.items() if f"“{name}”" in said} == set(AIMED_AT)
    assert said in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"percent": ""}, "Vul een percentage in"),
        ({"percent": "37,55"}, "Vul een percentage in"),
        ({"percent": "-1"}, "Vul een percentage in"),
        ({"percent": "101"}, "Vul een percentage in"),
        ({"indicator": "growth"}, "Maak een keuze."),
        ({"team": "bcdfghjkmnpq"}, "Maak een keuze."),
        ({"year": "1999"}, "Maak een keuze."),
        ({}, "Voor dit jaar is er al een doel"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(change: dict[str, Any], words: str) -> None:
    town, year = a_municipality(), dates.today().year
    a_target(town, "placed", year=year)
    given = {"indicator": "placed", "year": str(year), "team": "everybody", "percent": "80"}
    answer = signed_in(a_functional_administrator(town)).post(LIST, {**given, **change})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert IndicatorTarget.objects.count() == 1


def test_the_operation_refuses_what_can_be_no_target() -> None:
    town, elsewhere = a_municipality(), a_municipality()
    wrong: list[tuple[str, Callable[[], object]]] = [
        ("no_direction", lambda: a_target(town, "growth")),
        ("no_direction", lambda: a_target(town, "origin")),
        ("no_direction", lambda: a_target(town, an_indicator(elsewhere).key)),
        ("no_such_team", lambda: a_target(town, team=a_team(elsewhere))),
        ("year_too_far", lambda: a_target(town, year=1990)),
        ("no_percentage", lambda: a_target(town, percent="100.1")),
        ("no_percentage", lambda: a_target(town, percent="33.33")),
    ]
    for code, make in wrong:
        with pytest.raises(TargetRefused, match=code):
            make()
    made = a_target(town)
    with pytest.raises(TargetRefused, match="set_already"):
        a_target(town, percent="10")
    a_target(town, percent="10", team=a_team(town))
    a_target(town, percent="10", year=2025)
    withdraw_target(by=command_line(), target=made)
    with pytest.raises(ReplacedMeanwhile):
        correct_target(by=command_line(), target=made, percent=Decimal(1))


def test_who_sees_figures_sets_no_target_and_another_municipality_has_its_own() -> None:
    town = a_municipality()
    made = a_target(town)
    coordinator = a_coordinator(town)
    assert signed_in(coordinator).get(LIST).status_code == 403
    with pytest.raises(PermissionDenied):
        a_target(town, "risen", by=acting(coordinator))
    elsewhere = a_functional_administrator(a_municipality())
    assert signed_in(elsewhere).get(f"{LIST}{made.reference}/").status_code == 404
    with pytest.raises(PermissionDenied):
        withdraw_target(by=acting(elsewhere), target=made)
