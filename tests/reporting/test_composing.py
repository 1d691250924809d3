"""Composing an indicator on screen: by who sees no figures, with its history, and refused where it can't be."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from opstap.accounts.logic import roles
from opstap.audit.models import Event
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import command_line
from opstap.clients.operations import create_programme
from opstap.municipality.models import Municipality
from opstap.reporting.logic import BECAME, GROWTH, LEVEL, Condition, conditions_of
from opstap.reporting.models import ComposedIndicator
from opstap.reporting.operations import IndicatorRefused, correct_indicator, withdraw_indicator
from tests.factories.accounts import a_coordinator, a_functional_administrator, a_worker, acting
from tests.factories.indicators import NAME, ROSE, a_composition, an_indicator
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.composed_town import PAGE, a_counted_town

pytestmark = pytest.mark.django_db
LIST = "/beheer/indicatoren/"
NEW = f"{LIST}nieuw/cohort/"
PASSING = re.compile(r'<input type="hidden"[^>]*>|limit="\d+"|\d+ \w+ \d{4}[^<,]*')
COUPLE = Condition("household", ("couple",))
FILLED: dict[str, Any] = {
    "name": NAME,
    "meaning": "Zo veel van hen staan na een jaar hoger.",
    "base": ["household=single_parent", "basic-qualification=no"],
    "counted": ["became=risen"],
    "better": "1",
    "matures_after": "1",
}


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="([^"]+)"', page)
    assert found
    return found[1]


@pytest.mark.covers("B-53", page="/beheer/indicatoren/")
def test_an_administrator_composes_one_and_who_sees_reports_sees_its_figure() -> None:
    town = a_counted_town()
    administrator = signed_in(a_functional_administrator(town.municipality))
    answer = administrator.post(NEW, FILLED)
    made = ComposedIndicator.objects.get()
    assert answer["Location"] == f"{LIST}{made.reference}/"
    assert made.base == [["household", ["single_parent"]], ["basic-qualification", ["no"]]]
    assert (made.counted, made.better, made.matures_after, made.unit) == (["became", ["risen"]], 1, 1, "persons")
    for page in (LIST, f"{LIST}{made.reference}/", "/beheer/"):
        assert administrator.get(page).status_code == 200
    text = administrator.get(LIST).content.decode()
    assert "soort huishouden: alleenstaande ouder; startkwalificatie: nee" in text
    assert "die op de tweede dag gestegen zijn" in text
    assert administrator.get(PAGE).status_code == 403
    assert administrator.get("/rapporten/indicatoren/bestand/csv/").status_code == 403
    seen = signed_in(a_coordinator(town.municipality)).get(PAGE).content.decode()
    assert NAME in seen


def test_nobody_in_the_town_changes_what_the_administrator_sees() -> None:
    empty, full = a_municipality(), a_counted_town().municipality
    shown = []
    for municipality in (empty, full):
        made = an_indicator(municipality)
        browser = signed_in(a_functional_administrator(municipality))
        pages = [browser.get(path).content.decode() for path in (LIST, NEW, f"{LIST}{made.reference}/")]
        told = "".join(page.partition("<main")[2].partition("<footer")[0] for page in pages)
        told = told.replace(made.reference, "")
        shown.append(PASSING.sub("", told))
    assert shown[0] == shown[1]


def test_no_condition_is_about_a_worker_a_team_or_a_finer_kind_of_barrier() -> None:
    page = signed_in(a_functional_administrator(a_municipality())).get(f"{LIST}nieuw/stand/").content.decode()
    offered = {value.partition("=")[0] for value in re.findall(r'name="base" value="([^"]+)"', page)}
    assert {LEVEL, GROWTH, "household", "barrier", "programme", "district"} <= offered
    assert not {"team", "worker", "finer-barrier"} & offered
    for kind in ("physical", "psychological", "addicted", "justice"):
        assert f"barrier={kind}" not in page
    for about in ("team", "worker", "origin"):
        with pytest.raises(IndicatorRefused, match="no_such_group"):
            an_indicator(a_municipality(), a_composition(base=(Condition(about, ("1",)),)))


def test_each_other_role_is_refused_by_the_operation_too() -> None:
    municipality = a_municipality()
    made = an_indicator(municipality)
    for key, role in roles().items():
        if "configure_municipality" in role.permissions or role.scope in {"team", "supervised"}:
            continue
        actor = acting(a_worker(municipality, key))
        for refused in (
            lambda by=actor: an_indicator(municipality, a_composition("Een andere"), by=by),
            lambda by=actor: correct_indicator(by=by, indicator=made, terms=a_composition()),
            lambda by=actor: withdraw_indicator(by=by, indicator=made),
        ):
            with pytest.raises(PermissionDenied):
                refused()
    elsewhere = acting(a_functional_administrator(a_municipality()))
    with pytest.raises(PermissionDenied):
        withdraw_indicator(by=elsewhere, indicator=made)


def test_it_is_corrected_and_withdrawn_and_its_history_stays() -> None:
    municipality = a_municipality()
    browser = signed_in(a_functional_administrator(municipality))
    made = an_indicator(municipality)
    page = f"{LIST}{made.reference}/"
    opened = browser.get(page).content.decode()
    assert 'value="household=single_parent"' in opened
    assert re.search(r'value="became=risen"[^>]*checked', opened)
    wider = {**FILLED, "name": "Wie steeg", "base": [], "version": version_on(opened)}
    assert browser.post(page, wider).status_code == 302
    latest = ComposedIndicator.objects.current().get()
    assert (latest.name, latest.key, latest.base) == ("Wie steeg", made.key, [])
    late = browser.post(page, {**wider, "name": "Te laat"})
    assert late.status_code == 409
    assert 'id="conflict"' in late.content.decode()
    assert ComposedIndicator.objects.current().get().name == "Wie steeg"
    now = version_on(browser.get(page).content.decode())
    assert browser.post(page, {"withdraw": "1", "version": now}).status_code == 302
    assert not ComposedIndicator.objects.current().exists()
    told = browser.get(page).content.decode()
    assert told.count("<li>") >= 3
    assert "Trek deze indicator in" not in told
    assert "ingetrokken" in browser.get(LIST).content.decode()
    verbs = list(Event.objects.filter(about=made.reference).order_by("pk").values_list("verb", flat=True))
    assert verbs == ["compose_indicator", "correct_indicator", "withdraw_indicator"]
    with pytest.raises(ReplacedMeanwhile):
        withdraw_indicator(by=command_line(), indicator=made)
    again = an_indicator(municipality)
    assert again.key == f"{made.key}-2"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Vul dit in."),
        ({"counted": []}, "Kruis aan wie telt."),
        ({"counted": ["became=risen", "got=yes"]}, "Kruis alleen groepen van één kenmerk aan."),
        ({"name": "Mensen van niet-westerse afkomst"}, "iets wat Opstap niet over mensen vastlegt"),
        ({"name": "bestaat al"}, "Een andere indicator heeft deze naam al."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(change: dict[str, Any], words: str) -> None:
    municipality = a_municipality()
    an_indicator(municipality, a_composition("Bestaat al"))
    answer = signed_in(a_functional_administrator(municipality)).post(NEW, {**FILLED, **change})
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert ComposedIndicator.objects.count() == 1


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (a_composition("  "), "words_missing"),
        (a_composition(counted=Condition(BECAME, ())), "nothing_counted"),
        (a_composition(base=(ROSE,)), "other_kind"),
        (a_composition(base=(COUPLE,), counted=COUPLE), "counted_in_base"),
        (a_composition(counted=COUPLE, base=(), matures_after=1), "matures_on_a_day"),
        (a_composition(base=(Condition("household", ("castle",)),)), "no_such_group"),
        (a_composition(base=(Condition(LEVEL, ("9",)),), scale="vng"), "no_such_group"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_operation_refuses_what_says_nothing(terms: Any, code: str) -> None:
    with pytest.raises(IndicatorRefused, match=code):
        an_indicator(a_municipality(), terms)


def test_an_indicator_stays_of_its_kind() -> None:
    made = an_indicator(a_municipality())
    with pytest.raises(IndicatorRefused, match="kind_is_fixed"):
        correct_indicator(
            by=command_line(), indicator=made, terms=a_composition(base=(), counted=Condition("barrier", ("money",)))
        )


def test_groups_of_the_municipality_itself_can_be_named() -> None:
    municipality: Municipality = a_municipality()
    programme = create_programme(by=command_line(), municipality=municipality, name="Statushouders")
    made = an_indicator(municipality, a_composition(base=(Condition("programme", (programme.reference,)),)))
    browser = signed_in(a_functional_administrator(municipality))
    assert "programma: Statushouders" in browser.get(f"{LIST}{made.reference}/").content.decode()
    elsewhere = signed_in(a_functional_administrator(a_municipality()))
    assert elsewhere.get(f"{LIST}{made.reference}/").status_code == 404


def test_conditions_of_one_dimension_come_together() -> None:
    found = conditions_of(["level=1", "household=single", "level=2", "level=1"])
    assert found == (Condition("level", ("1", "2")), Condition("household", ("single",)))
