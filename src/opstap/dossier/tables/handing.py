"""Hand-overs and standing in, as their pages and lists say it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from opstap.clients.enums import Asked
from opstap.clients.selectors.handing import HandoverFound, StandInFound
from opstap.foundation.ui.templatetags.ui_format import day, moment

STATES: dict[Asked, Any] = {
    Asked.OPEN: gettext_lazy("waits for an answer"),
    Asked.ACCEPTED: gettext_lazy("accepted"),
    Asked.REFUSED: gettext_lazy("refused"),
    Asked.REVOKED: gettext_lazy("revoked"),
}
TAGS = {Asked.OPEN: "tag--warning", Asked.ACCEPTED: "tag--ok", Asked.REFUSED: "tag--error", Asked.REVOKED: ""}
REFUSALS: dict[str, Any] = {
    "nobody": gettext_lazy("There is nobody to hand over. Choose at least one client and one colleague."),
    "not_in_caseload": gettext_lazy(
        "One of these clients is no longer in your caseload. Look at the list again and choose anew."
    ),
    "asked_already": gettext_lazy(
        "This was asked of a colleague already and waits for an answer. Revoke that first, or wait for it."
    ),
    "goes_elsewhere": gettext_lazy(
        "By that day this client is not yours any more, or somebody else gets them later: that was arranged already. "
        "Choose other clients, or ask your team leader."
    ),
    "no_caseload": gettext_lazy(
        "Your role has no caseload here any more, so you can't take anybody over. Refuse, and say so: your colleague "
        "can then ask somebody else."
    ),
    "not_a_colleague": gettext_lazy("Choose another case manager who works in your municipality today."),
    "ends_before_it_starts": gettext_lazy("The last day comes before the first. Change one of them."),
    "ends_in_the_past": gettext_lazy("This period is over already. Choose a last day from today on."),
    "too_long": gettext_lazy("Stand-in lasts a year at most. For longer, hand the clients over."),
}


@dataclass(frozen=True)
class Line:
    """One of the list: with whom, what, how it stands, and where it is shown."""

    what: str
    period: str
    state: str
    tag: str
    url: str


def handover_lines(found: Iterable[HandoverFound], user_id: int | None) -> list[Line]:
    """Hand-overs as one of the two sides reads them."""
    return [
        Line(
            (_("to %(name)s: ") % {"name": one.receiver.name} if one.giver.pk == user_id else
             _("from %(name)s: ") % {"name": one.giver.name})
            + ngettext("%(n)d client", "%(n)d clients", len(one.client_ids)) % {"n": len(one.client_ids)},
            _("from %(day)s") % {"day": day(one.from_on)},
            str(STATES[one.state]),
            TAGS[one.state],
            reverse("desk:handover", args=[one.batch]),
        )
        for one in found
    ]  # fmt: skip


def stand_in_lines(found: Iterable[StandInFound], today: date) -> list[Line]:
    """Periods of standing in, with whether they hold now."""
    return [
        Line(
            _("%(colleague)s stands in for %(absent)s") % {"colleague": one.stand_in.name, "absent": one.absent.name},
            _("%(first)s up to and including %(last)s")
            % {"first": day(one.starts_on), "last": day(one.ends_on - timedelta(days=1))},
            stand_in_state(one, today),
            "tag--ok" if one.holds_on(today) else TAGS[one.state],
            reverse("desk:stand-in", args=[one.reference]),
        )
        for one in found
    ]


def stand_in_state(one: StandInFound, today: date) -> str:
    """How it stands, by the day as well."""
    if one.state is Asked.ACCEPTED:
        if one.holds_on(today):
            return _("now")
        return _("over") if one.ends_on <= today else _("agreed")
    if one.state is Asked.OPEN and one.ends_on <= today:
        return _("never answered")
    return str(STATES[one.state])


def answered_words(state: Asked, by: str, at: Any) -> str:
    """What became of it, by whom and when."""
    told = {
        Asked.OPEN: _("Asked by %(name)s, %(moment)s."),
        Asked.ACCEPTED: _("Accepted by %(name)s, %(moment)s."),
        Asked.REFUSED: _("Refused by %(name)s, %(moment)s."),
        Asked.REVOKED: _("Revoked by %(name)s, %(moment)s."),
    }
    return told[state] % {"name": by, "moment": moment(at)}
