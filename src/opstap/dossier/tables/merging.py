"""Two dossiers side by side."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.about import head_of
from opstap.dossier.tables.facts import value_of
from opstap.dossier.tables.person import lines_of
from opstap.dossier.tables.standing import standings_of
from opstap.foundation.ui.templatetags.ui_format import day


@dataclass(frozen=True)
class Line:
    """What both say of one thing."""

    label: str
    kept: str
    other: str

    @property
    def same(self) -> bool:
        """Whether they say the same."""
        return self.kept == self.other


def compared(kept: Story, other: Story) -> list[Line]:
    """The lines that help to see whether this is one person."""
    left, right = _lines(kept), _lines(other)
    return [Line(label, left[label], right[label]) for label in left]


def _lines(story: Story) -> dict[str, str]:
    head, standings = head_of(story), standings_of(story)
    where = [value_of(story, one) for one in story.now("address")]
    now = f"{standings[0].level} {standings[0].level_name}, {day(standings[0].since)}" if standings else "–"
    lines = {_("Client number"): story.client.number, **dict(lines_of(story))}
    return lines | {
        _("Address"): "; ".join(where) or "–",
        _("Household"): head.household or "–",
        _("Benefit"): f"{head.benefit}, {day(head.benefit_since)}" if head.benefit_since else "–",
        _("Caseload"): ", ".join(part for part in (head.worker, head.team) if part) or "–",
        _("Level"): now,
        _("Placements"): str(len(story.measurements)),
    }
