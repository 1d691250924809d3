"""The words this installation knows, from its scales and code lists, as `logic` takes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from opstap.exchange.logic import LISTS, CodeWord, LevelWord, Vocabulary, normalise
from opstap.exchange.selectors.terms import Terms
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.municipality.selectors import CodeOption, codes_on


def vocabulary_of(terms: Terms) -> Vocabulary:
    """Levels by their Dutch names, codes by their labels in both languages and by every word that leads to them."""
    return Vocabulary(
        levels=_levels(terms.scale),
        codes={key: _words(key, terms.today) for key in LISTS},
        today=terms.today,
        reference_date=terms.reference_date,
        ordinal=terms.scale.is_ladder,
        growth_on_halves=terms.scale.growth_on_halves,
    )


def _levels(scale: ScaleOnDay) -> tuple[LevelWord, ...]:
    return tuple(
        LevelWord(level.code, level.name_nl, level.parent_code, level.position, level.records_growth)
        for level in scale.levels
    )


def _words(list_key: str, day: date) -> Mapping[str, CodeWord]:
    """An exact word goes before a finer one of another code."""
    words: dict[str, CodeWord] = {}
    options = codes_on(list_key, day)
    for option in options:
        meant = _meant(option)
        for word in (option.nl, option.en, option.code, *option.synonyms):
            words.setdefault(normalise(word), meant)
    for option in options:
        for word in option.finer:
            words.setdefault(normalise(word), _meant(option, finer=True))
    return words


def _meant(option: CodeOption, *, finer: bool = False) -> CodeWord:
    return CodeWord(option.code, finer, option.nl, option.valid_from, option.valid_until)
