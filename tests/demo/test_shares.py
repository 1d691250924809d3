"""What the town holds: how many are followed, not placed, placed lower, corrected; and that life goes on in it."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import pairwise

import narwhals as nw
import polars as pl
import pytest
from django.db.models import F

from opstap.audit.models import Recording
from opstap.audit.selectors import recording_known_at
from opstap.clients.models import Application, Assignment, BenefitSpell, FollowUp, Person
from opstap.demo.operations.keeping import DUE, HELD
from opstap.facts.selectors.cache import Facts, facts_of
from opstap.facts.selectors.dimensions import active
from opstap.facts.selectors.people import Choice, people_on, state_on
from opstap.foundation.dates import AMSTERDAM, end_of_day
from opstap.ladder.logic import MeasurementRow, warnings_of
from opstap.ladder.models import Level, Measurement, Scale
from opstap.ladder.selectors.measurements import MANY, surroundings
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import codes_on
from tests.demo.towns import UNTIL


def state(facts: Facts, day: date = UNTIL) -> pl.DataFrame:
    """The placements on the ladder of the people followed on a day."""
    held = nw.to_native(state_on(facts, day, Scale.objects.get(key="vng").pk)).collect()
    return held.join(people_on(facts, day, Choice()), on="client_id", how="semi")


def wholes() -> dict[int, int]:
    """Level to whole level."""
    return {level.pk: int((level.parent or level).code) for level in Level.objects.select_related("parent")}


def paths(facts: Facts) -> list[list[int]]:
    """The whole levels of each client on the ladder, one after another; not determined left out."""
    levels = wholes()
    held = facts.table("measurements").filter(pl.col("scale_id") == Scale.objects.get(key="vng").pk)
    found = held.sort("client_id", "valid_from").group_by("client_id", maintain_order=True).agg("level_id")
    return [[levels[level] for level in path if levels[level]] for path in found["level_id"].to_list()]


def test_as_many_are_followed_as_asked_on_the_last_day_and_nearly_in_all_years(town: Municipality) -> None:
    facts = facts_of(town.pk)
    assert people_on(facts, UNTIL, Choice()).height == 600
    for year in range(2020, 2026):
        assert 510 <= people_on(facts, date(year, 4, 1), Choice()).height <= 690


def test_as_many_left_as_belongs_to_them_and_those_kept_too_long(town: Municipality) -> None:
    ever = set(FollowUp.objects.current().values_list("client_id", flat=True))
    now = set(people_on(facts_of(town.pk), UNTIL, Choice())["client_id"])
    assert len(ever - now) == 650 + len({HELD, *DUE})


def test_some_are_not_placed_and_some_not_determined(town: Municipality) -> None:
    facts = facts_of(town.pk)
    held, levels = state(facts), wholes()
    undetermined = sum(levels[level] == 0 for level in held["level_id"])
    assert undetermined
    assert 0.03 <= (600 - held.height + undetermined) / 600 <= 0.06


def test_of_some_the_expected_level_is_unknown(town: Municipality) -> None:
    held = state(facts_of(town.pk))
    assert 0.10 <= held["expected_level_id"].null_count() / held.height <= 0.18


def test_growth_is_mostly_known(town: Municipality) -> None:
    levels = wholes()
    below_top = [
        growth
        for level, growth in state(facts_of(town.pk)).select("level_id", "growth").rows()
        if 0 < levels[level] < 6
    ]
    assert 0.55 <= below_top.count(1) / len(below_top) <= 0.75
    assert 0.01 <= below_top.count(-1) / len(below_top) <= 0.06


def test_falls_happen_on_every_level(town: Municipality) -> None:
    steps = [step for path in paths(facts_of(town.pk)) for step in pairwise(path)]
    falls = Counter(before for before, after in steps if after < before)
    assert 0.06 <= falls.total() / len(steps) <= 0.12
    assert set(falls) == {2, 3, 4, 5, 6}


def test_placements_are_corrected_withdrawn_and_made_twice(town: Municipality) -> None:
    rows = Measurement.objects
    corrected = rows.filter(replaces__isnull=False, withdrawn=False)
    assert 0.01 <= corrected.count() / rows.count() <= 0.03
    assert set(corrected.values_list("reason", flat=True)) == {"correction"}
    assert rows.filter(withdrawn=True).exists()
    assert 25 <= rows.filter(second_assessment=True).count() <= 60
    assert not corrected.filter(recording=F("replaces__recording")).exists()


def test_every_placement_lies_within_follow_up_and_traits_are_copied(town: Municipality) -> None:
    current = list(Measurement.objects.current())
    rows = [MeasurementRow(row.client_id, row.scale_id, row.measured_on, row.level_id) for row in current]
    assert not warnings_of(rows, surroundings(range(MANY + 1)))
    assert {row.exempt for row in current} == {"yes", "no"}
    assert {row.low_literate for row in current} == {"yes", "no", "unknown"}


def test_who_stands_high_leaves_more_often(town: Municipality) -> None:
    facts, levels = facts_of(town.pk), wholes()
    left: Counter[bool] = Counter()
    stood: Counter[bool] = Counter()
    for year in range(2020, 2025):
        later = set(people_on(facts, date(year + 1, 6, 1), Choice())["client_id"])
        for client, level in state(facts, date(year, 6, 1)).select("client_id", "level_id").rows():
            stood[levels[level] >= 4] += 1
            left[levels[level] >= 4] += client not in later
    assert left[True] / stood[True] > 1.2 * left[False] / stood[False]


def test_a_quarter_of_the_applications_lead_to_nothing(town: Municipality) -> None:
    decided = Application.objects.current().exclude(outcome="")
    without = decided.exclude(outcome="granted")
    assert 0.22 <= without.count() / decided.count() <= 0.28
    assert decided.filter(from_ww=True).exists()


def test_known_at_an_earlier_moment_gives_other_figures(town: Municipality) -> None:
    day = date(2025, 1, 31)
    then = facts_of(town.pk, recording=recording_known_at(end_of_day(day)))
    now = facts_of(town.pk)
    assert people_on(then, day, Choice()).height != people_on(now, day, Choice()).height
    known_then, known_now = (set(active(facts, "benefit_spells", day)["client_id"]) for facts in (then, now))
    assert known_then != known_now
    assert BenefitSpell.objects.filter(recording__at__date__gt=day, starts_on__lt=date(2024, 12, 31)).exists()


def test_recordings_run_over_six_years_and_end_before_the_last_day_does(town: Municipality) -> None:
    moments = list(Recording.objects.filter(source="demo").order_by("number").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert moments[0].astimezone(AMSTERDAM).date() == date(2020, 3, 31)
    assert moments[-1] == datetime(2026, 3, 31, 0, 1, tzinfo=AMSTERDAM)
    assert len(moments) > 70


def test_some_have_a_team_but_no_worker(town: Municipality) -> None:
    held = Assignment.objects.active_on(UNTIL).filter(role="case_manager")
    assert 8 <= held.filter(worker=None).count() <= 40
    assert held.values("client").distinct().count() == held.count() == 600


def test_codes_stand_in_their_lists_and_bsns_in_the_test_range(town: Municipality) -> None:
    kinds = {option.code for option in codes_on("benefit_kind", UNTIL)}
    assert set(BenefitSpell.objects.values_list("kind", flat=True).distinct()) <= kinds
    grounds = {option.code for option in codes_on("follow_up_end_reason", UNTIL)} | {""}
    assert set(FollowUp.objects.values_list("end_reason", flat=True).distinct()) <= grounds
    ages = [(UNTIL - born).days / 365.25 for born in Person.objects.values_list("birth_date", flat=True) if born]
    assert min(ages) >= 18


@pytest.mark.parametrize("scale", ["vng", "groningen", "rijswijk", "steenwijkerland"])
def test_every_scale_is_in_use(town: Municipality, scale: str) -> None:
    assert Measurement.objects.current().filter(scale__key=scale).exists()
