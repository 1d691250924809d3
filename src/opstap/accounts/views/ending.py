"""The end of a role, or of somebody's time in a team, on the page of that user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from opstap.accounts.forms import EndForm
from opstap.accounts.models import RoleHolding, TeamMembership, User
from opstap.accounts.operations import end_role, leave_team
from opstap.accounts.operations.holding import refuse_end
from opstap.accounts.selectors.people import END, words_of_end
from opstap.audit.operations import ReplacedMeanwhile
from opstap.audit.permissions import Actor
from opstap.audit.selectors import last_done
from opstap.foundation.ui.conflicts import Opened, Wrote, met_in_place, saved_by, sent_version, settled_words


class EndedMeanwhile(Exception):
    """Somebody else gave it another end while the form was open: the form again, with both."""

    def __init__(self, ending: Ending) -> None:
        self.ending = ending
        super().__init__()


@dataclass(frozen=True)
class Ending:
    """One of the forms, and what it met."""

    action: str
    held: RoleHolding | TeamMembership
    form: EndForm
    opened: Opened


def end_of_role(by: Actor, user: User, where: int, given: Mapping[str, Any], sent: QueryDict) -> str:
    """Let a role end; returns what is said of it."""
    held = get_object_or_404(RoleHolding, user=user, municipality=where, pk=given["held"])
    try:
        end_role(by=by, holding=held, ends_on=given["ends_on"], opened_on=sent_version(sent))
    except ReplacedMeanwhile:
        wrote = last_done("end_role", user.reference)
        return _met("end-role", held, given["ends_on"], sent, wrote)
    return _("The end of the role is saved.")


def end_in_team(by: Actor, user: User, where: int, given: Mapping[str, Any], sent: QueryDict) -> str:
    """Let somebody leave a team; returns what is said of it."""
    own = TeamMembership.objects.filter(user=user, team__municipality=where)
    held = get_object_or_404(own, pk=given["held"])
    try:
        leave_team(by=by, membership=held, ends_on=given["ends_on"], opened_on=sent_version(sent))
    except ReplacedMeanwhile:
        wrote = last_done("leave_team", user.reference)
        return _met("end-team", held, given["ends_on"], sent, wrote)
    return _("The end in the team is saved.")


def _met(action: str, held: RoleHolding | TeamMembership, ends_on: date, sent: QueryDict, wrote: Wrote | None) -> str:
    """What is said when it ended on that day already; else both, unless what was filled in can't be saved any more."""
    given = {"ends_on": ends_on}
    newest, saved = words_of_end(held), saved_by(wrote)
    form, opened = met_in_place(_form, sent, kind=END, newest=newest, given=given, saved=saved)
    if opened.is_settled:
        return settled_words()
    refuse_end(held, ends_on)
    raise EndedMeanwhile(Ending(action, held, form, opened))


def _form(values: Mapping[str, Any], sent: QueryDict | None) -> EndForm:
    return EndForm(sent, initial=dict(values))
