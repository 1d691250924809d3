"""Reads: code lists with their labels and the period in which each code can be chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Max, Prefetch, QuerySet
from django.db.models.functions import Coalesce

from opstap.municipality.models import Code, CodeLabel, CodeList

PLACE = Coalesce("own_position", "position")  # the order of a list: the installation's own goes first
PLACE_OF_CODE = Coalesce("code__own_position", "code__position")
Words = dict[str, dict[str, str]]


@dataclass(frozen=True)
class CodeOption:
    """A code as it reads on a day, and whether it can be chosen on it; `valid_until` is the first day it can't be."""

    code: str
    nl: str
    en: str
    counts_as_benefit: bool
    synonyms: tuple[str, ...]
    finer: tuple[str, ...]
    is_offered: bool = True
    valid_from: date | None = None
    valid_until: date | None = None

    def label(self, language: str) -> str:
        """The label in a language; Dutch when it is not English."""
        return self.en if language == "en" else self.nl

    def holds_in(self, first: date, last: date) -> bool:
        """Whether it can be chosen on one of the days from the first to the last."""
        return (self.valid_from or date.min) <= last and first < (self.valid_until or date.max)


def codes_on(list_key: str, day: date) -> list[CodeOption]:
    """All codes of a list, labelled as on that day, in the order of the list."""
    codes: QuerySet[Code] = (
        Code.objects.filter(code_list__key=list_key).prefetch_related("labels").order_by(PLACE, "pk")
    )
    return [_option(code, list(code.labels.all()), day) for code in codes]


def codes_valid(list_keys: Collection[str]) -> dict[str, dict[str, tuple[date | None, date | None]]]:
    """For each list its codes with the half-open period in which each can be chosen; one query for all lists."""
    found: dict[str, dict[str, tuple[date | None, date | None]]] = {key: {} for key in list_keys}
    for code in Code.objects.filter(code_list__key__in=list_keys).select_related("code_list").order_by(PLACE, "pk"):
        found[code.code_list.key][code.code] = (code.valid_from, last_day_of(code))
    return found


def last_day_of(code: Code) -> date | None:
    """The first day on which a code can't be chosen any more: by the law, or because it was ended here."""
    ends = [end for end in (code.valid_until, code.ended_on) if end is not None]
    return min(ends) if ends else None


def is_offered_on(code: Code, day: date) -> bool:
    """Whether a code can be chosen on a day."""
    return (code.valid_from or date.min) <= day < (last_day_of(code) or date.max)


def labels_on(list_keys: Collection[str], day: date, language: str) -> dict[str, dict[str, str]]:
    """For each list code to label in one language, in the order of the list; one query for all lists."""
    return words_on(list_keys, day, language)[0]


def words_on(list_keys: Collection[str], day: date, language: str) -> tuple[Words, Words]:
    """The labels of all codes, to read what was recorded, and of those that can be chosen on the day; one query."""
    told = CodeLabel.objects.filter(code__code_list__key__in=list_keys).select_related("code__code_list")
    labels: Words = {key: {} for key in list_keys}
    choices: Words = {key: {} for key in list_keys}
    for code, own in groupby(told.order_by(PLACE_OF_CODE, "code", "pk"), key=lambda label: label.code):
        label = _holding(own, day)
        words = label.en if language == "en" else label.nl
        labels[code.code_list.key][code.code] = words
        if is_offered_on(code, day):
            choices[code.code_list.key][code.code] = words
    return labels, choices


def code_lists() -> list[CodeList]:
    """Every list with its codes and labels; three queries."""
    codes = Prefetch("codes", Code.objects.order_by(PLACE, "pk").prefetch_related("labels"))
    return list(CodeList.objects.order_by("name_nl").prefetch_related(codes))


def label_of(code: Code, day: date) -> CodeLabel:
    """What a code is called on a day."""
    return _holding(code.labels.all(), day)


def options_on(list_keys: Collection[str], day: date) -> dict[str, dict[str, CodeOption]]:
    """For each list its codes as they read on a day, in the order of the list; one query for all lists."""
    told = CodeLabel.objects.filter(code__code_list__key__in=list_keys).select_related("code__code_list")
    options: dict[str, dict[str, CodeOption]] = {key: {} for key in list_keys}
    for code, own in groupby(told.order_by(PLACE_OF_CODE, "code", "pk"), key=lambda label: label.code):
        options[code.code_list.key][code.code] = _option(code, list(own), day)
    return options


def _option(code: Code, labels: Sequence[CodeLabel], day: date) -> CodeOption:
    """A code with its words; the own labels of other days lead to it too."""
    label = _holding(labels, day)
    synonyms = (*code.synonyms, *(words for one in labels if one.is_own for words in (one.nl, one.en)))
    words = (code.code, label.nl, label.en, code.counts_as_benefit, synonyms, tuple(code.finer))
    return CodeOption(
        *words, is_offered=is_offered_on(code, day), valid_from=code.valid_from, valid_until=last_day_of(code)
    )


def _holding(labels: Iterable[CodeLabel], day: date) -> CodeLabel:
    """The label of the day: the installation's own before the shipped one, and else the last one there is."""
    ordered = sorted(labels, key=lambda label: (label.is_own, label.starts_on or date.min, label.pk))
    holding = [label for label in ordered if (label.starts_on or date.min) <= day < (label.ends_on or date.max)]
    return (holding or ordered)[-1]


def last_label_of(code_id: int) -> int | None:
    """What was last said of how a code is called here; None when nobody called it otherwise yet."""
    own = CodeLabel.objects.filter(code=code_id, is_own=True)
    found: int | None = own.aggregate(last=Max("pk"))["last"]
    return found
