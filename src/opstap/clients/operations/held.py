"""One fact by hand: added, corrected, ended or withdrawn; refused where another holds that can't stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from opstap.audit.models import PeriodQuerySet
from opstap.audit.operations import ReplacedMeanwhile, require_standing, withdraw_facts, writing
from opstap.audit.permissions import Actor
from opstap.clients.enums import ArrangementKind
from opstap.clients.logic import Fault, HeldAlready, RowsRefused, application_faults, overlapping, period_faults
from opstap.clients.models import Client
from opstap.clients.operations.appending import append_periods
from opstap.clients.operations.ended_teams import leave_ended_teams
from opstap.clients.operations.followup import record_applications
from opstap.clients.permissions import require_reach
from opstap.clients.selectors.held import PARTS, PartOfFacts, in_columns, row_of
from opstap.clients.selectors.merged import in_dossiers_with
from opstap.foundation import dates


def record_held_fact(*, by: Actor, what: str, row: Any, why: str = "") -> None:
    """Add a fact of a kind (a row of `PARTS[what].row`), or correct the one that the row replaces.

    HeldAlready when another of that kind holds at the same time. Of the kinds that follow one another (an address, a
    trait, a case manager) the open one before it ends on the day the new one begins. ReplacedMeanwhile when somebody
    else corrected or withdrew the row since.
    """
    by.require(PARTS[what].permission)
    require_reach(by, {row.client_id})
    _require_sight(by, what, row)
    part = PARTS[what]
    faults = _faults_of(what, row)
    if faults:
        raise RowsRefused(faults)
    with writing(by=by, verb=f"record_{what}"):
        require_standing(part.model, () if row.replaces_id is None else (row.replaces_id,))
        earlier = _make_room(part, row)
        if earlier is not None:
            _append(by, what, f"end_{what}", earlier)
        _append(by, what, f"record_{what}", row, why)
        if what == "follow_up":
            client = Client.objects.get(pk=row.client_id)
            leave_ended_teams(by=by, municipality_id=client.municipality_id, client_id=client.pk)


def end_held_fact(*, by: Actor, what: str, pk: int, ends_on: date, said: Mapping[str, str] | None = None) -> None:
    """Let a fact hold until a day; `said` fills columns of the end, such as its reason.

    ReplacedMeanwhile when it was corrected or withdrawn since it was read.
    """
    by.require(PARTS[what].permission)
    held = _standing(what, pk)
    require_reach(by, {held.client_id})
    row = replace(row_of(what, held), **in_columns(what, {**(said or {}), "ends_on": ends_on}), replaces_id=held.pk)
    faults = _faults_of(what, row)
    if faults:
        raise RowsRefused(faults)
    with writing(by=by, verb=f"end_{what}"):
        require_standing(PARTS[what].model, [pk])
        _append(by, what, f"end_{what}", row)


def withdraw_held_fact(*, by: Actor, what: str, pk: int, why: str) -> None:
    """Take back a fact that should never have been there. ReplacedMeanwhile as for its end."""
    by.require(PARTS[what].permission)
    held = _standing(what, pk)
    require_reach(by, {held.client_id})
    with writing(by=by, verb=f"withdraw_{what}") as recording:
        require_standing(PARTS[what].model, [pk])
        withdraw_facts(PARTS[what].model, [pk], recording=recording, said={"why": why})


def _append(by: Actor, what: str, verb: str, row: Any, why: str = "") -> None:
    if what == "application":
        record_applications(by=by, rows=[row], why=why)
    else:
        append_periods(by=by, model=PARTS[what].model, verb=verb, rows=[row], why=why)


def _standing(what: str, pk: int) -> Any:
    held: PeriodQuerySet[Any] = PeriodQuerySet(PARTS[what].model)
    found = held.current().filter(pk=pk).first()
    if found is None:
        raise ReplacedMeanwhile(what)
    return found


def _require_sight(by: Actor, what: str, row: Any) -> None:
    """Nobody puts right an address that is kept from them."""
    if what == "address" and row.replaces_id is not None and _standing(what, row.replaces_id).is_secret:
        by.require("see_secret_addresses")


def _make_room(part: PartOfFacts, row: Any) -> Any:
    """The row that ends what held before, where this one follows it; None where nothing stands in the way."""
    alike: PeriodQuerySet[Any] = PeriodQuerySet(part.model).current().filter(in_dossiers_with(row.client_id))
    alike = alike.filter(**{key: getattr(row, key) for key in part.alone}).exclude(pk=row.replaces_id or 0)
    others = [one for one in alike if part.starts in part.alone or overlapping(one, row)]
    if not others:
        return None
    first = others[0]
    if part.follows and row.replaces_id is None and len(others) == 1 and _precedes(first, row):
        name = next(name for name, one in PARTS.items() if one is part)
        return replace(row_of(name, first), ends_on=row.starts_on, replaces_id=first.pk)
    raise HeldAlready(first.starts_on, first.ends_on)


def _precedes(first: Any, row: Any) -> bool:
    """It began earlier and does not outlast the new one, so that nothing is lost by ending it."""
    begins_earlier = bool(first.starts_on < row.starts_on)
    return begins_earlier and (row.ends_on is None or (first.ends_on or date.max) <= row.ends_on)


def _faults_of(what: str, row: Any) -> list[Fault]:
    if what == "application":
        return application_faults(row, dates.today())
    return [*period_faults([row]), *_faults_of_arrangement(what, row)]


def _faults_of_arrangement(what: str, row: Any) -> list[Fault]:
    """A visit with two is agreed until a day, so that it does not stay for ever."""
    if what == "arrangement" and row.kind == ArrangementKind.VISIT_WITH_TWO and row.ends_on is None:
        return [Fault(0, "needs_an_end")]
    return []
