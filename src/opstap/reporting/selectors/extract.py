"""An extract for research: one row a person, coarse, under a pseudonym of this extract alone, nobody standing out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import narwhals as nw
import polars as pl
from django.conf import settings

from opstap.analytics.anonymity import LEAST, MULTIPLE, Anonymous, Merging, anonymous
from opstap.analytics.counted import check_closes
from opstap.audit.models import Recording
from opstap.audit.permissions import Actor
from opstap.audit.selectors import latest_recording
from opstap.clients.permissions import may_study, studied_clients
from opstap.facts.selectors.cache import Facts, facts_of, look_for_erased
from opstap.facts.selectors.dimensions import AGE_CLASSES, PENSION, UNKNOWN
from opstap.facts.selectors.people import Choice, Reading, people_on, placed_on, with_group
from opstap.foundation.crypto import LookUp
from opstap.foundation.dates import AMSTERDAM
from opstap.foundation.references import new_reference
from opstap.ladder.selectors.scales import ScaleOnDay, scales_on
from opstap.reporting.logic import Quarter
from opstap.reporting.models import ResearchPermit
from opstap.reporting.selectors.research import first_known

NOT_PLACED, NOT_FOLLOWED = "none", "away"
YES, NO = "yes", "no"
YOUNGER, OLDER = "<45", "45+"
PSEUDONYM_BYTES = 10
NAMED = {"client_id": pl.Int64, "key": pl.String}
GROUPED = {"sex": "sex", "age": "age", "benefit_duration": "benefit-duration"}  # columns that are dimensions of reports
AGES = [name for _limit, name in AGE_CLASSES]
WIDE_AGES = {**dict.fromkeys(AGES[:2], YOUNGER), **dict.fromkeys([*AGES[2:], PENSION], OLDER)}
COLUMNS = (
    "sex", "age", "benefit_duration", "instrument", "level_earlier", "growth_earlier", "level_later", "growth_later",
)  # fmt: skip
# In this order classes are merged, each only for who still stands out: what research misses least goes first.
STEPS = (
    Merging("growth_later"),
    Merging("growth_earlier"),
    Merging("benefit_duration"),
    Merging("age", {**WIDE_AGES, **{wide: wide for wide in WIDE_AGES.values()}}),
    Merging("sex"),
    Merging("instrument"),
    Merging("age"),
    Merging("level_earlier"),
    Merging("level_later"),
)


@dataclass(frozen=True)
class ExtractQuestion:
    """Which two moments, on which scale, as known when; and whether the municipality records instruments at all."""

    municipality_id: int
    known: Recording
    earlier: Quarter
    later: Quarter
    scale: ScaleOnDay
    with_instruments: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """What is known of each person."""
        return tuple(one for one in COLUMNS if self.with_instruments or one != "instrument")


def question_of(permit: ResearchPermit, *, with_instruments: bool) -> ExtractQuestion:
    """What the permit lets leave, and nothing else."""
    known = first_known(permit)
    scale = next(one for one in scales_on(known.at.astimezone(AMSTERDAM).date()) if one.key == permit.scale)
    earlier, later = Quarter.of(permit.earlier), Quarter.of(permit.later)
    return ExtractQuestion(permit.municipality_id, known, earlier, later, scale, with_instruments)


@dataclass(frozen=True)
class Extract:
    """The rows of one extract, under its own reference; `listed` are the clients in it, for the access log.

    `erased` of the people in it were erased since: nobody knows who they were, so they are on no list.
    """

    question: ExtractQuestion
    reference: str
    result: Anonymous
    listed: tuple[str, ...] = field(repr=False)
    erased: int


def extract_of(actor: Actor, question: ExtractQuestion) -> Extract:
    """Made anew each time under another reference: the same rows, under pseudonyms that have nothing in common."""
    reference = new_reference()
    keyed = LookUp(settings.OPSTAP_KEYS.key("pseudonyms"), "research-extract")
    look_for_erased(latest_recording())
    facts = facts_of(question.municipality_id, recording=question.known.pk)
    studied = dict(studied_clients(actor, question.known).values_list("pk", "reference"))
    names = {
        pk: keyed.digest(f"{reference}:{studied.get(pk, pk)}")[:PSEUDONYM_BYTES].hex()
        for pk in people_on(facts, question.earlier.last_day, Choice())["client_id"]
        if pk in studied or (pk < 0 and may_study(actor))
    }
    people = _people(facts, question, names)
    columns = question.columns
    steps = [step for step in STEPS if step.column in columns]
    result = anonymous(nw.from_native(people.lazy()), columns, steps, least=LEAST, multiple=MULTIPLE)
    check_closes(result.sums())
    clients = {names[pk]: own for pk, own in studied.items() if pk in names}
    listed = tuple(clients[row[0]] for row in result.rows if row[0] in clients)
    return Extract(question, reference, result, listed, len(result.rows) - len(listed))


def _people(facts: Facts, question: ExtractQuestion, names: Mapping[int, str]) -> pl.DataFrame:
    """Who was in follow-up at the first moment: key and the columns, null where nothing is known."""
    first, last = question.earlier.last_day, question.later.last_day
    people = pl.DataFrame({"client_id": list(names), "key": list(names.values())}, schema=NAMED)
    ids = people.select("client_id")
    found = [
        *(with_group(facts, ids, first, key).rename({"group": column}) for column, key in GROUPED.items()),
        _helped(facts, first, last),
        _state(facts, first, question.scale, "earlier"),
        _state(facts, last, question.scale, "later"),
    ]
    for columns in found:
        people = people.join(columns.unique("client_id", keep="first", maintain_order=True), on="client_id", how="left")
    return people.select(
        "key",
        pl.col(*GROUPED).replace(UNKNOWN, None),
        pl.col("instrument").fill_null(NO),
        *(pl.col(f"level_{when}").fill_null(NOT_FOLLOWED) for when in ("earlier", "later")),
        "growth_earlier",
        "growth_later",
    )


def _helped(facts: Facts, first: date, last: date) -> pl.DataFrame:
    """Who had an instrument at the end of a month after the first day, until the last: the erased have no more."""
    starts, ends = (pl.col(column).dt.truncate("1mo") for column in ("starts_on", "ends_on"))
    during = facts.table("instruments").filter((starts <= last) & (ends > first) & (starts < ends))
    return during.select("client_id").unique().with_columns(pl.lit(YES).alias("instrument"))


def _state(facts: Facts, day: date, scale: ScaleOnDay, when: str) -> pl.DataFrame:
    """The whole level and the growth of who was in follow-up on the day."""
    codes = {level.id: scale.whole_of(level.code) for level in scale.levels if level.id not in scale.undetermined}
    reading = Reading(scale.id, None, scale.undetermined)
    placed = placed_on(facts, people_on(facts, day, Choice()), day, reading, ("level_id", "growth"))
    return placed.select(
        "client_id",
        _worded("level_id", codes).fill_null(NOT_PLACED).alias(f"level_{when}"),
        _worded("growth", {1: YES, 0: NO}).alias(f"growth_{when}"),
    )


def _worded(column: str, words: Mapping[int, str]) -> pl.Expr:
    return pl.col(column).cast(pl.Int64).replace_strict(words, default=None, return_dtype=pl.String)
