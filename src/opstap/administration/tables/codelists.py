"""Code lists in words: what a code is called on a day, when it can be chosen, and what it was called."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext, pgettext

from opstap.municipality.models import Code, CodeLabel, CodeList
from opstap.municipality.selectors import label_of, last_day_of


@dataclass(frozen=True)
class ListLine:
    """A list in the overview."""

    key: str
    name: str
    codes: int
    ended: int


@dataclass(frozen=True)
class CodeLine:
    """A code as its list shows it."""

    code: str
    label: str
    other_label: str
    starts_on: date | None
    ends_on: date | None
    state: str
    is_choosable: bool
    is_own: bool
    later: CodeLabel | None


@dataclass(frozen=True)
class LabelLine:
    """A label with the period in which it holds."""

    nl: str
    en: str
    starts_on: date | None
    ends_on: date | None
    state: str
    origin: str
    recorded_at: datetime | None
    recorded_by: str


def list_line(found: CodeList, today: date, language: str) -> ListLine:
    """A list with its numbers."""
    codes = list(found.codes.all())
    ended = sum(not _can_be_chosen(code, today) for code in codes)
    return ListLine(found.key, found.name_en if language == "en" else found.name_nl, len(codes), ended)


def code_line(code: Code, today: date, language: str) -> CodeLine:
    """A code on a day."""
    label = label_of(code, today)
    own, other = (label.en, label.nl) if language == "en" else (label.nl, label.en)
    later = [one for one in code.labels.all() if one.starts_on and one.starts_on > today]
    coming = min(later, key=lambda one: (one.starts_on, -one.pk)) if later else None
    ends = last_day_of(code)
    return CodeLine(
        code.code,
        own,
        other,
        code.valid_from,
        ends,
        _state(code, today),
        _can_be_chosen(code, today),
        code.is_own,
        coming,
    )


def label_lines(code: Code, today: date) -> list[LabelLine]:
    """Every label, the latest first. An own label holds until the next own one, a shipped one until an own begins."""
    labels = sorted(code.labels.all(), key=lambda one: (one.starts_on or date.min, one.is_own, one.pk), reverse=True)
    holding = label_of(code, today)
    return [_label_line(one, code, today, is_now=one.pk == holding.pk) for one in labels]


def _label_line(one: CodeLabel, code: Code, today: date, *, is_now: bool) -> LabelLine:
    starts = one.starts_on or date.min
    own_starts = sorted((other.starts_on or date.min, other.pk) for other in code.labels.all() if other.is_own)
    after = [start for start, pk in own_starts if (start, pk) > (starts, one.pk if one.is_own else 0)]
    covered = not one.is_own and any(start <= starts for start, _pk in own_starts)
    ends = min([*after[:1], *([one.ends_on] if one.ends_on else [])], default=None)
    replaced = covered or (ends is not None and ends <= starts)
    if replaced:
        state = gettext("replaced")
    elif is_now:
        state = pgettext("a period", "now")
    else:
        state = pgettext("a period", "later") if starts > today else pgettext("a period", "ended")
    origin = gettext("own") if one.is_own else gettext("shipped with Opstap")
    ends = None if replaced else ends
    return LabelLine(one.nl, one.en, one.starts_on, ends, state, origin, one.recorded_at, one.recorded_by)


def _can_be_chosen(code: Code, today: date) -> bool:
    return (code.valid_from or date.min) <= today < (last_day_of(code) or date.max)


def _state(code: Code, today: date) -> str:
    if _can_be_chosen(code, today):
        return gettext("can be chosen")
    if code.valid_from is not None and code.valid_from > today:
        return gettext("can be chosen later")
    return pgettext("a code", "ended")
