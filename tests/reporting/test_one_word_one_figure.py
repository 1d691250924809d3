"""What carries one name in several reports is one figure: of the same people, with the same share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from opstap.municipality.models import Municipality
from opstap.reporting.tables.movement.words import outcome_of
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
FIRST, AGAIN, GONE = date(2023, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
ON = ("--on", "2024-06-15", "--compared-with", "2023-06-15")
MOVED = ("risen", "fallen", "left")

# Level, growth potential, and what came: a level, "" (not placed again) or "left".
WAYS = (
    ("1", "yes", "2"), ("2", "yes", "4"), ("2", "no", "2"), ("3", "no", "2"), ("3", "yes", ""), ("4", "no", "left"),
    ("0", "unknown", "2"), ("1", "unknown", ""), ("5", "no", "5"), ("2", "yes", "3"), ("3", "no", "left"),
    ("", "", ""), ("", "", "3"),
)  # fmt: skip


@pytest.fixture(params=("vng", "groningen"))
def town(request: pytest.FixtureRequest) -> tuple[Municipality, str]:
    municipality = a_municipality()
    team = a_team(municipality, "Noord")
    workers = [a_case_manager(team, name=name) for name in ("Anna Aarts", "Bram Bos")]
    for number, (level, growth, after) in enumerate(WAYS * 2):
        client = a_client(municipality, until=GONE if after == "left" else None)
        in_caseload(client, workers[number % 2], team=team)
        if level and (request.param == "vng" or level != "0"):
            placed(client, level, on=FIRST, growth=growth, scale=request.param)
        if after not in {"", "left"}:
            placed(client, after, on=AGAIN, scale=request.param)
    return municipality, request.param


def asked(scale: str) -> tuple[str, ...]:
    return ON if scale == "vng" else (*ON, "--crosswalk", "groningen-vng")


def known_of(totals: dict[str, Any], key: str) -> tuple[int, int, int, float | None]:
    """What movement shows of it, as a share of those of whom it is known: of who left it is always."""
    unseen = 0 if key == "left" else totals["not_measured_again"] + totals.get("no_counterpart", 0)
    known = totals["cohort"] - unseen
    return totals["cohort"], known, totals[key], round(100 * totals[key] / known + 1e-9, 1) if known else None


def of_indicators(rows: list[dict[str, Any]]) -> dict[str, tuple[int, int, int, float]]:
    return {row["indicator"]: (row["whole"], row["known"], row["has"], row["share"]) for row in rows}


def of_differences(totals: dict[str, Any]) -> dict[str, tuple[int, int, int, float]]:
    names = ("clients", "known", "having", "share")
    return {
        key: (one["clients"], one["known"], one["having"], one["share"])
        for key, one in totals.items()
        if key != "persons" and set(names) <= one.keys()
    }


@pytest.mark.covers("B-41", "B-50", "B-51", page="report indicators")
def test_risen_is_one_figure_in_movement_indicators_and_differences(
    town: tuple[Municipality, str], report: Report
) -> None:
    _municipality, scale = town
    totals = report("movement", *asked(scale))["totals"]
    # Beside its other lines movement shows a share of everyone: who was not placed again is a line of its own.
    assert totals["risen_share"] == round(100 * totals["risen"] / totals["cohort"] + 1e-9, 1)
    assert totals["not_measured_again"] > 0
    movement = {key: known_of(totals, key) for key in MOVED}
    indicators = of_indicators(report("indicators", *asked(scale))["rows"])
    differences = of_differences(report("differences", *asked(scale))["totals"])
    assert {key: indicators[key] for key in MOVED} == movement
    assert differences["risen"] == movement["risen"]
    assert movement["risen"][2] > 0
    for key in ("growth", "exemption"):
        assert differences[key] == indicators[key]
    # Of those placed again it is another figure, under a name that says so.
    again, of_all = indicators["risen_of_placed_again"], movement["risen"]
    assert again[2] == of_all[2]
    assert again[0] < of_all[0]
    assert again[1] < of_all[1]


def test_it_is_so_for_each_case_manager_too(town: tuple[Municipality, str], report: Report) -> None:
    _municipality, scale = town
    moved = {one["group"]: one for one in report("movement", *asked(scale), "--by", "worker")["totals"]["groups"]}
    rows = [row for row in report("indicators", *asked(scale), "--by", "worker")["rows"] if row["indicator"] == "risen"]
    compared = [row for row in report("differences", *asked(scale))["rows"] if row["measure"] == "risen"]
    for name, totals in moved.items():
        expected = known_of(totals, "risen")
        assert [of_indicators([row])["risen"] for row in rows if row["group"] == name] == [expected]
        assert [of_differences({"risen": row})["risen"] for row in compared if row["worker"] == name] == [expected]


def test_no_two_indicators_have_one_name(town: tuple[Municipality, str], report: Report) -> None:
    rows = report("indicators", *asked(town[1]))["rows"]
    assert len({row["name"] for row in rows}) == len(rows)


@pytest.mark.covers("G-2", page="report placement")
def test_growth_potential_is_one_share_in_placement_profile_and_indicators(
    town: tuple[Municipality, str], report: Report
) -> None:
    on = (*asked(town[1])[:2], *asked(town[1])[4:])
    placement, profile = (report(key, *on)["totals"] for key in ("placement", "profile"))
    (row,) = (one for one in report("indicators", *asked(town[1]))["rows"] if one["indicator"] == "growth")
    found = [placement[key] for key in ("growth_of_known_share", "growth_low", "growth_high")]
    assert found == [profile[key] for key in ("growth_share", "growth_low", "growth_high")]
    assert found == [row[key] for key in ("share", "low", "high")]
    assert placement["unknown_growth"] > 0
    assert placement["with_growth_share"] < found[0]  # a part of everybody on these levels, as in the table


def test_the_page_of_placement_says_that_share_and_of_whom_it_is(
    town: tuple[Municipality, str], report: Report
) -> None:
    on = (*asked(town[1])[:2], *asked(town[1])[4:])
    totals = report("placement", *on)["totals"]
    query = f"on={ON[1]}" + ("" if town[1] == "vng" else "&crosswalk=groningen-vng")
    text = signed_in(a_coordinator(town[0])).get(f"/rapporten/plaatsing/?{query}").content.decode()
    known = totals["with_growth"] + totals["without_growth"]
    share = str(totals["growth_of_known_share"]).replace(".", ",")
    assert f"Van de {known} mensen op trede 1–5 van wie het bekend is, heeft {share}\N{NO-BREAK SPACE}% groei" in text


def test_who_was_placed_once_and_is_not_determined_now_is_named_so(report: Report) -> None:
    municipality = a_municipality()
    for codes in (("2",), ("2", "0"), ("0",)):
        client = a_client(municipality)
        for day, code in zip((FIRST, AGAIN), codes, strict=False):
            placed(client, code, on=day)
    text = signed_in(a_coordinator(municipality)).get(f"/rapporten/plaatsing/?on={ON[1]}").content.decode()
    assert "3 mensen in begeleiding, van wie 1 op een trede (33,3\N{NO-BREAK SPACE}%)." in text
    assert "Van de 3 mensen in begeleiding zijn er 2 (66,7\N{NO-BREAK SPACE}%) ooit geplaatst op deze ladder" in text


def test_no_indicator_is_called_as_a_line_of_movement_is(town: tuple[Municipality, str], report: Report) -> None:
    """Their shares are of others: a line of movement is a part of everybody."""
    names = {row["name"] for row in report("indicators", *asked(town[1]))["rows"]}
    with override("nl"):
        assert not names & {outcome_of(key).label for key in (*MOVED, "level", "not_measured_again")}
