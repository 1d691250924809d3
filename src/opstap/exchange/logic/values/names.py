"""Dutch names: the prefix apart from the surname, and a full name in one cell taken apart."""

import re
from functools import lru_cache
from typing import NamedTuple

from opstap.exchange.logic.faults import Code, Fault, warning

_PREFIX_WORDS = frozenset(
    "aan bij da de del della den der des di do dos du het in la le op over te ten ter tot uit uijt van vanden vander "
    "ver vom von voor zu zum zur 't t' 's ’t ’s d' l'".split()
)
_INITIALS = re.compile(r"(?:[^\W\d_]|[^\W\d_][a-z]{0,2}\.|(?:[^\W\d_][a-z]{0,2}\.){2,})")


class Name(NamedTuple):
    """The parts of a name; an empty text where a part is not given."""

    surname: str
    prefix: str = ""
    given_names: str = ""
    initials: str = ""


@lru_cache(maxsize=50_000)
def split_surname(text: str) -> Name:
    """`van der Meer` as prefix and surname; a capital at the start (`El Amrani`, `Van Damme`) belongs to the name."""
    words = text.split()
    count = 0
    while count < len(words) - 1 and words[count] in _PREFIX_WORDS:
        count += 1
    return Name(" ".join(words[count:]), " ".join(words[:count]))


def split_full_name(text: str) -> tuple[Name, Fault | None]:
    """`Bakker, A. de`, `Bakker, Anna de`, `Anna de Bakker`; a warning where the surname had to be guessed."""
    before, comma, after = text.partition(",")
    if comma:
        return _surname_first(before.split(), after.split()), None
    words = text.split()
    leading = 0
    while leading < len(words) - 1 and _INITIALS.fullmatch(words[leading]):
        leading += 1
    start = next((place for place, word in enumerate(words[:-1]) if word in _PREFIX_WORDS), None)
    if start is None:
        start = leading or max(len(words) - 1, 0)
    guessed = len(words) > 2 and not leading and words[start] not in _PREFIX_WORDS
    name = _with_given(split_surname(" ".join(words[start:])), words[:start])
    return name, warning(Code.NAME_GUESSED, surname=name.surname) if guessed else None


def _surname_first(surname: list[str], given: list[str]) -> Name:
    first = len(given)
    while first > 0 and given[first - 1] in _PREFIX_WORDS:
        first -= 1
    last = len(surname)
    while last > 1 and surname[last - 1] in _PREFIX_WORDS:
        last -= 1
    name = split_surname(" ".join(surname[:last]))
    prefix = given[first:] or surname[last:]
    return _with_given(name._replace(prefix=" ".join(prefix) or name.prefix), given[:first])


def _with_given(name: Name, words: list[str]) -> Name:
    if words and all(_INITIALS.fullmatch(word) for word in words):
        return name._replace(initials="".join(words))
    return name._replace(given_names=" ".join(words))
