"""The list of reports. Adding one takes its line here and its own module; page, files and command follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording, remembered_until_next
from opstap.foundation import dates
from opstap.foundation.spreadsheets.columns import Content
from opstap.municipality.models import Municipality
from opstap.reporting.logic import Asked
from opstap.reporting.selectors.colleagues import colleagues_of
from opstap.reporting.selectors.counting import erased_in, of_those_listed
from opstap.reporting.selectors.questions import Question, understand
from opstap.reporting.tables import (
    caseload,
    coverage,
    current_expected,
    deployment,
    differences,
    duration,
    goals,
    indicators,
    inflow,
    left,
    movement,
    placement,
    profile,
    quality,
    ready,
    realised,
    traits_changed,
    trajectories,
)
from opstap.reporting.tables.colleagues import WITH_COLLEAGUES, colleagues_json, section_of
from opstap.reporting.tables.coverage.sentences import beside
from opstap.reporting.tables.definitions import Words
from opstap.reporting.tables.files import whole_table
from opstap.reporting.tables.matrix import in_file
from opstap.reporting.tables.report import Report
from opstap.reporting.tables.results import Result

WHOLE, MATRIX = "whole", "matrix"
CHAPTERS: tuple[tuple[Words, tuple[Report, ...]], ...] = (
    (
        _("Where people stand"),
        (
            placement.REPORT,
            profile.REPORT,
            duration.REPORT,
            goals.REPORT,
            current_expected.REPORT,
            ready.REPORT,
            trajectories.REPORT,
            caseload.REPORT,
        ),
    ),
    (
        _("What became of them"),
        (movement.REPORT, realised.REPORT, traits_changed.REPORT, inflow.REPORT, left.REPORT),
    ),
    (_("How we do"), (indicators.REPORT, differences.REPORT, deployment.REPORT)),
    (_("How well we know"), (coverage.REPORT, quality.REPORT)),
)
"""The reports by the question that one comes with, in the order in which they are shown."""
REPORTS: dict[str, Report] = {one.definition.key: one for _title, reports in CHAPTERS for one in reports}


def by_slug(slug: str) -> Report | None:
    """The report at an address."""
    return next((report for report in REPORTS.values() if report.definition.slug == slug), None)


def tables_of(result: Result, *, sparse: bool = True) -> dict[str, Content]:
    """What files hold, by name: the whole table, and that from level to level where the report has one."""
    found = {WHOLE: whole_table(result, sparse=sparse)}
    report = REPORTS[result.definition.key]
    if report.matrix is not None:
        found[MATRIX] = in_file(result, report.matrix(result, ""), str(report.matrix_name))
    beside = result.colleagues.contents() if result.colleagues else {}
    return {**found, **beside}


def answered(asked: Asked, *, actor: Actor, municipality: Municipality, language: str) -> Result:
    """The question understood and answered; QuestionRefused when it can't be understood.

    Figures are remembered until something is recorded: of who asks the same again, with the same rights, on the same
    day. A report that lists people is answered anew each time.
    """
    alike = replace(actor, name="", source="", on_behalf_of="")
    given = (latest_recording(), dates.today(), asked, alike, municipality, language)
    return _answered(*given) if REPORTS[asked.report].page_size else _kept(*given)


def _answered(
    latest: int, _today: date, asked: Asked, actor: Actor, municipality: Municipality, language: str
) -> Result:
    parameters = REPORTS[asked.report].definition.parameters
    question = understand(
        asked, actor=actor, municipality=municipality, language=language, parameters=parameters, latest=latest
    )
    return answer(question, language)


_kept = remembered_until_next(_answered)


def answer(question: Question, language: str) -> Result:
    """Count, and give the figures their words; beside every other report stands how complete the placements are."""
    report = REPORTS[question.report]
    result = _with_colleagues(question, _with_erased(question, report.answer(question, language)))
    listed = of_those_listed(question) if result.base else None
    if listed is not None:
        result = replace(result, listed=report.answer(listed, language))
    if report is coverage.REPORT:
        return result
    line = beside(question, has_scale="scale" in report.definition.parameters)
    return replace(result, notes=(*result.notes, line), beside=line) if line else result


def _with_colleagues(question: Question, result: Result) -> Result:
    """With what is published of colleagues, of a report that has people to hold beside it."""
    if question.report not in WITH_COLLEAGUES or not result.base:
        return result
    found = colleagues_of(question)
    section = section_of(result, found) if found is not None else None
    if found is None or section is None:
        return result
    return replace(result, colleagues=section, extras={**result.extras, **colleagues_json(section, found)})


def _with_erased(question: Question, result: Result) -> Result:
    """Says how many of the people counted were erased since."""
    erased = erased_in(question)
    if not erased:
        return result
    said = ngettext(
        "1 person counted here was erased since: counted by the month, on no list of people.",
        "{count} people counted here were erased since: counted by the month, on no list of people.",
        erased,
    )
    return replace(result, notes=(*result.notes, said.format(count=erased)))
