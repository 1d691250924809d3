"""What whoever leads must look at, told where their work begins: a registry of sources, filled by `config`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from opstap.audit.permissions import Actor
from opstap.foundation.registry import Registry
from opstap.municipality.models import Municipality


@dataclass(frozen=True)
class Notice:
    """One sentence, the page that it is about, and the mark before it: `?` where it can't be told what it is."""

    text: str
    link: str
    url: str
    mark: str = "✗"


steering_sources: Registry[Callable[[Actor, Municipality, int], Notice | None]] = Registry("what leaders must look at")


def notices_for(actor: Actor, municipality: Municipality, recording: int) -> list[Notice]:
    """All of it for this person, as known at the page's recording; nothing for whom it is not about."""
    found = (source(actor, municipality, recording) for source in steering_sources)
    return [one for one in found if one is not None]
