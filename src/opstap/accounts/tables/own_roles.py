"""Composed roles in words: what they let one do, and what changed in them when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from opstap.accounts.logic import permission_words, roles
from opstap.accounts.models import OwnRole, OwnRoleVersion
from opstap.accounts.tables import REACH

TOGETHER = {
    "nothing_chosen": _("Choose at least one thing that this role lets one do."),
    "not_as_the_base": _(
        "Whose clients it sees, who gets a caseload and who gives roles stay as in the role it was made from."
    ),
    "can_not_answer": _(
        "Who has a caseload is asked to take over, to stand in and to call back: handing over and My messages belong "
        "to it."
    ),
    "not_known": _("Not all of this can be given by a role of your own."),
    "without_dossiers": _("This role sees no dossiers, so it can't do anything in them."),
    "log_and_dossiers": _(
        "Who judges the access log sees no dossiers and sets nothing up: nobody judges their own looks."
    ),
    "setting_up_and_dossiers": _("Who sees dossiers sets nothing up and gives no roles."),
    "asks_and_sets_up": _("Who asks whether somebody is known sets nothing up and does not judge the access log."),
    "name_taken": _("There is a role with this name already. Choose another one."),
    "gives_and_signs": _("Who gives roles does not sign the list of authorisations."),
    "not_of_the_whole": _("Importing files and giving a dossier to a client are for who sees the whole municipality."),
    "does_not_lead": _("Assigning, merging, protecting and judging are for who sees a team or the whole municipality."),
    "figures_of_few": _("Figures about who was given by name would tell of single people."),
    "intern_decides": _("An intern records, and leaves deciding to the supervisor."),
    "of_another_bureau": _("Who works for another bureau sees no BSN and looks for nobody but their own clients."),
    "whole_bsn_alone": _("Who may have a BSN shown also sees its last digits. Choose both, or neither."),
    "extract_and_people": _(
        "Who takes an extract for research sees nobody, sets nothing up, judges no looks and permits no research."
    ),
    "permits_without_sight": _("Permitting research is for who sees the whole municipality or judges the access log."),
    "hands_over_nothing": _("Handing over is for who has a caseload or leads."),
}


@dataclass(frozen=True)
class OwnRoleView:
    """A composed role in words."""

    reference: str
    name: str
    description: str
    base: str
    reach: str
    may: tuple[str, ...]
    is_open: bool


@dataclass(frozen=True)
class VersionLine:
    """What changed in a role at a moment."""

    made_at: datetime
    made_by: str
    name: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


def own_role_views(found: Sequence[OwnRole], language: str) -> list[OwnRoleView]:
    """The composed roles."""
    words, known = permission_words(language), roles()
    return [
        OwnRoleView(
            one.reference,
            (one.name_en if language == "en" else "") or one.name_nl,
            (one.description_en if language == "en" else "") or one.description_nl,
            known[one.base].name(language),
            str(REACH[known[one.base].scope]),
            tuple(text for key, text in words.items() if key in one.permissions),
            one.ended_on is None,
        )
        for one in found
        if one.base in known
    ]


def version_lines(versions: Sequence[OwnRoleVersion], language: str) -> list[VersionLine]:
    """What each change added and took away, the latest first."""
    words = permission_words(language)
    lines = []
    for number, one in enumerate(versions):
        before = set(versions[number + 1].permissions) if number + 1 < len(versions) else set()
        now = set(one.permissions)
        lines.append(
            VersionLine(
                one.made_at,
                one.made_by,
                one.name_nl,
                tuple(words.get(key, key) for key in words if key in now - before),
                tuple(words.get(key, key) for key in words if key in before - now),
            )
        )
    return lines
