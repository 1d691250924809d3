"""What the page of a publication says of it: nothing hidden is called none, and what came is no failure."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.utils.translation import override

from opstap.foundation import dates
from opstap.foundation.charts.colours import UNKNOWN
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
