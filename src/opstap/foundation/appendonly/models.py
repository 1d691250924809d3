"""The base class that declares a table append-only."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """A program tried to change or delete a row that may only be added to."""


class AppendOnlyModel(models.Model):
    """A table that takes new rows only."""

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        """Insert; a row that exists can't be saved again."""
        if not self._state.adding:
            message = f"{type(self).__name__} is append-only: add a row that replaces this one"
            raise AppendOnlyError(message)
        super().save(**{**options, "force_insert": True})

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refused: withdraw the row instead."""
        message = f"{type(self).__name__} is append-only: withdraw the row"
        raise AppendOnlyError(message)
