"""Making what was asked for, in the background: counted, attacked, and set down as it comes out of the attack."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_noop

from opstap.analytics.disclosure import NotSafe, Rules, TooManyCells, publish_by_worth
from opstap.audit.operations import append_facts, require_standing, writing
from opstap.audit.permissions import Actor, background_jobs
from opstap.foundation.jobs import progress
from opstap.foundation.jobs.naming import job
from opstap.reporting.enums import MakingStep
from opstap.reporting.logic.released import LEFT_OUT, Released, ReleasedTable
from opstap.reporting.models import Publication
from opstap.reporting.operations.publications.rows import row_of
from opstap.reporting.selectors.publications import asked_for, latest_row
from opstap.reporting.selectors.released.attacked import attacked_with
from opstap.reporting.selectors.released.classes import Basis, axes_of, basis_of


@job(gettext_noop("Set figures down, once the attack recovers nothing"))
def make_publication(reference: str) -> None:
    """The publication or table that was asked for under this reference."""
    try:
        make_asked(by=background_jobs(), reference=reference)
    except Exception:
        give_up(by=background_jobs(), reference=reference)
        raise
    finally:
        progress.end(reference)


def make_asked(*, by: Actor, reference: str) -> None:
    """Make what was asked for: what comes out of the attack is set down, or why nothing can be."""
    by.require("make_publications")
    asked = asked_for(reference)
    if asked is None:
        return  # made before, by a worker that was stopped after it
    progress.tell(reference, MakingStep.COUNTING)
    basis = basis_of(asked)
    done = replace(row_of(asked), counted=basis.recording, replaces_id=asked.pk)
    try:
        figures = _made(asked, basis)
    except NotSafe:
        done = replace(done, why="not_safe")
    except TooManyCells:
        done = replace(done, why="too_many")
    else:
        done = replace(done, figures=figures.stored())
    with writing(by=by, verb="make_publication", about=reference) as recording:
        require_standing(Publication, [asked.pk])
        append_facts(Publication, [done], recording=recording)


def give_up(*, by: Actor, reference: str) -> None:
    """Say that what was asked for was not made, so that it can be asked for anew."""
    by.require("make_publications")
    asked = asked_for(reference)
    if asked is not None:
        with writing(by=by, verb="give_up_publication", about=reference) as recording:
            require_standing(Publication, [asked.pk])
            append_facts(Publication, [replace(row_of(asked), why="failed")], recording=recording)


def _made(asked: Publication, basis: Basis) -> Released:
    """What may be shown of it, once nothing is recovered from it together with all that is out."""
    whole = latest_row(asked.municipality_id, asked.within) if asked.within else None
    axes = Released.of(whole.figures).axes if whole else axes_of(basis)
    attacked = attacked_with(basis, axes, tuple(asked.dimensions))
    progress.tell(asked.reference, MakingStep.ATTACKING, len(attacked.tables))
    out = publish_by_worth(
        attacked.tables,
        attacked.last,
        Rules(asked.threshold),
        before=attacked.before,
        links=attacked.links,
        known=attacked.known,
        spare=attacked.spare,
    )
    made = {table.shape.key: table.shown for table in out.tables}
    keys = {table.shape.key: key for table, key in zip(attacked.tables, attacked.dimensions, strict=True)}
    tables = tuple(ReleasedTable(key, keys[key], made[key]) for key in keys if key in made)
    taken = {key: axes[key] for key in axes if not asked.dimensions or key in asked.dimensions}
    left_out = [list(dimensions) for key, dimensions in keys.items() if key not in made]
    return Released(taken, tables, {**attacked.made_with, LEFT_OUT: left_out})
