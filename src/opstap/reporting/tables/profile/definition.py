"""What the report `profile` says of itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from opstap.reporting.tables.definitions import (
    GROUP,
    LEVEL,
    MATRIX_PARAMETERS,
    NAME,
    ReportColumn,
    ReportDefinition,
    Words,
)

SHARE = _("Share of those of whom it is known.")
LOW = _("Where it is not known of everybody: the least share that all of them together may have, at 95%.")
HIGH = _("The greatest share that they may have.")
UNKNOWN = _("Of them it is not known.")
PLANS = "plans"

FEATURES: Mapping[str, tuple[Words, Words, str]] = {
    "growth": (
        _("Growth potential"),
        _("Of them with growth potential, as recorded; on levels that can have it."),
        "",
    ),
    "instrument": (
        _("Instrument"),
        _("Of them with an instrument that runs on the day, or of whom a placement or a file says that one is in use."),
        PLANS,
    ),
    "integration": (
        _("Civic integration"),
        _("Of them with a duty to integrate, or a need without a duty."),
        "",
    ),
    "low_literacy": (_("Low literacy"), _("Of them low-literate."), ""),
    "no_qualification": (_("No basic qualification"), _("Of them without a basic qualification."), ""),
    "exemption": (
        _("Exemption"),
        _("Of them exempt from a duty on the day. Who has none recorded has none."),
        "",
    ),
}


def _columns(key: str, label: Words, meaning: Words, part: str) -> tuple[ReportColumn, ...]:
    return (
        ReportColumn(key, label, "persons", meaning, "integer", part=part),
        ReportColumn(f"{key}_share", "%", "percent", SHARE, "share", share_of=key, part=part),
        ReportColumn(f"{key}_low", _("at least %"), "percent", LOW, "share", share_of=key, part=part, off_page=True),
        ReportColumn(f"{key}_high", _("at most %"), "percent", HIGH, "share", share_of=key, part=part, off_page=True),
        ReportColumn(
            f"{key}_unknown", _("not known"), "persons", UNKNOWN, "integer", share_of=key, part=part, off_page=True
        ),
    )


PROFILE = ReportDefinition(
    key="profile",
    slug="caseload-in-cijfers",
    title=_("The caseload in figures"),
    question=_("Who are they: growth potential, instruments, integration, language, schooling, exemptions, income?"),
    meaning=_(
        "Counted are people in follow-up on the reference date: each once, at the last placement up to that date on "
        "this scale. Half-levels count under their whole level. What is known of somebody is what holds on the day. "
        "Shares are of those of whom it is known; where that is not everybody, the interval says between which shares "
        "that of all of them lies, 19 times out of 20, if those not known are like the others."
    ),
    chart_title=_("People by level"),
    codes=(
        "B-20", "B-21", "B-22", "B-23", "B-24", "B-25", "B-26", "B-27", "B-28", "B-29", "B-30", "B-31", "B-32", "B-33",
        "B-34", "B-36", "B-37", "B-38", "B-39", "B-40", "B-56", "G-2", "G-14",
    ),
    columns=(
        GROUP,
        LEVEL,
        NAME,
        ReportColumn("clients", _("Clients"), "persons", _("People whose last placement is on this level."), "integer"),
        ReportColumn("share", "%", "percent", _("Share of all people counted."), "share"),
        *(column for key, words in FEATURES.items() for column in _columns(key, *words)),
    ),
    cell=("level", "having", "answer"),
    parameters=MATRIX_PARAMETERS,
)  # fmt: skip
