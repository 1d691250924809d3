"""What stands of colleagues beside the own figures: nothing but what the latest publication shows of teams, and only
to who may see publications. How many colleagues there were is read as known when it was counted, so that nothing that
came in since changes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet

from opstap.accounts.models import Team
from opstap.accounts.selectors.people import teams_worked_in
from opstap.clients.enums import AssignmentRole
from opstap.clients.models import Assignment
from opstap.foundation import dates
from opstap.reporting.logic.released import LEVEL, PART, TEAM, Released, ReleasedTable
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import latest_publication, tables_within
from opstap.reporting.selectors.questions import Question

BY_TEAM: Final = (f"{LEVEL}-by-{TEAM}", f"{PART}-by-{TEAM}")
"""The tables by team, the finest first: of few people only the coarser one stands in a publication."""
FEWEST_COLLEAGUES: Final = 3
"""With fewer others in the team, its figures would tell one of them of the other."""
NONE_SET_DOWN, OTHER_SCALE, NOT_IN_IT, FEW = "none_set_down", "other_scale", "not_in_it", "few"
NO_TABLE: Final = "no_table"
"""All that could be shown by team would have told too little, or too much."""


@dataclass(frozen=True)
class Colleagues:
    """The publication with what is out of it, and which teams of it are the viewer's own; `why` there is nothing.

    `leads` who sees the people of a team: they see all teams. `few` are own teams with too few colleagues. `asked` are
    the tables for a question that are out of it.
    """

    publication: Publication | None
    released: Released
    own: tuple[str, ...] = ()
    few: tuple[str, ...] = ()
    leads: bool = False
    why: str = ""
    asked: tuple[Released, ...] = ()


def team_table(released: Released) -> ReleasedTable | None:
    """The finest table by team that it holds."""
    return next((table for key in BY_TEAM if (table := released.table(key))), None)


def colleagues_of(question: Question) -> Colleagues | None:
    """Of a question about all of the own people, on their own scale; of another one, and for who sees everybody or no
    publications, `None`.
    """
    reach = question.choice.reach
    if reach is None or not is_beside_others(question):
        return None
    found = latest_publication(question.municipality_id)
    released, leads = Released.of(found.figures if found else {}), bool(reach.team_ids)
    if found is None:
        return Colleagues(None, released, leads=leads, why=NONE_SET_DOWN)
    if found.scale != question.scale.key:
        return Colleagues(found, released, leads=leads, why=OTHER_SCALE)
    axis = released.axes.get(TEAM)
    absent = NO_TABLE if axis and team_table(released) is None else ""
    own = reach.team_ids if leads else _worked_in(question)
    rows = Team.objects.filter(pk__in=own, municipality=question.municipality_id).order_by("name", "pk")
    teams = {one.reference: one.pk for one in rows if axis and one.reference in axis.codes}
    asked = tuple(_asked_of(found))
    if leads:
        return Colleagues(found, released, tuple(teams), leads=True, why=absent if axis else NOT_IN_IT, asked=asked)
    known = reach.worker_ids | {question.viewer_id}
    counted = {one: len(_workers(found, pk) - known) for one, pk in teams.items()}
    shown = tuple(one for one in teams if counted[one] >= FEWEST_COLLEAGUES)
    few = tuple(one for one in teams if one not in shown)
    why = absent or ("" if shown else FEW if few else NOT_IN_IT)
    return Colleagues(found, released, shown, few, why=why, asked=asked)


def _asked_of(one: Publication) -> Iterator[Released]:
    """The tables for a question, the latest first."""
    for table in tables_within(one.municipality_id, one.reference):
        if table.figures and not table.withdrawn:
            yield Released.of(table.figures)


def is_beside_others(question: Question) -> bool:
    """Whether it is about all of the own people, so that what is published can stand beside them."""
    whole = not (question.where or question.team or question.crosswalk)
    return question.choice.reach is not None and whole and question.sees_publications


def _worked_in(question: Question) -> frozenset[int]:
    """The teams in which the viewer works today."""
    viewer = question.viewer_id or 0
    return teams_worked_in([viewer], dates.today(), question.municipality_id).get(viewer, frozenset())


def _workers(one: Publication, team_id: int) -> set[int]:
    """Who had people of this team on the reference date, as known when it was counted."""
    known: QuerySet[Assignment] = Assignment.objects.filter(recording__lte=one.counted)
    replaced = known.filter(replaces__isnull=False).values("replaces")
    held = known.filter(team=team_id, role=AssignmentRole.CASE_MANAGER, withdrawn=False, starts_on__lte=one.on)
    held = held.exclude(ends_on__lte=one.on).exclude(pk__in=replaced)
    return set(held.filter(worker__isnull=False).values_list("worker", flat=True).distinct())
