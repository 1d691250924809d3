"""Code lists on screen: added, called otherwise from a day on, ended, moved; the past stays readable; releases too."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from opstap.audit.models import Event
from opstap.audit.permissions import command_line
from opstap.exchange.logic.words import normalise
from opstap.foundation import dates
from opstap.ladder.selectors.placing import words_of_lists
from opstap.municipality.models import Code, CodeList, Municipality
from opstap.municipality.operations import (
    CodeNeeded,
    add_code,
    end_code,
    install_code_lists,
    move_code,
    relabel_code,
)
from opstap.municipality.selectors import codes_on, codes_valid, labels_on, words_on
from tests.factories.accounts import a_case_manager, a_coordinator, a_functional_administrator, a_team, acting
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.windows import version_at

pytestmark = pytest.mark.django_db
BY = command_line()
TODAY = dates.today()
LIST = "placement_reason"
PATH = f"/beheer/codelijsten/{LIST}/"


@pytest.fixture
def town() -> Municipality:
    return a_municipality()


@pytest.fixture
def admin(town: Municipality) -> Client:
    return signed_in(a_functional_administrator(town))


def the_list() -> CodeList:
    return CodeList.objects.get(key=LIST)


def the_code(code: str = "yearly") -> Code:
    return Code.objects.get(code_list__key=LIST, code=code)


def label(code: str, day: date, language: str = "nl") -> str:
    return labels_on([LIST], day, language)[LIST][code]


def test_code_lists_are_for_the_administrator_alone(town: Municipality, client: Client) -> None:
    code = the_code().code
    for path in ("/beheer/codelijsten/", PATH, f"{PATH}{code}/"):
        for user in (a_case_manager(a_team(town)), a_coordinator(town)):
            assert signed_in(user).get(path).status_code == 403
        assert client.get(path).status_code == 302
        assert signed_in(a_functional_administrator(town)).get(path).status_code == 200


def test_a_code_is_added_and_can_be_chosen_from_its_day(admin: Client) -> None:
    later = TODAY + timedelta(days=7)
    sent = {"nl": "Na de sollicitatieclub", "en": "After the job club", "since": later.isoformat()}
    assert admin.post(PATH, sent).status_code == 302
    code = the_code("na_de_sollicitatieclub")
    assert (code.is_own, code.valid_from) == (True, later)
    assert "na_de_sollicitatieclub" not in words_on([LIST], TODAY, "nl")[1][LIST]
    assert words_on([LIST], later, "en")[1][LIST]["na_de_sollicitatieclub"] == "After the job club"
    page = admin.get(PATH)
    assert [line.state for line in page.context["lines"] if line.is_own] == ["later te kiezen"]
    again = admin.post(PATH, {**sent, "nl": "na de sollicitatieclub"})
    assert again.status_code == 400
    assert "heeft al een code met deze naam" in again.content.decode()


def test_two_codes_of_one_word_get_another_identity() -> None:
    first = add_code(by=BY, code_list=the_list(), nl="Nà afloop!", en="After", since=TODAY)
    second = add_code(by=BY, code_list=the_list(), nl="Na afloop", en="After", since=TODAY)
    assert (first.code, second.code) == ("na_afloop", "na_afloop_2")


def test_another_label_holds_from_its_day_on_and_earlier_days_read_the_old_words(admin: Client) -> None:
    before, later = label("yearly", TODAY), TODAY + timedelta(days=30)
    path = f"{PATH}yearly/"
    sent = {"action": "label", "label-nl": "Jaargesprek", "label-en": "Yearly talk", "label-since": later.isoformat()}
    assert admin.post(path, sent | version_at(admin, path, "label-nl")).status_code == 302
    assert label("yearly", later - timedelta(days=1)) == before
    assert (label("yearly", later), label("yearly", later, "en")) == ("Jaargesprek", "Yearly talk")
    assert [(line.nl, line.state) for line in admin.get(path).context["labels"]] == [
        ("Jaargesprek", "later"),
        (before, "nu"),
    ]
    admin.post(path, {**sent, "label-nl": "Jaarlijks gesprek", **version_at(admin, path, "label-nl")})
    assert label("yearly", later) == "Jaarlijks gesprek"
    assert [(line.nl, line.state) for line in admin.get(path).context["labels"]] == [
        ("Jaarlijks gesprek", "later"),
        ("Jaargesprek", "vervangen"),
        (before, "nu"),
    ]
    assert "Jaarlijks gesprek vanaf" in admin.get(PATH).content.decode()


def test_a_label_that_begins_before_another_ends_where_that_begins() -> None:
    code, later = the_code(), TODAY + timedelta(days=30)
    relabel_code(by=BY, code=code, nl="Laat", en="Late", since=later)
    relabel_code(by=BY, code=code, nl="Vroeg", en="Early", since=TODAY)
    days = (TODAY, later - timedelta(days=1), later)
    assert [label("yearly", day) for day in days] == ["Vroeg", "Vroeg", "Laat"]


def test_files_lead_to_a_code_by_every_word_it_had() -> None:
    relabel_code(by=BY, code=the_code(), nl="Jaargesprek", en="Yearly talk", since=TODAY)
    relabel_code(by=BY, code=the_code(), nl="Voortgang", en="Progress", since=TODAY + timedelta(days=1))
    option = next(one for one in codes_on(LIST, TODAY + timedelta(days=1)) if one.code == "yearly")
    assert {normalise("Jaargesprek"), normalise("Voortgang")} <= {normalise(word) for word in option.synonyms}


def test_an_ended_code_is_chosen_no_more_but_still_read(admin: Client) -> None:
    later = TODAY + timedelta(days=5)
    path = f"{PATH}yearly/"

    def end(day: str) -> int:
        sent = {"action": "end", "end-ends_on": day} | version_at(admin, path, "end-ends_on")
        return admin.post(path, sent).status_code

    assert end(later.isoformat()) == 302
    for day, there in ((TODAY, True), (later, False)):
        labels, choices = words_of_lists(day, "nl")
        assert "yearly" in labels[LIST]
        assert ("yearly" in choices[LIST]) is there
    assert codes_valid([LIST])[LIST]["yearly"] == (None, later)
    end(TODAY.isoformat())
    states = {line.code: line.state for line in admin.get(PATH).context["lines"]}
    assert states["yearly"] == "geëindigd"
    end("")
    assert "yearly" in words_on([LIST], later, "nl")[1][LIST]


def test_a_code_that_opstap_itself_records_can_be_called_otherwise_and_not_ended(admin: Client) -> None:
    path = f"{PATH}at_contact/"
    page = admin.get(path).content.decode()
    assert "Opstap legt deze code zelf vast, dus zij kan niet eindigen." in page
    assert 'value="end"' not in page
    assert admin.post(path, {"action": "end", "end-ends_on": TODAY.isoformat()}).status_code == 404
    with pytest.raises(CodeNeeded):
        end_code(by=BY, code=the_code("at_contact"), ends_on=TODAY)
    assert "at_contact" in words_of_lists(TODAY, "nl")[1][LIST]


def test_what_the_law_ended_is_not_chosen_after_that_day() -> None:
    for day, there in ((date(2014, 12, 31), True), (date(2015, 1, 1), False)):
        labels, choices = words_on(["benefit_kind"], day, "nl")
        assert "wwb" in labels["benefit_kind"]
        assert ("wwb" in choices["benefit_kind"]) is there


def test_the_order_is_the_administrators(admin: Client) -> None:
    codes = list(labels_on([LIST], TODAY, "nl")[LIST])
    assert admin.post(PATH, {"move": codes[2]}).status_code == 302
    moved = [codes[0], codes[2], codes[1], *codes[3:]]
    assert list(labels_on([LIST], TODAY, "nl")[LIST]) == moved
    assert [line.code for line in admin.get(PATH).context["lines"]] == moved
    assert [option.code for option in codes_on(LIST, TODAY)] == moved
    assert admin.post(PATH, {"move": "bestaat_niet"}).status_code == 404


def test_a_new_release_of_the_lists_leaves_what_was_changed_here() -> None:
    own = add_code(by=BY, code_list=the_list(), nl="Eigen aanleiding", en="Own reason", since=TODAY)
    relabel_code(by=BY, code=the_code(), nl="Jaargesprek", en="Yearly talk", since=TODAY)
    end_code(by=BY, code=the_code(), ends_on=TODAY)
    move_code(by=BY, code=own)
    before = words_on([LIST], TODAY, "nl")
    install_code_lists(by=BY)
    assert words_on([LIST], TODAY, "nl") == before
    assert list(before[0][LIST]) == list(words_on([LIST], TODAY, "nl")[0][LIST])
    assert label("yearly", TODAY) == "Jaargesprek"
    assert "yearly" not in before[1][LIST]


def test_a_kind_of_benefit_says_whether_it_counts(admin: Client) -> None:
    path = "/beheer/codelijsten/benefit_kind/"
    sent = {"nl": "Eigen regeling", "en": "Own scheme", "since": TODAY.isoformat(), "counts_as_benefit": "on"}
    admin.post(path, sent)
    made = next(one for one in codes_on("benefit_kind", TODAY) if one.code == "eigen_regeling")
    assert made.counts_as_benefit
    assert "Telt als uitkering" not in admin.get(PATH).content.decode()


def test_every_change_is_an_event_and_needs_the_permission(town: Municipality) -> None:
    outsider, code = acting(a_coordinator(town)), the_code()
    for change in (
        lambda: add_code(by=outsider, code_list=the_list(), nl="x", en="x", since=TODAY),
        lambda: relabel_code(by=outsider, code=code, nl="x", en="x", since=TODAY),
        lambda: end_code(by=outsider, code=code, ends_on=TODAY),
        lambda: move_code(by=outsider, code=code),
    ):
        with pytest.raises(PermissionDenied):
            change()
    end_code(by=BY, code=code, ends_on=TODAY)
    assert Event.objects.order_by("pk").last().about == f"{LIST}:yearly"  # type: ignore[union-attr]


def test_what_is_not_there_has_no_page(admin: Client) -> None:
    assert admin.get("/beheer/codelijsten/kleur/").status_code == 404
    assert admin.get(f"{PATH}bestaat_niet/").status_code == 404
    assert admin.post(f"{PATH}yearly/", {"action": "anders"}).status_code == 404
    assert admin.post(f"{PATH}yearly/", {"action": "label", "label-nl": ""}).status_code == 400
