"""Writing in the clients room: one operation per noun, each in bulk; a single row is a list of one."""

from opstap.clients.operations.circumstances import (
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
from opstap.clients.operations.followup import (
    record_applications,
    record_assignments,
    record_benefit_spells,
    record_follow_ups,
)
from opstap.clients.operations.households import NewHousehold, record_households

__all__ = [
    "BsnHeldByAnother",
    "NewHousehold",
    "create_programme",
    "keep_values",
    "record_addresses",
    "record_applications",
    "record_assignments",
    "record_barriers",
    "record_benefit_spells",
    "record_exemptions",
    "record_follow_ups",
    "record_households",
    "record_memberships",
    "record_persons",
    "record_traits",
    "register_clients",
    "release_bsns",
]
