"""The history of a placement: every version that was recorded, in words, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from opstap.ladder.models import Measurement
from opstap.ladder.selectors.scales import ScaleOnDay
from opstap.ladder.tables.placing import PlacedView, placed_view
from opstap.ladder.tables.traits import trait_name, trait_value
from opstap.municipality.selectors import Words

COPIED = ("income_situation", "integration", "instrument_in_use", "low_literate", "basic_qualification", "exempt")


STANDS, REPLACED, TAKEN_BACK, WITHDRAWN = "stands", "replaced", "taken_back", "withdrawn"


@dataclass(frozen=True)
class Version:
    """A placement as it stood from a recording on."""

    placed: PlacedView
    at: datetime
    by: str
    state: str
    why: str
    beside: tuple[str, ...]
    changed: str

    @property
    def state_words(self) -> str:
        """What became of it."""
        return {
            STANDS: _("stands"),
            REPLACED: _("replaced since"),
            TAKEN_BACK: _("withdrawn since"),
            WITHDRAWN: _("withdrawn"),
        }[self.state]

    @property
    def state_class(self) -> str:
        """The mark of the word."""
        return {STANDS: "tag--ok", WITHDRAWN: "tag--warning"}.get(self.state, "")

    @property
    def stands(self) -> bool:
        """It holds now."""
        return self.state == STANDS


def version_views(
    chain: Sequence[Measurement], scales: Mapping[int, ScaleOnDay], lists: Words, language: str
) -> list[Version]:
    """The versions of one placement, the latest first, as `versions_of` gives them."""
    versions = []
    for place, one in enumerate(chain):
        before = chain[place + 1] if place + 1 < len(chain) else None
        placed = placed_view(one, scales, lists["placement_reason"], language)
        versions.append(
            Version(
                placed=placed,
                at=one.recording.at,
                by=one.recording.actor_name,
                state=_state(one, chain[place - 1] if place else None),
                why=one.why,
                beside=_beside(one, lists),
                changed="" if before is None or one.withdrawn else _changed(one, before),
            )
        )
    return versions


def _state(one: Measurement, later: Measurement | None) -> str:
    if one.withdrawn:
        return WITHDRAWN
    if later is None:
        return STANDS
    return TAKEN_BACK if later.withdrawn else REPLACED


def _beside(one: Measurement, lists: Words) -> tuple[str, ...]:
    """The traits that the placement says, each with its name."""
    said = ((kind, str(getattr(one, kind))) for kind in COPIED)
    return tuple(f"{trait_name(kind)}: {trait_value(kind, value, lists)}" for kind, value in said if value)


def _changed(one: Measurement, before: Measurement) -> str:
    """Which parts differ from the version before; empty when only the recording does."""
    parts: dict[str, str | Promise] = {
        "measured_on": _("day"),
        "level_id": _("level"),
        "growth": _("growth potential"),
        "expected_level_id": _("level expected"),
        "expected_by": _("expected before"),
        "reason": _("reason for the placement"),
        "second_assessment": _("second assessment"),
        "with_support": _("with support"),
        "with_aftercare": _("with aftercare"),
        "client_level_id": _("the client's own view"),
        "client_view": _("the client's own view"),
        **{kind: trait_name(kind).lower() for kind in COPIED},
    }
    differs = (str(words) for name, words in parts.items() if getattr(one, name) != getattr(before, name))
    return ", ".join(dict.fromkeys(differs))
