"""The town does not contradict what the field says of its levels and groups."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import narwhals as nw
import polars as pl

from opstap.clients.logic import BenefitSpellRow
from opstap.clients.models import BenefitSpell
from opstap.demo.logic.benefits import say_benefit
from opstap.demo.logic.calendar import Span
from opstap.demo.logic.chance import stream
from opstap.demo.logic.ladder_walk import Step, as_independent, at_work_without_help
from opstap.demo.logic.outlines import Followed
from opstap.demo.logic.statements import Life
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.dimensions import active
from opstap.facts.selectors.people import Choice, people_on, state_on
from opstap.ladder.models import Level, Scale
from opstap.municipality.models import Municipality
from tests.demo.towns import UNTIL


def steps(*levels: tuple[date, int]) -> list[Step]:
    return [Step(day, level, "", "yearly") for day, level in levels]


FIRST, UP, AGAIN, DOWN = date(2021, 1, 10), date(2022, 3, 1), date(2023, 3, 5), date(2024, 4, 1)


def test_work_without_help_lasts_from_the_top_to_the_next_lower_level() -> None:
    assert at_work_without_help(steps((FIRST, 4), (UP, 6), (AGAIN, 6), (DOWN, 5))) == [(UP, DOWN)]
    assert at_work_without_help(steps((FIRST, 6), (UP, 5), (AGAIN, 6))) == [(FIRST, UP), (AGAIN, None)]
    assert at_work_without_help(steps((FIRST, 5))) == []


def test_who_ends_on_the_top_gets_aftercare_from_then_on() -> None:
    stay = Followed(date(2020, 1, 1))
    ended = as_independent(stay, steps((FIRST, 4), (UP, 6)))
    assert (ended.benefit_ends_on, ended.exit_reason, ended.ends_on) == (UP, "employment", None)
    assert as_independent(stay, steps((FIRST, 6), (UP, 4))) == stay
    assert as_independent(Followed(UP), steps((UP, 6))) == Followed(UP)  # there was no day of benefit before


def test_a_benefit_stops_while_somebody_is_at_work_without_help_and_begins_again_after() -> None:
    for seed in range(40):
        life, moved = Life(""), steps((FIRST, 4), (UP, 6), (DOWN, 4))
        span = Span(date(2026, 3, 31))
        say_benefit(stream(seed, "benefit", 1), life, Followed(date(2020, 1, 1)), moved, span)
        replaced = {one.replaces for one in life.statements}
        standing = [one.row for place, one in enumerate(life.statements) if place not in replaced]
        spells = [row for row in standing if isinstance(row, BenefitSpellRow)]
        assert spells
        for spell in spells:
            assert spell.ends_on is None or spell.starts_on < spell.ends_on
            assert not (spell.starts_on < DOWN and (spell.ends_on is None or spell.ends_on > UP)), (seed, spell)


def test_on_level_six_one_has_a_benefit_by_mistake_and_nobody_else(town: Municipality) -> None:
    facts = facts_of(town.pk)
    top = Level.objects.get(scale__key="vng", code="6").pk
    held = nw.to_native(state_on(facts, UNTIL, Scale.objects.get(key="vng").pk)).collect()
    here = held.filter(pl.col("level_id") == top).join(people_on(facts, UNTIL, Choice()), on="client_id", how="semi")
    on_benefit = active(facts, "benefit_spells", UNTIL)["client_id"]
    assert here.height > 3
    assert here.filter(pl.col("client_id").is_in(on_benefit.implode())).height == 1
    assert BenefitSpell.objects.filter(exit_reason="employment").exists()


def test_most_stay_in_their_client_group_and_some_go_to_another(town: Municipality) -> None:
    groups = (
        facts_of(town.pk)
        .table("measurements")
        .filter(pl.col("scale_id") == Scale.objects.get(key="steenwijkerland").pk)
    )
    paths = groups.sort("client_id", "valid_from").group_by("client_id", maintain_order=True).agg("level_id")
    moves = [step for path in paths["level_id"].to_list() for step in pairwise(path)]
    stayed = sum(before == after for before, after in moves)
    assert len(moves) > 100
    assert 0.6 <= stayed / len(moves) <= 0.9
