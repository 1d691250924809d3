"""Taking a recording. The counter row stays locked until the transaction commits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from opstap.audit.logic.seen import gathering
from opstap.audit.models import Event, Recording, RecordingCounter
from opstap.audit.operations.sending import claim_form, within_form
from opstap.audit.permissions import Actor
from opstap.audit.selectors import open_recording
from opstap.foundation import dates


@contextmanager
def writing(*, by: Actor, verb: str, about: str = "", count: int = 1) -> Iterator[Recording]:
    """A transaction with its recording and the event of the verb. Within an outer one it joins that recording.

    Check and prepare before entering: every other writer waits from here until the commit, and of a form that came with
    a key until its answer is known. SavedBefore when that form was saved meanwhile.
    """
    with gathering(), within_form(), transaction.atomic():
        outer = open_recording.get()
        recording = outer or _take(by)
        claim_form()
        token = open_recording.set(recording)
        try:
            Event.objects.create(recording=recording, verb=verb, about=about[:120], count=count)
            yield recording
        finally:
            open_recording.reset(token)


def _take(by: Actor) -> Recording:
    RecordingCounter.objects.get_or_create(pk=1)
    counter = RecordingCounter.objects.select_for_update().get(pk=1)
    moment = dates.now()
    if counter.last_at is not None and moment < counter.last_at:
        moment = counter.last_at  # a clock set back may not put a later recording before an earlier one
    counter.last_number += 1
    counter.last_at = moment
    counter.save()
    return Recording.objects.create(
        number=counter.last_number,
        at=moment,
        actor_reference=by.reference,
        actor_name=by.name[:120],
        source=by.source[:40],
    )
