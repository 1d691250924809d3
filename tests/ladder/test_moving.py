"""A placement of the wrong person: it is moved or withdrawn together with the traits that were recorded with it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from opstap.clients.logic import TraitRow
from opstap.clients.models import Client as Followed
from opstap.clients.models import Trait
from opstap.clients.operations import record_held_fact
from opstap.ladder.models import Measurement
from opstap.ladder.selectors.measurements import reference_of
from tests.factories.clients import BY, with_trait
from tests.factories.ladder import placed
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
BEFORE, LAST_YEAR = date(2020, 5, 1), date(2025, 3, 4)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def traits(client: Followed) -> list[tuple[str, str, date, date | None]]:
    held = Trait.objects.current().filter(client=client).order_by("kind", "starts_on")
    return [(trait.kind, trait.value, trait.starts_on, trait.ends_on) for trait in held]


def moved(desk: Desk, to: Followed, **fields: str) -> str:
    url = desk.link("verplaatsen")
    given = {"number": to.number, "why": "naamgenoot", "agreed": to.reference} | fields
    response = desk.browser.post(url, given)
    return str(response["Location"]) if response.status_code == 302 else response.content.decode()


def words(desk: Desk, word: str) -> str:
    page = desk.browser.get(desk.link(word)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


class TestTraitsRecordedWithIt:
    """Low literacy came up at the placement; what was known before is put back, what came later is left alone."""

    def place(self, desk: Desk) -> None:
        with_trait(desk.client, "low_literate", "no", since=BEFORE)
        given = {"level": "2", "measured_on": LAST_YEAR.isoformat(), "low_literate": "yes", "integration": "none"}
        desk.post(given | {"save": "1"})
        assert len(traits(desk.client)) == 3

    def test_moving_takes_them_along(self, desk: Desk) -> None:
        self.place(desk)
        right = desk.in_my_caseload("K2")
        with_trait(right, "income_situation", "benefit_only", since=BEFORE)
        said = words(desk, "verplaatsen")
        assert "Laaggeletterd: ja" in said
        assert "gaan mee" in said
        moved(desk, right)
        assert traits(desk.client) == [("low_literate", "no", BEFORE, None)]
        assert traits(right) == [
            ("income_situation", "benefit_only", BEFORE, None),
            ("integration", "none", LAST_YEAR, None),
            ("low_literate", "yes", LAST_YEAR, None),
        ]
        (held,) = desk.standing(right)
        assert (held.low_literate, held.integration, held.income_situation) == ("yes", "none", "benefit_only")
        taken = Trait.objects.filter(client=desk.client, kind="integration", withdrawn=True).get()
        assert taken.why == "naamgenoot"

    def test_withdrawing_withdraws_them(self, desk: Desk) -> None:
        self.place(desk)
        said = words(desk, "intrekken")
        assert "Laaggeletterd: ja" in said
        assert "worden ook ingetrokken" in said
        desk.browser.post(desk.link("intrekken"), {"why": "gesprek ging niet door"})
        assert traits(desk.client) == [("low_literate", "no", BEFORE, None)]

    def test_after_a_correction_they_still_go_along(self, desk: Desk) -> None:
        self.place(desk)
        url = desk.link("verbeteren")
        form = desk.browser.get(url).context["form"]
        shown = {name: str(form[name].value()) for name in form.fields if form[name].value() not in (None, False)}
        desk.post(shown | {"integration": "", "low_literate": "unknown", "why": "typefout", "save": "1"}, url)
        right = desk.in_my_caseload("K2")
        moved(desk, right)
        assert traits(desk.client) == [("low_literate", "no", BEFORE, None)]
        assert ("low_literate", "unknown", LAST_YEAR, None) in traits(right)

    def test_what_was_recorded_apart_since_stays(self, desk: Desk) -> None:
        self.place(desk)
        now = Trait.objects.current().get(client=desk.client, kind="low_literate", value="yes")
        row = TraitRow(desk.client.pk, "low_literate", "unknown", LAST_YEAR, replaces_id=now.pk)
        record_held_fact(by=BY, what="trait", row=row, why="niet zeker")
        desk.browser.post(desk.link("intrekken"), {"why": "gesprek ging niet door"})
        assert traits(desk.client) == [
            ("low_literate", "no", BEFORE, LAST_YEAR),
            ("low_literate", "unknown", LAST_YEAR, None),
        ]

    def test_and_back_again(self, desk: Desk) -> None:
        self.place(desk)
        before = traits(desk.client)
        right = desk.in_my_caseload("K2")
        moved(desk, right)
        home, desk.client = desk.client, right
        moved(desk, home)
        assert traits(home) == before
        assert traits(right) == []


def test_the_traits_of_the_wrong_person_do_not_go_along(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "yes", since=BEFORE)
    right = desk.in_my_caseload("K2")
    with_trait(right, "low_literate", "no", since=BEFORE)
    desk.post({"level": "2", "low_literate": "yes", "save": "1"})
    assert "gaan mee" not in words(desk, "verplaatsen")
    moved(desk, right)
    assert [held.low_literate for held in desk.standing(right)] == ["no"]
    assert traits(right) == [("low_literate", "no", BEFORE, None)]


class TestOntoATakenDay:
    """The right person was placed on that day already: which one holds is asked on the page itself."""

    def place(self, desk: Desk) -> Followed:
        right = desk.in_my_caseload("K2")
        placed(right, "5", on=LAST_YEAR)
        placed(desk.client, "3-", on=LAST_YEAR)
        return right

    def test_it_is_asked(self, desk: Desk) -> None:
        right = self.place(desk)
        page = moved(desk, right)
        assert "Welke geldt?" in page
        assert 'name="same_day"' in page
        assert "Welke geldt? (niet verplicht)" not in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
        assert [held.level.code for held in desk.standing()] == ["3-"]

    def test_this_one_holds(self, desk: Desk) -> None:
        right = self.place(desk)
        moved(desk, right, same_day="replace")
        assert desk.standing() == []
        (held,) = desk.standing(right)
        assert (held.level.code, held.why) == ("3-", "naamgenoot")
        assert Measurement.objects.get(pk=held.replaces_id or 0).level.code == "5"

    def test_both_hold(self, desk: Desk) -> None:
        right = self.place(desk)
        moved(desk, right, same_day="second")
        assert [(held.level.code, held.second_assessment) for held in desk.standing(right)] == [
            ("5", False),
            ("3-", True),
        ]


def test_a_second_assessment_becomes_the_placement_of_who_has_none(desk: Desk) -> None:
    right = desk.in_my_caseload("K2")
    placed(desk.client, "2", on=LAST_YEAR)
    placed(desk.client, "3-", on=LAST_YEAR, second=True)
    second = Measurement.objects.current().get(client=desk.client, second_assessment=True)
    given = {"number": right.number, "why": "naamgenoot", "agreed": right.reference}
    desk.browser.post(f"{desk.url}{reference_of(second)}/verplaatsen/", given)
    assert [(held.level.code, held.second_assessment) for held in desk.standing(right)] == [("3-", False)]
