"""Understanding a question: whose it is, which people it may be about, and every word of it or a clear refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording, recording_known_at, reference_known_at, remembered
from opstap.clients.permissions import sees_whole_municipality, visible_ids, withheld_ids
from opstap.clients.selectors.scopes import reached_teams, reached_workers, stood_in_for
from opstap.facts.selectors.cache import Facts, facts_of, is_anybody_kept, look_for_erased
from opstap.facts.selectors.people import Choice, Reach, Reading, gone_from
from opstap.foundation import dates
from opstap.ladder.models import CrosswalkVersion
from opstap.ladder.selectors.crosswalks import CrosswalkOnDay
from opstap.ladder.selectors.scales import ScaleOnDay, scales_on
from opstap.municipality.logic import DEFAULT_SCALE, PART_PREFIX, PARTS, WORKS_COUNCIL_CONSENT
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import OwnTrait, own_traits, settings_at
from opstap.reporting.enums import MAX_DECIMALS, Shares
from opstap.reporting.logic import Asked, QuestionRefused, split_where
from opstap.reporting.selectors.crosswalks import crosswalks_of, read_through, with_no_counterpart
from opstap.reporting.selectors.groups import Group, GroupWords, dimension_label, dimensions_for, group_words


@dataclass(frozen=True)
class Question:
    """A question as understood, for one viewer. `compared_with` is an earlier day, where a report compares two."""

    report: str
    municipality_id: int
    viewer: str
    on: date
    compared_with: date | None
    known_at: datetime | None
    recording: int
    scale: ScaleOnDay
    scales: tuple[tuple[str, str], ...]
    crosswalk: CrosswalkOnDay | None
    crosswalks: tuple[CrosswalkVersion, ...]
    by: str | None
    where: tuple[tuple[str, Group], ...]
    team: Group | None
    choice: Choice
    decimals: int
    shares: Shares
    can_close: bool
    can_split: bool
    words: GroupWords
    dimensions: tuple[str, ...]
    own: tuple[OwnTrait, ...]
    parts: frozenset[str]
    language: str
    whole_municipality: bool
    viewer_id: int | None
    sees_publications: bool

    @property
    def reading(self) -> Reading:
        """Which placements are counted: those on the scale itself, or on another, through the crosswalk."""
        if self.crosswalk is None:
            return Reading(self.scale.id, None, self.scale.undetermined)
        return Reading(self.crosswalk.source.pk, self.crosswalk.ids, self.crosswalk.undetermined)

    def dimension_name(self, key: str) -> str:
        """What a dimension is called: the municipality's own word for a trait of its own."""
        return next((trait.name(self.language) for trait in self.own if trait.code == key), "") or dimension_label(key)


def understand(
    asked: Asked, *, actor: Actor, municipality: Municipality, language: str, parameters: Sequence[str], latest: int = 0
) -> Question:
    """The question, or QuestionRefused naming the word that is wrong and the right ones. `latest`: the last recording,
    of who knows it. `parameters` are the words that this report understands; another is refused, not passed over.
    """
    _check_taken(asked, parameters)
    on = _past_day(asked.on) if asked.on else dates.today()
    known_at, latest = _past_moment(asked.known_at) if asked.known_at else None, latest or latest_recording()
    own, town = _own_traits(latest, municipality.pk, on), _town(latest, municipality.pk, dates.today())
    dimensions = dimensions_for(actor, own, town.parts, consented=town.consents)
    if asked.by and asked.by not in dimensions:
        raise QuestionRefused("dimension_unknown", asked.by, tuple(dimensions))
    recording, keys = _recording(known_at, latest), tuple(dimensions)
    known = reference_known_at(recording)
    words = group_words(latest, municipality.pk, keys, on, language, recording=known, own=own)
    where = tuple(_where(text, words) for text in asked.where if text)
    crosswalks = crosswalks_of(latest, on)
    scale, crosswalk = _read_on(latest, asked, municipality.pk, on, crosswalks)
    team = _group("team", asked.team, words) if asked.team else None
    return Question(
        report=asked.report,
        municipality_id=municipality.pk,
        viewer=actor.reference,
        on=on,
        compared_with=_earlier_day(asked.compared_with, on) if "compared-with" in parameters else None,
        known_at=known_at,
        recording=recording,
        scale=scale,
        scales=tuple((one.key, one.name(language)) for one in _scales(latest, on)),
        crosswalk=crosswalk,
        crosswalks=crosswalks,
        by=asked.by or None,
        where=where,
        team=team,
        choice=_choice(actor, team, where, facts_of(municipality.pk, recording=recording), latest),
        decimals=_decimals(asked.decimals),
        shares=_shares(asked.shares),
        can_close="shares" in parameters,
        can_split="by" in parameters,
        words=words,
        dimensions=keys,
        own=own,
        parts=town.parts,
        language=language,
        whole_municipality=sees_whole_municipality(actor),
        viewer_id=actor.user_id,
        sees_publications=actor.may("see_publications"),
    )


def _recording(known_at: datetime | None, latest: int) -> int:
    """As of which recording: who was erased since then is erased there too."""
    recording = latest if known_at is None else recording_known_at(known_at)
    if recording < latest:
        look_for_erased(latest)
    return recording


def _check_taken(asked: Asked, parameters: Sequence[str]) -> None:
    for name, given in (
        ("compared-with", asked.compared_with),
        ("scale", asked.scale),
        ("crosswalk", asked.crosswalk),
        ("by", asked.by),
        ("shares", asked.shares),
    ):
        if given and name not in parameters:
            raise QuestionRefused("parameter_not_taken", name, tuple(parameters))


def _earlier_day(text: str, on: date) -> date:
    """The day before the reference date that it is compared with: a year before when nothing is said."""
    day = _day(text) if text else dates.years_before(on, 1)
    if day >= on:
        raise QuestionRefused("compared_with_not_before", f"{day:%d-%m-%Y}", (f"{on:%d-%m-%Y}",))
    return day


def _choice(
    actor: Actor, team: Group | None, where: tuple[tuple[str, Group], ...], facts: Facts, latest: int
) -> Choice:
    """Whom the viewer's roles reach: by the caseload of the reference date, and only people they may see today, or
    could see on the day these were erased; and who left from their reach, as far as these are not kept from them.

    Who sees the whole municipality counts everybody but those who are kept from them: a figure less its list would tell
    everything of somebody who is protected.
    """
    chosen = tuple((key, group.code) for key, group in where)
    of_team = team.code if team is not None else None
    if sees_whole_municipality(actor):
        kept = _kept_from(actor) if is_anybody_kept(latest) else pl.Series()
        return Choice(team=of_team, where=chosen, without=None if kept.is_empty() else kept)
    today = dates.today()
    visible = pl.Series("client_id", visible_ids(actor), dtype=pl.Int64)
    reach = Reach(reached_teams(actor), reached_workers(actor))
    widest = Reach(reach.team_ids, reach.worker_ids | stood_in_for(actor, today))
    left = facts.left()
    if not left.reach.is_empty():
        visible = pl.concat([visible, left.reached_by(widest.team_ids, widest.worker_ids)])
    gone = gone_from(facts_of(facts.municipality_id, recording=latest), widest, today)
    kept = _kept_from(actor) if is_anybody_kept(latest) else pl.Series("client_id", [], dtype=pl.Int64)
    unseen = gone.filter(~gone.is_in(pl.concat([visible, kept]).implode())) if len(gone) else None
    return Choice(reach, team=of_team, where=chosen, within=visible, gone=unseen, kept=kept)


def _kept_from(actor: Actor) -> pl.Series:
    return pl.Series("client_id", sorted(withheld_ids(actor)), dtype=pl.Int64)


def _day(text: str) -> date:
    try:
        return dates.parse_day(text)
    except ValueError:
        raise QuestionRefused("day_not_understood", text) from None


def _past_day(text: str) -> date:
    """The reference date: of a day to come nothing is known, and figures of it would be those of nobody."""
    day, today = _day(text), dates.today()
    if day > today:
        raise QuestionRefused("day_to_come", f"{day:%d-%m-%Y}", (f"{today:%d-%m-%Y}",))
    return day


def _past_moment(text: str) -> datetime:
    """The knowledge moment: a date means its end, so that today is no day to come."""
    moment, today = _moment(text), dates.today()
    if moment > dates.end_of_day(today):
        raise QuestionRefused("moment_to_come", text, (f"{today:%d-%m-%Y}",))
    return moment


def _moment(text: str) -> datetime:
    try:
        return dates.parse_moment(text)
    except ValueError:
        raise QuestionRefused("moment_not_understood", text) from None


@remembered
def _scales(latest: int, day: date) -> tuple[ScaleOnDay, ...]:
    del latest
    return tuple(scales_on(day))


def _read_on(
    latest: int, asked: Asked, municipality_id: int, on: date, crosswalks: Sequence[CrosswalkVersion]
) -> tuple[ScaleOnDay, CrosswalkOnDay | None]:
    """The scale of the report, and the crosswalk it is read through: only one that is asked for and leads there."""
    if not asked.crosswalk:
        return _scale(latest, asked.scale, municipality_id, on), None
    chosen = read_through(latest, asked.crosswalk, on)
    if chosen is None:
        raise QuestionRefused("crosswalk_unknown", asked.crosswalk, tuple(one.crosswalk.key for one in crosswalks))
    scale = _scale(latest, asked.scale or chosen.target.key, municipality_id, on)
    if chosen.target.pk != scale.id:
        fitting = tuple(one.crosswalk.key for one in crosswalks if one.crosswalk.target_id == scale.id)
        raise QuestionRefused("crosswalk_other_scale" if fitting else "crosswalk_none_there", asked.crosswalk, fitting)
    return with_no_counterpart(scale), chosen


def _scale(latest: int, key: str, municipality_id: int, day: date) -> ScaleOnDay:
    wanted = key or _town(latest, municipality_id, dates.today()).default_scale
    scales = _scales(latest, day)
    found = next((scale for scale in scales if scale.key == wanted), None)
    if found is None:
        raise QuestionRefused("scale_unknown", wanted, tuple(sorted(scale.key for scale in scales)))
    return found


@remembered
def _own_traits(latest: int, municipality_id: int, day: date) -> tuple[OwnTrait, ...]:
    del latest
    return tuple(own_traits(municipality_id, day))


@dataclass(frozen=True)
class _Town:
    """How the municipality works now: what is off today is off for a report of last year too."""

    default_scale: str
    parts: frozenset[str]
    consents: bool


@remembered
def _town(latest: int, municipality_id: int, today: date) -> _Town:
    switches = {key: PART_PREFIX + key for key in PARTS}
    held = settings_at(latest, municipality_id, [DEFAULT_SCALE, WORKS_COUNCIL_CONSENT, *switches.values()], today)
    parts = frozenset(key for key, switch in switches.items() if held[switch] != "off")
    return _Town(str(held[DEFAULT_SCALE]), parts, bool(held[WORKS_COUNCIL_CONSENT]))


def _where(text: str, words: GroupWords) -> tuple[str, Group]:
    key, group = split_where(text)
    if key not in words:
        raise QuestionRefused("dimension_unknown", key, tuple(words))
    return key, _group(key, group, words)


def _group(key: str, text: str, words: GroupWords) -> Group:
    for group in words.get(key, {}).values():
        if text == group.public or text.casefold() == group.label.casefold():
            return group
    raise QuestionRefused("group_unknown", text, tuple(group.label for group in words.get(key, {}).values()))


def _decimals(text: str) -> int:
    if not text:
        return 1
    if not (text.isascii() and text.isdecimal()) or int(text) > MAX_DECIMALS:
        raise QuestionRefused("decimals_not_understood", text, tuple(str(n) for n in range(MAX_DECIMALS + 1)))
    return int(text)


def _shares(text: str) -> Shares:
    if text and text not in {one.value for one in Shares}:
        raise QuestionRefused("shares_not_understood", text, tuple(one.value for one in Shares))
    return Shares(text or Shares.ROUNDED)
