"""Drawing up the plan: client by client, what the file says against what is known."""

from __future__ import annotations

from collections.abc import Sequence

from opstap.clients.models import FollowUp
from opstap.exchange.enums import RowClass
from opstap.exchange.logic import Code, ColumnMap, ParsedRow, Problem, refused_rows
from opstap.exchange.logic.progress import Told, to_nobody, told_of
from opstap.exchange.selectors.plan.assignments import plan_assignment
from opstap.exchange.selectors.plan.benefits import plan_benefits
from opstap.exchange.selectors.plan.caseloads import caseloads_of, check_names
from opstap.exchange.selectors.plan.circumstances import plan_barriers, plan_exemptions, plan_traits
from opstap.exchange.selectors.plan.dossiers import in_their_dossiers
from opstap.exchange.selectors.plan.drafting import Draft
from opstap.exchange.selectors.plan.follow_up import plan_follow_up, start_is_wrong, start_on
from opstap.exchange.selectors.plan.help import plan_help
from opstap.exchange.selectors.plan.matching import Case, digests_of, match, renewed_in, without
from opstap.exchange.selectors.plan.people import latest, plan_address, plan_kept_values, plan_person
from opstap.exchange.selectors.plan.placements import placed_before_birth, placed_twice, plan_placements
from opstap.exchange.selectors.plan.plans import Additions, Plan
from opstap.exchange.selectors.plan.stored import stored_for
from opstap.exchange.selectors.terms import Terms
from opstap.exchange.selectors.vocabulary import vocabulary_of
from opstap.ladder.logic import Surroundings
from opstap.ladder.selectors.scales import level_places
from opstap.municipality.selectors import codes_on


def make_plan(
    rows: Sequence[ParsedRow],
    *,
    terms: Terms,
    columns: ColumnMap,
    source: str,
    found: Sequence[Problem] = (),
    told: Told = to_nobody,
) -> Plan:
    """What importing these rows would do now. Rows that `found` refuses are left out; further refusals are added."""
    refused = refused_rows(found)
    taken = [row for row in rows if row.number not in refused]
    digests = digests_of(taken)
    numbers = {row.client_number for row in taken if row.client_number is not None}
    stored = stored_for(terms, numbers, set(digests.values()), source, renewed_in(taken))
    plan = Plan(stored.recording, Additions(stored.next_client_id), Surroundings({}, {}, {}, {}))
    caseloads = caseloads_of(terms)
    plan.problems.extend(check_names(taken, caseloads, plan, columns, strict=terms.strict))
    cases, contradictions = match(taken, digests, stored, columns)
    plan.problems.extend(contradictions)
    draft = Draft(
        terms, source, columns, vocabulary_of(terms), stored, plan, caseloads,
        levels={level.code: level.id for level in terms.scale.levels},
        places=level_places(),
        kinds={option.code: option for option in codes_on("benefit_kind", terms.today)},
    )  # fmt: skip
    cases = without(cases, refused_rows(plan.problems))
    for case in told_of(cases, "clients", len(cases), told):
        _plan_case(case, draft)
    in_their_dossiers(plan.additions, stored)
    plan.around = Surroundings(draft.places, draft.births, draft.follow_ups, draft.standing)
    plan.large_change.in_follow_up = _in_follow_up(terms)
    _classify(rows, cases, refused, [*found, *plan.problems], plan)
    return plan


def _plan_case(case: Case, draft: Draft) -> None:
    while case.rows and _is_faulty(case, draft):
        refused = refused_rows(draft.plan.problems)
        case.rows = [row for row in case.rows if row.number not in refused]
    if not case.rows:
        return
    if case.client_id is None:
        case.client_id = draft.plan.additions.new_client(case.number)
    before = draft.plan.additions.count
    followed = plan_follow_up(case, draft)
    draft.follow_ups[case.id] = [(piece.starts_on, piece.ends_on) for piece in followed.pieces]
    since = start_on(followed, draft.terms.effective_on)
    plan_person(case, draft)
    plan_benefits(case, draft, since)
    plan_address(case, draft, since)
    plan_assignment(case, draft, since)
    plan_placements(case, draft)
    plan_traits(case, draft, since)
    plan_barriers(case, draft, since)
    plan_exemptions(case, draft, since)
    plan_help(case, draft, since)
    plan_kept_values(case, draft)
    if draft.plan.additions.count == before:
        case.changed.clear()  # what one row changed another changed back


def _is_faulty(case: Case, draft: Draft) -> bool:
    if case.is_new and latest(case.rows, "surname") is None:
        for row in case.rows:
            draft.say(row, Code.NAME_NEEDED, "error", "surname", "full_name")
        return True
    # Since when somebody is followed comes last: what the other two refuse must not have a say in it.
    return placed_before_birth(case, draft) or placed_twice(case, draft) or start_is_wrong(case, draft)


def _in_follow_up(terms: Terms) -> int:
    followed = FollowUp.objects.active_on(terms.effective_on).filter(client__municipality_id=terms.municipality_id)
    return followed.values("client_id").distinct().count()


def _classify(
    rows: Sequence[ParsedRow], cases: Sequence[Case], refused: frozenset[int], problems: Sequence[Problem], plan: Plan
) -> None:
    """A row of an unknown client is new; one that repeats another row adds nothing."""
    refused |= refused_rows(plan.problems)
    repeated = {problem.row for problem in problems if problem.code == Code.ROW_REPEATED}
    classes = {}
    for case in cases:
        for row in case.rows:
            is_new = case.is_new and row.number not in repeated
            changed = RowClass.CHANGED if row.number in case.changed and not case.is_new else RowClass.UNCHANGED
            classes[row.number] = RowClass.NEW if is_new else changed
    plan.classes = {
        row.number: RowClass.REFUSED if row.number in refused else classes.get(row.number, RowClass.UNCHANGED)
        for row in rows
    }
