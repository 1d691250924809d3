"""An extract for research in words: its columns and values, its notes, and what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from opstap.analytics.anonymity import OTHER, Anonymous
from opstap.foundation.spreadsheets.columns import Column
from opstap.foundation.spreadsheets.writing import FileFormat, write_table
from opstap.foundation.ui.templatetags.ui_format import moment, number
from opstap.reporting.logic import Quarter
from opstap.reporting.models import ResearchPermit
from opstap.reporting.selectors.extract import (
    GROUPED,
    NO,
    NOT_FOLLOWED,
    NOT_PLACED,
    OLDER,
    STEPS,
    YES,
    YOUNGER,
    Extract,
    ExtractQuestion,
)
from opstap.reporting.selectors.groups import GroupWords

KEY = "pseudonym"


@dataclass(frozen=True)
class MergedColumn:
    """Of how many persons in the extract a column says 'other or unknown'; never of fewer than the least."""

    label: str
    count: int


def quarter_words(quarter: Quarter) -> str:
    """The end of a quarter, as a choice."""
    return _("end of quarter {number} of {year}").format(number=quarter.number, year=quarter.year)


def left_out_words(result: Anonymous) -> str:
    """How many were left out: nobody, or about how many; never exactly, so that no two extracts tell of one person."""
    if not result.left_out:
        return _("Nobody was left out.")
    about = _about(result.left_out, result)
    text = _("{about} were left out: they would stand out, or every number would not be a multiple of {multiple}.")
    return text.format(about=about, multiple=result.multiple)


def erased_words(extract: Extract) -> str:
    """About how many of them were erased since; empty when nobody was."""
    if not extract.erased:
        return ""
    text = _("{about} in it were erased since: what is left of them says no day and no name, here as in reports.")
    return text.format(about=_about(extract.erased, extract.result))


def _about(count: int, result: Anonymous) -> str:
    """A number that does not tell one person more or less."""
    if count < result.least:
        return _("Fewer than {least} persons").format(least=result.least)
    return _("About {count} persons").format(count=number(round(count, -1)))


def base_words(result: Anonymous) -> str:
    """How many persons are in it."""
    count = len(result.rows)
    if not count:
        return _("There are too few persons for an extract in which nobody stands out.")
    return ngettext("{count} person is in it.", "{count} persons are in it.", count).format(count=number(count))


def merged_columns(extract: Extract) -> list[MergedColumn]:
    """By column how many persons have 'other or unknown'."""
    words, result = column_words(), extract.result
    counts = [sum(1 for row in result.rows if row[place + 1] == OTHER) for place in range(len(result.columns))]
    return [MergedColumn(words[one], count) for one, count in zip(result.columns, counts, strict=True)]


def column_words() -> Mapping[str, str]:
    """The heading of each column."""
    return {
        "sex": _("sex"),
        "age": _("age at the first moment"),
        "benefit_duration": _("time on benefit at the first moment"),
        "instrument": _("an instrument at the end of a month between the moments"),
        "level_earlier": _("level at the first moment"),
        "growth_earlier": _("growth potential at the first moment"),
        "level_later": _("level at the second moment"),
        "growth_later": _("growth potential at the second moment"),
    }


def notes_of(extract: Extract, permit: ResearchPermit, language: str) -> list[str]:
    """What must be known to read the extract, and what may not be done with it."""
    question, result = extract.question, extract.result
    order = dict.fromkeys(step.column for step in STEPS if step.column in result.columns)
    return [
        _("Research: {name}, {institution}").format(name=permit.name, institution=permit.institution),
        _("Ground: {ground}").format(ground=permit.ground),
        _("Purpose: {purpose}").format(purpose=permit.purpose),
        _("Extract: {reference}").format(reference=extract.reference),
        _("First moment: {quarter}").format(quarter=quarter_words(question.earlier)),
        _("Second moment: {quarter}").format(quarter=quarter_words(question.later)),
        _("Scale: {name}").format(name=question.scale.name(language)),
        known_words(question),
        base_words(result),
        left_out_words(result),
        *filter(None, [erased_words(extract)]),
        _("Every combination of values occurs at least {least} times, and a multiple of {multiple} times.").format(
            least=result.least, multiple=result.multiple
        ),
        _("Classes were merged into 'other or unknown' in this order, only where needed: {columns}.").format(
            columns=", ".join(column_words()[one] for one in order)
        ),
        _("Protected dossiers are not in it. Pseudonyms hold for this file alone; the order means nothing."),
        _("Do not link this extract with other data about persons, and destroy it when the research is done."),
    ]


def known_words(question: ExtractQuestion) -> str:
    """As of when it is known."""
    text = _("As recorded until {moment}; what was put right later is not in it.")
    return text.format(moment=moment(question.known.at))


def as_file(extract: Extract, permit: ResearchPermit, words: GroupWords, language: str, kind: FileFormat) -> bytes:
    """The extract as a file; the notes stand beside the table where the format has room for them."""
    headings, result = column_words(), extract.result
    columns = [Column(KEY, _("pseudonym"), "text"), *(Column(one, headings[one], "text") for one in result.columns)]
    told = _words_of_values(result.columns, words)
    rows = [
        {KEY: row[0], **{one: told[one].get(value, value) for one, value in zip(result.columns, row[1:], strict=True)}}
        for row in result.rows
    ]
    notes = notes_of(extract, permit, language)
    return write_table(columns, rows, file_format=kind, title=_("Extract for research"), notes=notes)


def _words_of_values(columns: Sequence[str], words: GroupWords) -> dict[str, dict[str, str]]:
    """By column the words of values; a level is its own word."""
    plain = {
        OTHER: _("other or unknown"),
        NOT_PLACED: _("not placed"),
        NOT_FOLLOWED: _("not in follow-up"),
        YES: _("yes"),
        NO: _("no"),
        YOUNGER: _("younger than 45"),
        OLDER: _("45 or older"),
    }
    own = {column: {code: one.label for code, one in words[key].items()} for column, key in GROUPED.items()}
    return {column: {**own.get(column, {}), **plain} for column in columns}
