"""A form that may come twice: one transaction for all it saves and for what it led to, so that it saves once.

The transaction begins with the first recording of the form and ends when its answer is known. So what is read and
checked before keeps nobody waiting, and a form that is cut off anywhere has saved nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from opstap.audit.models import SentForm
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.crypto import Cipher

KEPT = timedelta(days=3)  # and until the night after
RIGHT = "clear_up"  # of the background; no role has it


class SavedBefore(Exception):
    """The form was saved meanwhile, when it was sent a moment before."""


class Sending:
    """A form on its way, known by its digest."""

    def __init__(self, digest: bytes) -> None:
        self.digest = digest
        self.has_written = False  # whether anything was ever written by it, also when that was taken back
        self._transaction: Any = None
        self._row: SentForm | None = None

    @property
    def has_saved(self) -> bool:
        """Whether anything was saved by it that stands in its transaction."""
        return self._row is not None

    @property
    def is_open(self) -> bool:
        """Whether its transaction has begun."""
        return self._transaction is not None

    def begin(self) -> None:
        """Its transaction, which the first operation that writes begins."""
        begun: Any = transaction.atomic()
        begun.__enter__()
        self._transaction = begun

    def claim(self) -> None:
        """Note that it is saved. Ask it while the counter is held: SavedBefore when somebody did."""
        if self._row is not None:
            return
        self.has_written = True
        try:
            self._row = SentForm.objects.create(digest=self.digest, sent_at=dates.now())
        except IntegrityError as taken:
            raise SavedBefore from taken

    def keep(self, outcome: str | None) -> None:
        """Commit, with what it led to; None forgets that it was saved, so that it may be saved again."""
        row, self._row = self._row, None
        try:
            if row is not None and outcome is not None:
                row.outcome = outcome_cipher().encrypt(outcome)
                row.save(update_fields=["outcome"])
            elif row is not None:
                row.delete()
        except BaseException as fault:
            self._leave(fault)
            raise
        self._leave(None)

    def abandon(self, fault: BaseException) -> None:
        """Take back all that was saved."""
        self._row = None
        self._leave(fault)

    def _leave(self, fault: BaseException | None) -> None:
        left, self._transaction = self._transaction, None
        if left is not None:
            left.__exit__(type(fault) if fault else None, fault, fault.__traceback__ if fault else None)


# The form that this request came with. `config` sets it, `writing` asks it.
form_on_its_way: ContextVar[Sending | None] = ContextVar("form_on_its_way", default=None)


@contextmanager
def within_form() -> Iterator[None]:
    """Around what an operation writes: the first one begins the transaction of the form, and ends it when it fails."""
    form = form_on_its_way.get()
    if form is None or form.is_open:
        yield
        return
    form.begin()
    try:
        yield
    except BaseException as fault:
        form.abandon(fault)
        raise


def claim_form() -> None:
    """The first recording of a form is what saves it."""
    form = form_on_its_way.get()
    if form is not None:
        form.claim()


def saved_before(digest: bytes) -> tuple[datetime, str] | None:
    """When a form was saved, and what it led to; None when it was not."""
    found = SentForm.objects.filter(digest=digest).first()
    if found is None or found.outcome is None:
        return None
    return found.sent_at, outcome_cipher().decrypt(bytes(found.outcome))


def forget_sent_forms(*, by: Actor) -> int:
    """Forms that were saved so long ago that nobody sends them again; returns how many. No recording: nothing that is
    known changes.
    """
    by.require(RIGHT)
    return SentForm.objects.filter(sent_at__lt=dates.now() - KEPT).delete()[0]


@cache
def outcome_cipher() -> Cipher:
    """Encrypts what a form led to."""
    return Cipher(settings.OPSTAP_KEYS.of("secret"), "sent-form")
