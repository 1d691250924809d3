"""A row that is corrected stays in the dossier where it stands, also when that was merged into another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from opstap.audit.models import Fact
from opstap.clients.models import Address, Assignment, Barrier, BenefitSpell, Exemption, FollowUp, KeptValue, Trait
from opstap.exchange.selectors.plan.plans import Additions
from opstap.exchange.selectors.plan.stored import Stored
from opstap.ladder.models import Measurement

_TABLES: Mapping[str, type[Fact]] = {
    "addresses": Address,
    "follow_ups": FollowUp,
    "benefit_spells": BenefitSpell,
    "assignments": Assignment,
    "measurements": Measurement,
    "traits": Trait,
    "barriers": Barrier,
    "exemptions": Exemption,
    "kept_values": KeptValue,
}  # help says itself in which dossier it hangs


def in_their_dossiers(additions: Additions, stored: Stored) -> None:
    """Give what replaces a row of a merged dossier to that dossier; what is new is the kept one's."""
    for noun, model in _TABLES.items():
        owners = stored.owners.get(model)
        if owners:
            rows = [
                replace(row, client_id=owners[row.replaces_id]) if row.replaces_id in owners else row
                for row in getattr(additions, noun)
            ]
            setattr(additions, noun, rows)
