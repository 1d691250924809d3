"""A caseload in words: its rows, its columns with their order, and its filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.clients.selectors.priorities import Prioritised
from opstap.clients.selectors.reach import Unreachable
from opstap.contacts.tables.contacts import away_words
from opstap.dossier.selectors.attention import Desk
from opstap.dossier.selectors.caseload import CaseloadRow, kinds_of_contact
from opstap.dossier.selectors.staff import Staff
from opstap.dossier.tables.attention import reason_words
from opstap.dossier.tables.parts import SLUG_OF
from opstap.foundation.ui.templatetags.ui_format import ago, day, span
from opstap.foundation.versions import version_of_values
from opstap.ladder.selectors.measurements import LISTED, what_a_list_shows
from opstap.ladder.tables import level_class
from opstap.selections.logic import NONE, Criteria
from opstap.selections.selectors import Mark

DAYS_IN_FULL = 14
ANY_REFERENCE = "any"  # an address is made once for all rows


@dataclass(frozen=True)
class LevelWords:
    """A level as a coloured block with its name."""

    code: str
    name: str
    colour: str


@dataclass(frozen=True)
class CaseloadLine:
    """A row of the page."""

    reference: str
    url: str
    mark_url: str
    name: str
    number: str
    birth_date: date | None
    level: LevelWords | None
    expected: LevelWords | None
    expected_words: str
    since: date | None
    last_contact_on: date | None
    spoken: str
    next_on: date | None
    next_kind: str
    worker: str
    team: str
    reasons: tuple[str, ...]
    state: str
    priority: Prioritised | None
    priority_url: str
    starred: bool
    note: str
    shown: str


@dataclass(frozen=True)
class Heading:
    """A column that can be sorted by."""

    label: str
    query: str
    aria_sort: str


@dataclass(frozen=True)
class Option:
    """An entry of a list to choose from."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Select:
    """A list to choose from in the filter bar."""

    name: str
    label: str
    options: tuple[Option, ...]


def lines_of(
    rows: Iterable[CaseloadRow],
    desk: Desk,
    staff: Staff,
    language: str,
    *,
    here: str = "",
    marks: Mapping[int, Mark] | None = None,
    priorities: Mapping[int, Prioritised] | None = None,
    confirms: bool = False,
) -> list[CaseloadLine]:
    """Rows for the page, with one's own marks; each leads to its client and from there back here. `confirms` says that
    the placements can be confirmed there.
    """
    own, first, back = marks or {}, priorities or {}, urlencode({"van": here})
    to_client, to_mark = (reverse(name, args=[ANY_REFERENCE]) for name in ("dossier:client", "dossier:mark"))
    to_priority = reverse("dossier:part", args=[ANY_REFERENCE, SLUG_OF["priority"]])
    kinds = kinds_of_contact(desk.recording, desk.day, language)
    levels = _levels(desk, language)
    teams = {pk: name for pk, _reference, name in staff.team_list}
    return [
        CaseloadLine(
            reference=row.reference,
            url=f"{to_client.replace(ANY_REFERENCE, row.reference)}?{back}",
            mark_url=to_mark.replace(ANY_REFERENCE, row.reference),
            name=row.name,
            number=row.number,
            birth_date=row.birth_date,
            level=levels.get(row.level_id or 0),
            expected=levels.get(row.expected_level_id or 0),
            expected_words=_expected_words(row),
            since=row.measured_on,
            last_contact_on=row.last_contact_on,
            spoken=_spoken_words(row.last_contact_on, desk.day),
            next_on=row.next_on,
            next_kind=kinds.get(row.next_kind or "", ""),
            worker=row.worker,
            team=teams.get(row.team_id or 0, ""),
            reasons=tuple(reason_words(row.reasons, desk.placement_months)),
            state=_state_words(row),
            priority=first.get(row.client_id),
            priority_url=to_priority.replace(ANY_REFERENCE, row.reference),
            starred=own.get(row.client_id, Mark()).starred,
            note=own.get(row.client_id, Mark()).note,
            shown=version_of_values(LISTED, what_a_list_shows(row)) if confirms and row.level_id is not None else "",
        )
        for row in rows
    ]


def headings_of(asked: Criteria, *, with_worker: bool, with_contact: bool) -> dict[str, Heading]:
    """The columns that can be sorted by; a second click turns the order round."""
    labels = {
        "name": _("Name"),
        "level": _("Level"),
        "expected": _("Can go to"),
        "since": _("Since"),
    }
    if with_contact:
        labels |= {"spoken": _("In view"), "next": _("Next contact")}
    labels["attention"] = _("Attention")
    if with_worker:
        labels["worker"] = _("Case manager")
    return {key: _heading(asked, key, label) for key, label in labels.items()}


def selects_of(asked: Criteria, desk: Desk, staff: Staff, language: str) -> list[Select]:
    """The filter bar: team and worker for who steers more than the own caseload."""
    whole = [(level.code, f"{level.code} {level.name(language)}") for level in desk.scale.whole_levels]
    found = [
        _select("level", _("Level"), [("", _("All")), *whole, (NONE, _("not placed yet"))], asked.level),
        _select(
            "growth",
            _("Growth potential"),
            [("", _("All")), ("with", _("yes")), ("without", _("no")), ("unknown", _("unknown"))],
            asked.growth,
        ),
    ]
    if len(staff.team_list) > 1:
        teams = [(reference, name) for _pk, reference, name in staff.team_list]
        found.append(_select("team", _("Team"), [("", _("All")), *teams, (NONE, _("without a team"))], asked.team))
    left = staff.left(asked.worker) if staff.team_list else None
    if len(staff.colleagues) > 1 or left is not None:
        workers = [(one.reference, one.name) for one in (*staff.colleagues, *([left] if left is not None else []))]
        everyone = [("", _("All")), *workers, (NONE, _("without a case manager"))]
        found.append(_select("worker", _("Case manager"), everyone, asked.worker))
    if len(desk.scales) > 1:
        scales = [(scale.key, scale.name(language)) for scale in desk.scales]
        found.append(_select("scale", _("Scale"), scales, desk.scale.key))
    return found


def _levels(desk: Desk, language: str) -> dict[int, LevelWords]:
    """Half-levels bear the name of the whole one: their sign stands in the code."""
    names = {level.code: level.name(language) for level in desk.scale.levels}
    return {
        level.id: LevelWords(
            level.code, names.get(level.parent_code or level.code, ""), level_class(desk.scale, level.code)
        )
        for level in desk.scale.levels
    }


def _spoken_words(last: date | None, today: date) -> str:
    """How long ago, short enough for a column: `vandaag`, `9 dagen geleden`, `3 wk geleden`."""
    if last is None:
        return ""
    days = (today - last).days
    return ago(last, today) if days < DAYS_IN_FULL else _("{time} ago").format(time=span(last, today))


def _state_words(row: CaseloadRow) -> str:
    """Why nothing, or little, is asked of somebody: dead, or not reachable for now."""
    if row.died_on is not None:
        return _("died on {day}").format(day=day(row.died_on))
    return away_words(Unreachable(row.away_until)) if row.away else ""


def _expected_words(row: CaseloadRow) -> str:
    """By when, or what is known of growth when no level is expected."""
    if row.expected_level_id is not None:
        return _("before {day}").format(day=day(row.expected_by)) if row.expected_by else ""
    words = {1: _("growth possible"), 0: _("no growth"), -1: _("unknown"), None: ""}
    return words[row.growth]


def _heading(asked: Criteria, key: str, label: str) -> Heading:
    current = asked.sort or "name"
    state = {key: "ascending", f"-{key}": "descending"}.get(current, "none")
    following = f"-{key}" if current == key else key
    if key == "attention" and state == "none":
        following = "-attention"  # most first
    return Heading(label, asked.but(sort="" if following == "name" else following).query, state)


def _select(name: str, label: str, options: list[tuple[str, str]], chosen: str) -> Select:
    return Select(name, label, tuple(Option(value, text, value == chosen) for value, text in options))
