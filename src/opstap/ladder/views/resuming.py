"""A draft that is taken up again: what nobody touched shows what holds now, and what is otherwise than in the draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from opstap.ladder.tables.traits import Said, trait_name, trait_words_of
from opstap.ladder.views.asked import WAS, Asked


@dataclass(frozen=True)
class Otherwise:
    """A trait that is recorded otherwise than the draft began with; `chosen` is what the draft itself says of it."""

    name: str
    now: str
    before: str
    chosen: str


def resumed(asked: Asked, content: Mapping[str, Sequence[str]], address: QueryDict) -> tuple[Asked, list[Otherwise]]:
    """The form of a draft, and the traits that were recorded otherwise since; saving leaves those alone as well."""
    drafted = asked.resumed(content, address)
    on_its_day = replace(drafted, on=drafted.day)
    given, otherwise = dict(drafted.given), []
    for name in on_its_day.trait_names:
        before, now = on_its_day.started_with(name), on_its_day.traits.get(name, "")
        if WAS + name not in given or before == now:
            continue
        chosen = on_its_day.value(name)
        given[WAS + name] = [now]
        if chosen == before:
            given[name] = [now]
        otherwise.append(_otherwise(on_its_day, name, now, before, None if chosen in {before, now} else chosen))
    return replace(on_its_day, given=given), otherwise


def _otherwise(asked: Asked, name: str, now: str, before: str, chosen: str | None) -> Otherwise:
    own = next((trait for trait in asked.own_traits if trait.code == name), None)

    def words(value: str) -> str:
        return trait_words_of(Said(name, value), own, asked.lists, asked.language) if value else _("nothing recorded")

    title = own.name(asked.language) if own else trait_name(name)
    return Otherwise(title, words(now), words(before), "" if chosen is None else words(chosen))
