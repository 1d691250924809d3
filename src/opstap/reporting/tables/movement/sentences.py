"""The answer of the report `movement` in words, and what its cells are called."""

from __future__ import annotations

from dataclasses import asdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.transitions import HANDED_OVER, UNSEEN, Movement, Standing
from opstap.analytics.uncertainty import estimated
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import ENTERED
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.handed import handed_words, unlike_words, who_sees_words
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.movement.words import outcome_of, way_words
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label


def lead(result: Result) -> str:
    """How many rose, stayed and fell; how many were lost sight of; how many came. With anybody handed over between what
    the share that rose lies, and of how many it is not known: all else stands in the table.
    """
    totals, question = result.totals, result.question
    figures: Movement = result.figures  # type: ignore[assignment]  # those of this report
    if figures.handed.persons:
        return _between(result)
    counted = {key: number(value) for key, value in totals.items() if isinstance(value, int)}
    shares = {key: share_words(value, question.decimals) for key, value in totals.items() if key.endswith("_share")}
    if question.scale.is_ladder:
        moved = _(
            "{risen} have risen by {later} ({risen_share}), {level} stayed level ({level_share}) and {fallen} fell "
            "({fallen_share})."
        )
    else:
        moved = _("{same} are in the same group on {later} ({same_share}) and {moved} in another ({moved_share}).")
    lost = _(
        "{left} are no longer in follow-up ({left_share}) and {not_measured_again} were not placed again "
        "({not_measured_again_share}). New on the ladder: {entered}."
    )
    words = {**counted, **shares, "later": day(question.on)}
    return " ".join([_of_whom(result), moved.format(**words), lost.format(**words)])


def _of_whom(result: Result) -> str:
    """The people of whom the shares are: those who were placed."""
    figures: Movement = result.figures  # type: ignore[assignment]  # those of this report
    placed, earlier = figures.base, day(result.question.compared_with)
    text = ngettext(
        "Of the {cohort} person who was placed on {earlier},",
        "Of the {cohort} people who were placed on {earlier},",
        placed,
    )
    return text.format(cohort=number(placed), earlier=earlier)


def _counts(figures: Movement) -> dict[str, str]:
    """In words how many are reckoned with."""
    placed, handed = figures.base, figures.handed.persons
    return {"all": number(placed + handed), "placed": number(placed), "handed": number(handed)}


def base_words(figures: Movement, question: Question) -> str:
    """Whom the base holds, where that are not those who were placed alone."""
    text = _(
        "Of the {all} people {placed} were placed on {earlier} and {handed} were handed over since; whether these were "
        "placed is not told. Each share of all together is of the {all}."
    )
    return text.format(earlier=day(question.compared_with), **_counts(figures))


def chart_words(figures: Movement, question: Question) -> str:
    """Between which days, and how many are drawn; of groups it names those who were placed alone."""
    days = _days(question)
    if question.by and figures.handed.is_any and figures.handed.is_told_by_group:
        text = _("{earlier} to {later}, n = {placed} placed on the first day, and who was handed over since")
    elif figures.handed.persons and not question.by:
        text = _("{earlier} to {later}, n = {all}: {placed} placed on the first day and {handed} handed over since")
    else:
        text = _("{earlier} to {later}, n = {placed} placed on the first day")
    return text.format(**days, **_counts(figures))


def _between(result: Result) -> str:
    """Between what the share that rose, or came to another group, lies, and of how many it is not known."""
    figures: Movement = result.figures  # type: ignore[assignment]  # those of this report
    question, handed, outcomes = result.question, figures.handed.persons, figures.overall.totals.outcomes
    way = "risen" if question.scale.is_ladder else "moved"
    text = _("Of the {all} people ({placed} placed on {earlier}, {handed} handed over since) rose by {later}: {sure}.")
    if way == "moved":
        text = _(
            "Of the {all} people ({placed} placed on {earlier}, {handed} handed over since) came to another group by "
            "{later}: {sure}."
        )
    unseen = {**{key: count for key, count in outcomes.items() if key in UNSEEN}, HANDED_OVER: handed}
    known = figures.base - sum(unseen.values()) + handed
    (found,) = estimated([(outcomes[way], known, figures.base, handed)])
    said = text.format(**_days(question), **_counts(figures), sure=between(found))
    parts = "; ".join(f"{outcome_of(key).label.lower()}: {number(count)}" for key, count in unseen.items() if count)
    unknown = _("Of {n} of them it is not known how it went ({parts}).")
    return f"{said} {unknown.format(n=number(sum(unseen.values())), parts=parts)}"


def between_foot(figures: Movement, question: Question) -> str:
    """Who they are of whom it is not known, and what the ends of the answer say."""
    handed = figures.handed
    if not handed.persons:
        return ""
    said = _("The lowest percentage of the answer is right if it is so of none of them, the highest if of all of them.")
    return " ".join((handed_words(handed, question), unlike_words(), said, who_sees_words()))


def _days(question: Question) -> dict[str, str]:
    return {"earlier": day(question.compared_with), "later": day(question.on)}


def earlier_words(figures: Movement, question: Question) -> str:
    """What those of the caseload of the earlier day are: the parts are all of it."""
    text = _(
        "In the caseload on {earlier}: {people}. {placed} of them were placed, {unplaced} were not, and {handed} were "
        "handed over to another since; whether these were placed is not told."
    )
    handed, placed = figures.handed, figures.base
    counts = {"people": handed.theirs, "placed": placed, "unplaced": handed.seen - placed, "handed": handed.persons}
    return text.format(**{key: number(value) for key, value in counts.items()}, earlier=day(question.compared_with))


def caseload_words(found: Standing, question: Question) -> str:
    """How those of the later day came to be in the caseload; the parts are all of it."""
    text = _(
        "In the caseload on {later}: {people}. {stayed} of them were in it and placed on {earlier}, {entered} are new "
        "on the ladder, {taken_over} came from another caseload or from none, and {unplaced} are not placed."
    )
    counts = {key: number(value) for key, value in asdict(found).items()}
    return text.format(**counts, later=day(question.on), earlier=day(question.compared_with))


def nobody_placed(question: Question) -> str:
    """The answer when there is nobody whose movement could be seen."""
    text = _("Nobody was in follow-up and placed on this scale on {day}, as far as you may see and with these filters.")
    return text.format(day=day(question.compared_with))


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """A cell of the matrix, an outcome, or the new."""
    group, origin, to, outcome = (cell.get(key, "") for key in ("group", "from", "to", "outcome"))
    parts = [group_label(question, group)] if group else []
    if outcome:
        parts.append(outcome_of(outcome).label)
    ways = {"from": origin and way_words(question, origin, language), "to": to and way_words(question, to, language)}
    if origin and to:
        parts.append(_("from {from} to {to}").format(**ways))
    elif origin:
        parts.append(_("from {from}").format(**ways))
    elif to and outcome == ENTERED:
        parts.append(str(ways["to"]))
    elif to:
        parts.append(_("to {to}").format(**ways))
    return ", ".join(parts) or _("everyone placed at the start")
