"""How many of those whom a viewer had on the earlier day were handed over since: a number, and nothing else of them.

It is read of caseloads alone, never of levels or traits, so that nothing that is recorded of them later is in it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

import polars as pl

from opstap.analytics.transitions import NOBODY, HandedOver
from opstap.facts.selectors.cache import facts_of
from opstap.facts.selectors.dimensions import UNKNOWN as NO_WORKER
from opstap.facts.selectors.dimensions import as_code
from opstap.facts.selectors.people import people_on, still_with, with_group
from opstap.foundation import dates
from opstap.reporting.selectors.questions import Question

WITHIN: Final = "within"
"""The group of whom a case manager handed over to a colleague of the team: the line of neither of them."""
OF_CASELOADS: Final = frozenset({"team", "worker"})
"""The groups that somebody is in by the caseload that they were in, and not by what is recorded of them."""


def handed_over(question: Question) -> HandedOver:
    """Those of the viewer's reach on the earlier day, of a team or worker where that is asked for. A question about
    traits changes nothing of them: whether they had these is not told.
    """
    choice, day = question.choice, question.compared_with
    if choice.reach is None or choice.within is None or day is None:
        return NOBODY
    of_caseloads = tuple((key, group) for key, group in choice.where if key in OF_CASELOADS)
    facts = facts_of(question.municipality_id, recording=question.recording)
    everybody = people_on(facts, day, choice.with_where(of_caseloads, whoever=True))
    handed = everybody.filter(choice.was_handed_over())
    if handed.is_empty():
        return NOBODY
    seen = people_on(facts, day, choice.with_where(of_caseloads))
    groups = None
    if question.by in OF_CASELOADS:
        groups = dict(with_group(facts, handed, day, question.by).group_by("group").len().rows())
    if not question.by:
        groups = {}
    erased_or_kept = everybody.filter(~choice.counts() & ~choice.was_handed_over()).height
    return HandedOver(persons=handed.height, seen=seen.height, theirs=everybody.height - erased_or_kept, groups=groups)


def handed_since(question: Question) -> int:
    """How many of the reference date were handed over, of a report about that day: they are in none of its figures."""
    return handed_over(replace(question, compared_with=question.on, by=None)).persons


def handed_by_worker(question: Question) -> HandedOver:
    """The same with, for each case manager of then, how many these handed over themselves, to a colleague of the team
    too: as many as that case manager reads of the own caseload. Of who had no case manager as many as the viewer reads.
    """
    found, choice, day = handed_over(replace(question, by="worker")), question.choice, question.compared_with
    if choice.within is None or day is None:
        return found
    facts = facts_of(question.municipality_id, recording=question.recording)
    of_caseloads = tuple((key, group) for key, group in choice.where if key in OF_CASELOADS)
    everybody = people_on(facts, day, choice.with_where(of_caseloads, whoever=True))
    counting = everybody.filter(choice.counts() | choice.was_handed_over())
    went = with_group(facts, counting, day, "worker").join(
        theirs_still(question), on=["client_id", "group"], how="anti"
    )
    groups = dict(went.filter(pl.col("group") != NO_WORKER).group_by("group").len().rows())
    nobodys = {key: persons for key, persons in (found.groups or {}).items() if key == NO_WORKER}
    return replace(found, groups=groups | nobodys)


def handed_by_group(question: Question) -> HandedOver:
    """How many in each group of the question: by case manager as these read it."""
    return handed_by_worker(question) if _reads_along(question) else handed_over(question)


def as_each_reads(question: Question, people: pl.DataFrame) -> pl.DataFrame:
    """Columns client_id and group, of a question by case manager. For who does not see everybody a group holds whom
    that case manager may see still: so both read the same. Whom they handed over to a colleague stands apart.
    """
    if question.choice.within is None:
        return people
    still = people.join(theirs_still(question), on=["client_id", "group"], how="semi")["client_id"]
    apart = ~pl.col("client_id").is_in(still.implode()) & (pl.col("group") != NO_WORKER)
    return people.with_columns(group=pl.when(apart).then(pl.lit(WITHIN)).otherwise("group"))


def grouped(question: Question, people: pl.DataFrame, day: date) -> pl.DataFrame:
    """The people of a day with the group of the question that they were in then."""
    if not question.by:
        return people
    found = with_group(facts_of(question.municipality_id, recording=question.recording), people, day, question.by)
    return as_each_reads(question, found) if _reads_along(question) else found


def _reads_along(question: Question) -> bool:
    return question.by == "worker" and question.choice.within is not None


def theirs_still(question: Question) -> pl.DataFrame:
    """Columns client_id and group: whom each case manager still has today, or had when they left follow-up."""
    held = still_with(facts_of(question.municipality_id), dates.today())
    return held.select("client_id", group=as_code("worker_id"))
