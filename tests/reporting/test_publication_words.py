"""What the page of a publication says of it: nothing hidden is called none, and what came is no failure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.utils.translation import override

from opstap.audit.models import Recording
from opstap.foundation import dates
from opstap.foundation.charts.colours import UNKNOWN
from opstap.foundation.ui.templatetags.ui_format import moment
from opstap.reporting.logic.released import (
    BECAME,
    FALLEN,
    LEVEL,
    RISEN,
    SAME,
    Released,
    ReleasedAxis,
    ReleasedClass,
    ReleasedTable,
)
from opstap.reporting.tables.released.files import as_json, as_text
from opstap.reporting.tables.released.page import foot_of
from opstap.reporting.tables.released.pictures import picture_of
from opstap.reporting.tables.released.sheets import Sheet
from opstap.reporting.tables.released.words import in_sentences, lead
from tests.factories.accounts import a_worker
from tests.factories.pages import signed_in
from tests.factories.publications import a_publication, a_town_to_publish, last_month_end

MOVEMENT = f"{LEVEL}-by-{BECAME}"


def said(risen: int | None, same: int | None, fallen: int | None) -> str:
    """Of one level, with these numbers shown."""
    shown: dict[tuple[str, ...], int | None] = {("2", RISEN): risen, ("2", SAME): same, ("2", FALLEN): fallen}
    released = Released({}, (ReleasedTable(MOVEMENT, (LEVEL, BECAME), shown),), {"ladder": True})
    with override("nl"):
        return lead(released, last_month_end())


def test_what_stands_below_the_file_of_a_chart_has_one_full_stop_each() -> None:
    assert in_sentences(["Geteld zijn personen", "Niet opgenomen: Team naar trede. Te weinig."]) == (
        "Geteld zijn personen. Niet opgenomen: Team naar trede. Te weinig."
    )


def test_nothing_hidden_is_called_none() -> None:
    assert said(None, 60, None) == (
        "Vergeleken met een jaar eerder. Gestegen: verborgen. Op dezelfde trede: 60. Gedaald: verborgen."
    )


def test_where_all_of_it_is_shown_it_says_shares() -> None:
    assert "stegen er 10 (17 %), bleven er 40 op dezelfde trede (67 %) en daalden er 10 (17 %)" in said(10, 40, 10)


def test_of_what_is_shown_in_part_it_says_that_part_is_hidden() -> None:
    shown: dict[tuple[str, ...], int | None] = {("2", RISEN): 15, ("3", RISEN): None, ("2", SAME): 60, ("2", FALLEN): 0}
    released = Released({}, (ReleasedTable(MOVEMENT, (LEVEL, BECAME), shown),), {"ladder": True})
    with override("nl"):
        told = lead(released, last_month_end())
    assert told == (
        "Vergeleken met een jaar eerder. Gestegen: 15, en wat verborgen is. Op dezelfde trede: 60. Gedaald: 0."
    )


LEVELS = ReleasedAxis(LEVEL, "trede", "level", tuple(ReleasedClass(code, code, code) for code in ("1", "2", "none")))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            None,
            None,
            "Van geen enkele trede is te zien hoeveel mensen er op 31 mei 2025 op stonden: te weinig mensen, of",
        ),
        (
            40,
            None,
            "Van één trede is te zien hoeveel mensen er op 31 mei 2025 op stonden: 1, 40 mensen. De andere",
        ),
        (
            40,
            65,
            "De grootste groep die op 31 mei 2025 getoond is: 2, 65 mensen. Een deel van de treden is verborgen.",
        ),
    ],
)
def test_what_is_hidden_may_be_of_many_and_one_group_is_the_largest_of_nothing(
    first: int | None, second: int | None, expected: str
) -> None:
    """Of levels that many people stand on nothing is said but that they are hidden."""
    table = ReleasedTable(LEVEL, (LEVEL,), {("1",): first, ("2",): second, ("none",): None})
    with override("nl"):
        assert lead(Released({LEVEL: LEVELS}, (table,), {}), date(2025, 5, 31)).startswith(expected)
        assert "te weinig mensen om" not in foot_of(Sheet(Released({LEVEL: LEVELS}, (table,), {}), table))


@pytest.mark.django_db
def test_page_file_and_command_say_as_known_when_on_which_ladder_and_by_which_definitions() -> None:
    """As known when it was asked for: what is recorded between that and the making does not count."""
    made = a_town_to_publish("Werk")
    one = a_publication(made.town, made.on)
    at = Recording.objects.get(number=one.counted).at
    policy = signed_in(a_worker(made.town, "policy"))
    page = policy.get(f"/publicaties/{one.reference}/").content.decode()
    with override("nl"):
        said, text = f"Bekend op: {moment(at)}", as_text(one)
    for where in (page, text):
        for part in (said, "Ladder of indeling: VNG Participatieladder", "Definities: versie 6"):
            assert part in where
    kept = as_json(one)
    assert (kept["known_at"], kept["made_with"]["scale"]) == (at.isoformat(), one.scale)


@pytest.mark.django_db
def test_a_publication_that_hardly_shows_anything_says_so_on_its_first_page() -> None:
    made = a_town_to_publish("Werk")
    policy = signed_in(a_worker(made.town, "policy"))
    page = f"/publicaties/{a_publication(made.town, made.on).reference}/"
    assert "In deze publicatie is bijna niets te zien" in policy.get(page).content.decode()
    assert "In deze publicatie is bijna niets te zien" not in policy.get(f"{page}?table=level").content.decode()


def test_the_parts_of_a_bar_that_are_no_levels_are_told_apart_and_who_is_unknown_is_grey() -> None:
    def axis(key: str, *codes: str) -> ReleasedAxis:
        return ReleasedAxis(key, key, key, tuple(ReleasedClass(code, code, code) for code in codes))

    axes = {one.dimension: one for one in (axis("team", "x", "y"), axis("low-literacy", "yes", "no", "unknown"))}
    shown: dict[tuple[str, ...], int | None] = dict.fromkeys(product("xy", ("yes", "no", "unknown")), 20)
    table = ReleasedTable("team-by-low-literacy", ("team", "low-literacy"), shown)
    with override("nl"):
        picture = picture_of(Sheet(Released(axes, (table,), {"ladder": True}), table), "afgerond", 0)
    assert picture is not None
    fills = [fill for fill in re.findall(r'<rect[^>]*fill="(#[0-9A-F]{6})"', str(picture.svg)) if fill != "#FFFFFF"]
    assert len(set(fills)) == 3
    assert UNKNOWN in fills


@pytest.mark.django_db
def test_what_was_asked_for_and_came_is_no_failure_a_day_later() -> None:
    made = a_town_to_publish()
    reference = a_publication(made.town, made.on).reference
    with time_machine.travel(dates.now() + timedelta(days=1)):
        page = signed_in(a_worker(made.town, "policy")).get(f"/publicaties/{reference}/").content.decode()
    history = page.split("Geschiedenis</h2>")[1].split("</section>")[0]
    assert "gevraagd" in history
    assert "vastgesteld" in history
    assert "kan niet" not in history


@pytest.mark.django_db
def test_a_table_of_which_everything_is_hidden_says_so_before_it_is_opened() -> None:
    made = a_town_to_publish()
    reference = a_publication(made.town, made.on).reference
    page = signed_in(a_worker(made.town, "policy")).get(f"/publicaties/{reference}/").content.decode()
    listed = page.split("Andere tabellen")[1]
    assert "(alles is verborgen)" in listed
    assert "Leeftijd naar deel van de ladder</a>" in listed
