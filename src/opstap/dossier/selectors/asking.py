"""Why one client needs attention, out of their story: what was read for the dossier is enough."""

from __future__ import annotations

from datetime import date

from opstap.dossier.enums import Reason
from opstap.dossier.selectors.attention import State, Terms, reasons_of_state
from opstap.dossier.selectors.story import Story
from opstap.facts.selectors.ready import goes_nowhere_up
from opstap.ladder.selectors.scales import ScaleOnDay


def reasons_in(story: Story, parts: frozenset[str]) -> list[Reason]:
    """As `reasons_of` finds them for a whole municipality; nothing when nobody follows this client today."""
    scale = next(one for one in story.words.scales.values() if one.key == story.words.settings["default_scale"])
    if not story.now("follow_up"):
        return []
    terms = Terms(scale, story.today, parts, story.words.placement_months)
    return reasons_of_state(_state(story, scale), terms)


def _state(story: Story, scale: ScaleOnDay) -> State:
    placed = next(
        (
            one
            for one in story.measurements
            if one.scale_id == scale.id and not one.second_assessment and one.measured_on <= story.today
        ),
        None,
    )
    assigned = story.assigned
    led = [one.trajectory for one in story.help if not one.trajectory.maintains_level]
    here = placed.level_id if placed else None
    running = any(
        _runs(one.ends_on, story.today) and not goes_nowhere_up(scale, here, one.goal_level_id) for one in led
    )
    return State(
        level_id=here,
        measured_on=placed.measured_on if placed else None,
        growth=placed.growth if placed else None,
        expected_level_id=placed.expected_level_id if placed else None,
        expected_by=placed.expected_by if placed else None,
        worker_id=1 if assigned and assigned.texts[1] else None,  # somebody: by name, the number says nothing here
        assigned_on=assigned.starts_on if assigned else None,
        on_their_way=running or None,
        next_on=story.contacts.waiting.planned_on if story.contacts.waiting else None,
        away=story.unreachable is not None or None,
        died_on=story.person.died_on if story.person else None,
    )


def _runs(ends_on: date | None, today: date) -> bool:
    return ends_on is None or ends_on > today
