"""The help that the rows of one client tell of, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from opstap.exchange.enums import Compared
from opstap.exchange.logic import ParsedRow, activity_on, trajectory_on
from opstap.exchange.logic.cells import on
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.help.instruments import Used
from opstap.exchange.selectors.plan.help.shown import Help, Known, Seen
from opstap.exchange.selectors.plan.help.telling import telling
from opstap.exchange.selectors.plan.matching import Case
from opstap.exchange.selectors.plan.timelines import day_after


def plan_help(case: Case, draft: Draft, since: date) -> None:
    """A trajectory from the day the row gives, else its measuring day, else the day on which the file takes effect."""
    told = sorted(((_seen(row, draft, since), row) for row in telling(case.rows, draft)), key=lambda one: one[0].day)
    if not told:
        return
    stored = draft.stored
    held = (stored.trajectories, stored.activities, stored.instruments)
    help_now = Help(case.id, draft.levels, Known(*(one.get(case.id, ()) for one in held)))
    for seen, row in told:
        _say_of_instrument(seen, row, help_now, draft)
        if help_now.see(seen):
            case.changed.add(row.number)
    made, additions = help_now.changed(), draft.plan.additions
    additions.trajectories.extend(made.trajectories)
    additions.activities.extend(made.activities)
    additions.instruments.extend(made.instruments)


def _seen(row: ParsedRow, draft: Draft, since: date) -> Seen:
    """What had ended by the day of the row began with the follow-up; what ended before that is said."""
    plain = row.measured_on or row.instrument_from or max(draft.terms.effective_on, since)
    begin = row.trajectory_from or plain
    ends_on = day_after(row.trajectory_until)
    had_ended = ends_on is not None and ends_on <= begin
    day = min(since, begin) if had_ended else begin
    used = _used(row, begin, ends_on if had_ended else None, draft, since)
    if ends_on is not None and ends_on <= day:
        if (row.trajectory or row.activity) is not None:
            _say_of_end(row, "trajectory_until", draft, since)
        return Seen(day, None, None, None, used)
    said = row.trajectory
    if said is not None and row.trajectory_goal is not None:
        said = replace(said, goal=row.trajectory_goal.goal, keeps=row.trajectory_goal.keeps)
    if said is not None:
        said = trajectory_on(said, day, draft.vocabulary)
    done = activity_on(row.activity, day, draft.vocabulary) if row.activity is not None else None
    return Seen(day, said, done, ends_on, used, had_ended=had_ended)


def _used(row: ParsedRow, day: date, under_until: date | None, draft: Draft, since: date) -> Used | None:
    """The instrument of a row. One without days of its own ended with the trajectory that had ended."""
    if row.instrument is None:
        return None
    begin, ends_on = row.instrument_from or day, day_after(row.instrument_until)
    column = "instrument_until"
    if ends_on is None and row.instrument_from is None and under_until is not None:
        ends_on, column = under_until, "trajectory_until"
    had_ended = ends_on is not None and ends_on <= begin
    if had_ended:
        begin = min(since, begin)
    if ends_on is not None and ends_on <= begin:
        _say_of_end(row, column, draft, since)
        return None
    word = draft.vocabulary.word_of("instrument_kind", row.instrument)
    if not word.holds_on(begin):
        draft.say(row, Compared.INSTRUMENT_NOT_THEN, "warning", "instrument", value=word.label, day=on(begin))
        return None
    result = (row.instrument_result or "") if ends_on else ""
    return Used(row.instrument, begin, ends_on, row.supplier or "", result, had_ended=had_ended)


def _say_of_end(row: ParsedRow, column: str, draft: Draft, since: date) -> None:
    until = getattr(row, column)
    draft.say(row, Compared.HELP_ENDED_BEFORE, "warning", column, value=on(until), begin=on(since))


def _say_of_instrument(seen: Seen, row: ParsedRow, help_now: Help, draft: Draft) -> None:
    """A known instrument keeps its begin, also where the row gives a later one."""
    known = help_now.instruments.found(seen.instrument) if seen.instrument is not None else None
    if known is not None and row.instrument_from is not None and known.row.starts_on != row.instrument_from:
        began, said = on(known.row.starts_on), on(row.instrument_from)
        draft.say(row, Compared.INSTRUMENT_RUNS, "warning", "instrument_from", value=said, begin=began)
