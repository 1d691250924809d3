"""The people whose life is written out in `stories.toml`, turned into the same statements as those drawn by chance."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from opstap.clients.logic import (
    ApplicationRow,
    BarrierRow,
    BenefitSpellRow,
    ExemptionRow,
    FollowUpRow,
    KeptValueRow,
    PersonRow,
    TraitRow,
)
from opstap.demo.logic.calendar import Span, plus_months
from opstap.demo.logic.chance import stream
from opstap.demo.logic.circumstances import traits_on
from opstap.demo.logic.contacts import Meeting, say_meetings
from opstap.demo.logic.help import reference_of
from opstap.demo.logic.other_scales import DEVELOPMENT, GROUPS
from opstap.demo.logic.people import draw_address
from opstap.demo.logic.placing import SCALE
from opstap.demo.logic.staff import DEVELOPMENT_PROGRAMME, WORKERS
from opstap.demo.logic.statements import NOBODY, InCaseload, InProgramme, InTrajectory, Life, Placement
from opstap.plans.logic import ActivityRow, InstrumentRow

SOURCE = Path(__file__).resolve().parent.parent / "stories.toml"
LIST = "teamlijst"
GROWTH = {"yes": 1, "no": 0}
Entries = list[dict[str, Any]]


@dataclass(frozen=True)
class Story:
    """One entry of the file."""

    number: str
    given: str
    surname: str
    sex: str
    age: int
    household: str
    worker: str
    stays: Entries
    placements: Entries
    prefix: str = ""
    language: str = "nl"
    income: str = "benefit_only"
    qualified: str = "unknown"
    literate: str = "yes"
    integration: str = "none"
    secret_address: bool = False
    without_bsn: bool = False
    barriers: Entries = field(default_factory=list)
    exemptions: Entries = field(default_factory=list)
    development: Entries = field(default_factory=list)
    groups: Entries = field(default_factory=list)
    trajectory: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def is_followed(self) -> bool:
        """Whether this person is in follow-up on the last day."""
        return "until" not in self.stays[-1]

    @property
    def worker_place(self) -> int:
        """The worker's place in the staff."""
        return [worker.name for worker in WORKERS].index(self.worker)


@cache
def read_stories() -> tuple[Story, ...]:
    """The stories of the file."""
    return tuple(Story(**entry) for entry in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["story"])


def story_life(story: Story, span: Span, bsn: str) -> Life:
    """A story as statements."""
    life = Life(story.number)
    first_on = span.months_ago(story.stays[0]["from"])
    traits, exemptions = _traits(story, span), _exemptions(story, span)
    _say_person(story, life, first_on, span, bsn)
    for stay in story.stays:
        _say_stay(story, life, stay, span)
    for row in traits:
        life.say_period(row, row.starts_on, row.ends_on)
    for entry in story.barriers:
        barrier = BarrierRow(NOBODY, entry["kind"], *_period(entry, span))
        life.say_period(barrier, barrier.starts_on, barrier.ends_on)
    for exemption in exemptions:
        life.say(exemption, exemption.starts_on)
    if story.development:
        entered_on = span.months_ago(story.development[0]["at"])
        life.say(InProgramme(DEVELOPMENT_PROGRAMME, entered_on), entered_on)
    for placement in _placements(story, traits, exemptions, span):
        life.say(placement, placement.measured_on)
    _say_contacts(story, life, span)
    _say_help(story, life, span)
    for heading, value in story.kept.items():
        life.say(KeptValueRow(NOBODY, LIST, heading, value), span.months_ago(1))
    return life


def _say_person(story: Story, life: Life, first_on: date, span: Span, bsn: str) -> None:
    born = plus_months(span.until, -12 * story.age - 4)
    rng = stream(0, "story", story.surname)  # two entries of one person share what is drawn
    person = PersonRow(
        NOBODY,
        surname=story.surname,
        name_prefix=story.prefix,
        given_names=story.given,
        birth_date=born,
        sex=story.sex,
        bsn=None if story.without_bsn else bsn,
        phone=f"06-0000{rng.randint(0, 9999):04d}",
        preferred_language=story.language,
    )
    life.say(person, first_on)
    last = story.stays[-1]
    if last.get("exit") == "deceased":
        died_on = span.months_ago(last["until"])
        life.say(replace(person, died_on=died_on), died_on + timedelta(days=5), 0)
    life.say(replace(draw_address(rng, first_on), is_secret=story.secret_address), first_on)


def _say_stay(story: Story, life: Life, stay: dict[str, Any], span: Span) -> None:
    starts_on, ends_on = _period(stay, span)
    learnt = ends_on
    worker = story.worker_place
    ended = {"end_reason": "follow_up_ended"} if ends_on else {}
    kind = stay.get("kind", "participatiewet")
    follow_up = FollowUpRow(NOBODY, starts_on, ends_on, end_reason=stay.get("end", ""))
    life.say_period(follow_up, starts_on, learnt)
    spell = BenefitSpellRow(NOBODY, kind, starts_on, ends_on, "unknown", stay.get("exit", ""), "unknown")
    life.say_period(spell, starts_on, learnt)
    if ends_on is None or ends_on > span.start:
        held_from = max(starts_on, span.start)
        life.say_period(InCaseload(WORKERS[worker].team, worker, held_from, ends_on, **ended), held_from, learnt)
    if starts_on > span.start:
        decided_on = min(starts_on + timedelta(days=28), span.until)
        life.say(ApplicationRow(NOBODY, starts_on, "participatiewet", starts_on, "granted", decided_on), decided_on)


def _say_contacts(story: Story, life: Life, span: Span) -> None:
    """Spoken with at each placement since the town began."""
    days = sorted({span.months_ago(entry["at"]) for entry in story.placements})
    worker = story.worker_place
    meetings = [Meeting(day, "office", looked="anew") for day in days if day > span.start]
    caseload = [InCaseload(WORKERS[worker].team, worker, span.start)]
    rng = stream(0, "contacts", story.surname)
    say_meetings(rng, life, meetings, caseload, span if story.is_followed else None)


def _say_help(story: Story, life: Life, span: Span) -> None:
    """The trajectory of a story with its activity, from the last placement on."""
    if not story.trajectory:
        return
    said = story.trajectory
    rng = stream(0, "help", story.number)
    last = story.placements[-1]
    day = span.months_ago(last["at"])
    keeps = bool(said.get("keeps"))
    trajectory = InTrajectory(
        reference_of(rng),
        said["kind"],
        day,
        name=said.get("name", ""),
        goal=None if keeps else last.get("expected"),
        maintains_level=keeps,
    )
    life.say(trajectory, day)
    if "activity" in said:
        activity = ActivityRow(NOBODY, reference_of(rng), trajectory.reference, said["activity"], day)
        life.say(activity, day)
    if "instrument" in said:
        instrument = InstrumentRow(NOBODY, reference_of(rng), trajectory.reference, said["instrument"], day)
        life.say(instrument, day)


def _placements(
    story: Story, traits: list[TraitRow], exemptions: list[ExemptionRow], span: Span
) -> Iterator[Placement]:
    for scale, entries in ((SCALE, story.placements), (DEVELOPMENT, story.development), (GROUPS, story.groups)):
        for entry in entries:
            day = span.months_ago(entry["at"])
            expected = entry.get("expected")
            yield Placement(
                scale=scale,
                measured_on=day,
                level=entry["level"],
                growth=GROWTH.get(entry.get("growth", "yes" if scale == DEVELOPMENT else ""), -1),
                expected=expected,
                expected_by=plus_months(day, 12) if expected else None,
                reason=entry.get("reason", "yearly"),
                worker=story.worker_place,
                traits=traits_on(traits, exemptions, day),
            )


def _traits(story: Story, span: Span) -> list[TraitRow]:
    first_on = span.months_ago(story.stays[0]["from"])
    lasting = {
        "low_literate": "yes" if story.literate == "low" else "no",
        "basic_qualification": story.qualified,
        "integration": story.integration,
        "income_situation": story.income,
    }
    rows = [TraitRow(NOBODY, kind, value, first_on) for kind, value in lasting.items()]
    days = [*(span.months_ago(entry["at"]) for entry in story.placements), None]
    for entry, starts_on, ends_on in zip(story.placements, days, days[1:], strict=False):
        if starts_on is not None:
            value = "yes" if entry.get("instrument") else "no"
            rows.append(TraitRow(NOBODY, "instrument_in_use", value, starts_on, ends_on))
    return rows


def _exemptions(story: Story, span: Span) -> list[ExemptionRow]:
    rows = []
    for entry in story.exemptions:
        starts_on, ends_on = _period(entry, span)
        rows.append(ExemptionRow(NOBODY, entry["ground"], starts_on, ends_on, "work", starts_on))
    return rows


def _period(entry: dict[str, Any], span: Span) -> tuple[date, date | None]:
    ends = entry.get("until")
    return span.months_ago(entry["from"]), None if ends is None else span.months_ago(ends)
