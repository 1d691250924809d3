"""The help of a client in words: trajectories with their goal, and what hangs under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from opstap.plans.enums import KindOf, Part
from opstap.plans.forms import last_day_of
from opstap.plans.models import Activity, Instrument, Trajectory
from opstap.plans.selectors.help import Helped, Thing

Lists = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class ThingView:
    """An activity or instrument as a row."""

    reference: str
    part: str
    what: str
    kind: str
    since: date
    last_day: date | None
    state: str
    is_running: bool
    result: str


@dataclass(frozen=True)
class TrajectoryView:
    """A trajectory with its rows."""

    reference: str
    title: str
    name: str
    goal: str
    level: str
    since: date
    last_day: date | None
    state: str
    is_running: bool
    is_over: bool
    end_reason: str
    rows: tuple[ThingView, ...]


@dataclass(frozen=True)
class VersionView:
    """What was recorded about a thing at a moment."""

    at: datetime
    by: str
    text: str
    since: date
    last_day: date | None
    outcome: str
    why: str
    is_withdrawn: bool
    stands: bool


def help_views(helped: Sequence[Helped], lists: Lists, today: date) -> list[TrajectoryView]:
    """What runs or is to begin first, what is over behind it; each the newest first."""
    views = [_trajectory(one, lists, today) for one in helped]
    return sorted(views, key=lambda view: view.is_over)


def title_of(thing: Thing, lists: Lists) -> str:
    """A thing in a few words."""
    if isinstance(thing, Activity):
        return thing.description
    if isinstance(thing, Instrument):
        kind = _label(lists, KindOf.INSTRUMENT, thing.kind)
        return f"{kind}, {thing.supplier}" if thing.supplier else kind
    title = _label(lists, KindOf.TRAJECTORY, thing.kind)
    if thing.name:
        return thing.name if thing.kind in {"other", "unspecified"} else f"{title}: {thing.name}"
    return _("Trajectory") if thing.kind == "unspecified" else title


def goal_words(trajectory: Trajectory) -> str:
    """The goal in words; empty when none was agreed."""
    if trajectory.maintains_level:
        return _("keep the level")
    return _("to level %(level)s") % {"level": trajectory.goal_level.code} if trajectory.goal_level else ""


def outcome_of(thing: Thing, lists: Lists) -> str:
    """How it ended, in the words of the list."""
    if isinstance(thing, Instrument):
        return _label(lists, KindOf.INSTRUMENT_RESULT, thing.result)
    return _label(lists, KindOf.TRAJECTORY_END, thing.end_reason) if isinstance(thing, Trajectory) else ""


def state_of(thing: Thing, today: date) -> str:
    """Whether it is to begin, runs, has its last day, or is over."""
    if thing.starts_on > today:
        return _("to begin")
    if thing.ends_on == today + timedelta(days=1):
        return _("last day")
    return _("running") if thing.ends_on is None or thing.ends_on > today else _("ended")


def version_views(versions: Sequence[Thing], lists: Lists) -> list[VersionView]:
    """Everything that was recorded about one thing, the newest first."""
    return [
        VersionView(
            at=one.recording.at,
            by=one.recording.actor_name,
            text=_whole(one, lists),
            since=one.starts_on,
            last_day=last_day_of(one.ends_on),
            outcome=outcome_of(one, lists),
            why=one.why,
            is_withdrawn=one.withdrawn,
            stands=number == 0 and not one.withdrawn,
        )
        for number, one in enumerate(versions)
    ]


def part_words(part: Part) -> str:
    """What a thing is."""
    return {
        Part.TRAJECTORY: _("Trajectory"),
        Part.ACTIVITY: _("Activity"),
        Part.INSTRUMENT: _("Instrument"),
    }[part]


def _whole(thing: Thing, lists: Lists) -> str:
    goal = goal_words(thing) if isinstance(thing, Trajectory) else ""
    return ", ".join(part for part in (title_of(thing, lists), goal) if part)


def _trajectory(one: Helped, lists: Lists, today: date) -> TrajectoryView:
    held = one.trajectory
    things: list[Activity | Instrument] = [*one.activities, *one.instruments]
    return TrajectoryView(
        reference=held.reference,
        title=title_of(held, lists),
        name=held.name,
        goal=goal_words(held),
        level=held.goal_level.code if held.goal_level else "",
        since=held.starts_on,
        last_day=last_day_of(held.ends_on),
        state=state_of(held, today),
        is_running=held.starts_on <= today and (held.ends_on is None or held.ends_on > today),
        is_over=held.ends_on is not None and held.ends_on <= today,
        end_reason=outcome_of(held, lists),
        rows=tuple(_row(thing, lists, today) for thing in sorted(things, key=lambda thing: _over(thing, today))),
    )


def _over(thing: Activity | Instrument, today: date) -> tuple[bool, date]:
    return thing.ends_on is not None and thing.ends_on <= today, thing.starts_on


def _row(thing: Activity | Instrument, lists: Lists, today: date) -> ThingView:
    part = Part.ACTIVITY if isinstance(thing, Activity) else Part.INSTRUMENT
    kind = _label(lists, KindOf.ACTIVITY, thing.kind) if isinstance(thing, Activity) else ""
    return ThingView(
        reference=thing.reference,
        part=part_words(part),
        what=title_of(thing, lists),
        kind=kind,
        since=thing.starts_on,
        last_day=last_day_of(thing.ends_on),
        state=state_of(thing, today),
        is_running=thing.ends_on is None or thing.ends_on > today,
        result=outcome_of(thing, lists),
    )


def _label(lists: Lists, words: KindOf, code: str) -> str:
    return lists[words.value].get(code, code) if code else ""
