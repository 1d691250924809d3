"""Reads: everything about one client that holds for a period, of every kind at once, in one query."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from opstap.audit.models import Fact, PeriodQuerySet
from opstap.clients.logic import (
    AddressRow,
    ApplicationRow,
    ArrangementRow,
    AssignmentRow,
    BarrierRow,
    BenefitSpellRow,
    CaseNumberRow,
    CompositionRow,
    ExemptionRow,
    FollowUpRow,
    MemberRow,
    MembershipRow,
    PersonAroundRow,
    PriorityRow,
    TraitRow,
)
from opstap.clients.models import (
    Address,
    Application,
    Arrangement,
    Assignment,
    Barrier,
    BenefitSpell,
    CaseNumber,
    Exemption,
    FollowUp,
    HouseholdComposition,
    HouseholdMember,
    Membership,
    PersonAround,
    Priority,
    Trait,
)

TEXTS = ("text_1", "text_2", "text_3", "text_4", "text_5")
COLUMNS = (
    "what", "fact", "whose", "from_on", "until_on", *TEXTS, "recorded", "known_since", "by", "replaced", "is_withdrawn",
    "said_why",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HeldFact:
    """A row of one of the period facts: its kind, its period, what it says (codes and names), and when it was known."""

    what: str
    pk: int
    client_id: int
    starts_on: date
    ends_on: date | None
    texts: tuple[str, ...]
    recording: int
    known_since: datetime
    by: str
    replaces_id: int | None
    withdrawn: bool
    why: str

    def holds_on(self, day: date) -> bool:
        """Whether the day lies in the period. Of an application: whether it waits, also where a decision has no day."""
        if self.what == "application" and self.ends_on is None and self.texts[1]:
            return False
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class PartOfFacts:
    """A kind of period fact: its model and row, the columns that say what it is, and what can't stand beside it.

    One at a time among those that agree in `alone`, and one ever where the first day is in it (no days at all, decided
    on the day of the report, overlap nothing); with `follows` a new one ends the one before. Writing one takes
    the `permission`. `starts` and `ends` are the columns of its first day and of the day after its last.
    """

    model: type[Fact]
    row: type[Any]
    texts: tuple[Any, ...]
    alone: tuple[str, ...] = ()
    follows: bool = False
    client: str = "client"
    permission: str = "record_clients"
    starts: str = "starts_on"
    ends: str = "ends_on"


_FROM_WW = Case(When(from_ww=True, then=Value("ww")), default=Value(""), output_field=CharField())
_SECRET = Case(When(is_secret=True, then=Value("secret")), default=Value(""), output_field=CharField())

PARTS: dict[str, PartOfFacts] = {
    "follow_up": PartOfFacts(FollowUp, FollowUpRow, ("ground", "end_reason"), permission="close_dossiers"),
    "benefit": PartOfFacts(
        BenefitSpell, BenefitSpellRow, ("kind", "entry_reason", "exit_reason", "origin_of_entry"), alone=("kind",)
    ),
    "assignment": PartOfFacts(
        Assignment,
        AssignmentRow,
        ("team__name", "worker__name", "role", "end_reason"),
        alone=("role",),
        follows=True,
        permission="assign_clients",
    ),
    "exemption": PartOfFacts(Exemption, ExemptionRow, ("ground", "duty"), alone=("duty",)),
    "barrier": PartOfFacts(Barrier, BarrierRow, ("kind",), alone=("kind",)),
    "trait": PartOfFacts(Trait, TraitRow, ("kind", "value"), alone=("kind",), follows=True),
    "programme": PartOfFacts(Membership, MembershipRow, ("programme__name",), alone=("programme_id",)),
    "address": PartOfFacts(Address, AddressRow, ("street", "house_number", "postcode", "city", _SECRET), follows=True),
    "household": PartOfFacts(HouseholdMember, MemberRow, ("household__reference", "role")),
    "household_type": PartOfFacts(
        HouseholdComposition, CompositionRow, ("household__reference", "kind"), client="household__members__client"
    ),
    "around": PartOfFacts(
        PersonAround, PersonAroundRow, ("kind", "name", "organisation", "phone", "email"), alone=("kind", "name")
    ),
    "arrangement": PartOfFacts(Arrangement, ArrangementRow, ("kind",), alone=("kind",)),
    "application": PartOfFacts(
        Application,
        ApplicationRow,
        ("law", "outcome", "applied_on", _FROM_WW),
        alone=("law", "reported_on"),
        starts="reported_on",
        ends="decided_on",
    ),
    "case_number": PartOfFacts(CaseNumber, CaseNumberRow, ("number", "about"), alone=("number",)),
    "priority": PartOfFacts(Priority, PriorityRow, ("result",)),
}


def held_facts(client_ids: Collection[int]) -> list[HeldFact]:
    """What we hold true now about these clients, of every kind and whenever it holds; the newest period first."""
    wanted = sorted(set(client_ids))
    if not wanted:
        return []
    sql, parameters = _of_all_parts(len(wanted))
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted[-one - 1] if isinstance(one, int) and one < 0 else one for one in parameters])
        rows = cursor.fetchall()
    return _as_facts((*row[:3], _day(row[3]), _day(row[4]), *row[5:11], _moment(row[11]), *row[12:]) for row in rows)


@cache
def _of_all_parts(count: int) -> tuple[str, tuple[Any, ...]]:
    """The question about so many clients, put into SQL once: fifteen parts take longer to word than to answer.

    The clients stand in it as -1, -2, … which no parameter of its own is.
    """
    rows = [_rows_of(name, range(-count, 0), known=True) for name in PARTS]
    sql, parameters = rows[0].union(*rows[1:]).query.sql_with_params()
    return sql, tuple(parameters)


def told_of(what: str, client_ids: Collection[int]) -> list[HeldFact]:
    """Every row ever recorded of one kind, corrected and withdrawn ones too; the latest known first."""
    facts = _read(_rows_of(what, client_ids, known=False))
    return sorted(facts, key=lambda fact: (fact.recording, fact.pk), reverse=True)


def row_of(what: str, held: Any) -> Any:
    """A stored fact as the row an operation takes."""
    row = PARTS[what].row
    return row(**{field.name: getattr(held, field.name) for field in fields(row) if field.name != "replaces_id"})


def in_columns(what: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of a fact, its first and last day under the names of its own columns; the last said counts."""
    names = {"starts_on": PARTS[what].starts, "ends_on": PARTS[what].ends}
    return {names.get(name, name): value for name, value in given.items()}


def held_row(what: str, pk: int) -> Any:
    """The same by the number of the fact."""
    held: PeriodQuerySet[Any] = PeriodQuerySet(PARTS[what].model)
    return row_of(what, held.get(pk=pk))


def _rows_of(what: str, client_ids: Collection[int], *, known: bool) -> QuerySet[Any, Any]:
    part = PARTS[what]
    held: PeriodQuerySet[Any] = PeriodQuerySet(part.model).filter(**{f"{part.client}__in": list(client_ids)})
    if known:
        held = held.current()
    texts: Sequence[Any] = [*part.texts, *[Value("")] * (len(TEXTS) - len(part.texts))]
    named = {name: _text(text) for name, text in zip(TEXTS, texts, strict=True)}
    columns = {
        "what": Value(what, output_field=CharField()),
        "fact": F("pk"),
        "whose": F(f"{part.client}_id" if "__" not in part.client else part.client),
        "from_on": F(part.starts),
        "until_on": F(part.ends),
        **named,
        "recorded": F("recording_id"),
        "known_since": F("recording__at"),
        "by": F("recording__actor_name"),
        "replaced": Coalesce(F("replaces_id"), Value(0), output_field=BigIntegerField()),
        "is_withdrawn": F("withdrawn"),
        "said_why": F("why"),
    }
    rows: QuerySet[Any, Any] = held.order_by().annotate(**columns).values_list(*COLUMNS)
    return rows


def _text(text: Any) -> Any:
    source = F(text) if isinstance(text, str) else text
    return Coalesce(Cast(source, CharField()), Value(""), output_field=CharField())


def _day(value: date | str | None) -> date | None:
    """SQLite hands a day over as text."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def _moment(value: datetime | str) -> datetime:
    """SQLite hands a moment over as text, in UTC."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read(rows: QuerySet[Any, Any]) -> list[HeldFact]:
    return _as_facts(rows)


def _as_facts(rows: Iterable[Any]) -> list[HeldFact]:
    facts = [
        HeldFact(row[0], row[1], row[2], row[3], row[4], tuple(row[5:10]), row[10], row[11], row[12], row[13] or None,
                 bool(row[14]), row[15])
        for row in rows
    ]  # fmt: skip
    return sorted(facts, key=lambda fact: (fact.starts_on, fact.recording, fact.pk), reverse=True)
