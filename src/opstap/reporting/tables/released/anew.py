"""What somebody can do with a month whose figures were withdrawn or could not be set down: from when, in words."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from opstap.foundation import dates
from opstap.foundation.ui.templatetags.ui_format import day
from opstap.reporting.logic.released import end_of_next_month
from opstap.reporting.models import Publication
from opstap.reporting.selectors.publications import set_down
from opstap.reporting.tables.released.words import REFUSED, WITHDRAWN, state_of


def anew_line(one: Publication) -> str:
    """The way on, for who makes publications; nothing where the month holds figures by now, and for a single table."""
    state = state_of(one)
    if one.within or state not in {WITHDRAWN, REFUSED}:
        return ""
    if any(other.on == one.on and not other.withdrawn for other in set_down(one.municipality_id)):
        return ""
    following = end_of_next_month(one.on)
    first = following + timedelta(days=1)
    if first <= dates.today():
        later = _("You can set {day} down as well: what was put right counts in it.").format(day=day(following))
    else:
        later = _("From {first} on you can set {day} down: what was put right counts in it.").format(
            first=day(first), day=day(following)
        )
    if state == REFUSED:
        return later
    now = _(
        "You can set {day} down anew now. Where little was put right that may not succeed: who knows the former "
        "figures would see whom it is about."
    ).format(day=day(one.on))
    return f"{now} {later}"
