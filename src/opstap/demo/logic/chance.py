"""Chance: a stream of draws for each thing that is drawn, so that a seed always gives the same town."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import TypeVar

T = TypeVar("T")


def stream(seed: int, *words: object) -> Random:
    """The draws of one subject. Another subject, or one more client, leaves them as they are."""
    return Random("/".join(str(word) for word in (seed, *words)))  # noqa: S311 - invented people, no secrets  # nosec B311


def weighted(rng: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, by weight."""
    return rng.choices(list(weights), list(weights.values()))[0]


def days_after(rng: Random, day: date, least: int, most: int) -> date:
    """A day so many days later."""
    return day + timedelta(days=rng.randint(least, most))


def years_from(rng: Random, mean: float, most: float) -> int:
    """A duration in days around a mean in years: many short, some long."""
    return max(1, int(min(rng.expovariate(1 / mean), most) * 365.25))
