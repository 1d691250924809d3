"""Whether a worker and a client have the same surname, however many names and hyphens either has."""

from __future__ import annotations

from collections.abc import Iterator

from opstap.foundation.folding import fold


def surnames_of_worker(name: str) -> frozenset[str]:
    """Each surname that `Anne Marie van der Bakker-Visser` may have. Where the given names end nobody wrote down, so
    every end of the name counts, and of a double name each half.
    """
    return frozenset(_ends(fold(name).split(), given=1)) | frozenset(_halves(name))


def surnames_of_client(surname: str) -> frozenset[str]:
    """Their surname, and of a double name each half."""
    parts = [fold(part) for part in surname.split("-")]
    return frozenset(part for part in (fold(surname), *parts) if part)


def _halves(name: str) -> Iterator[str]:
    parts = name.split("-")
    for place, part in enumerate(parts if len(parts) > 1 else []):
        words = fold(part).split()
        if place == 0 and len(words) == 1:
            continue  # `Anne-Marie`: a given name
        yield from _ends(words, given=1 if place == 0 else 0)


def _ends(words: list[str], *, given: int) -> Iterator[str]:
    """What the name ends with, from the first word on that need not be a given name."""
    first = given if len(words) > given else 0
    for start in range(first, len(words)):
        yield " ".join(words[start:])
