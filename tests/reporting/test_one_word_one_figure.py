"""What carries one name in several reports is one figure: of the same people, with the same share."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from opstap.audit.permissions import command_line
from opstap.clients.logic import ExemptionRow
from opstap.clients.models import Client
from opstap.clients.operations import record_exemptions
from opstap.municipality.models import Municipality
from opstap.reporting.tables.indicators.words import WORDS
from opstap.reporting.tables.movement.words import outcome_of
from opstap.reporting.tables.reports import REPORTS
from tests.factories.accounts import a_case_manager, a_coordinator, a_team
from tests.factories.clients import a_client, in_caseload, with_trait
from tests.factories.ladder import placed
from tests.factories.municipality import a_municipality
from tests.factories.pages import signed_in
from tests.factories.plans import a_trajectory, an_instrument
from tests.reporting.conftest import Report

pytestmark = pytest.mark.django_db
FIRST, AGAIN, GONE = date(2023, 1, 1), date(2024, 2, 1), date(2024, 3, 1)
ON = ("--on", "2024-06-15", "--compared-with", "2023-06-15")
MOVED = ("risen", "fallen", "left")

TRAITS = {
    "low_literate": ("yes", "no", "", "no"),
    "basic_qualification": ("no", "yes", ""),
    "integration": ("duty", "none", "need", "", "none"),
}
OF_THE_ROW = {
    "Cliënten", "%", "minstens %", "hoogstens %", "Bekend van", "Van", "Overgedragen aan een ander", "Naast de anderen",
}  # fmt: skip
"""Names that say nothing by themselves: what they count is the row's."""
COMPARED = {
    "Groeipotentieel": {"placement", "profile"},
    "Inburgering": {"profile", "indicators"},
    "Laaggeletterd": {"profile", "indicators"},
    "Geen startkwalificatie": {"profile", "indicators"},
    "Ooit geplaatst": {"coverage", "indicators"},
    "Uit begeleiding": {"realised", "differences", "traits-changed"},
    "Niet opnieuw geplaatst": {"realised", "differences"},
}
HELD_ELSEWHERE = {
    "Niet te vergelijken", "Hogere trede verwacht", "Bekend hoe ver", "Minder ver", "Precies zo ver", "Verder",
    "Treden verwacht", "Treden bereikt", "Verschil in treden", "verschil minstens", "verschil hoogstens",
}  # fmt: skip
"""Of `realised` and `differences`: they come of one count (`test_reach`)."""
TWO_THINGS = {"Nieuw"}
"""Said of a trait in one report and of a person in another: their page says which."""

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


def with_what_people_have(municipality: Municipality) -> None:
    """Traits, instruments and exemptions of some, and of others that they have none, or nothing."""
    for number, client in enumerate(Client.objects.filter(municipality=municipality).order_by("pk")):
        for kind, values in TRAITS.items():
            if value := values[number % len(values)]:
                with_trait(client, kind, value, FIRST)
        if number % 5 == 0:
            an_instrument(a_trajectory(client, since=FIRST))
        if number % 7 == 0:
            record_exemptions(by=command_line(), rows=[ExemptionRow(client.pk, "care", FIRST)])


def test_what_profile_counts_indicators_count_alike(town: tuple[Municipality, str], report: Report) -> None:
    with_what_people_have(town[0])
    on = (*asked(town[1])[:2], *asked(town[1])[4:])
    totals = report("profile", *on)["totals"]
    rows = {row["indicator"]: row for row in report("indicators", *asked(town[1]))["rows"]}
    for key in ("growth", "instrument", "integration", "low_literacy", "no_qualification", "exemption"):
        row = rows[key]
        found = [totals[key], *(totals[f"{key}_{one}"] for one in ("unknown", "share", "low", "high"))]
        assert found == [row["has"], row["whole"] - row["known"], *(row[one] for one in ("share", "low", "high"))], key
        assert totals[key] > 0, key


def test_what_coverage_counts_indicators_count_alike(town: tuple[Municipality, str], report: Report) -> None:
    on = (*asked(town[1])[:2], *asked(town[1])[4:])
    totals = report("coverage", *on)["totals"]
    rows = {row["indicator"]: row for row in report("indicators", *asked(town[1]))["rows"]}
    for key in ("placed", "placed_last_year", "placed_twice"):
        row = rows[key]
        assert [totals["base"], totals[key], totals[f"{key}_share"]] == [row["whole"], row["has"], row["share"]], key


def test_who_is_ready_is_one_number(town: tuple[Municipality, str], report: Report) -> None:
    for _ in range(2):
        placed(a_client(town[0]), "2", on=AGAIN, expected="4", scale=town[1])
    on = (*asked(town[1])[:2], *asked(town[1])[4:])
    (row,) = (one for one in report("indicators", *asked(town[1]))["rows"] if one["indicator"] == "ready")
    assert report("ready", *on)["totals"]["ready"] == row["has"] == 2


def test_who_is_out_of_follow_up_is_one_number(town: tuple[Municipality, str], report: Report) -> None:
    """Of everybody in two reports; of those who were placed in two others, and there the indicator's name says so."""
    with_what_people_have(town[0])
    (row,) = (one for one in report("indicators", *asked(town[1]))["rows"] if one["indicator"] == "left")
    traits, left, movement = (
        report(key, *(asked(town[1]) if key == "movement" else ON))["totals"]
        for key in ("traits-changed", "left", "movement")
    )
    assert (traits["earlier"], traits["left"]) == (left["cohort"], left["left"])
    assert (movement["cohort"], movement["left"]) == (row["whole"], row["has"])
    assert traits["earlier"] > row["whole"]
    assert "van wie geplaatst was" in row["name"]


def test_who_is_gone_or_not_placed_again_is_one_number(town: tuple[Municipality, str], report: Report) -> None:
    """Those of all levels, and of all case managers, are those of everyone in movement."""
    movement = report("movement", *asked(town[1]))["totals"]
    rows = report("realised", *asked(town[1]))["rows"]
    compared = [row for row in report("differences", *asked(town[1]))["rows"] if row["measure"] == "risen"]
    for key in ("left", "not_measured_again"):
        counted = [sum(row[key] for row in some) for some in (rows, compared)]
        assert counted == [movement[key]] * 2, key


def test_a_measure_that_bears_a_name_in_two_reports_is_compared() -> None:
    """A name that comes to stand in two reports needs a test above, or a place where it is held."""
    seen: dict[str, set[str]] = {}
    with override("nl"):
        for key, one in REPORTS.items():
            for column in one.definition.columns:
                if column.kind in {"integer", "share", "decimal"}:
                    seen.setdefault(str(column.label), set()).add(key)
        for words in WORDS.values():
            seen.setdefault(str(words.name), set()).add("indicators")
    shared = {name: reports for name, reports in seen.items() if len(reports) > 1}
    assert not shared.keys() - COMPARED.keys() - OF_THE_ROW - HELD_ELSEWHERE - TWO_THINGS
    assert {name: reports for name, reports in shared.items() if name in COMPARED} == COMPARED
