"""Two people with one scale on the drawing table: what the other one saved, beside what stands here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from opstap.audit.selectors import last_done
from opstap.foundation.ui.conflicts import NONE, Conflict, Line, Opened, saved_by, shown
from opstap.foundation.versions import version_of_values
from opstap.ladder.forms import LevelForm, QuestionForm, ScaleForm
from opstap.ladder.forms.designs import Drawing, Row, drawing_of
from opstap.ladder.logic import ScaleDesign

MOST_LINES = 40


def version_of_design(held: ScaleDesign) -> str:
    """On which a scale is opened: all that its page can change."""
    return version_of_values("scale", {"design": held})


def design_met(held: ScaleDesign, mine: Drawing) -> Opened:
    """Somebody else changed the scale meanwhile; settled where both drew the same."""
    theirs = drawing_of(held)
    lines = [
        *_differing(ScaleForm, "", theirs.scale, mine.scale),
        *_rows(LevelForm, _("Level"), _by("code", theirs.levels), _by("code", mine.levels)),
        *_rows(QuestionForm, _("Question"), _by("key", theirs.questions), _by("key", mine.questions)),
    ]
    saved = saved_by(last_done("change_scale", held.key))
    return Opened(version_of_design(held), Conflict(saved, tuple(lines[:MOST_LINES])), is_settled=not lines)


def _rows(form: type[forms.Form], what: str, theirs: Mapping[str, Row], mine: Mapping[str, Row]) -> Iterator[Line]:
    """Row by row, by the code of a level or the key of a question; and their order where that differs."""
    for place, key in enumerate(dict.fromkeys([*theirs, *mine]), start=1):
        name = f"{what} {key if form is LevelForm else place}"
        there, here = theirs.get(key), mine.get(key)
        if there is not None and here is not None:
            yield from _differing(form, f"{name}: ", there, here)
        else:
            yield Line(name, "", _name(there), _name(here), touched=True)
    if set(theirs) == set(mine) and list(theirs) != list(mine):
        there_in_order, here_in_order = (", ".join(map(_name, rows.values())) for rows in (theirs, mine))
        yield Line(_("Order"), "", there_in_order, here_in_order, touched=True)


def _differing(form: type[forms.Form], before: str, theirs: Row, mine: Row) -> Iterator[Line]:
    there, here = _bound(form, theirs), _bound(form, mine)
    for field in there.visible_fields():
        said, filled_in = shown(field), shown(here[field.name])
        if said != filled_in and not (filled_in == NONE and field.name.endswith("_en")):
            yield Line(f"{before}{field.label}", "", said, filled_in, touched=True)


def _bound(form: type[forms.Form], row: Row) -> forms.Form:
    more: dict[str, Any] = {"ways": [(row["yes"], row["yes"]), (row["no"], row["no"])]} if form is QuestionForm else {}
    return form(initial=row, **more)


def _by(name: str, rows: Sequence[Row]) -> dict[str, Row]:
    return {str(row[name]): row for row in rows}


def _name(row: Row | None) -> str:
    return str((row or {}).get("name_nl") or (row or {}).get("text_nl") or NONE)
