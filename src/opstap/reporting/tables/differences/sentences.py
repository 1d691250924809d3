"""The answer of the report `differences` in words, and the name of a cell."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from opstap.analytics.transitions import LEFT, NO_COUNTERPART, NOT_MEASURED_AGAIN
from opstap.analytics.uncertainty import Verdict
from opstap.foundation.ui.templatetags.ui_format import number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.enums import Seen
from opstap.reporting.selectors.differences import KNOWN, OF_TWO_DAYS, PLACED, TWICE, Differences
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.cells import level_cell_words
from opstap.reporting.tables.differences.comparing import figures_of, spread_of, viewer_of
from opstap.reporting.tables.differences.far import far_words
from opstap.reporting.tables.differences.words import measure_words, worker_label
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.reach.words import reach_words
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import people_in_follow_up

CELL = ("measure", "answer", "worker", "level", "reach")


def lead(result: Result) -> str:
    """How many people and case managers, and of each measure how many lie outside coincidence."""
    figures = figures_of(result)
    people = people_in_follow_up(result.base)
    if figures.seen == Seen.OWN:
        return _("{people}: {shares}. You see your own figures alone.").format(
            people=people, shares=_shares(result, figures)
        )
    outside = _outside(result, figures)
    if not outside:
        return _("{people}. {why}").format(people=people, why=nothing_to_compare(figures))
    said = _("{people}. Case managers above or below what coincidence does with the same people: {measures}.").format(
        people=people, measures=", ".join(outside)
    )
    also = _("Without any difference about 1 in 20 would be so too.")
    return " ".join(part for part in (said, also, far_words(result.question, figures)) if part)


def nothing_to_compare(figures: Differences) -> str:
    """Why there is no comparison."""
    if figures.seen == Seen.SPREAD:
        return _(
            "There are fewer than three case managers with ten people or more: nothing can be said of differences "
            "without somebody being known by it."
        )
    return _("There are no two case managers to compare.")


def _shares(result: Result, figures: Differences) -> str:
    shares = []
    for key, mix in figures.measures.items():
        found = result.totals[key]["share"]
        name = measure_words(key).name.lower()
        told = share_words(found, result.question.decimals)
        if figures.is_beyond(key):
            told = between(figures.estimate(key))
        shares.append(f"{name} {told}" if mix.base else "")
    return ", ".join(filter(None, shares))


def _outside(result: Result, figures: Differences) -> list[str]:
    """Of each measure how many of how many lie outside, where that can be told."""
    told = []
    for key in figures.measures:
        workers = figures.compared[key]
        verdicts = [one.verdict for one in workers.values()]
        if figures.seen == Seen.SPREAD:
            spread = spread_of(workers, viewer_of(result.question))
            verdicts = [one for one, count in spread.verdicts.items() for _each in range(count)] if spread else []
        if verdicts:
            outside = sum(one != Verdict.WITHIN for one in verdicts)
            text = _("{measure} {outside} of {workers}")
            name = measure_words(key).name.lower()
            told.append(
                text.format(
                    measure=name,
                    outside=number(outside) if outside else _("none"),
                    workers=number(len(verdicts)),
                )
            )
    return told


def asks(question: Question, cell: CellAsked) -> Question:
    """What became of people is about two days, the others are of one."""
    return question if cell.get("measure") in OF_TWO_DAYS else replace(question, compared_with=None)


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """A case manager, a measure with its answer, a level."""
    key, answer, worker, level, reach = (cell.get(one, "") for one in CELL)
    parts = []
    if worker:
        words = question.words.get("worker", {})
        group = next((group.code for group in words.values() if group.public == worker), "")
        parts.append(worker_label(question, group))
    if level == PLACED:
        parts.append(_("Placed").lower())
    elif level:
        parts.append(level_cell_words(question, {"level": level}, language))
    if key:
        parts.append(_answer_words(key, answer))
    if reach:
        parts.append(reach_words(reach))
    return ", ".join(parts) or _("everyone")


def _answer_words(key: str, answer: str) -> str:
    words = measure_words(key)
    if not answer:
        return words.people if key in {*OF_TWO_DAYS, TWICE} else words.name.lower()
    if answer == "yes":
        return words.having.lower()
    if key == TWICE:
        return apart_words(answer).lower()
    other = {
        KNOWN: _("{feature}: known"),
        "no": _("{feature}: no"),
        "unknown": _("{feature}: not known"),
        LEFT: _("out of follow-up"),
        NOT_MEASURED_AGAIN: _("not placed again"),
        NO_COUNTERPART: _("not to compare"),
    }[answer]
    return other.format(feature=words.name.lower())


def apart_words(answer: str) -> str:
    """How far apart two placed the same person."""
    return {
        "same": _("On the same level"),
        "next_to": _("One level apart"),
        "further": _("More than one level apart"),
    }[answer]
