"""Building the town: month by month with the clock of then, each month in one recording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from django.db import transaction

from opstap.audit.models import Fact, FactQuerySet, Recording
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.clients.operations import households, record_households, register_clients
from opstap.demo.logic.calendar import Span, moment_of, recording_days
from opstap.demo.logic.choices import Choices
from opstap.demo.logic.statements import Spoken, Withdrawal, by_recording_day
from opstap.demo.logic.town import HouseholdPlan, Town, draw_town
from opstap.demo.operations.around import say_around
from opstap.demo.operations.asking import ask_rights
from opstap.demo.operations.beside import work_beside
from opstap.demo.operations.findings import leave_findings
from opstap.demo.operations.guarding import guard_some
from opstap.demo.operations.handing import ask_colleagues
from opstap.demo.operations.keeping import keep_and_erase
from opstap.demo.operations.marking import mark_own
from opstap.demo.operations.measuring import measure_some
from opstap.demo.operations.publishing import enter_printed, set_down_last_quarter
from opstap.demo.operations.staffing import Setup, set_up
from opstap.demo.operations.studying import permit_some
from opstap.demo.operations.tables import DESTINATIONS, Identities, with_identities
from opstap.demo.selectors import BUILT, recorded_until
from opstap.foundation.dates import clock_at
from opstap.ladder.models import Level, Scale
from opstap.ladder.operations import withdraw_measurements
from opstap.municipality.logic import pension_day
from opstap.municipality.models import Municipality
from opstap.municipality.selectors import pension_ages

Progress = Callable[[date, int], None]


class HistoryTooLate(Exception):
    """Something was recorded already after the day on which the town's history begins."""


def build_demo(*, by: Actor, choices: Choices, progress: Progress | None = None) -> Municipality:
    """Make the whole town, all or nothing. `progress` is told each recording day and the rows so far.

    HistoryTooLate when the database has recordings later than the first day: moments only go up.
    """
    by.require("configure_municipality")
    span = Span(choices.until)
    if recorded_until(span.start):
        raise HistoryTooLate
    town = draw_town(clients=choices.clients, seed=choices.seed, until=choices.until, pension_day=_pension_days())
    with transaction.atomic():
        with clock_at(moment_of(span.start, span)), writing(by=by, verb=BUILT, about=choices.text):
            setup = set_up(by, span)
        _Builder(by, setup, town).build(progress or _silently)
        with clock_at(moment_of(span.until, span)), writing(by=by, verb="mark_own"):
            mark_own(by, setup, span)
        with clock_at(moment_of(span.until, span)), writing(by=by, verb="work_beside"):
            work_beside(by, setup, span)
            guard_some(by, setup, span)
        with clock_at(moment_of(span.until, span)), writing(by=by, verb="say_around"):
            say_around(by, setup.municipality, choices.until)
            leave_findings(by, setup.municipality, choices.until)
        with clock_at(moment_of(span.until, span)):
            ask_colleagues(by, setup, span)
        with clock_at(moment_of(span.until, span)), writing(by=by, verb="ask_rights"):
            ask_rights(by, setup.municipality, choices.until)
            permit_some(by, setup.municipality, choices.until)
            measure_some(by, setup, choices.until)
        with clock_at(moment_of(span.until, span)):
            keep_and_erase(by, setup, span)
            set_down_last_quarter(by, setup.municipality, choices.until)
            enter_printed(by, setup.municipality, choices)
    return setup.municipality


class _Builder:
    """Keeps the identities that were given, so that a later statement can replace an earlier one."""

    def __init__(self, by: Actor, setup: Setup, town: Town) -> None:
        self.by = by
        self.town = town
        self.known = Identities(setup, _scales(), _levels())
        self.client_ids: dict[int, int] = {}
        self.fact_ids: dict[tuple[int, int], int] = {}
        self.rows = 0

    def build(self, progress: Progress) -> None:
        """Every recording day with what was learnt since the one before."""
        days = recording_days(self.town.span)
        waiting = sorted(self.town.households, key=lambda household: household.starts_on)
        for day, spoken in zip(days, by_recording_day(self.town.lives, days), strict=True):
            with clock_at(moment_of(day, self.town.span)), writing(by=self.by, verb="record_month") as recording:
                self._register(spoken)
                waiting = self._house(waiting, day)
                self._record(spoken, recording)
            self.rows += len(spoken)
            progress(day, self.rows)

    def _register(self, spoken: Sequence[Spoken]) -> None:
        new = [life for life in dict.fromkeys(one.life for one in spoken) if life not in self.client_ids]
        numbers = [self.town.lives[life].number for life in new]
        municipality = self.known.setup.municipality
        ids = register_clients(by=self.by, municipality=municipality, numbers=numbers) if new else []
        self.client_ids.update(zip(new, ids, strict=True))

    def _house(self, waiting: list[HouseholdPlan], day: date) -> list[HouseholdPlan]:
        """Make the households that are known by now; returns the others."""
        now = [plan for plan in waiting if plan.starts_on <= day]
        rows = [
            households.NewHousehold(
                plan.kind, plan.starts_on, tuple((self.client_ids[life], role) for life, role in plan.members)
            )
            for plan in now
        ]
        record_households(by=self.by, municipality=self.known.setup.municipality, rows=rows)
        return waiting[len(now) :]

    def _record(self, spoken: Sequence[Spoken], recording: Recording) -> None:
        by_kind: dict[type, list[Spoken]] = defaultdict(list)
        for one in spoken:
            by_kind[type(one.row)].append(one)
        for kind, destination in DESTINATIONS.items():
            ones = by_kind[kind]
            if ones:
                destination.record(self.by, self.known.setup, [self._row(one) for one in ones])
                given: FactQuerySet[Fact] = FactQuerySet(destination.model).filter(recording=recording).order_by("pk")
                ids = given.values_list("pk", flat=True)
                self.fact_ids.update(((one.life, one.place), pk) for one, pk in zip(ones, ids, strict=True))
        withdrawn = [self._replaced(one) for one in by_kind[Withdrawal]]
        if withdrawn:
            withdraw_measurements(by=self.by, measurement_ids=[pk for pk in withdrawn if pk is not None])

    def _row(self, one: Spoken) -> object:
        return with_identities(one.row, self.client_ids[one.life], self._replaced(one), self.known)

    def _replaced(self, one: Spoken) -> int | None:
        return None if one.replaces is None else self.fact_ids[one.life, one.replaces]


def _silently(day: date, rows: int) -> None:
    """Tell nobody."""


def _pension_days() -> Callable[[date], date | None]:
    table = pension_ages()
    return lambda born: pension_day(born, table)


def _scales() -> dict[str, int]:
    return dict(Scale.objects.values_list("key", "pk"))


def _levels() -> dict[tuple[str, str], int]:
    return {(scale, code): pk for scale, code, pk in Level.objects.values_list("scale__key", "code", "pk")}
