"""Writing in the clients room: one operation per noun, each in bulk; a single row is a list of one."""

from opstap.clients.operations.assigning import (
    Assigned,
    Share,
    TakenBack,
    assign_clients,
    take_back_assigning,
)
from opstap.clients.operations.circumstances import (
    change_programme,
    create_programme,
    record_barriers,
    record_exemptions,
    record_memberships,
    record_traits,
)
from opstap.clients.operations.clients import (
    BsnHeldByAnother,
    keep_values,
    record_addresses,
    record_persons,
    register_clients,
    release_bsns,
)
from opstap.clients.operations.ended_teams import leave_ended_teams
from opstap.clients.operations.finer import record_barrier
from opstap.clients.operations.followup import (
    close_follow_up,
    record_applications,
    record_assignments,
    record_benefit_spells,
    record_follow_ups,
)
from opstap.clients.operations.glass import break_glass, end_glass, judge_glass
from opstap.clients.operations.handovers import (
    Accepted,
    accept_handover,
    refuse_handover,
    request_handovers,
    revoke_handover,
)
from opstap.clients.operations.held import end_held_fact, record_held_fact, withdraw_held_fact
from opstap.clients.operations.households import NewHousehold, record_households
from opstap.clients.operations.intake import Newcomer, register_newcomer
from opstap.clients.operations.living import change_household_type, end_household, join_household
from opstap.clients.operations.merging import merge_clients, undo_merge
from opstap.clients.operations.outside import leave_call_back, settle_call_back
from opstap.clients.operations.persons import correct_person, record_death, show_bsn
from opstap.clients.operations.priorities import (
    Marked,
    end_priorities,
    mark_priorities,
    take_back_priorities,
)
from opstap.clients.operations.protecting import (
    end_known,
    end_protection,
    protect_dossier,
    review_protection,
    say_known,
)
from opstap.clients.operations.standing_in import (
    Absence,
    accept_stand_in,
    arrange_stand_in,
    refuse_stand_in,
    request_stand_in,
    revoke_stand_in,
)

__all__ = [
    "Absence",
    "Accepted",
    "Assigned",
    "BsnHeldByAnother",
    "Marked",
    "NewHousehold",
    "Newcomer",
    "Share",
    "TakenBack",
    "accept_handover",
    "accept_stand_in",
    "arrange_stand_in",
    "assign_clients",
    "break_glass",
    "change_household_type",
    "change_programme",
    "close_follow_up",
    "correct_person",
    "create_programme",
    "end_glass",
    "end_held_fact",
    "end_household",
    "end_known",
    "end_priorities",
    "end_protection",
    "join_household",
    "judge_glass",
    "keep_values",
    "leave_call_back",
    "leave_ended_teams",
    "mark_priorities",
    "merge_clients",
    "protect_dossier",
    "record_addresses",
    "record_applications",
    "record_assignments",
    "record_barrier",
    "record_barriers",
    "record_benefit_spells",
    "record_death",
    "record_exemptions",
    "record_follow_ups",
    "record_held_fact",
    "record_households",
    "record_memberships",
    "record_persons",
    "record_traits",
    "refuse_handover",
    "refuse_stand_in",
    "register_clients",
    "register_newcomer",
    "release_bsns",
    "request_handovers",
    "request_stand_in",
    "review_protection",
    "revoke_handover",
    "revoke_stand_in",
    "say_known",
    "settle_call_back",
    "show_bsn",
    "take_back_assigning",
    "take_back_priorities",
    "undo_merge",
    "withdraw_held_fact",
]
