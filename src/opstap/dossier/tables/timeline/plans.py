"""What the plans room tells: trajectories, activities and instruments, as each begins and as it ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.dossier.enums import EntryKind
from opstap.dossier.selectors.story import Story
from opstap.dossier.tables.timeline.entries import Entry
from opstap.plans.enums import KindOf
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.selectors.help import Helped, Thing
from opstap.plans.tables.help import goal_words, outcome_of, title_of

Labels = dict[str, dict[str, str]]


@dataclass(frozen=True)
class RunningHelp:
    """A trajectory that runs today or is to begin, as the panel shows it."""

    title: str
    goal: str
    reference: str
    begins: str
    instruments: tuple[str, ...]


def entries_of(story: Story) -> list[Entry]:
    """Every begin, and every end."""
    labels = labels_of(story)
    return [entry for helped in story.help for thing in _things(helped) for entry in _entries(story, thing, labels)]


def running_help(story: Story) -> list[RunningHelp]:
    """The trajectories that are not over, with the instruments that run under them."""
    labels = labels_of(story)
    return [
        RunningHelp(
            title=title_of(helped.trajectory, labels),
            goal=goal_words(helped.trajectory),
            reference=helped.trajectory.reference,
            begins=_("still to come") if helped.trajectory.starts_on > story.today else "",
            instruments=tuple(title_of(one, labels) for one in helped.instruments if not _is_over(story, one)),
        )
        for helped in story.help
        if not _is_over(story, helped.trajectory)
    ]


def labels_of(story: Story) -> Labels:
    """The code lists of the room, in the language of the page."""
    return {
        one.value: {code: option.label(story.language) for code, option in story.words.options[one.value].items()}
        for one in KindOf
    }


def _is_over(story: Story, thing: Thing) -> bool:
    return thing.ends_on is not None and thing.ends_on <= story.today


def _things(helped: Helped) -> Iterator[Thing]:
    yield helped.trajectory
    yield from helped.activities
    yield from helped.instruments


def _entries(story: Story, thing: Thing, labels: Labels) -> Iterator[Entry]:
    what = _named(thing) % {"what": title_of(thing, labels)}
    by, url = thing.recording.actor_name, reverse("plans:help", args=[story.client.reference])
    yield Entry(
        on=thing.starts_on,
        kind=EntryKind.HELP,
        title=what,
        detail=goal_words(thing) if isinstance(thing, Trajectory) else "",
        by=by,
        url=url,
        tag=_("still to come") if thing.starts_on > story.today else "",
        recording=thing.recording_id,
    )
    if thing.ends_on is not None:
        yield Entry(
            on=thing.ends_on,
            kind=EntryKind.HELP,
            title=_("Ends: %(what)s") % {"what": what},
            detail=outcome_of(thing, labels),
            by=by,
            url=url,
            tag=_("still to come") if thing.ends_on > story.today else "",
            recording=thing.recording_id,
        )


def _named(thing: Thing) -> str:
    if isinstance(thing, Activity):
        return _("Activity: %(what)s")
    return _("Instrument: %(what)s") if isinstance(thing, Instrument) else _("Trajectory: %(what)s")
