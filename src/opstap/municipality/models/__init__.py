"""Models of the municipality room."""

from opstap.municipality.models.codes import Code, CodeLabel, CodeList, StatePensionAge
from opstap.municipality.models.districts import PostcodeDistrict
from opstap.municipality.models.municipalities import Municipality, Setting, SetupCode
from opstap.municipality.models.traits import TraitDefinition

__all__ = [
    "Code",
    "CodeLabel",
    "CodeList",
    "Municipality",
    "PostcodeDistrict",
    "Setting",
    "SetupCode",
    "StatePensionAge",
    "TraitDefinition",
]
