"""A form that comes back with a fault is still of when it was opened; one that lost its version saves nothing."""

from __future__ import annotations

from datetime import date

import pytest

from opstap.audit.models import Recording
from opstap.audit.permissions import command_line
from opstap.clients.operations import create_programme
from opstap.municipality.logic import TraitDesign
from opstap.municipality.models import CodeList, Municipality
from opstap.municipality.operations import add_code, define_trait
from tests.factories.accounts import a_case_manager, a_functional_administrator, a_team
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import Window

pytestmark = pytest.mark.django_db
START = date(2020, 1, 1)
LABEL = {"label-nl": "P-wet", "label-en": "P act", "label-since": "2026-01-01"}
# Of each form: a field that it asks, what a colleague saves, what is refused, and what is sent after that.
FORMS: dict[str, tuple[str, dict[str, str], dict[str, str], dict[str, str]]] = {
    "municipality": ("name", {"banner": "Let op: onderhoud"}, {"name": ""}, {"name": "Anders"}),
    "setting": ("value", {"value": "20", "since": "2026-01-01"}, {"value": "x"}, {"value": "40"}),
    "part": (
        "part",
        {"switch": "off", "since": "2026-01-01"},
        {"switch": "off", "since": ""},
        {"switch": "off", "since": "2026-02-01"},
    ),
    "label": ("label-nl", LABEL | {"label-nl": "bijstand"}, LABEL | {"label-nl": ""}, LABEL),
    "code-end": ("end-ends_on", {"end-ends_on": "2027-01-01"}, {"end-ends_on": "x"}, {"end-ends_on": "2028-01-01"}),
    "trait": ("name_nl", {"name_en": "Vehicle"}, {"name_nl": ""}, {"name_nl": "Vervoer"}),
    "trait-end": (
        "ends_on",
        {"end": "1", "ends_on": "2027-01-01"},
        {"end": "1", "ends_on": "x"},
        {"end": "1", "ends_on": "2028-01-01"},
    ),
    "programme": ("name", {"meaning": "Wie hier net woont."}, {"name": ""}, {"name": "Statushouders"}),
    "team": ("name", {"name": "Noordoost"}, {"name": ""}, {"name": "Noordwest"}),
    "user": ("change-name", {"change-staff_code": "JV01"}, {"change-name": ""}, {"change-name": "Jan de Visser"}),
}


def address_of(what: str, town: Municipality) -> str:
    """The page with such a form, of something that is there."""
    by = command_line()
    if what == "label":
        return "/beheer/codelijsten/benefit_kind/participatiewet/"
    if what == "code-end":
        kinds = CodeList.objects.get(key="contact_kind")
        return f"/beheer/codelijsten/contact_kind/{add_code(by=by, code_list=kinds, nl='a', en='b', since=START).code}/"
    if what in {"trait", "trait-end"}:
        design = TraitDesign("car", "choice", "Auto", START, "Car", (("own", "eigen", "own"), ("no", "geen", "no")))
        return f"/beheer/kenmerken/{define_trait(by=by, municipality=town, design=design).reference}/"
    if what == "programme":
        return f"/beheer/programmas/{create_programme(by=by, municipality=town, name='Nieuwkomers').reference}/"
    if what == "team":
        return f"/beheer/teams/{a_team(town, 'Noord').reference}/"
    if what == "user":
        return f"/beheer/gebruikers/{a_case_manager(a_team(town), name='Jan Visser').reference}/"
    places = {"municipality": "gemeente", "setting": "instellingen/benefit_gap_days", "part": "onderdelen"}
    return f"/beheer/{places[what]}/"


@pytest.mark.parametrize("what", FORMS)
def test_a_form_that_comes_back_with_a_fault_is_of_when_it_was_opened(what: str) -> None:
    asks, theirs, wrong, right = FORMS[what]
    town = a_municipality()
    url, colleague = address_of(what, town), a_functional_administrator(town)
    first = Window(signed_in(colleague), url, asks)
    second = Window(signed_in(a_functional_administrator(town)), url, asks)
    assert second.send(**wrong) == 400
    assert first.send(**theirs) == 302
    assert second.send(**wrong) == 400
    saved = Recording.objects.count()
    assert second.send(**right) == 409
    assert f"{colleague.name} heeft dit intussen gewijzigd" in second.words
    assert Recording.objects.count() == saved
    assert second.send(**right) == 302
    assert Recording.objects.count() > saved


@pytest.mark.parametrize("version", [None, "", "oud", "23456789abcd"])
@pytest.mark.parametrize("what", FORMS)
def test_a_form_that_lost_its_version_saves_nothing_and_can_be_sent_again(what: str, version: str | None) -> None:
    asks, _theirs, wrong, right = FORMS[what]
    town = a_municipality()
    window = Window(signed_in(a_functional_administrator(town)), address_of(what, town), asks)
    saved = Recording.objects.count()
    del window.fields["version"]
    lost = {} if version is None else {"version": version}
    assert window.send(**wrong, **lost) == 400
    assert window.send(**right) == 409
    assert Recording.objects.count() == saved
    assert window.send(**right) == 302
    assert Recording.objects.count() > saved
