"""Teams and workers that a file names: known, to be made, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from opstap.accounts.models import Team
from opstap.accounts.selectors import teams_worked_in
from opstap.accounts.selectors.towns import workers_of
from opstap.exchange.enums import Compared
from opstap.exchange.logic import Code, ColumnMap, ParsedRow, Problem, normalise
from opstap.exchange.logic.cells import on
from opstap.exchange.selectors.plan.plans import NewWorker, Plan
from opstap.exchange.selectors.terms import Terms

Caseload = tuple[int | None, int | None]
AMBIGUOUS = 0


@dataclass
class Caseloads:
    """Names to ids: of those known, and negative ones for those to be made. 0 stands for a name of several workers."""

    teams: dict[str, int] = field(default_factory=dict)
    workers: dict[str, int] = field(default_factory=dict)
    ended: dict[str, date] = field(default_factory=dict)  # teams that nobody works in any more
    worked_in: dict[int, frozenset[int]] = field(default_factory=dict)  # by worker, today

    def of_row(self, row: ParsedRow) -> Caseload:
        """The team and the worker of a row; None where it names none."""
        team = None if row.team is None else self.teams.get(normalise(row.team))
        worker = None if row.worker is None else self.workers.get(normalise(row.worker))
        return team, worker

    def team_with(self, worker: int, before: int | None) -> int | None:
        """The team of who gets this worker while no team is named: as before, unless the worker is not in it."""
        teams = self.worked_in.get(worker, frozenset())
        return before if before in teams else min(teams, default=before)


def caseloads_of(terms: Terms) -> Caseloads:
    """The teams by name, the workers by staff code, else name, else sign-in name."""
    teams = list(Team.objects.filter(municipality_id=terms.municipality_id))
    users = list(workers_of(terms.municipality_id))
    # A staff code is given by the municipality that keeps the account, and says nothing in another.
    own = [user for user in users if user.municipality_id == terms.municipality_id]
    workers = {normalise(user.staff_code): user.pk for user in own if user.staff_code}
    for words in ({user.pk: user.name for user in users}, {user.pk: user.sign_in_name or "" for user in users}):
        found: dict[str, int] = {}
        for pk, word in words.items():
            found[normalise(word)] = pk if normalise(word) not in found else AMBIGUOUS
        workers = {word: pk for word, pk in found.items() if word} | workers
    return Caseloads(
        {normalise(team.name): team.pk for team in teams},
        workers,
        {
            normalise(team.name): team.ended_on
            for team in teams
            if team.ended_on is not None and team.ended_on <= max(terms.today, terms.effective_on)
        },
        teams_worked_in([user.pk for user in users], terms.today, terms.municipality_id),
    )


def check_names(
    rows: Iterable[ParsedRow], caseloads: Caseloads, plan: Plan, columns: ColumnMap, *, strict: bool
) -> Iterator[Problem]:
    """Unknown teams and workers are put on the list of those to be made; `strict` refuses their rows instead."""
    for row in rows:
        yield from _ended(row, caseloads, columns)
        if row.team is not None and (word := normalise(row.team)) not in caseloads.teams:
            if strict:
                yield Problem(row.number, columns.heading("team"), row.team, Code.TEAM_UNKNOWN, "error")
            else:
                plan.new_teams.append(row.team)
                caseloads.teams[word] = -len(plan.new_teams)
        if row.worker is None:
            continue
        word = normalise(row.worker)
        known = caseloads.workers.get(word)
        if known == AMBIGUOUS:
            yield Problem(row.number, columns.heading("worker"), row.worker, Compared.WORKER_AMBIGUOUS.value, "error")
        elif known is None and strict:
            yield Problem(row.number, columns.heading("worker"), row.worker, Code.WORKER_UNKNOWN, "error")
        elif known is None:
            plan.new_workers.append(NewWorker(row.worker))
            caseloads.workers[word] = -len(plan.new_workers)
        _count_team(row, caseloads, plan)


def _ended(row: ParsedRow, caseloads: Caseloads, columns: ColumnMap) -> Iterator[Problem]:
    """Whoever is put in a team is in it from then on: only who had left by its end can have had it."""
    ended_on = caseloads.ended.get(normalise(row.team or ""))
    if ended_on is not None and not (row.follow_up_until is not None and row.follow_up_until < ended_on):
        said, heading = {"day": on(ended_on)}, columns.heading("team")
        yield Problem(row.number, heading, row.team or "", Compared.TEAM_ENDED.value, "error", said)


def _count_team(row: ParsedRow, caseloads: Caseloads, plan: Plan) -> None:
    team, worker = caseloads.of_row(row)
    is_open = normalise(row.team or "") not in caseloads.ended
    if team is not None and worker is not None and worker < 0 and is_open:
        plan.new_workers[-worker - 1].team_ids[team] += 1
