"""Name, sentence of meaning, numerator and denominator of each indicator of the registry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from opstap.analytics.targets import Status
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.composed_members import composed_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.composed import Naming, base_words, counted_words
from opstap.reporting.tables.definitions import Words


@dataclass(frozen=True)
class IndicatorWords:
    """What an indicator is called, and of what it is a share."""

    name: Words
    counted: Words
    among: Words


FOLLOWED = _("people in follow-up on the reference date")
COHORT = _("people who were in follow-up and placed on a level on the earlier day")
STILL_THERE = _("people placed on a level on the earlier day who are still in follow-up on the reference date")
WORDS: Mapping[str, IndicatorWords] = {
    "placed": IndicatorWords(_("Ever placed"), _("who have a placement on this scale, however long ago"), FOLLOWED),
    "placed_last_year": IndicatorWords(
        _("Placed in the last 12 months"), _("who were placed in the twelve months up to the reference date"), FOLLOWED
    ),
    "placed_twice": IndicatorWords(_("Placed twice or more"), _("who were placed on two days or more"), FOLLOWED),
    "growth": IndicatorWords(
        _("With growth potential"),
        _("in whom growth potential is seen"),
        _("people in follow-up on a level that can have growth potential"),
    ),
    "ready": IndicatorWords(
        _("Ready for a step"),
        _(
            "of whom a higher level is expected, placed less than 12 months ago, without a trajectory that runs "
            "upward, or without a goal"
        ),
        FOLLOWED,
    ),
    "instrument": IndicatorWords(
        _("With an instrument"), _("with an instrument in use on the reference date"), FOLLOWED
    ),
    "exemption": IndicatorWords(_("Exempt"), _("exempt from a duty on the reference date"), FOLLOWED),
    "integration": IndicatorWords(_("Civic integration"), _("with a duty to integrate, or a need"), FOLLOWED),
    "low_literacy": IndicatorWords(_("Low literacy"), _("who are low-literate"), FOLLOWED),
    "no_qualification": IndicatorWords(_("No basic qualification"), _("without a basic qualification"), FOLLOWED),
    "risen": IndicatorWords(
        _("Risen, of those of whom it is known"),
        _("who stand on a higher level at a new placement; known of who left or was placed again"),
        COHORT,
    ),
    "fallen": IndicatorWords(
        _("Fallen, of those of whom it is known"),
        _("who stand on a lower level at a new placement; known of who left or was placed again"),
        COHORT,
    ),
    "risen_of_placed_again": IndicatorWords(
        _("Risen, of those placed again"),
        _("who stand on a higher level at a new placement; known of who was placed again"),
        STILL_THERE,
    ),
    "fallen_of_placed_again": IndicatorWords(
        _("Fallen, of those placed again"),
        _("who stand on a lower level at a new placement; known of who was placed again"),
        STILL_THERE,
    ),
    "not_lower": IndicatorWords(
        _("Level kept without growth potential"),
        _("who do not stand lower at a new placement within the period; known of who was placed again"),
        _(
            "people placed on the earlier day without growth potential, at least a year before the reference date, "
            "who are still in follow-up"
        ),
    ),
    "growth_realised": IndicatorWords(
        _("Growth realised within the year"),
        _(
            "who stood on the expected level or above, or where no higher one was expected on any higher one, at the "
            "end of a month of the year after the earlier day or on its last day; known of who was placed again in "
            "that year"
        ),
        _(
            "people in whom growth potential was seen on the earlier day, at least a year before the reference date, "
            "whether they are still in follow-up or not"
        ),
    ),
    "left": IndicatorWords(
        _("Left follow-up, of those placed"), _("who are no longer in follow-up on the reference date"), COHORT
    ),
}

BETTER: Mapping[int, Words] = {1: _("more is better"), -1: _("less is better"), 0: ""}


def words_for(question: Question) -> dict[str, IndicatorWords]:
    """Those of every indicator of the municipality: also the ones that it composed."""
    naming = Naming.of_question(question)
    own = {
        one.key: IndicatorWords(one.terms.name, counted_words(one.terms, naming), base_words(one.terms, naming))
        for one in composed_of(question)
    }
    return {**WORDS, **own}


def status_words(status: Status) -> str:
    """How a figure stands to its target: a word with its sign."""
    return {
        "reached": str(_("✓ reached")),
        "missed": str(_("✗ not reached")),
        "undecided": str(_("? can't be said")),
    }[status]


def target_words(percent: Decimal) -> str:
    """A target as it was set: with one decimal where it has one."""
    return share_words(percent, 0 if percent == percent.to_integral_value() else 1)
