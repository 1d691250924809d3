"""Why an import stopped before it wrote anything, in the words of the user, with the way out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opstap.exchange.enums import Halt

TEXTS: Mapping[str, Promise] = {
    Halt.COLUMNS_UNUSABLE: _("The columns can't be read yet. Say for each heading what it is, and check again."),
    Halt.ROWS_REFUSED: _(
        "%(refused)s of %(rows)s rows are refused, so nothing was imported. Correct them, or import the good rows only."
    ),
    Halt.LARGE_CHANGE: _(
        "This file changes a lot: for %(clients)s of the %(in_follow_up)s people in follow-up something ends, falls or "
        "moves (ended: %(ended)s, fallen: %(fell)s, other team: %(changed_team)s). Check that it is the right file, "
        "and confirm that you want this."
    ),
    Halt.CHANGED_MEANWHILE: _("Colleagues are changing the same people right now. Nothing was imported; try it again."),
    Halt.OTHER_FILE: _("A colleague changed this import meanwhile. What you sent is not saved; look at it again."),
    Halt.NOT_CHECKED: _(
        "This import was already carried out or undone. Choose the file again if you want to import it once more."
    ),
    Halt.NOTHING_STAGED: _("The rows of this file are no longer kept. Choose the file again."),
    Halt.LATER_IMPORT: _(
        "“%(file)s” was imported later (%(reference)s) and is about the same people. Undo that import first."
    ),
    Halt.NOT_CONFIRMED: _("This import was not carried out, or was undone already."),
}


def explain_halt(code: str, params: Mapping[str, Any]) -> str:
    """The sentence for a halt."""
    text = str(TEXTS[Halt(code)])
    return text % params if params and "%(" in text else text
