"""The words of the traits beside a placement: those of the standard set and those a municipality defined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext as _

from opstap.clients.enums import TraitKind
from opstap.clients.models import Trait
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.municipality.logic import CHOICE, DAY, NUMBER
from opstap.municipality.selectors import OwnTrait, Words

LISTS = {TraitKind.INTEGRATION.value: "integration_status", TraitKind.INCOME_SITUATION.value: "income_situation"}


def trait_name(kind: str) -> str:
    """What a trait of the standard set is called, and the exemption beside it."""
    return {
        TraitKind.LOW_LITERATE.value: _("Low literacy"),
        TraitKind.BASIC_QUALIFICATION.value: _("Basic qualification"),
        TraitKind.INTEGRATION.value: _("Civic integration"),
        TraitKind.INCOME_SITUATION.value: _("Income situation"),
        TraitKind.INSTRUMENT_IN_USE.value: _("Instrument in use"),
        "exempt": _("Exempt from the duty to work"),
    }.get(kind, kind)


def trait_value(kind: str, value: str, lists: Words) -> str:
    """The value of a trait of the standard set."""
    if kind in LISTS:
        return lists[LISTS[kind]].get(value, value)
    return {"yes": _("yes"), "no": _("no"), "unknown": _("unknown")}.get(value, value)


class Said(NamedTuple):
    """A trait with a value that a form says."""

    kind: str
    value: str


def trait_words_of(said: Said, own: OwnTrait | None, lists: Words, language: str) -> str:
    """The value of a trait, of the standard set or of the municipality's own."""
    return _own_value(own, said.value, lists, language) if own else trait_value(said.kind, said.value, lists)


def trait_words(traits: Sequence[Trait], own: Sequence[OwnTrait], lists: Words, language: str) -> list[str]:
    """Each with its name and its value."""
    defined = {trait.code: trait for trait in own}
    return [
        f"{defined[one.kind].name(language)}: {_own_value(defined[one.kind], one.value, lists, language)}"
        if one.kind in defined
        else f"{trait_name(one.kind)}: {trait_value(one.kind, one.value, lists)}"
        for one in traits
    ]


def _own_value(own: OwnTrait, value: str, lists: Words, language: str) -> str:
    if own.kind == CHOICE:
        return own.labels(language).get(value, value)
    if own.kind == DAY:
        return day(date.fromisoformat(value))
    return value if own.kind == NUMBER else trait_value(own.code, value, lists)
