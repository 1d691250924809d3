"""A placement put right: in whichever dossier it stands, on a day that is taken, and with a reason each time."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from opstap.clients.operations import merge_clients
from opstap.foundation import dates
from opstap.ladder.models import Measurement
from opstap.ladder.operations import withdraw_measurements
from tests.factories.clients import BY
from tests.factories.ladder import placed
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
LAST_YEAR, LATER = date(2025, 3, 4), date(2025, 9, 1)
WHICH = "Er is al een plaatsing van deze dag. Welke geldt?"


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def corrected(level: str, on: date = LAST_YEAR, **fields: str) -> dict[str, str]:
    return {"level": level, "measured_on": on.isoformat(), "reason": "intake", "why": "typefout", "save": "1"} | fields


def levels(desk: Desk) -> list[tuple[str, bool]]:
    return [(held.level.code, held.second_assessment) for held in desk.standing()]


class TestInTheOtherDossier:
    """Two dossiers of one person, merged: what stands in either is of that person."""

    @pytest.fixture(autouse=True)
    def merged(self, desk: Desk) -> None:
        self.other = desk.in_my_caseload("K2")

    def merge(self, desk: Desk) -> None:
        merge_clients(by=BY, client=self.other, kept=desk.client, why="twee keer ingevoerd")

    def test_its_placement_is_corrected_there(self, desk: Desk) -> None:
        placed(self.other, "3", on=LAST_YEAR)
        self.merge(desk)
        assert desk.post(corrected("2"), desk.link("verbeteren")).startswith("/")
        assert [held.level.code for held in desk.standing(self.other)] == ["2"]
        assert desk.standing() == []

    def test_a_day_that_is_taken_there_is_asked_about_and_replaced(self, desk: Desk) -> None:
        placed(self.other, "3", on=LAST_YEAR)
        self.merge(desk)
        given = {"level": "2", "measured_on": LAST_YEAR.isoformat(), "save": "1"}
        assert WHICH in desk.post(given)
        desk.post(given | {"same_day": "replace", "why": "verkeerde trede"})
        assert [(held.level.code, held.why) for held in desk.standing(self.other)] == [("2", "verkeerde trede")]
        assert desk.standing() == []

    def test_a_day_followed_there_lies_within_follow_up(self, desk: Desk) -> None:
        late = desk.in_my_caseload("K3", followed_since=date(2026, 1, 1))
        merge_clients(by=BY, client=self.other, kept=late, why="twee keer ingevoerd")
        given = {
            "level": "2",
            "measured_on": LAST_YEAR.isoformat(),
            "save": "1",
            "next": f"/plaatsen/{late.reference}/",
        }
        desk.post(given, f"/plaatsen/{late.reference}/")
        page = desk.browser.get(f"/plaatsen/{late.reference}/").content.decode()
        assert "De plaatsing is bewaard." in page
        assert "valt buiten" not in page


def test_an_error_in_a_correction_asks_nothing_about_the_placement_itself(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    page = desk.post(corrected("2", why=""), desk.link("verbeteren"))
    assert "Zeg in een paar woorden waarom." in page
    assert WHICH not in page


def test_both_holds_only_where_there_is_another(desk: Desk) -> None:
    placed(desk.client, "3-", on=LAST_YEAR)
    desk.post(corrected("2", same_day="second"), desk.link("verbeteren"))
    assert levels(desk) == [("2", False)]


def test_a_correction_onto_a_day_that_is_taken_asks_and_withdraws_the_other(desk: Desk) -> None:
    other = placed(desk.client, "5", on=LATER)
    placed(desk.client, "3-", on=dates.today())
    url = desk.link("verbeteren")
    assert WHICH in desk.post(corrected("2", LATER), url)
    assert levels(desk) == [("5", False), ("3-", False)]
    desk.post(corrected("2", LATER, same_day="replace"), url)
    assert levels(desk) == [("2", False)]
    assert Measurement.objects.get(replaces=other, withdrawn=True).why == "typefout"


def test_a_correction_onto_a_day_that_is_taken_may_be_the_second_assessment(desk: Desk) -> None:
    placed(desk.client, "5", on=LATER)
    placed(desk.client, "3-", on=dates.today())
    desk.post(corrected("2", LATER, same_day="second"), desk.link("verbeteren"))
    assert levels(desk) == [("5", False), ("2", True)]


def test_replacing_the_one_of_the_same_day_takes_a_reason(desk: Desk) -> None:
    old = placed(desk.client, "2", on=dates.today())
    given = {"level": "3", "same_day": "replace", "save": "1"}
    assert "Zeg in een paar woorden waarom." in desk.post(given)
    assert levels(desk) == [("2", False)]
    desk.post(given | {"why": "verkeerd aangeklikt"})
    (held,) = desk.standing()
    assert (held.level.code, held.replaces_id, held.why) == ("3", old.pk, "verkeerd aangeklikt")


def test_a_refusal_stands_at_its_field(desk: Desk) -> None:
    page = desk.post({"level": "2", "with_support": "on", "save": "1"})
    assert 'href="#id_with_support"' in page
    page = desk.post({"level": "2", "measured_on": "1970-01-01", "save": "1"})
    assert 'href="#id_measured_on"' in page
    placed(desk.client, "3", on=LAST_YEAR)
    page = desk.post(corrected("2", date(1970, 1, 1)), desk.link("verbeteren"))
    assert 'href="#id_measured_on"' in page


def test_who_replaces_what_was_withdrawn_meanwhile_is_told_and_saves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = placed(desk.client, "2", on=dates.today())
    withdraw_measurements(by=BY, measurement_ids=[old.pk], why="gesprek ging niet door")
    monkeypatch.setattr("opstap.ladder.views.asked.standing_on", lambda *_asked, **_but: old)
    page = desk.post({"level": "3", "same_day": "replace", "why": "vergist", "save": "1"})
    assert "Iemand anders heeft deze plaatsing intussen verbeterd" in page
    assert levels(desk) == []
