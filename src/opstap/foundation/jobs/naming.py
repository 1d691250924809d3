"""A job with its name in words, and why one may fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django_tasks import task
from django_tasks.base import Task

F = TypeVar("F", bound=Callable[..., Any])
NAMES: dict[str, str] = {}


class JobFailed(Exception):
    """A job that can't be done, for a reason that its page has words for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(JobFailed):
    """A job that can't be done now, and may be a while later."""


def job(words: str) -> Callable[[F], Task[Any, Any]]:
    """Make a function a job; `words` (marked for translation) is what its page calls it."""

    def made(function: F) -> Task[Any, Any]:
        found: Task[Any, Any] = task()(function)
        NAMES[found.module_path] = words
        return found

    return made
