"""The dossier in words: each kind of record with its lines, and who looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.utils.translation import gettext as _

from opstap.audit.models import Access
from opstap.foundation.dates import AMSTERDAM
from opstap.foundation.ui.templatetags.ui_format import day, moment
from opstap.ladder.models import Scale
from opstap.municipality.selectors import labels_on
from opstap.privacy.enums import RequestKind, RequestOutcome, Verdict
from opstap.privacy.logic.wording import FieldWords, KindWords, code_lists, hidden_fields, kinds
from opstap.privacy.selectors.giving import Held, Looked, Whole, shown_value
from opstap.privacy.tables.words import (
    FINER_KINDS,
    OUTCOMES,
    RECORDS,
    REQUEST_KINDS,
    RESULTS,
    VERDICTS,
    action_words,
    reason_words,
)

GROWTH = {"1": "yes", "0": "no"}


@dataclass(frozen=True)
class Record:
    """One record: its lines, and what became of it (empty while it stands)."""

    lines: tuple[tuple[str, str], ...]
    state: str


@dataclass(frozen=True)
class Section:
    """A kind of record."""

    title: str
    records: tuple[Record, ...]


@dataclass(frozen=True)
class LookLine:
    """A look at the dossier, or how often in a month the person stood on somebody's lists."""

    when: str
    who: str
    what: str
    why: str


@dataclass(frozen=True)
class Reading:
    """What codes and workers read as, on a day, in a language."""

    labels: Mapping[str, Mapping[str, str]]
    scales: Mapping[str, str]
    colleagues: Mapping[str, str]
    language: str


def reading_of(colleagues: Mapping[str, str], on: date, language: str) -> Reading:
    """The words of today."""
    scales = Scale.objects.values_list("key", f"name_{'en' if language == 'en' else 'nl'}")
    return Reading(labels_on(code_lists(), on, language), dict(scales), colleagues, language)


def sections_of(whole: Whole, reading: Reading) -> list[Section]:
    """The kinds there is something of, in the order of the words; what has no words yet comes last, by its name."""
    known = kinds()
    found = {row.row.model for row in whole.rows}
    order = [key for key in known if key in found] + sorted(found - known.keys())
    return [section for key in order if (section := _section(key, known.get(key), whole.rows, reading)).records]


def _section(key: str, kind: KindWords | None, rows: Iterable[Held], reading: Reading) -> Section:
    records = [_record(held, kind, reading) for held in rows if held.row.model == key]
    title = kind.words.words(reading.language) if kind else key
    return Section(title, tuple(record for record in records if record.lines))


def _record(held: Held, kind: KindWords | None, reading: Reading) -> Record:
    values = held.row.values
    fields = kind.fields if kind else {}
    names = [name for name in fields if name in values]
    names += [name for name in values if name not in fields]
    lines = [
        (fields[name].words(reading.language) if name in fields else name.removeprefix("cell "), said)
        for name in names
        if name not in hidden_fields() and (said := _said(held.row.model, name, values[name], fields, reading))
    ]
    states = {"corrected": _("corrected since"), "withdrawn": _("withdrawn")}
    return Record(tuple(lines), states.get(held.state, ""))


def _said(model: str, name: str, value: object, fields: Mapping[str, FieldWords], reading: Reading) -> str:
    """A value as people read it; empty where there is nothing to say."""
    value = shown_value(value, reading.colleagues, _("a worker"))
    if value is None or value == "" or value is False:
        return ""
    plain = _plainly(value)
    if plain:
        return plain
    text = GROWTH.get(str(value), "unknown") if (model, name) == ("ladder.measurement", "growth") else str(value)
    own = reading.scales if name == "scale" else _OWN.get((model, name))
    if own is not None:
        return str(own.get(text, text))
    listed = reading.labels.get(fields[name].code_list, {}) if name in fields else {}
    return listed.get(text, text)


def _plainly(value: object) -> str:
    """A yes, a day or a moment; empty for what is none of these."""
    if value is True:
        return _("yes")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    return f"{value:%H:%M}" if isinstance(value, time) else ""


_OWN: dict[tuple[str, str], Mapping[str, object]] = {
    ("privacy.rightsrequest", "kind"): {kind.value: REQUEST_KINDS[kind] for kind in RequestKind},
    ("privacy.rightsrequest", "about"): RECORDS,
    ("privacy.rightsrequest", "outcome"): {outcome.value: OUTCOMES[outcome] for outcome in RequestOutcome},
    ("clients.finerbarrier", "kind"): FINER_KINDS,
    ("privacy.judgement", "verdict"): {verdict.value: VERDICTS[verdict.value] for verdict in Verdict},
}


def look_lines(looks: Iterable[Looked], reading: Reading) -> list[LookLine]:
    """Every time that the dossier was asked for; lists by month and by who had them on the screen."""
    asked = [
        LookLine(
            moment(one.access.at),
            who_looked(one.access, reading.colleagues),
            _what(one, reading),
            reason_words(one.access.why),
        )
        for one in looks
        if one.asked
    ]
    listed = sorted((_month(one.access), who_looked(one.access, reading.colleagues)) for one in looks if not one.asked)
    for (month, who), times in groupby(listed):
        count = len(list(times))
        asked.append(LookLine(month, who, _("on a list with others: {count} times").format(count=count), ""))
    return asked


def who_looked(access: Access, colleagues: Mapping[str, str]) -> str:
    """By function or by name."""
    if access.source == "command":
        return _("the administrator of the computer")
    return colleagues.get(access.user) or _("a worker")


def _what(one: Looked, reading: Reading) -> str:
    said = action_words(one.access, reading.language)
    return said if one.access.result == "done" else f"{said} ({RESULTS.get(one.access.result, one.access.result)})"


def _month(access: Access) -> str:
    return f"{access.at.astimezone(AMSTERDAM):%Y-%m}"
