"""Which permissions a municipality may put together in a role of its own, and what is refused.

A composed role reaches whom the role it was made from reaches. It keeps of that what makes somebody a case manager or
an administrator; the rest is chosen, as far as what must be apart stays apart. What no rule knows can't be added.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from opstap.accounts.enums import Scope
from opstap.accounts.logic import Role, roles

# What decides whom others see as a case manager or an administrator: as in the role it was made from.
KEPT = frozenset({"see_clients", "hold_caseload", "manage_accounts"})
# Whoever has a caseload is asked to take over and to stand in, and called back for: they can answer it.
ANSWERS = frozenset({"hand_over", "see_inbox"})
# Only of who sees dossiers.
IN_DOSSIERS = frozenset(
    {
        "see_reports", "record_clients", "begin_dossiers", "close_dossiers", "record_placements", "confirm_placements",
        "record_contacts", "record_plans", "find_by_bsn", "see_bsn", "see_secret_addresses", "merge_clients",
        "assign_clients", "protect_dossiers", "import_clients", "answer_requests", "hand_over", "break_the_glass",
        "judge_broken_glass", "destroy_dossiers", "see_finer_barriers", "make_publications",
    }
)  # fmt: skip
OF_WHO_LEADS = frozenset(
    {"see_secret_addresses", "merge_clients", "assign_clients", "protect_dossiers", "judge_broken_glass"}
)
OF_THE_WHOLE = frozenset({"import_clients", "answer_requests", "destroy_dossiers", "make_publications"})
DECIDES = frozenset(
    {
        "record_clients",
        "begin_dossiers",
        "close_dossiers",
        "confirm_placements",
        "find_by_bsn",
        "see_bsn",
        "see_reports",
        "see_finer_barriers",
    }
    | {"hand_over", "break_the_glass", "find_outside_scope"}
)
# Of another bureau.
NOT_OUTSIDE = frozenset({"find_by_bsn", "see_bsn", "find_outside_scope", "break_the_glass", "see_finer_barriers"})
SETS_UP = frozenset({"configure_municipality", "manage_accounts"})
ANYWHERE = frozenset(
    {"see_scales", "see_inbox", "find_outside_scope", "see_authorisations", "sign_off_authorisations"}
    | {"see_publications", "ask_for_tables"}  # nobody can be found in these
)
# Who takes an extract of people without names meets them nowhere with a name, and does not say what it is for.
NOT_WITH_EXTRACTS = KEPT | IN_DOSSIERS | SETS_UP | {"review_access_log", "permit_research", "find_outside_scope"}
RESEARCH = frozenset({"permit_research", "take_research_extract"})
KNOWN = KEPT | IN_DOSSIERS | SETS_UP | ANYWHERE | RESEARCH | {"review_access_log"}


def kept_of(base: Role) -> frozenset[str]:
    """What a role made from this one always has."""
    return base.permissions & (KEPT | ANSWERS if "hold_caseload" in base.permissions else KEPT)


def composing_faults(base: Role, permissions: Collection[str]) -> list[str]:
    """What can't be so, by codes."""
    chosen, sees = frozenset(permissions), "see_clients" in base.permissions
    leads = base.scope in {Scope.TEAM, Scope.MUNICIPALITY}
    oversees = base.scope == Scope.MUNICIPALITY or "review_access_log" in base.permissions
    rules = (
        ("nothing_chosen", not chosen),
        ("not_as_the_base", chosen & KEPT != base.permissions & KEPT),
        ("can_not_answer", bool(kept_of(base) & ANSWERS - chosen)),
        ("not_known", bool(chosen - KNOWN - base.permissions)),
        ("without_dossiers", not sees and bool(chosen & IN_DOSSIERS)),
        ("log_and_dossiers", "review_access_log" in chosen and (sees or bool(chosen & SETS_UP))),
        ("setting_up_and_dossiers", sees and bool(chosen & SETS_UP)),
        ("asks_and_sets_up", "find_outside_scope" in chosen and bool(chosen & (SETS_UP | {"review_access_log"}))),
        ("gives_and_signs", {"manage_accounts", "sign_off_authorisations"} <= chosen),
        ("not_of_the_whole", base.scope != Scope.MUNICIPALITY and bool(chosen & OF_THE_WHOLE)),
        ("does_not_lead", not leads and bool(chosen & OF_WHO_LEADS)),
        ("figures_of_few", base.scope == Scope.BATCH and "see_reports" in chosen),
        ("intern_decides", base.scope == Scope.SUPERVISED and bool(chosen & DECIDES)),
        ("of_another_bureau", base.key == "external_consultant" and bool(chosen & NOT_OUTSIDE)),
        ("whole_bsn_alone", "see_bsn" in chosen and "find_by_bsn" not in chosen),
        ("extract_and_people", "take_research_extract" in chosen and bool(chosen & NOT_WITH_EXTRACTS)),
        ("permits_without_sight", "permit_research" in chosen and not oversees),
        ("hands_over_nothing", "hand_over" in chosen and not (leads or "hold_caseload" in chosen)),
    )
    return [code for code, is_so in rules if is_so]


def may_be_chosen(base: Role, permission: str) -> bool:
    """Whether a role made from this one may have a permission at all."""
    return not set(composing_faults(base, kept_of(base) | {permission})) - {"whole_bsn_alone"}


def composed(
    base: str, name: tuple[str, str], description: tuple[str, str], permissions: Collection[str]
) -> Role | None:
    """A composed role as everything else reads a role: by the key, and so the reach, of what it was made from.

    What the base no longer lets be given is left out, and who has a caseload can answer; None when that role is there
    no more.
    """
    known = roles().get(base)
    if known is None:
        return None
    chosen = frozenset(permissions) | (kept_of(known) & ANSWERS)
    return replace(
        known,
        name_nl=name[0],
        name_en=name[1] or name[0],
        description_nl=description[0],
        description_en=description[1] or description[0],
        permissions=chosen if not composing_faults(known, chosen) else known.permissions & chosen,
    )
