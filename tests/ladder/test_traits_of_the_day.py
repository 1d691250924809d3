"""The traits beside a placement are those of its day, and their history changes only where somebody changed it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from opstap.clients.logic import ExemptionRow
from opstap.clients.models import Client as Followed
from opstap.clients.models import Trait
from opstap.clients.operations import merge_clients, record_exemptions, record_traits
from opstap.foundation import dates
from opstap.ladder.logic import changed_trait
from opstap.ladder.models import Measurement
from opstap.ladder.operations import confirm_measurements, record_measurement
from opstap.municipality.logic import NUMBER, YES_NO, TraitDesign
from opstap.municipality.operations import define_trait
from opstap.municipality.selectors import own_traits
from tests.factories.accounts import acting
from tests.factories.clients import BY, with_trait
from tests.factories.ladder import a_placement, level, placed
from tests.factories.windows import Window
from tests.ladder.desks import Desk

pytestmark = pytest.mark.django_db
Period = tuple[str, date, date | None]
OLD, TURN, LATELY = date(2020, 8, 25), date(2021, 3, 13), date(2026, 2, 1)


@pytest.fixture
def desk(client: Client) -> Desk:
    return Desk(client)


def history(client: Followed, kind: str = "low_literate") -> list[Period]:
    held = Trait.objects.current().filter(client=client, kind=kind).order_by("starts_on")
    return [(trait.value, trait.starts_on, trait.ends_on) for trait in held]


def as_shown(desk: Desk, url: str) -> dict[str, str]:
    """The form as the page gives it, to be sent back with what the user changes."""
    response = desk.browser.get(url)
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    shown = {name: str(value) for name, value in values.items() if value not in (None, False)}
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', response.content.decode())
    return shown | dict(hidden) | {"save": "1", "reason": "at_contact"}


def turned_meanwhile(client: Followed, kind: str = "low_literate", *, on: date = LATELY) -> list[Period]:
    """Somebody else records that it is yes from a day on; the history after it."""
    held = Trait.objects.current().filter(client=client, kind=kind)
    record_traits(by=BY, rows=changed_trait(client.pk, kind, "yes", on, list(held)))
    return history(client, kind)


def test_a_typing_mistake_put_right_leaves_the_history_of_traits_alone(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=date(2019, 1, 1), until=TURN)
    with_trait(desk.client, "low_literate", "yes", since=TURN)
    before = history(desk.client)
    desk.post(as_shown(desk, desk.url) | {"level": "2", "measured_on": OLD.isoformat()})
    assert [held.low_literate for held in desk.standing()] == ["no"]
    url = desk.link("verbeteren")
    shown = as_shown(desk, url)
    assert shown["low_literate"] == "no"
    desk.post(shown | {"level": "3", "why": "typefout"}, url)
    assert [(held.level.code, held.low_literate) for held in desk.standing()] == [("3", "no")]
    assert history(desk.client) == before


def test_a_trait_changed_at_a_correction_holds_until_what_was_known_next(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=date(2019, 1, 1), until=TURN)
    with_trait(desk.client, "low_literate", "yes", since=TURN)
    placed(desk.client, "2", on=OLD)
    url = desk.link("verbeteren")
    desk.post(as_shown(desk, url) | {"low_literate": "unknown", "why": "niet gevraagd"}, url)
    assert history(desk.client) == [("no", date(2019, 1, 1), OLD), ("unknown", OLD, TURN), ("yes", TURN, None)]


def test_a_trait_that_begins_later_is_not_overlapped(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "yes", since=TURN)
    placed(desk.client, "2", on=OLD)
    url = desk.link("verbeteren")
    desk.post(as_shown(desk, url) | {"level": "3", "why": "typefout"}, url)
    assert history(desk.client) == [("yes", TURN, None)]
    url = desk.link("verbeteren")
    desk.post(as_shown(desk, url) | {"low_literate": "no", "why": "toen nog niet"}, url)
    assert history(desk.client) == [("no", OLD, TURN), ("yes", TURN, None)]
    assert [held.low_literate for held in desk.standing()] == ["no"]


def test_a_contact_of_an_earlier_day_starts_with_the_traits_of_that_day(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=date(2019, 1, 1), until=TURN)
    with_trait(desk.client, "low_literate", "yes", since=TURN)
    url = f"{desk.url}?op={OLD.isoformat()}"
    shown = as_shown(desk, url)
    assert (shown["low_literate"], shown["measured_on"]) == ("no", OLD.isoformat())
    desk.post(shown | {"level": "2"}, url)
    assert [(held.measured_on, held.low_literate) for held in desk.standing()] == [(OLD, "no")]
    assert len(history(desk.client)) == 2


def test_a_trait_in_the_merged_dossier_is_one_of_this_person(desk: Desk) -> None:
    other = desk.in_my_caseload("K2")
    with_trait(other, "low_literate", "no", since=OLD)
    merge_clients(by=BY, client=other, kept=desk.client, why="twee keer ingevoerd")
    shown = as_shown(desk, desk.url)
    assert shown["low_literate"] == "no"
    desk.post(shown | {"level": "2", "low_literate": "yes"})
    assert history(other) == [("no", OLD, dates.today()), ("yes", dates.today(), None)]
    assert history(desk.client) == []


def test_an_open_page_sent_after_somebody_else_changed_a_trait_leaves_it_alone(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=OLD)
    shown = as_shown(desk, desk.url)
    before = turned_meanwhile(desk.client)
    desk.post(shown | {"level": "2", "integration": "need"})
    assert history(desk.client) == before == [("no", OLD, LATELY), ("yes", LATELY, None)]
    assert history(desk.client, "integration") == [("need", dates.today(), None)]
    assert [(held.low_literate, held.integration) for held in desk.standing()] == [("yes", "need")]


def test_an_open_page_refused_first_still_knows_what_it_started_with(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=OLD)
    shown = as_shown(desk, desk.url)
    before = turned_meanwhile(desk.client)
    assert 'name="was_low_literate" value="no"' in desk.post(shown)  # without a level
    asked_on = desk.browser.post(desk.url, {key: shown[key] for key in shown if key != "save"})
    assert 'name="was_low_literate" value="no"' in asked_on.content.decode()
    desk.post(shown | {"level": "2"})
    assert history(desk.client) == before


def test_a_draft_resumed_after_somebody_else_changed_a_trait_leaves_it_alone(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=OLD)
    with_trait(desk.client, "basic_qualification", "no", since=OLD)
    shown = as_shown(desk, desk.url) | {"level": "2", "basic_qualification": "yes"}
    desk.browser.post(f"{desk.url}concept/", {key: shown[key] for key in shown if key != "save"})
    before = turned_meanwhile(desk.client)
    resumed = as_shown(desk, desk.url)
    assert (resumed["level"], resumed["low_literate"], resumed["was_low_literate"]) == ("2", "yes", "yes")
    assert (resumed["basic_qualification"], resumed["was_basic_qualification"]) == ("yes", "no")
    page = desk.browser.get(desk.url).content.decode()
    assert "Laaggeletterd: nu ja, in uw concept nee." in page
    assert "Startkwalificatie: nu" not in page
    desk.post(resumed)
    assert history(desk.client) == before
    now = dates.today()
    assert history(desk.client, "basic_qualification") == [("no", OLD, now), ("yes", now, None)]
    assert [(held.low_literate, held.basic_qualification) for held in desk.standing()] == [("yes", "yes")]


def test_a_draft_that_changed_what_somebody_else_changed_meanwhile_says_both(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=OLD)
    shown = as_shown(desk, desk.url) | {"level": "2", "low_literate": "unknown"}
    desk.browser.post(f"{desk.url}concept/", {key: shown[key] for key in shown if key != "save"})
    turned_meanwhile(desk.client)
    page = desk.browser.get(desk.url).content.decode()
    assert "Laaggeletterd: nu ja, in uw concept nee." in page
    assert "Hieronder staat wat u koos: onbekend." in page
    desk.post(as_shown(desk, desk.url))
    assert [held.low_literate for held in desk.standing()] == ["unknown"]


def test_a_draft_that_emptied_what_somebody_else_changed_meanwhile_says_both(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=OLD)
    shown = as_shown(desk, desk.url) | {"level": "2", "low_literate": ""}
    desk.browser.post(f"{desk.url}concept/", {key: shown[key] for key in shown if key != "save"})
    turned_meanwhile(desk.client)
    page = desk.browser.get(desk.url).content.decode()
    assert "Laaggeletterd: nu ja, in uw concept nee." in page
    assert "Hieronder staat wat u koos: niets vastgelegd." in page
    desk.post(as_shown(desk, desk.url))
    assert history(desk.client) == [("no", OLD, LATELY), ("yes", LATELY, dates.today())]


def test_a_draft_of_an_earlier_day_is_compared_with_that_day(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=date(2019, 1, 1), until=TURN)
    with_trait(desk.client, "low_literate", "yes", since=TURN)
    shown = as_shown(desk, f"{desk.url}?op={OLD.isoformat()}") | {"level": "2"}
    desk.browser.post(f"{desk.url}concept/", {key: shown[key] for key in shown if key != "save"})
    assert as_shown(desk, desk.url)["low_literate"] == "no"
    assert "in uw concept" not in desk.browser.get(desk.url).content.decode()


def test_what_was_changed_on_an_open_page_counts_also_after_somebody_else_changed_it(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=OLD)
    shown = as_shown(desk, desk.url)
    before = turned_meanwhile(desk.client)
    desk.post(shown | {"level": "2", "low_literate": "yes"})
    assert history(desk.client) == before
    desk.post(as_shown(desk, desk.url) | {"level": "3", "low_literate": "unknown", "same_day": "replace", "why": "x"})
    now = dates.today()
    assert history(desk.client) == [("no", OLD, LATELY), ("yes", LATELY, now), ("unknown", now, None)]


def test_an_open_correction_leaves_a_trait_of_the_municipality_alone_that_somebody_else_changed(desk: Desk) -> None:
    design = TraitDesign(key="car", kind=YES_NO, name_nl="Auto", name_en="Car", starts_on=date(2018, 1, 1), choices=())
    define_trait(by=BY, municipality=desk.town, design=design)
    car = own_traits(desk.town.pk)[0].code
    with_trait(desk.client, car, "no", since=date(2019, 1, 1))
    placed(desk.client, "2", on=OLD)
    url = desk.link("verbeteren")
    shown = as_shown(desk, url)
    assert shown[f"was_{car}"] == "no"
    before = turned_meanwhile(desk.client, car, on=date(2020, 1, 1))
    desk.post(shown | {"level": "3", "why": "typefout"}, url)
    assert [held.level.code for held in desk.standing()] == ["3"]
    assert history(desk.client, car) == before


def test_a_page_that_says_nothing_of_its_start_is_compared_with_what_holds(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "no", since=OLD)
    desk.post({"level": "2", "save": "1", "low_literate": "yes"})
    assert history(desk.client) == [("no", OLD, dates.today()), ("yes", dates.today(), None)]


def test_a_trait_that_is_emptied_holds_no_longer_from_that_day(desk: Desk) -> None:
    with_trait(desk.client, "low_literate", "yes", since=OLD)
    desk.post(as_shown(desk, desk.url) | {"level": "2", "low_literate": ""})
    assert history(desk.client) == [("yes", OLD, dates.today())]
    assert [held.low_literate for held in desk.standing()] == [""]
    assert as_shown(desk, desk.url).get("low_literate") is None


def test_a_trait_of_that_very_day_is_withdrawn_when_it_is_emptied_and_stands_again_with_the_placement_gone(
    desk: Desk,
) -> None:
    now = dates.today()
    with_trait(desk.client, "low_literate", "yes", since=now)
    desk.post(as_shown(desk, desk.url) | {"level": "2", "low_literate": ""})
    assert history(desk.client) == []
    assert Trait.objects.filter(client=desk.client, withdrawn=True).count() == 1
    desk.browser.post(desk.link("intrekken"), {"why": "vergist"})
    assert history(desk.client) == [("yes", now, None)]


def test_an_own_trait_is_emptied_at_a_correction_until_what_was_known_next(desk: Desk) -> None:
    design = TraitDesign(
        key="kids", kind=NUMBER, name_nl="Kinderen", name_en="C", starts_on=date(2018, 1, 1), choices=()
    )
    define_trait(by=BY, municipality=desk.town, design=design)
    kids = own_traits(desk.town.pk)[0].code
    with_trait(desk.client, kids, "2", since=date(2019, 1, 1), until=TURN)
    with_trait(desk.client, kids, "3", since=TURN)
    placed(desk.client, "2", on=OLD)
    url = desk.link("verbeteren")
    desk.post(as_shown(desk, url) | {kids: "", "why": "niet gevraagd"}, url)
    assert history(desk.client, kids) == [("2", date(2019, 1, 1), OLD), ("3", TURN, None)]
    desk.browser.post(desk.link("intrekken"), {"why": "vergist"})
    assert history(desk.client, kids) == [("2", date(2019, 1, 1), TURN), ("3", TURN, None)]


def copied_long_ago(client: Followed) -> None:
    """A placement with the copies of its day, after which much changed; of income nothing was ever recorded apart."""
    row = replace(
        a_placement(client, "2", OLD), low_literate="no", integration="need", income_situation="benefit_only",
        exempt="yes",
    )  # fmt: skip
    record_measurement(by=BY, row=row)
    with_trait(client, "low_literate", "no", since=OLD, until=TURN)
    with_trait(client, "low_literate", "yes", since=TURN)
    with_trait(client, "integration", "need", since=OLD, until=TURN)
    record_exemptions(by=BY, rows=[ExemptionRow(client.pk, "care", OLD, TURN)])


def copies(client: Followed) -> tuple[str, str, str, str]:
    held = Measurement.objects.current().filter(client=client).latest("measured_on")
    assert held.measured_on == dates.today()
    return held.low_literate, held.integration, held.income_situation, held.exempt


AS_OF_TODAY = ("yes", "", "benefit_only", "no")


def test_confirming_copies_the_traits_of_the_day(desk: Desk) -> None:
    copied_long_ago(desk.client)
    assert desk.confirm().status_code == 302
    assert copies(desk.client) == AS_OF_TODAY


def test_confirming_at_a_contact_copies_the_traits_of_the_day(desk: Desk) -> None:
    copied_long_ago(desk.client)
    assert Window(desk.browser, f"/contact/{desk.client.reference}/").send(looked="confirmed") == 302
    assert copies(desk.client) == AS_OF_TODAY


def test_confirming_many_copies_the_traits_of_each(desk: Desk) -> None:
    other = desk.in_my_caseload("K2")
    merged = desk.in_my_caseload("K3")
    copied_long_ago(desk.client)
    placed(other, "3", on=OLD)
    with_trait(merged, "integration", "none", since=OLD)
    merge_clients(by=BY, client=merged, kept=other, why="twee keer ingevoerd")
    ids = [desk.client.pk, other.pk]
    scale_id = level("2").scale_id
    confirm_measurements(by=acting(desk.worker), client_ids=ids, scale_id=scale_id, on=dates.today(), reason="yearly")
    assert copies(desk.client) == AS_OF_TODAY
    assert copies(other) == ("", "none", "", "")
