"""The part of a report that holds the own figures beside what is published of colleagues."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.analytics.transitions import HandedOver
from opstap.facts.selectors.dimensions import UNKNOWN
from opstap.foundation.spreadsheets.columns import Content
from opstap.foundation.ui.templatetags.ui_format import day, number
from opstap.reporting.logic.released import LEFT, LEVEL, PART, TEAM, Released
from opstap.reporting.models import Publication
from opstap.reporting.selectors.colleagues import (
    FEW,
    NO_TABLE,
    NONE_SET_DOWN,
    NOT_IN_IT,
    OTHER_SCALE,
    Colleagues,
    team_table,
)
from opstap.reporting.selectors.questions import Question
from opstap.reporting.tables.colleagues.moved import MovedBeside, movement_beside, said_of_moved
from opstap.reporting.tables.colleagues.own import by_level, by_movement
from opstap.reporting.tables.colleagues.sides import Sides
from opstap.reporting.tables.colleagues.traits import Traits, traits_beside
from opstap.reporting.tables.movement.rows import figures_of
from opstap.reporting.tables.pages import PageTable
from opstap.reporting.tables.released.files import content_of
from opstap.reporting.tables.released.page import page_table
from opstap.reporting.tables.released.pictures import picture_of
from opstap.reporting.tables.released.share_tables import share_content, share_table, shares_json
from opstap.reporting.tables.released.shares import ShareSheet, shares_of
from opstap.reporting.tables.released.sheets import Sheet, sheets_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result

COLLEAGUES, COLLEAGUES_TRAITS = "colleagues", "colleagues-traits"
PROFILE, MOVEMENT, DIFFERENCES = "profile", "movement", "differences"
WITH_COLLEAGUES: Final = frozenset({PROFILE, MOVEMENT, DIFFERENCES})


@dataclass(frozen=True)
class Section:
    """What stands there: a heading, sentences, and where there is something its table, chart and sheet; `traits` are
    the own shares beside those of the municipality, `shares` those of each team.
    """

    title: str
    said: tuple[str, ...]
    publication: Publication | None
    shown: Sides | Sheet | MovedBeside | None = None
    traits: Traits | None = None
    shares: tuple[ShareSheet, ...] = ()

    def tables(self) -> dict[str, PageTable]:
        """The figures, by the name that their files go by."""
        found: dict[str, PageTable] = {}
        if self.shown is not None:
            shown = self.shown
            found[COLLEAGUES] = replace(page_table(shown), close=True) if isinstance(shown, Sheet) else shown.table()
        if self.traits is not None:
            found[COLLEAGUES_TRAITS] = self.traits.table()
        return {**found, **{_name(one): share_table(one) for one in self.shares}}

    def picture(self) -> Picture | None:
        """The same drawn."""
        if isinstance(self.shown, Sheet) and self.publication:
            return picture_of(self.shown, _drawn_of(self.publication), 0)
        return None if self.shown is None or isinstance(self.shown, Sheet) else self.shown.picture()

    def contents(self) -> dict[str, Content]:
        """The same for files, by name."""
        found: dict[str, Content] = {}
        if self.shown is not None:
            found[COLLEAGUES] = content_of(self.shown) if isinstance(self.shown, Sheet) else self.shown.content()
        if self.traits is not None:
            found[COLLEAGUES_TRAITS] = self.traits.content()
        return {**found, **{_name(one): share_content(one) for one in self.shares}}


def section_of(result: Result, found: Colleagues) -> Section | None:
    """What stands beside a result. Who leads sees all teams by level; who works, the own caseload beside the team."""
    report = result.definition.key
    if report == DIFFERENCES and not found.leads:
        return None
    one, moved = found.publication, report == MOVEMENT
    title = _("Beside other teams") if found.leads else _("Beside your team")
    title = _("Beside the whole municipality") if moved else title
    shares = tuple(_shares(found, one.threshold)) if one else ()
    nothing = found.why and not (found.why == NO_TABLE and shares)
    if one is None or found.why == OTHER_SCALE or (nothing and report == DIFFERENCES):
        return Section(title, _why(found), one)
    if moved:
        handed = figures_of(result).handed
        said = _said_of_movement(handed, result.question)
        beside = movement_beside(result, found, one) if handed.persons else by_movement(result, found, one.on)
        return Section(title, said, one, beside)
    traits = traits_beside(result, found.released, one) if report == PROFILE else None
    if found.leads:
        teams = _teams(found)
        lacks = not shares and (teams.hides if teams else found.why == NO_TABLE)
        said = (*_why(found), *_said_of_teams(found), *([_to_be_asked()] if lacks else []))
        return Section(title, said, one, teams, traits, shares)
    title = _("Beside the whole municipality") if found.why else _("Beside your team and the whole municipality")
    said = (*_why(found), *_said_of_people(found))
    return Section(title, said, one, by_level(result, found, one.on), traits, shares)


def colleagues_json(section: Section, found: Colleagues) -> Mapping[str, Any]:
    """Of which publication what stands there, or why nothing does."""
    one, rows = found.publication, []
    if isinstance(section.shown, Sheet):
        cells = section.shown.table.shown.items()
        dimensions = section.shown.table.dimensions
        rows = [{**dict(zip(dimensions, cell, strict=True)), "clients": count} for cell, count in cells]
    elif section.shown:
        rows = section.shown.as_json()
    said = {"publication": one.reference if one else None, "on": one.on.isoformat() if one else None}
    traits = section.traits.as_json() if section.traits else []
    held = {"rows": rows, "traits": traits, "shares": [shares_json(one) for one in section.shares]}
    return {COLLEAGUES: {**said, "why": found.why or None, "own_teams": list(found.own), **held}}


def _teams(found: Colleagues) -> Sheet | None:
    """All teams by level; the own ones are named so."""
    table = team_table(found.released)
    return None if table is None or found.why else Sheet(_with_own_named(found.released, found.own), table)


def _shares(found: Colleagues, threshold: int) -> Iterator[ShareSheet]:
    """What the people of each team have in common, where that was asked and is shown; for who leads none of the own
    teams alone.
    """
    named = [_with_own_named(one, found.own) for one in (found.released, *found.asked) if TEAM in one.axes]
    for sheet in (sheet for one in named for sheet in sheets_of(one)):
        if TEAM in sheet.table.dimensions and not {LEVEL, PART} & {*sheet.table.dimensions}:
            shares = shares_of(sheet, threshold)
            if shares is not None and not found.leads:
                own = [line for line in shares.lines if {one.code for one in line.classes} & {*found.own}]
                shares = replace(shares, lines=tuple(own))
            if shares is not None and shares.gives:
                yield shares


def _name(shares: ShareSheet) -> str:
    """What the file goes by."""
    return f"{COLLEAGUES}-{shares.key}"


def _with_own_named(released: Released, own: Collection[str]) -> Released:
    """What is out, with the own teams named so."""
    axis = released.axes[TEAM]
    named = tuple(
        replace(one, nl=_("{name} (your team)").format(name=one.nl), en=_("{name} (your team)").format(name=one.en))
        if one.code in own
        else one
        for one in axis.classes
    )
    axes = {**released.axes, TEAM: replace(axis, classes=named)}
    return Released(axes, released.tables, released.made_with)


def _drawn_of(one: Publication) -> str:
    return _("{day}, rounded to fives").format(day=day(one.on))


def _why(found: Colleagues) -> tuple[str, ...]:
    """Why nothing of the team stands there, if so."""
    if not found.why:
        return ()
    one = found.publication
    on = day(one.on) if one else ""
    said = {
        NONE_SET_DOWN: _(
            "No figures of colleagues have been set down yet. Ask a coordinator to set a month end down: then they "
            "stand here."
        ),
        OTHER_SCALE: _(
            "The last publication, of {day}, counts on another scale. Choose that scale above to see it here."
        ),
        FEW: _(
            "On {day} fewer than three of your colleagues in the team had a caseload. The figures of the team would "
            "tell you of one of them, so they do not stand here."
        ),
        NO_TABLE: _(
            "In the last publication, of {day}, the levels by team were left out: too little of them could be shown "
            "without hiding numbers of the other tables."
        ),
        NOT_IN_IT: _(
            "Your team does not stand by itself in the last publication, of {day}. Once it had people on the reference "
            "date of a new one, it does."
        ),
    }
    return (said[found.why].format(day=on),)


def _said_of_people(found: Colleagues) -> tuple[str, ...]:
    exact = _(
        "Your own people are counted exactly; the others stand here as they were published, your people included."
    )
    return (exact, *_few(found))


def _few(found: Colleagues) -> list[str]:
    """Of another own team that there are too few."""
    if not found.few or found.why:
        return []
    axis, language = found.released.axes[TEAM], get_language() or "nl"
    names = ", ".join(axis.class_of(one).name(language) for one in found.few)
    words = _("Not of {names}: fewer than three of your colleagues had a caseload there.")
    return [words.format(names=names)]


def _to_be_asked() -> str:
    """How more of all teams can come to stand side by side than their levels, of which much is hidden."""
    return _(
        "Of one trait at a time, such as low literacy, more of all teams can often be shown side by side. Ask a policy "
        "officer for such a table beside the publication: it then stands here too."
    )


def _said_of_teams(found: Colleagues) -> tuple[str, ...]:
    """How they stand there, and how many people each team has in all."""
    alone, language = found.released.table(TEAM), get_language() or "nl"
    if found.why and alone is None:
        return ()
    said = [_("All teams stand here as they were published, your own too.")]
    sizes = {team: count for (team,), count in (alone.shown.items() if alone else ()) if not team.startswith(LEFT)}
    if any(sizes.values()):
        name_of = _with_own_named(found.released, found.own).axes[TEAM].class_of
        names = {team: name_of(team).name(language) for team in sizes}
        shown = ", ".join(f"{names[team]} {number(count)}" for team, count in sizes.items() if count is not None)
        said.append(_("People by team, rounded to fives: {teams}.").format(teams=shown))
        hidden = [names[team] for team, count in sizes.items() if count is None and team != UNKNOWN]
        if hidden:
            said.append(_("Hidden: {teams}.").format(teams=", ".join(hidden)))
    return tuple(said)


def _said_of_movement(handed: HandedOver, question: Question) -> tuple[str, ...]:
    said = _(
        "Your own people are counted exactly; the whole municipality stands here as it was published, over a year, "
        "your people included."
    )
    if handed.persons:
        said = said_of_moved(handed, question)
    team = _(
        "How a team moved stands in no publication: people change teams, and who rose would count where they came to."
    )
    return said, team
