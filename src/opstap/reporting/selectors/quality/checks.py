"""The checks of the report `data-quality`, in their order: of whom each can be judged, and whom it then concerns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from opstap.facts.selectors.norms import placed_long_ago
from opstap.foundation.dates import months_before, years_before
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.reporting.enums import Aspect
from opstap.reporting.selectors.quality.leavers import ENDED, asks_of_leavers
from opstap.reporting.selectors.quality.terms import FOLLOWED_YEARS, Terms, terms_of
from opstap.reporting.selectors.questions import Question

Condition = Callable[[Terms], pl.Expr]
PLANS = "plans"
EARNING = ("work", "self_employment", "benefit_and_work")  # income situations with income from work
NO_BENEFIT = ("work", "self_employment", "other", "none")  # and those that say there is no benefit
ON_BENEFIT_ONLY = "benefit_only"
UNKNOWN_GROWTH = -1


@dataclass(frozen=True)
class Check:
    """One check. `needs` says of which scales it can be asked, `part` in which municipalities."""

    key: str
    aspect: Aspect
    judged: Condition
    concerned: Condition
    part: str = ""
    needs: Callable[[Terms], bool] = lambda _terms: True


def checks_of(question: Question) -> tuple[Check, ...]:
    """Those that can be asked here: of the scale, of the parts of the work, and of who left where they are known."""
    terms = terms_of(question)
    asked = tuple(one for one in CHECKS if one.part in {"", *question.parts} and one.needs(terms))
    return asked if asks_of_leavers(question) else tuple(one for one in asked if one.key != ENDED)


def _everyone(_terms: Terms) -> pl.Expr:
    return pl.lit(value=True)


def _stands(terms: Terms) -> pl.Expr:
    """Placed, and not on code 0."""
    level = pl.col("recorded_level_id")
    return level.is_not_null() & ~level.is_in(sorted(terms.undetermined))


def _undetermined(terms: Terms) -> pl.Expr:
    return pl.col("recorded_level_id").is_in(sorted(terms.undetermined))


def _on(levels: frozenset[int]) -> pl.Expr:
    return pl.col("level_id").is_in(sorted(levels))


def _of_scale(terms: Terms, column: str, places: Callable[[ScaleOnDay], dict[int, int]]) -> pl.Expr:
    """The place of a level on the scale; null for code 0, and for a level that has no counterpart on it."""
    return pl.col(column).replace_strict(places(terms.scale), default=None, return_dtype=pl.Int32)


def _judged_places(scale: ScaleOnDay) -> dict[int, int]:
    """By level the place by which growth is judged: that of the whole level, unless half-levels count."""
    whole = {level.code for level in scale.whole_levels}
    standing = [level for level in scale.levels if (level.parent_code or level.code) in whole]
    return {level.id: scale.growth_position(level.code) or 0 for level in standing}


def _half_places(scale: ScaleOnDay) -> dict[int, int]:
    return {level.id: level.position for level in scale.levels if level.parent_code is not None}


def _both_levels(terms: Terms) -> pl.Expr:
    ours = pl.lit(value=True)
    for column in ("level_id", "expected_level_id"):
        ours &= _of_scale(terms, column, _judged_places).is_not_null()
    return ours


def _not_reached(terms: Terms) -> pl.Expr:
    """Whether the expected level lies above: also 4+ from 4-, though that is no growth; elsewhere, on a grouping."""
    now, expected = (_of_scale(terms, column, _judged_places) for column in ("level_id", "expected_level_id"))
    if not terms.scale.is_ladder:
        return expected != now
    half, half_expected = (_of_scale(terms, column, _half_places) for column in ("level_id", "expected_level_id"))
    return (expected > now) | ((half_expected > half).fill_null(value=False) & (expected == now))


def _lower(terms: Terms) -> pl.Expr:
    return _of_scale(terms, "expected_level_id", _judged_places) < _of_scale(terms, "level_id", _judged_places)


def _unplaced_second(_terms: Terms) -> pl.Expr:
    return pl.col("times") == 1


def _followed_long(terms: Terms) -> pl.Expr:
    return (pl.col("followed_since") < years_before(terms.day, FOLLOWED_YEARS)) & (pl.col("times") > 0)


def _before(column: str, months: Callable[[Terms], int]) -> Condition:
    """Whether it began longer ago than so many months."""
    return lambda terms: pl.col(column) < _months_ago(terms, months)


def _months_ago(terms: Terms, months: Callable[[Terms], int]) -> date:
    return months_before(terms.day, months(terms))


def _with_instrument(terms: Terms) -> pl.Expr:
    """Aftercare does not count on a level that can have it; what was told does, unless it may be that aftercare."""
    cared = pl.col("has_aftercare").fill_null(value=False)
    told = pl.col("told_of_instrument").fill_null(value=False) & ~cared
    return pl.col("has_help").fill_null(value=False) | told | (cared & ~_on(terms.with_aftercare))


def _runs_instrument(_terms: Terms) -> pl.Expr:
    return pl.col("has_help").is_not_null()


def _lacks(column: str) -> Condition:
    return lambda _terms: ~pl.col(column).fill_null(value=False)


def _is_null(column: str) -> Condition:
    return lambda _terms: pl.col(column).is_null()


def _paid_on_ladder(terms: Terms) -> bool:
    return bool(terms.paid) and terms.scale.is_ladder


CHECKS = (
    Check(
        "placement_old",
        Aspect.TIMELY,
        lambda _terms: pl.col("recorded_level_id").is_not_null(),
        lambda terms: placed_long_ago(terms.day, terms.norms.placement),
    ),
    Check(
        "undetermined_long",
        Aspect.TIMELY,
        _undetermined,
        _before("undetermined_since", lambda terms: terms.norms.undetermined),
    ),
    Check("second_missing", Aspect.TIMELY, _followed_long, _unplaced_second),
    Check(
        "expected_passed",
        Aspect.TIMELY,
        lambda terms: _both_levels(terms) & pl.col("expected_by").is_not_null() & _not_reached(terms),
        lambda terms: pl.col("expected_by") < terms.day,
    ),
    Check(
        "instrument_open",
        Aspect.TIMELY,
        _runs_instrument,
        _before("instrument_since", lambda terms: terms.norms.open_instrument),
        part=PLANS,
    ),
    Check(
        "trajectory_open",
        Aspect.TIMELY,
        lambda _terms: pl.col("has_trajectory").is_not_null(),
        _before("trajectory_since", lambda terms: terms.norms.open_trajectory),
        part=PLANS,
    ),
    Check(
        "expected_lower",
        Aspect.CORRECT,
        _both_levels,
        _lower,
        needs=lambda terms: terms.scale.is_ladder,
    ),
    Check(
        "independent_on_benefit",
        Aspect.CORRECT,
        lambda terms: _on(terms.independent),
        lambda _terms: pl.col("on_benefit"),
        needs=lambda terms: bool(terms.independent),
    ),
    Check(
        "independent_with_instrument",
        Aspect.CORRECT,
        lambda terms: _on(terms.independent),
        _with_instrument,
        part=PLANS,
        needs=lambda terms: bool(terms.independent),
    ),
    Check(
        "paid_on_benefit_only",
        Aspect.CORRECT,
        lambda terms: _on(terms.paid) & pl.col("income").is_not_null(),
        lambda _terms: pl.col("income") == ON_BENEFIT_ONLY,
        needs=lambda terms: bool(terms.paid),
    ),
    Check(
        "earning_below_work",
        Aspect.CORRECT,
        lambda terms: _stands(terms) & ~_on(terms.paid) & pl.col("income").is_not_null(),
        lambda _terms: pl.col("income").is_in(EARNING),
        needs=_paid_on_ladder,
    ),
    Check(
        "sheltered_elsewhere",
        Aspect.CORRECT,
        lambda terms: _stands(terms) & pl.col("is_sheltered"),
        lambda terms: ~_on(terms.supported),
        needs=lambda terms: bool(terms.supported) and terms.scale.is_ladder,
    ),
    Check(
        "income_denies_benefit",
        Aspect.CORRECT,
        lambda _terms: pl.col("on_benefit") & pl.col("income").is_not_null(),
        lambda _terms: pl.col("income").is_in(NO_BENEFIT),
    ),
    Check("instrument_alone", Aspect.CORRECT, _runs_instrument, _is_null("has_trajectory"), part=PLANS),
    Check(
        "double",
        Aspect.CORRECT,
        lambda _terms: pl.col("birth_date").is_not_null(),
        lambda _terms: pl.col("is_double"),
    ),
    Check("died", Aspect.CORRECT, _everyone, lambda terms: pl.col("died_on") <= terms.day),
    Check("not_placed", Aspect.COMPLETE, _everyone, _is_null("recorded_level_id")),
    Check(
        "growth_missing",
        Aspect.COMPLETE,
        lambda terms: _on(terms.growing),
        lambda _terms: pl.col("growth").fill_null(UNKNOWN_GROWTH) == UNKNOWN_GROWTH,
    ),
    Check("expected_missing", Aspect.COMPLETE, lambda terms: _on(terms.growing), _is_null("expected_level_id")),
    Check("literacy_missing", Aspect.COMPLETE, _everyone, _lacks("has_literacy")),
    Check("qualification_missing", Aspect.COMPLETE, _everyone, _lacks("has_qualification")),
    Check("integration_missing", Aspect.COMPLETE, _everyone, _lacks("has_integration")),
    Check("income_missing", Aspect.COMPLETE, _everyone, _lacks("has_income")),
    Check("no_worker", Aspect.COMPLETE, _everyone, _is_null("worker_id")),
    Check(ENDED, Aspect.COMPLETE, _everyone, _everyone),  # of who left: `leavers` judges it
)
DIED = "died"
