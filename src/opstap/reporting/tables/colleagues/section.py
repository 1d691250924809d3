"""The part of a report that holds the own figures beside what is published of colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from opstap.foundation.spreadsheets.columns import Content
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.logic.released import Released
from opstap.reporting.models import Publication
from opstap.reporting.selectors.colleagues import (
    BY_TEAM,
    FEW,
    NONE_SET_DOWN,
    NOT_IN_IT,
    OTHER_SCALE,
    TEAM,
    Colleagues,
)
from opstap.reporting.tables.colleagues.own import by_level, by_movement
from opstap.reporting.tables.colleagues.sides import Sides
from opstap.reporting.tables.pages import PageTable
from opstap.reporting.tables.released.files import content_of
from opstap.reporting.tables.released.page import page_table
from opstap.reporting.tables.released.pictures import picture_of
from opstap.reporting.tables.released.sheets import Sheet
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.results import Result

COLLEAGUES: Final = "colleagues"
PROFILE, MOVEMENT, DIFFERENCES = "profile", "movement", "differences"
WITH_COLLEAGUES: Final = frozenset({PROFILE, MOVEMENT, DIFFERENCES})


@dataclass(frozen=True)
class Section:
    """What stands there: a heading, sentences, and where there is something its table, chart and sheet."""

    title: str
    said: tuple[str, ...]
    publication: Publication | None
    shown: Sides | Sheet | None = None

    def table(self) -> PageTable | None:
        """The figures."""
        if isinstance(self.shown, Sheet):
            return replace(page_table(self.shown), close=True)
        return self.shown.table() if self.shown else None

    def picture(self) -> Picture | None:
        """The same drawn."""
        if isinstance(self.shown, Sheet) and self.publication:
            return picture_of(self.shown, _drawn_of(self.publication), 0)
        return self.shown.picture() if isinstance(self.shown, Sides) else None

    def content(self) -> Content | None:
        """The same for a file."""
        if isinstance(self.shown, Sheet):
            return content_of(self.shown)
        return self.shown.content() if self.shown else None


def section_of(result: Result) -> Section | None:
    """What stands beside a result. Who leads sees all teams by level; who works, the own caseload beside the team."""
    found, report = result.colleagues, result.definition.key
    if found is None or (report == DIFFERENCES and not found.leads):
        return None
    one, moved = found.publication, report == MOVEMENT
    title = _("Beside other teams") if found.leads else _("Beside your team")
    title = _("Beside the whole municipality") if moved else title
    if one is None or found.why == OTHER_SCALE or (found.why and not moved):
        return Section(title, _why(found), one)
    if moved:
        return Section(title, _said_of_movement(found), one, by_movement(result, found, one.on))
    if found.leads:
        return Section(title, _said_of_teams(found), one, _teams(found))
    return Section(title, _said_of_team(found), one, by_level(result, found, one.on))


def colleagues_json(result: Result) -> Mapping[str, Any]:
    """Of which publication what stands there, or why nothing does."""
    found, section = result.colleagues, section_of(result)
    if found is None or section is None:
        return {}
    one, rows = found.publication, []
    if isinstance(section.shown, Sheet):
        cells = section.shown.table.shown.items()
        dimensions = section.shown.table.dimensions
        rows = [{**dict(zip(dimensions, cell, strict=True)), "clients": count} for cell, count in cells]
    elif section.shown:
        rows = section.shown.as_json()
    said = {"publication": one.reference if one else None, "on": one.on.isoformat() if one else None}
    return {
        COLLEAGUES: {**said, "why": None if rows else found.why or None, "own_teams": list(found.own), "rows": rows}
    }


def _teams(found: Colleagues) -> Sheet | None:
    """All teams by level; the own ones are named so."""
    table = found.released.table(BY_TEAM)
    if table is None:
        return None
    axis = found.released.axes[TEAM]
    named = tuple(
        replace(one, nl=_("{name} (your team)").format(name=one.nl), en=_("{name} (your team)").format(name=one.en))
        if one.code in found.own
        else one
        for one in axis.classes
    )
    released = Released(
        {**found.released.axes, TEAM: replace(axis, classes=named)}, found.released.tables, found.released.made_with
    )
    return Sheet(released, table)


def _drawn_of(one: Publication) -> str:
    return _("{day}, rounded to fives").format(day=day(one.on))


def _why(found: Colleagues) -> tuple[str, ...]:
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
        NOT_IN_IT: _(
            "Your team does not stand by itself in the last publication, of {day}. Once it had people on the reference "
            "date of a new one, it does."
        ),
    }
    return (said[found.why].format(day=on),)


def _said_of_team(found: Colleagues) -> tuple[str, ...]:
    said = [_("Your own people are counted exactly; the team stands here as it was published, you included.")]
    return (*said, *_few(found))


def _few(found: Colleagues) -> list[str]:
    """Of another own team that there are too few."""
    if not found.few:
        return []
    axis, language = found.released.axes[TEAM], get_language() or "nl"
    names = ", ".join(axis.class_of(one).name(language) for one in found.few)
    words = _("Not of {names}: fewer than three of your colleagues had a caseload there.")
    return [words.format(names=names)]


def _said_of_teams(found: Colleagues) -> tuple[str, ...]:
    del found
    return (_("All teams stand here as they were published, your own too: so they can be compared."),)


def _said_of_movement(found: Colleagues) -> tuple[str, ...]:
    del found
    said = _(
        "Your own people are counted exactly; the whole municipality stands here as it was published, over a year, "
        "your people included."
    )
    team = _(
        "How a team moved stands in no publication: people change teams, and who rose would count where they came to."
    )
    return said, team
