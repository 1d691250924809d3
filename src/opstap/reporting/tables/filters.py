"""The filter bar of a report: what can be chosen, and what is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.foundation.dates import AMSTERDAM
from opstap.reporting.enums import Shares
from opstap.reporting.logic import Asked
from opstap.reporting.selectors.questions import Question


@dataclass(frozen=True)
class Option:
    """One entry of a list to choose from."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True)
class OptionGroup:
    """Entries under a heading."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Chosen:
    """A filter that is on, and the address without it."""

    text: str
    value: str
    query_without: str


@dataclass(frozen=True)
class Filters:
    """The whole bar."""

    on: str
    compared_with: str
    known_at: str
    scales: tuple[Option, ...]
    crosswalks: tuple[Option, ...]
    dimensions: tuple[Option, ...]
    shares: tuple[Option, ...]
    where: tuple[OptionGroup, ...]
    chosen: tuple[Chosen, ...]


def filters_of(question: Question, asked: Asked, query_without: Callable[[str], str], language: str) -> Filters:
    """The bar for a question."""
    dimensions = question.dimensions
    return Filters(
        on=question.on.isoformat(),
        compared_with=question.compared_with.isoformat() if question.compared_with else "",
        known_at=_known_day(question) if asked.known_at else "",
        scales=tuple(Option(key, name, key == question.scale.key) for key, name in question.scales),
        crosswalks=_crosswalks(question, language),
        dimensions=_dimensions(question),
        shares=_shares(question),
        where=tuple(
            OptionGroup(
                question.dimension_name(key).capitalize(),
                tuple(Option(f"{key}={group.public}", group.label) for group in question.words[key].values()),
            )
            for key in dimensions
        ),
        chosen=tuple(
            Chosen(f"{question.dimension_name(key)}: {group.label}", text, query_without(text))
            for text, (key, group) in zip([text for text in asked.where if text], question.where, strict=True)
        ),
    )


def _crosswalks(question: Question, language: str) -> tuple[Option, ...]:
    """The crosswalks that lead to the scale; nothing to choose where there are none."""
    chosen = question.crosswalk.key if question.crosswalk else ""
    fitting = [one.crosswalk for one in question.crosswalks if one.crosswalk.target_id == question.scale.id]
    if not fitting:
        return ()
    options = [Option("", _("– (as placed on this scale)"), not chosen)]
    for crosswalk in fitting:
        name = crosswalk.source.name(language)
        label = _("{name} (example)").format(name=name) if crosswalk.is_example else name
        options.append(Option(crosswalk.key, label, crosswalk.key == chosen))
    return tuple(options)


def _dimensions(question: Question) -> tuple[Option, ...]:
    """By what the figures can be split; nothing to choose where a report has its own groups."""
    if not question.can_split:
        return ()
    return (
        Option("", _("– (everyone together)"), not question.by),
        *(Option(key, question.dimension_name(key), question.by == key) for key in question.dimensions),
    )


def _shares(question: Question) -> tuple[Option, ...]:
    """How shares are rounded; nothing to choose where they are not parts of one whole."""
    if not question.can_close:
        return ()
    closing = question.shares == Shares.CLOSING
    return (Option("", _("each rounded"), not closing), Option(Shares.CLOSING.value, _("together 100%"), closing))


def _known_day(question: Question) -> str:
    moment = question.known_at
    if moment is None:
        return ""
    local = moment.astimezone(AMSTERDAM)
    return local.date().isoformat()
