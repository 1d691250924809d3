"""Telling how far a long check is. How that is shown is for whoever asked."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar

Step = Literal["rows", "clients"]
Told = Callable[[Step, int, int], None]
Item = TypeVar("Item")
EVERY = 1_000


def to_nobody(step: Step, done: int, of: int) -> None:
    """For who does not wait for it."""


def told_of(items: Iterable[Item], step: Step, of: int, told: Told) -> Iterator[Item]:
    """The same items; every thousand it is told how many are done."""
    for done, item in enumerate(items):
        if done and done % EVERY == 0:
            told(step, done, of)
        yield item
