"""Rows as operations take them, and the checks on plain values. Free of Django; the day of today is an argument."""

from opstap.clients.logic.around import (
    AddressRow,
    ArrangementRow,
    CaseNumberRow,
    CompositionRow,
    MemberRow,
    PersonAroundRow,
)
from opstap.clients.logic.circumstances import (
    BarrierRow,
    ExemptionRow,
    KeptValueRow,
    MembershipRow,
    PriorityRow,
    TraitRow,
)
from opstap.clients.logic.faults import (
    Fault,
    HeldAlready,
    RowsRefused,
)
from opstap.clients.logic.followup import (
    ApplicationRow,
    AssignmentRow,
    BenefitSpellRow,
    FollowUpRow,
    application_faults,
)
from opstap.clients.logic.periods import (
    About,
    Period,
    overlapping,
    period_faults,
)
from opstap.clients.logic.persons import (
    MAX_PLAUSIBLE_AGE,
    AliasRow,
    PersonRow,
    bsn_is_valid,
    person_faults,
)
from opstap.clients.logic.protection import NamedRow, ProtectionRow

__all__ = [
    "MAX_PLAUSIBLE_AGE",
    "About",
    "AddressRow",
    "AliasRow",
    "ApplicationRow",
    "ArrangementRow",
    "AssignmentRow",
    "BarrierRow",
    "BenefitSpellRow",
    "CaseNumberRow",
    "CompositionRow",
    "ExemptionRow",
    "Fault",
    "FollowUpRow",
    "HeldAlready",
    "KeptValueRow",
    "MemberRow",
    "MembershipRow",
    "NamedRow",
    "Period",
    "PersonAroundRow",
    "PersonRow",
    "PriorityRow",
    "ProtectionRow",
    "RowsRefused",
    "TraitRow",
    "application_faults",
    "bsn_is_valid",
    "overlapping",
    "period_faults",
    "person_faults",
]
