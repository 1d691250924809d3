"""Two people with one placement open: nothing is overwritten, what was typed is kept, and both are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from opstap.audit.operations import ReplacedMeanwhile
from opstap.clients.models import Trait
from opstap.ladder.models import Measurement
from opstap.ladder.operations import move_measurement, record_measurement, withdraw_measurement
from opstap.ladder.operations.measurements import row_of
from tests.factories.accounts import a_coordinator, acting
from tests.factories.ladder import level, placed
from tests.factories.pages import signed_in
from tests.factories.windows import Window
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
LAST_YEAR = date(2025, 3, 4)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def windows(desk: Desk, word: str = "verbeteren") -> tuple[Window, Window]:
    """A colleague's and one's own, both opened on what stands now."""
    placed(desk.client, "3-", on=LAST_YEAR, by=acting(desk.worker))
    url = desk.link(word)
    return Window(signed_in(a_coordinator(desk.town, name="Sietske Wolf")), url), Window(desk.browser, url)


def test_the_second_of_two_corrections_overwrites_nothing_and_shows_both(desk: Desk) -> None:
    first, second = windows(desk)
    assert first.send(level="2", client_view="ik kan nog niet", why="opgezocht") == 302
    assert second.send(level="4", low_literate="yes", why="verslag gelezen") == 409
    assert [held.level.code for held in desk.standing()] == ["2"]
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert "Genoemde reden: opgezocht" in second.words
    assert "2 Sociale contacten buitenshuis 4 Onbetaald werk" in second.words
    assert "ik kan nog niet hier niet gewijzigd: hieronder overgenomen" in second.words
    kept = {name: second.fields[name] for name in ("level", "client_view", "low_literate", "why")}
    assert kept == {"level": "4", "client_view": "ik kan nog niet", "low_literate": "yes", "why": "verslag gelezen"}
    assert not Trait.objects.exists()


def test_mine_is_saved_over_it_on_the_newest_version(desk: Desk) -> None:
    first, second = windows(desk)
    first.send(level="2", client_view="ik kan nog niet", why="een")
    second.send(level="4", why="twee")
    assert second.send() == 302
    (held,) = desk.standing()
    assert (held.level.code, held.client_view, held.why) == ("4", "ik kan nog niet", "twee")
    assert [one.why for one in Measurement.objects.order_by("pk")] == ["", "een", "twee"]


def test_a_trait_that_a_colleague_changed_is_not_put_back(desk: Desk) -> None:
    first, second = windows(desk)
    first.send(low_literate="yes", why="een")
    assert second.send(level="4", why="twee") == 409
    assert second.fields["low_literate"] == "yes"
    assert second.send() == 302
    assert [trait.value for trait in Trait.objects.current()] == ["yes"]
    assert [held.low_literate for held in desk.standing()] == ["yes"]


def test_the_same_sent_twice_is_saved_once(desk: Desk) -> None:
    _first, second = windows(desk)
    assert second.send(level="2", why="twee") == 302
    assert second.send(level="2", why="twee") == 302
    assert Measurement.objects.count() == 2


def test_what_was_typed_over_a_withdrawn_one_is_kept_with_who_withdrew_it(desk: Desk) -> None:
    first, second = windows(desk)
    Window(first.browser, first.url.replace("verbeteren", "intrekken")).send(why="verkeerde persoon")
    assert second.send(level="4", client_view="mijn lange verhaal", why="aanvulling") == 409
    assert "Sietske Wolf heeft dit intussen ingetrokken" in second.words
    assert "Genoemde reden: verkeerde persoon" in second.words
    assert second.fields["client_view"] == "mijn lange verhaal"
    assert "Leg het opnieuw vast" in second.words
    assert desk.standing() == []


@pytest.mark.parametrize(
    ("word", "fields"), [("intrekken", {"why": "dubbel"}), ("verplaatsen", {"number": "K2", "why": "dubbel"})]
)
def test_what_was_corrected_since_is_not_withdrawn_or_moved_unseen(
    desk: Desk, word: str, fields: dict[str, str]
) -> None:
    right = desk.in_my_caseload("K2")
    first, second = windows(desk, word)
    Window(first.browser, first.url.replace(word, "verbeteren")).send(level="2", why="opgezocht")
    agreed = {"agreed": right.reference} if word == "verplaatsen" else {}
    assert second.send(**fields, **agreed) == 409
    assert "Sietske Wolf heeft dit intussen gewijzigd" in second.words
    assert second.fields["why"] == "dubbel"
    assert [held.level.code for held in desk.standing()] == ["2"]
    assert second.send(**agreed) == 302
    assert desk.standing() == []
    assert [held.level.code for held in desk.standing(right)] == (["2"] if word == "verplaatsen" else [])


def test_a_withdrawal_that_was_done_already_is_told(desk: Desk) -> None:
    first, second = windows(desk, "intrekken")
    first.send(why="verkeerde persoon")
    assert second.send(why="dubbel") == 409
    assert "Sietske Wolf heeft dit intussen ingetrokken" in second.words
    assert first.send(why="verkeerde persoon") == 302


def test_an_older_address_leads_to_what_stands_now_with_a_sentence(desk: Desk) -> None:
    first, second = windows(desk)
    first.send(level="2", why="opgezocht")
    response = desk.browser.get(f"{second.url}?next=/clienten/", follow=True)
    assert response.redirect_chain == [(f"{desk.link('verbeteren')}?next=%2Fclienten%2F", 302)]
    assert "Sietske Wolf heeft dit verbeterd op" in response.content.decode()
    Window(first.browser, desk.link("intrekken")).send(why="verkeerde persoon")
    response = desk.browser.get(second.url, follow=True)
    assert "Sietske Wolf heeft dit ingetrokken op" in response.content.decode()
    assert response.redirect_chain[0][0].endswith("/geschiedenis/")


def test_the_operations_compare_under_their_lock(desk: Desk) -> None:
    old = placed(desk.client, "3-", on=LAST_YEAR)
    other, by = desk.in_my_caseload("K2"), acting(desk.worker)
    row = replace(row_of(old), level_id=level("2").pk, why="een", replaces_id=old.pk)
    record_measurement(by=by, row=row)
    with pytest.raises(ReplacedMeanwhile):
        record_measurement(by=by, row=replace(row, why="twee"))
    with pytest.raises(ReplacedMeanwhile):
        withdraw_measurement(by=by, measurement=old, why="twee")
    with pytest.raises(ReplacedMeanwhile):
        move_measurement(by=by, measurement=old, to=other, why="twee")
    assert [held.why for held in desk.standing()] == ["een"]
    assert desk.standing(other) == []
