"""The answer of the report `realised` in words, what must be said beside it, and what its cells are called."""

from __future__ import annotations

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from opstap.analytics.transitions import Fate, HandedOver, RealisedGrowth
from opstap.analytics.transitions.growth import SEEN
from opstap.analytics.uncertainty import Estimate, estimated
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.questions import Question
from opstap.reporting.selectors.realised import counts_instruments, has_full_year, observed_until, year_ends_on
from opstap.reporting.tables.handed import bounds_foot, handed_words
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.reach.figures import ReachVerdict, verdicts_of
from opstap.reporting.tables.reach.words import reach_lead, reach_words, too_far_words
from opstap.reporting.tables.realised.words import growth_words, instrument_words, outcome_of, year_words
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.shares import shares_of
from opstap.reporting.tables.words import group_label, in_order, level_name

MONTHS_OF_REALISED_GROWTH = 12


def lead(result: Result) -> str:
    """In how many growth potential was seen, where they stand now, and how much of it came within the year."""
    figures: RealisedGrowth = result.figures  # type: ignore[assignment]  # those of this report
    question, seen = result.question, figures.overall.of(growth=(SEEN,))
    start = _("On {earlier} growth potential was seen in {seen} of {base} people.").format(
        earlier=day(question.compared_with), seen=number(seen.clients), base=number(result.base)
    )
    if not seen.clients:
        start = ngettext(
            "On {earlier} growth potential was not seen in the {base} person who is counted.",
            "On {earlier} growth potential was seen in none of the {base} people who are counted.",
            result.base,
        ).format(earlier=day(question.compared_with), base=number(result.base))
        return " ".join([start, *_why_no_year(question)])
    handed = figures.handed
    said = [
        _where_they_are(seen, question, handed),
        handed_words(handed, question),
        *_within_year(figures, seen, question),
    ]
    return " ".join([start, *filter(None, said), *_why_no_year(question)])


def _where_they_are(seen: Fate, question: Question, handed: HandedOver) -> str:
    shares = shares_of([*seen.outcomes.values()], question)
    said = [
        f"{outcome_of(key).label.lower()} {number(count)}"
        + ("" if handed.persons else f" ({share_words(share, question.decimals)})")
        for (key, count), share in zip(seen.outcomes.items(), shares, strict=True)
        if count
    ]
    return _("Of them by {later}: {outcomes}.").format(later=day(question.on), outcomes=", ".join(said))


def _within_year(figures: RealisedGrowth, seen: Fate, question: Question) -> list[str]:
    if not figures.has_year:
        return []
    beyond = figures.handed.most()
    found = estimated([(seen.realised, seen.known, seen.clients, beyond)])[0]
    if not found.known:
        return [_("Within a year none of them was placed again, so it is not known how much of the growth came.")]
    return [_how_much(found), *_how_far(figures, question)]


def _how_far(figures: RealisedGrowth, question: Question) -> list[str]:
    """How many levels were expected and came; and by case manager whose expectations lie further off than others'."""
    if figures.handed.is_any:
        return []
    found = verdicts_of(figures, question)
    groups = [part.group or "" for part in in_order(question, figures.groups)]
    far = [group_label(question, group) for group in groups if found.get(group) == ReachVerdict.TOO_FAR]
    return [reach_lead(figures.overall.reach()), too_far_words(far)]


def _how_much(found: Estimate) -> str:
    share = share_words(found.share(0), 0)
    if found.beyond:
        text = _(
            "Within a year {part} of the {known} of whom it is known came as far as was expected, also who fell or "
            "left after that. With everybody who was handed over that is {interval}."
        )
        return text.format(part=number(found.part), known=number(found.known), interval=between(found))
    if found.is_exact:
        text = _(
            "Within a year {share} of them came as far as was expected, also who fell or left after that; of all of "
            "them it is known."
        )
        return text.format(share=share)
    text = _(
        "Within a year {share} came as far as was expected of the {known} of whom it is known, also who fell or left "
        "after that; of all of them that is {interval}."
    )
    return text.format(share=share, known=number(found.known), interval=between(found))


def _why_no_year(question: Question) -> list[str]:
    """That the cohort is too young, or that on this scale nothing is higher."""
    if not question.scale.is_ladder:
        return [_("On this scale there is no higher or lower, so it can't be said whether growth came.")]
    if has_full_year(question):
        return []
    text = _(
        "Whether the growth came within a year can't be said: by {until} that year was not over. From {end} on it can."
    )
    return [text.format(until=day(observed_until(question)), end=day(year_ends_on(question)))]


def own_notes(question: Question, handed: HandedOver) -> tuple[str, ...]:
    """What must be said beside these figures, in files too."""
    change = [no_effect()] if counts_instruments(question) else []
    beyond = [bounds_foot(handed, question)] if handed.is_any else []
    return (*_why_no_year(question), *other_horizon(question), *change, *beyond)


def other_horizon(question: Question) -> list[str]:
    """That growth potential is about more or fewer months than a year, where that is so."""
    months = question.scale.horizon_months
    if not question.scale.is_ladder or months == MONTHS_OF_REALISED_GROWTH:
        return []
    text = _("On this scale growth potential is about {months} months; here it is looked at after twelve.")
    return [text.format(months=months)]


def no_effect() -> str:
    """What figures with and without an instrument do not say."""
    return _(
        "With and without an instrument: this is change, not effect. Who has an instrument was chosen for it, and "
        "differs from who has none."
    )


def nobody_counted(question: Question) -> str:
    """The answer when there is nobody of whom growth could be seen."""
    text = _(
        "Nobody was in follow-up on {day} on a level that can have growth potential, as far as you may see and with "
        "these filters."
    )
    return text.format(day=day(question.compared_with))


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    del language
    group, level, growth, outcome, year, instrument, reach = (
        cell.get(key, "") for key in ("group", "level", "growth", "outcome", "year", "instrument", "reach")
    )
    said = [
        group_label(question, group) if group else "",
        f"{level} {level_name(question, level, get_language() or 'nl')}" if level else "",
        growth_words(growth).lower() if growth else "",
        instrument_words(instrument).lower() if instrument else "",
        outcome_of(outcome).label.lower() if outcome else "",
        year_words(year) if year else "",
        reach_words(reach) if reach else "",
    ]
    return ", ".join(part for part in said if part) or _("everyone counted on the earlier day")
