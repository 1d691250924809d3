"""What was recorded of one thing, which version of it a form was opened on, and what that meets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from opstap.foundation.ui.conflicts import Opened, Saved, gone, met, newest_words, opened_of, told
from opstap.foundation.versions import version_of
from opstap.plans.enums import Part
from opstap.plans.models import Trajectory
from opstap.plans.selectors.help import MODELS, Thing
from opstap.plans.views.page import Desk

F = TypeVar("F", bound=Form)
Made = Callable[[Thing, QueryDict | None], F]


@dataclass
class Meeting:
    """A thing at a form: its versions, the newest first, and which of them the form was opened on.

    `held` is None where the form says none of them. `led` is where who asks for something withdrawn is sent.
    """

    desk: Desk
    chain: list[Thing]
    held: Thing | None
    led: HttpResponse | None = None

    @property
    def newest(self) -> Thing:
        """What stands, or its withdrawal."""
        return self.chain[0]

    @property
    def thing(self) -> Thing:
        """What the form is about."""
        return self.held or self.newest

    @property
    def saved(self) -> Saved:
        """Who saved the newest, when and why."""
        recording = self.newest.recording
        return Saved(recording.actor_name, recording.at, self.newest.why, self.newest.withdrawn)

    def read_again(self) -> None:
        """Somebody else wrote since."""
        self.chain = self.desk.versions(self.thing.reference)

    def corrected(self, form: F, made: Made[F]) -> tuple[F, Opened]:
        """The form of a correction, and what it meets."""
        version, newest, held = _version(self.newest), self.newest, self.held
        if held is not None and held.pk == newest.pk:
            return form, Opened(version)
        if newest.withdrawn:
            page = "begin" if isinstance(newest, Trajectory) else "help"
            return form, gone(version, self.saved, anew=reverse(f"plans:{page}", args=[self.desk.client.reference]))
        return met(made, self.desk.request.POST, opened=held, newest=newest, version=version, saved=self.saved)

    def told(self, made: Callable[[Thing, QueryDict | None], Form]) -> Opened:
        """What an end or a withdrawal meets."""
        version, newest, held = _version(self.newest), self.newest, self.held
        if held is not None and held.pk == newest.pk:
            return Opened(version)
        if newest.withdrawn:
            return gone(version, self.saved)
        return told(made, opened=held, newest=newest, version=version, saved=self.saved)


def meeting_of(desk: Desk, item: str) -> Meeting:
    """What a form about a thing of this client was opened on; anything else does not exist."""
    chain = desk.versions(item)
    if desk.request.method == "POST":
        return Meeting(desk, chain, opened_of(chain, desk.request.POST, _version))
    meeting = Meeting(desk, chain, chain[0])
    if chain[0].withdrawn:
        messages.warning(desk.request, newest_words(meeting.saved))
        meeting.led = redirect("plans:history", desk.client.reference, item)
    return meeting


def part_of(thing: Thing) -> Part:
    """Which part it is."""
    return next(part for part, model in MODELS.items() if isinstance(thing, model))


def _version(thing: Thing) -> str:
    return version_of(part_of(thing).value, thing.pk)
