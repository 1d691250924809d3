"""Headings to fields, by columns.toml and by what the caller overrides. Cells are not looked at here."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from opstap.exchange.logic.faults import Code, Problem
from opstap.exchange.logic.fields import FIELDS, KEYS, Kind
from opstap.exchange.logic.words import closest, normalise

_SYNONYMS = Path(__file__).parent.parent / "columns.toml"
_BETWEEN_BRACKETS = re.compile(r"\(.*?\)|\[.*?\]")


class ColumnsRefused(ValueError):
    """An override that names a field or a heading that isn't there."""

    def __init__(self, code: Code, params: dict[str, str]) -> None:
        super().__init__(code)
        self.code, self.params = code, params


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Which column fills which field; `kept` are (place, name) kept aside, `left_out` (place, reason) never taken.

    `off` are those of the kept that belong to a part that is off, by their place.
    """

    headings: tuple[str, ...]
    places: Mapping[str, int]
    kept: tuple[tuple[int, str], ...]
    left_out: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]
    off: Mapping[int, str] = field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether rows can be read: without two columns for one field, and with one that says who it is about."""
        return all(problem.severity == "warning" for problem in self.problems)

    def place(self, *fields: str) -> int | None:
        """The column of the first of these fields that the file has, else of the key."""
        return next((self.places[field] for field in (*fields, *KEYS) if field in self.places), None)

    def heading(self, *fields: str) -> str:
        """The heading of that column, as in the file."""
        place = self.place(*fields)
        return "" if place is None else self.headings[place]

    def as_overrides(self) -> dict[str, str]:
        """What is chosen here, to be remembered for the next file of the same source; see `still_present`."""
        kept = {self.headings[place]: "" for place, _ in self.kept if normalise(self.headings[place])}
        return kept | {self.headings[place]: field for field, place in self.places.items()}


def still_present(overrides: Mapping[str, str], headings: Sequence[str]) -> dict[str, str]:
    """The remembered overrides whose heading this file has: another may be absent without anything being wrong."""
    present = {normalise(heading) for heading in headings}
    return {heading: field for heading, field in overrides.items() if normalise(heading) in present}


class _Known(NamedTuple):
    """Normalised heading to field, likewise where nothing better is found, and to the reason it is never taken."""

    fields: Mapping[str, str]
    fallback: Mapping[str, str]
    left_out: Mapping[str, str]


class _Claim(NamedTuple):
    """A heading that asks to be a field: chosen by hand before recognised, recognised before fallback."""

    strength: int
    place: int
    field: str


_CHOSEN, _RECOGNISED, _FALLBACK = range(3)


@cache
def _known() -> _Known:
    with _SYNONYMS.open("rb") as file:
        read = tomllib.load(file)
    own = {normalise(field): field for field in FIELDS}
    return _Known(own | _by_word(read["fields"]), _by_word(read["fallback"]), _by_word(read["left_out"]))


def _by_word(section: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {normalise(word): meaning for meaning, words in section.items() for word in words}


def _meaning(heading: str, words: Mapping[str, str]) -> str | None:
    """What the heading stands for, also when a note in brackets follows it."""
    return words.get(normalise(heading)) or words.get(normalise(_BETWEEN_BRACKETS.sub("", heading)))


def heading_score(headings: Sequence[object]) -> int:
    """How many different fields a row names: the row that scores best is the heading."""
    known = _known()
    texts = [text for text in headings if isinstance(text, str)]
    return len({_meaning(text, known.fields) or _meaning(text, known.fallback) for text in texts} - {None})


def recognise(
    headings: Sequence[str],
    *,
    overrides: Mapping[str, str] | None = None,
    row: int = 1,
    off: AbstractSet[str] = frozenset(),
) -> ColumnMap:
    """Heading to field. An override to an empty text keeps the column aside. `row` is the row of the headings.

    What belongs to a part that is `off` is kept aside, with a warning that says so.
    """
    chosen = _checked(headings, overrides or {})
    places: dict[str, int] = {}
    problems: list[Problem] = []
    claimed = sorted(_claims(headings, chosen))
    without = {claim.place: part for claim in claimed if (part := FIELDS[claim.field].part) in off}
    claims = [claim for claim in claimed if claim.place not in without]
    for place, part in sorted(without.items()):
        problems.append(Problem(row, headings[place], "", Code.COLUMN_OF_PART, "warning", {"part": part}))
    for claim in claims:
        first = places.setdefault(claim.field, claim.place)
        if first != claim.place and _is_clash(claim, first, claims):
            params = {"first": headings[first], "field": claim.field}
            problems.append(Problem(row, headings[claim.place], "", Code.COLUMN_TWICE, "error", params))
    taken = set(places.values())
    left_out = [
        (place, reason)
        for place, heading in enumerate(headings)
        if place not in taken and (reason := _meaning(heading, _known().left_out))
    ]
    for place, reason in left_out:
        problems.append(Problem(row, headings[place], "", Code.COLUMN_LEFT_OUT, "warning", {"reason": reason}))
    if not any(key in places for key in KEYS):
        problems.append(Problem(row, "", "", Code.KEY_COLUMN_MISSING, "error", {"headings": ", ".join(headings)}))
    kept = _kept(headings, taken | {place for place, _ in left_out})
    return ColumnMap(tuple(headings), MappingProxyType(places), kept, tuple(left_out), tuple(problems), without)


def _claims(headings: Sequence[str], chosen: Mapping[str, str]) -> Iterator[_Claim]:
    known = _known()
    for place, heading in enumerate(headings):
        if (word := normalise(heading)) in chosen:
            if chosen[word]:
                yield _Claim(_CHOSEN, place, chosen[word])
        elif field := _meaning(heading, known.fields):
            yield _Claim(_RECOGNISED, place, field)
        elif field := _meaning(heading, known.fallback):
            yield _Claim(_FALLBACK, place, field)


def _is_clash(claim: _Claim, first: int, claims: Sequence[_Claim]) -> bool:
    """Two equally good headings for one field, unless it is only kept aside or the heading was a guess."""
    if claim.strength == _FALLBACK or FIELDS[claim.field].kind is Kind.KEPT:
        return False
    return any(other.place == first and other.strength == claim.strength for other in claims)


def _checked(headings: Sequence[str], overrides: Mapping[str, str]) -> dict[str, str]:
    """The overrides by normalised heading; refused when one names what isn't there."""
    present = {normalise(heading): heading for heading in headings}
    for heading, named in overrides.items():
        if named and named not in FIELDS:
            near = _meaning(named, _known().fields) or closest(named.casefold(), FIELDS) or ""
            params = {"field": named, "suggestion": near, "fields": ", ".join(sorted(FIELDS))}
            raise ColumnsRefused(Code.UNKNOWN_FIELD, params)
        if normalise(heading) not in present:
            near = present.get(closest(normalise(heading), present) or "", "")
            params = {"heading": heading, "suggestion": near, "headings": ", ".join(headings)}
            raise ColumnsRefused(Code.UNKNOWN_HEADING, params)
    return {normalise(heading): field for heading, field in overrides.items()}


def _kept(headings: Sequence[str], used: AbstractSet[int]) -> tuple[tuple[int, str], ...]:
    """The other columns, each with a name of its own: its heading, numbered when repeated."""
    names = set(FIELDS)
    kept: list[tuple[int, str]] = []
    for place, heading in enumerate(headings):
        if place in used:
            continue
        base = " ".join(heading.split())[:110] or f"#{place + 1}"
        numbered = (f"{base} ({number})" for number in count(2))
        name = base if base not in names else next(other for other in numbered if other not in names)
        names.add(name)
        kept.append((place, name))
    return tuple(kept)
