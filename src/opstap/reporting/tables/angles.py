"""The angles from which a municipality can begin with the ladder (FIELD B-07), each with its reports as that asks them.

Not here: what a report says. An angle chooses among the reports that are there, and how they are divided.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from opstap.municipality.logic import ALL_REPORTS
from opstap.reporting.tables.definitions import Words
from opstap.reporting.tables.reports import REPORTS

PUBLICATIONS = "publications"


@dataclass(frozen=True)
class Step:
    """A report as an angle asks it: what it answers there, and by which groups. `publications` is no report."""

    report: str
    question: Words
    by: str = ""

    @property
    def title(self) -> Words:
        """What its page is called."""
        return _("Publications") if self.report == PUBLICATIONS else REPORTS[self.report].definition.title

    @property
    def url(self) -> str:
        """Where it is answered."""
        if self.report == PUBLICATIONS:
            return reverse("publications:publications")
        address = reverse("reporting:report", args=[REPORTS[self.report].definition.slug])
        return f"{address}?{urlencode({'by': self.by})}" if self.by else address

    @property
    def part(self) -> str:
        """The part of the municipality's work that it is about; empty: always there."""
        return "" if self.report == PUBLICATIONS else REPORTS[self.report].definition.part


@dataclass(frozen=True)
class Angle:
    """Where a municipality begins, and what it asks there, in that order."""

    key: str
    title: Words
    meaning: Words
    steps: tuple[Step, ...]


ANGLES: dict[str, Angle] = {
    one.key: one
    for one in (
        Angle(
            "gate",
            _("The gate"),
            _("Place everybody at the intake, and look first at who comes in and who goes out."),
            (
                Step("inflow", _("Who came in, on which level do they begin, and are they others than who was there?")),
                Step("placement", _("On which level do people stand for each kind of benefit?"), "benefit"),
                Step("ready", _("Who can go a step further soon?")),
                Step("left", _("Who went out, from which level and where to?")),
            ),
        ),
        Angle(
            "operations",
            _("Our own work"),
            _("Place the whole caseload, and look first at what case managers and teams know and do."),
            (
                Step("coverage", _("Of how many people do we know where they stand?")),
                Step("profile", _("Who are in the caseloads?")),
                Step("differences", _("Do teams and colleagues differ, or do the people they work with?")),
                Step("data-quality", _("Which dossiers need a look?")),
            ),
        ),
        Angle(
            "coherence",
            _("Across programmes"),
            _("Read all programmes by one ladder, and look first at what is used for whom."),
            (
                Step("placement", _("Where do the people of each programme stand?"), "programme"),
                Step("movement", _("In which programme do people move up?"), "programme"),
                Step("deployment", _("Do instruments go to who can grow?")),
                Step("trajectories", _("Which trajectories run, and where do they lead?")),
                Step("traits-changed", _("Are there fewer low-literate, or with an integration duty?")),
            ),
        ),
        Angle(
            "steering",
            _("Accountability"),
            _("Say what it yields, against what was aimed at, in figures that still hold next year."),
            (
                Step("indicators", _("How do we stand on each indicator, and was the target reached?")),
                Step("movement", _("Who rose, stayed level or fell?")),
                Step("realised", _("What became of the growth that was expected?")),
                Step(PUBLICATIONS, _("What was set down for the council?")),
            ),
        ),
        Angle(
            "neighbourhoods",
            _("Neighbourhoods and welfare"),
            _("Look by where people live, together with welfare and care."),
            (
                Step("placement", _("Where on the ladder do people stand in each district?"), "district"),
                Step("movement", _("In which district do people move up or fall?"), "district"),
                Step("profile", _("Who are the people of each barrier?"), "barrier"),
                Step("coverage", _("Of whom in each district do we know where they stand?"), "district"),
            ),
        ),
    )
}


@dataclass(frozen=True)
class AngleTab:
    """An angle among the others, as the list of reports shows them."""

    key: str
    title: Words
    current: bool


def angle_tabs(chosen: Angle | None) -> list[AngleTab]:
    """All reports first, then each angle."""
    everything = AngleTab(ALL_REPORTS, _("All reports"), chosen is None)
    return [everything, *(AngleTab(one.key, one.title, one is chosen) for one in ANGLES.values())]


def steps_there(angle: Angle, parts: Collection[str], *, sees_publications: bool) -> list[Step]:
    """What of it can be asked, by a municipality with these parts and by who may see publications or not."""
    there = [step for step in angle.steps if step.part in {"", *parts}]
    return [step for step in there if step.report != PUBLICATIONS or sees_publications]
