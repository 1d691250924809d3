"""The charts of a result as files that stand alone, in the words that stand beside them on the page."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from opstap.foundation import dates
from opstap.foundation.charts.files import Said, as_png, as_svg
from opstap.foundation.ui.templatetags.ui_format import day, moment
from opstap.reporting.tables.files import facts_of
from opstap.reporting.tables.report import Picture
from opstap.reporting.tables.reports import REPORTS
from opstap.reporting.tables.results import Result

CHART_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_AS: dict[str, Callable[[SafeString, Said], bytes]] = {"svg": as_svg, "png": as_png}


def charts_of(result: Result) -> list[Picture]:
    """The charts that a page shows, in their order; none when there is nobody to count."""
    if not result.base:
        return []
    section = result.colleagues
    drawn = [*REPORTS[result.definition.key].pictures(result), section.picture() if section else None]
    return [picture for picture in drawn if picture]


def as_chart_file(result: Result, picture: Picture, kind: str, municipality: str) -> bytes:
    """A chart with the answer, of whom and of when it is, and where it comes from."""
    source = _("Opstap, {municipality}, reference date {day}, made {moment}").format(
        municipality=_named(municipality), day=day(result.question.on), moment=moment(dates.now())
    )
    facts = ". ".join(facts_of(result)) + "."
    said = Said(answer=REPORTS[result.definition.key].lead(result), facts=facts, source=source)
    return _AS[kind](picture.svg, said)


def _named(municipality: str) -> str:
    """With the word before it, unless it is part of the name."""
    if municipality.casefold().startswith(("gemeente ", "municipality ")):
        return municipality
    return _("municipality of {name}").format(name=municipality)
