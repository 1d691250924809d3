"""The words around what was set down: titles, sentences, and how each publication came to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day, moment, number
from opstap.reporting.logic.released import (
    BECAME,
    LEFT,
    LEVEL,
    MOVED,
    NONE,
    WAYS,
    Released,
    ReleasedAxis,
    ReleasedTable,
)
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import COMES_WITHIN
from opstap.reporting.tables.released.complement import everybody
from opstap.reporting.tables.released.sheets import Sheet

MADE, MAKING, REFUSED, WITHDRAWN = "made", "making", "refused", "withdrawn"
HARDLY = 6
"""A table of which fewer than one number in so many is shown answers hardly anything."""


@dataclass(frozen=True)
class PublicationLine:
    """One row of the list, or one step of a history."""

    reference: str
    title: str
    on: date
    promise: str
    asker: str
    state: str
    said: str
    why: str
    at: datetime
    by: str

    @property
    def is_there(self) -> bool:
        """Whether it has figures that hold."""
        return self.state == MADE


def publication_line(one: Publication) -> PublicationLine:
    """A publication or table in words."""
    state = state_of(one)
    said = {
        MADE: _("set down"),
        MAKING: _("being made"),
        REFUSED: _("can't be set down"),
        WITHDRAWN: _("withdrawn"),
    }[state]
    return PublicationLine(
        one.reference, one.title, one.on, one.promise, one.asker, state, said, why_of(one), one.recording.at,
        one.recording.actor_name,
    )  # fmt: skip


def state_of(one: Publication) -> str:
    """How it stands."""
    if one.withdrawn:
        return WITHDRAWN
    if one.figures:
        return MADE
    late = one.recording.at < dates.now() - COMES_WITHIN
    return REFUSED if one.why or late else MAKING


def history_lines(rows: Sequence[Publication]) -> list[PublicationLine]:
    """Its steps, the first one first. What was asked for and then came is no failure, however long ago it was asked."""
    lines = [publication_line(one) for one in rows]
    asked = {one.pk for one in rows[:-1] if not (one.figures or one.why or one.withdrawn)}
    return [
        replace(line, said=_("asked for")) if one.pk in asked or line.state == MAKING else line
        for one, line in zip(rows, lines, strict=True)
    ]


def why_of(one: Publication) -> str:
    """Why there is nothing, or nothing any more."""
    stopped = _("It was not finished: something went wrong in Opstap. Ask for it again, and tell your administrator.")
    if state_of(one) == REFUSED and not one.why:
        return stopped
    if one.why == "not_safe" and one.within:
        return _(
            "With this table beside what is out already, numbers of few people could be found out, and nothing is left "
            "to hide them with. Choose fewer dimensions, or ones with fewer classes, such as two levels at a time."
        )
    return {
        "failed": stopped,
        "not_safe": _(
            "With these figures beside what is out already, numbers of few people could be found out, and nothing is "
            "left to hide them with. Set another month down, or wait until more has changed."
        ),
        "too_many": _(
            "There are more combinations in it than can be checked. Choose fewer dimensions, or ones with fewer "
            "classes."
        ),
    }.get(one.why, one.why)


def refusal(code: str) -> str:
    """Why something can't be asked for, and the way out."""
    return {
        "being_made": _(
            "Something else is being made. Each has to reckon with the one before it: try again in a few minutes."
        ),
        "is_there": _("This is set down already. Open it in the list, or choose something else."),
        "dimensions": _("Choose one to three of these."),
        "both_ways": _(
            "Movement and what became of growth potential tell of the same people. Choose one of both for this table."
        ),
        "team_of_now": _(
            "People change teams: whoever rose would count for the team they came to, not for the one where they "
            "rose. Choose movement or the team. Movement by team stands in the reports of a team leader."
        ),
        "traits_alone": _(
            "Levels two at a time go with traits of people, such as the team or the age. With growth potential or "
            "movement, choose the level."
        ),
        "no_month_end": _("Choose the last day of a month that is over."),
        "no_publication": _("This publication does not hold any more. Take another one."),
    }[code]


def title_of(sheet: Sheet) -> str:
    """What a table is about."""
    language = get_language() or "nl"
    names = [axis_name(axis, sheet, language) for axis in sheet.down]
    if sheet.across is not None:
        names.append(axis_name(sheet.across, sheet, language))
    first, *others = names
    said = _("{first} by {others}").format(first=first, others=_(" and ").join(others)) if others else first
    return said[:1].upper() + said[1:]


def axis_name(axis: ReleasedAxis, sheet: Sheet, language: str) -> str:
    """What a dimension is called in a table: where this tells which way people went, the level is where they stand now,
    not where they came from.
    """
    goes = WAYS & {*sheet.table.dimensions}
    return _("level now") if goes and axis.dimension == LEVEL else axis.name(language)


def lead(released: Released, on: date) -> str:
    """How many there were, where most of them stood, and what became of them."""
    return " ".join(part for part in (_most(released, on), _moved(released)) if part)


def _most(released: Released, on: date) -> str:
    table = released.table(LEVEL)
    if table is None:
        return ""
    sheet = Sheet(released, table)
    counted = {line.classes[0]: line.cells[""] or 0 for line in sheet.lines}
    levels = {one: count for one, count in counted.items() if one.code != NONE and count}
    if not levels:
        return _(
            "For no level is it shown how many people stood on it on {day}: too few people, or needed to keep other "
            "numbers hidden."
        ).format(day=day(on))
    most = max(levels, key=lambda one: levels[one])
    if sheet.hides and len(levels) == 1:
        said = _(
            "For one level it is shown how many people stood on it on {day}: {level}, {most} people. The other levels "
            "are hidden."
        )
        return said.format(day=day(on), level=most.name(get_language() or "nl"), most=number(levels[most]))
    if sheet.hides:
        said = _("The largest group that is shown on {day}: {level}, {most} people. Part of the levels is hidden.")
        return said.format(day=day(on), level=most.name(get_language() or "nl"), most=number(levels[most]))
    return _(
        "On {day} these figures are about some {count} people. The largest group: {level}, {most} people ({share}%)."
    ).format(
        day=day(on),
        count=number(sheet.shown),
        level=most.name(get_language() or "nl"),
        most=number(levels[most]),
        share=percentage(levels[most], sheet.shown),
    )


def _moved(released: Released) -> str:
    """Of those whose movement is shown; falls as plainly as rises."""
    table = released.table(BECAME) or released.table(f"{LEVEL}-by-{BECAME}")
    if table is None:
        return ""
    sums, hidden = dict.fromkeys(MOVED, 0), set()
    for (*_level, became), count in table.shown.items():
        if became not in sums:
            continue
        if count is None:
            hidden.add(became)
        else:
            sums[became] += count
    together = sum(sums.values())
    if not together or not released.made_with.get("ladder"):
        return ""
    if hidden:
        return _so_far(sums, hidden)
    return _(
        "Of those whose movement since a year before is shown, {risen} rose ({risen_share}%), {same} stayed on their "
        "level ({same_share}%) and {fallen} fell ({fallen_share}%)."
    ).format(
        risen=number(sums["risen"]),
        same=number(sums["same"]),
        fallen=number(sums["fallen"]),
        risen_share=percentage(sums["risen"], together),
        same_share=percentage(sums["same"], together),
        fallen_share=percentage(sums["fallen"], together),
    )


def _so_far(sums: Mapping[str, int], hidden: Collection[str]) -> str:
    """Counts alone: where part is hidden, shares would be of whoever happens to be shown."""
    said = {}
    for code in ("risen", "same", "fallen"):
        if not sums[code]:
            said[code] = _("hidden") if code in hidden else number(0)
        else:
            said[code] = _("{count}, and what is hidden") if code in hidden else "{count}"
            said[code] = said[code].format(count=number(sums[code]))
    return _("Compared with a year before. Risen: {risen}. On the same level: {same}. Fallen: {fallen}.").format(**said)


def percentage(part: int, whole: int) -> str:
    """A share of shown numbers, in whole percents: they are rounded to fives."""
    return str((Decimal(100 * part) / Decimal(whole)).quantize(Decimal(1), ROUND_HALF_UP))


def in_sentences(parts: Iterable[str]) -> str:
    """Each with one full stop, whether it has one already or not."""
    return " ".join(f"{part.rstrip('.')}." for part in parts)


def hardly_shown(one: Publication) -> str:
    """Of a publication, or a table that was made for a question: that it hardly shows anything; else nothing. Of a
    table also what to do.
    """
    counts = [count for table in Released.of(one.figures).tables for count in table.shown.values()]
    shown = sum(count is not None for count in counts)
    if shown * HARDLY >= len(counts):
        return ""
    if one.within and not shown:
        said = _("Nothing in this table can be shown: all {all} numbers in it are hidden.")
    elif one.within:
        said = _("Hardly anything in this table can be shown: {n} of the {all} numbers. The others are hidden.")
    elif not shown:
        said = _("Nothing in this publication can be shown: all {all} numbers in it are hidden.")
    else:
        said = _("Hardly anything in this publication can be shown: {n} of the {all} numbers. The others are hidden.")
    if one.within:
        why = _(
            "They are of too few people, or would give those away. Ask for a table of fewer dimensions: then more is "
            "left."
        )
    else:
        why = _("They are of too few people, or needed to keep other numbers hidden.")
    return f"{said.format(n=number(shown), all=number(len(counts)))} {why}"


def left_line(released: Released) -> str:
    """How many were in follow-up a year before and are no more."""
    table = released.table(LEVEL)
    gone = next((count for (code,), count in table.shown.items() if code.startswith(LEFT)), None) if table else None
    if gone is None:
        return ""
    return _("Some {count} people were in follow-up a year before and are no more.").format(count=number(gone))


def everybody_line(one: Publication) -> str:
    """How many are in follow-up, where part of the levels is hidden and another table tells it; else nothing: of all
    levels together it stands in the lead.
    """
    released = Released.of(one.figures)
    table = released.table(LEVEL)
    found = everybody(released, one.threshold) if table and Sheet(released, table).hides else None
    if found is None:
        return ""
    return _("On {day} some {count} people were in follow-up.").format(day=day(one.on), count=number(found.shown))


def left_out_line(released: Released) -> str:
    """Which tables could have been in it and are not, and why."""
    sheets = [Sheet(released, ReleasedTable("", dimensions, {})) for dimensions in released.left_out]
    if not sheets:
        return ""
    names = ", ".join(title_of(sheet) for sheet in sheets)
    return _("Left out: {tables}. Too little of it could be shown without hiding numbers of the other tables.").format(
        tables=names
    )


def made_at(one: Publication) -> str:
    """When it was set down."""
    return moment(one.recording.at)
