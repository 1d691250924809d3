"""Models of the clients room."""

from opstap.clients.models.around import Arrangement, CaseNumber, PersonAround
from opstap.clients.models.circumstances import Barrier, Exemption, Membership, Programme, Trait
from opstap.clients.models.clients import Address, Alias, BsnHolder, Client, KeptValue, Person
from opstap.clients.models.finer import FinerBarrier
from opstap.clients.models.followup import Application, Assignment, BenefitSpell, FollowUp
from opstap.clients.models.glass import BrokenGlass, GlassReview
from opstap.clients.models.handing import Handover, StandIn
from opstap.clients.models.households import Household, HouseholdComposition, HouseholdMember
from opstap.clients.models.outside import CallBack
from opstap.clients.models.priorities import Priority
from opstap.clients.models.protection import Acquaintance, Admission, Protection
from opstap.clients.models.residue import Residue

__all__ = [
    "Acquaintance",
    "Address",
    "Admission",
    "Alias",
    "Application",
    "Arrangement",
    "Assignment",
    "Barrier",
    "BenefitSpell",
    "BrokenGlass",
    "BsnHolder",
    "CallBack",
    "CaseNumber",
    "Client",
    "Exemption",
    "FinerBarrier",
    "FollowUp",
    "GlassReview",
    "Handover",
    "Household",
    "HouseholdComposition",
    "HouseholdMember",
    "KeptValue",
    "Membership",
    "Person",
    "PersonAround",
    "Priority",
    "Programme",
    "Protection",
    "Residue",
    "StandIn",
    "Trait",
]
