"""The base class that declares a table append-only, and taking rows away under a permit."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models


class AppendOnlyError(TypeError):
    """A program tried to change or delete a row that may only be added to."""


class AppendOnlyModel(models.Model):
    """A table that takes new rows only. A row leaves only while a permit names whom it is about: see `triggers`.

    `erased_with` is the column that says so: a client's id by default where there is one. Rows of other tables are
    named one by one. `never_erased` is a table that knows no permit at all. `sealed_columns` may be
    sealed anew by another key, and `emptied_columns` emptied, in a row that is named: nothing else may ever change.
    `is_cut` is a table of chains: its first rows leave once a cut of `audit` stands at or beyond their place.
    """

    erased_with: ClassVar[str] = ""
    never_erased: ClassVar[bool] = False
    is_cut: ClassVar[bool] = False
    sealed_columns: ClassVar[tuple[str, ...]] = ()
    emptied_columns: ClassVar[tuple[str, ...]] = ()

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


def erase_rows(rows: models.QuerySet[Any]) -> int:
    """Take rows away; the database refuses each that no permit names. Returns how many there were."""
    deleted = rows.order_by()._raw_delete(rows.db)  # noqa: SLF001 - the only road that reads no row first
    return int(deleted or 0)
