"""The answer of the report `indicators` in words, and the name of a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.distribution import Split
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.foundation.ui.templatetags.ui_format import share as share_words
from opstap.reporting.selectors.indicators import registry_of
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.indicators.rows import estimate_of, figures_of
from opstap.reporting.tables.indicators.words import words_for
from opstap.reporting.tables.intervals import between
from opstap.reporting.tables.report import CellAsked
from opstap.reporting.tables.results import Result
from opstap.reporting.tables.words import group_label, people_in_follow_up


def lead(result: Result) -> str:
    """How many are placed lately, and how many rose, with how sure that is."""
    figures = figures_of(result)
    counts = {one.key: one.groups[None] for one in figures.counts}
    sentences = [f"{people_in_follow_up(result.base)}."]
    lately = estimate_of(counts["placed_last_year"]).share()
    if lately is not None:
        sentences.append(_("{share} were placed in the last 12 months.").format(share=share_words(lately)))
    earlier = result.question.compared_with
    if earlier is not None and "risen" in counts and figures.handed.persons:
        text = _("Of those placed on {day}, and who was handed over since, {sure} rose.")
        found = estimate_of(counts["risen"], figures.handed.persons)
        sentences.append(text.format(day=day(earlier), sure=between(found)))
    elif earlier is not None and "risen" in counts:
        sentences += _rose(counts["risen"], counts["risen_of_placed_again"], earlier)
    return " ".join(sentences)


def _rose(risen: Split, of_placed_again: Split, earlier: date) -> list[str]:
    """Of all who were placed, and of who was placed again: two figures, each under its own words."""
    all_of_them, again = estimate_of(risen), estimate_of(of_placed_again)
    if not all_of_them.whole:
        return []
    people = ngettext("the {n} person", "the {n} people", all_of_them.whole).format(n=number(all_of_them.whole))
    text = _("Of {people} placed on {day}, {share} rose.")
    if not all_of_them.known:
        text = _("Of none of {people} placed on {day} is it known what became of their level.")
    elif not all_of_them.is_exact:
        text = _(
            "Of {known} of {people} placed on {day} it is known what became of their level: {share} of these rose "
            "({sure})."
        )
    figures = {"known": number(all_of_them.known), "share": share_words(all_of_them.share())}
    said = [text.format(people=people, day=day(earlier), sure=between(all_of_them), **figures)]
    if again.known and again.known < all_of_them.known:
        text = ngettext(
            "Of the {n} person who was placed again, that is {share} ({sure}).",
            "Of the {n} who were placed again, that is {share} ({sure}).",
            again.known,
        )
        said.append(text.format(n=number(again.known), share=share_words(again.share()), sure=between(again)))
    return said


def asks(question: Question, cell: CellAsked) -> Question:
    """Some indicators are about what became of people between two days, the others are of one."""
    known = registry_of(question).get(cell.get("indicator", ""))
    return replace(question, compared_with=None) if known is not None and known.about == "day" else question


def cell_words(question: Question, cell: CellAsked, language: str) -> str:
    """What a cell is called."""
    del language
    words, group = words_for(question)[cell["indicator"]], cell.get("group", "")
    name = {
        "yes": _("{name}: of whom it is so"),
        "no": _("{name}: of whom it is not so"),
        "unknown": _("{name}: not known"),
    }.get(cell.get("answer", ""), "{name}")
    parts = [group_label(question, group) if group else "", name.format(name=words.name)]
    return ", ".join(part for part in parts if part)
