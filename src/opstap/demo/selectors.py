"""Reads: whether the database holds a demo, and from which choices it was built."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from django.db import connection

from opstap.audit.models import Event, RecordingCounter
from opstap.demo.logic.choices import Choices
from opstap.municipality.enums import Environment
from opstap.municipality.models import Municipality

BUILT = "build_demo"


class Holding(Enum):
    """What the database holds."""

    NOTHING = auto()
    DEMO = auto()
    SOMETHING_ELSE = auto()


@dataclass(frozen=True)
class Found:
    """What is there, with the name of a municipality that is no demo."""

    holding: Holding
    name: str = ""


def what_is_there() -> Found:
    """A demo, no municipality at all, or a municipality that is not ours to touch."""
    if Municipality._meta.db_table not in connection.introspection.table_names():
        return Found(Holding.NOTHING)
    municipalities = list(Municipality.objects.order_by("pk").values_list("name", "environment"))
    for name, environment in municipalities:
        if environment != Environment.DEMO:
            return Found(Holding.SOMETHING_ELSE, name)
    return Found(Holding.DEMO) if municipalities else Found(Holding.NOTHING)


def built_from() -> Choices | None:
    """The choices that the demo was built from."""
    event = Event.objects.filter(verb=BUILT).order_by("-recording").first()
    return Choices.from_text(event.about) if event else None


def recorded_until(day: date) -> bool:
    """Whether something was recorded after the start of a day, so that history can't begin then any more."""
    counter = RecordingCounter.objects.filter(last_at__date__gt=day).first()
    return counter is not None
