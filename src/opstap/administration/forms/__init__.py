"""Forms of the administration room."""

from opstap.administration.forms.codes import EndCodeForm, LabelForm, NewCodeForm
from opstap.administration.forms.settings import PartForm, RolesField, SettingForm, TestMailForm
from opstap.administration.forms.town import MunicipalityForm, SetUpForm, clean_cbs_code
from opstap.administration.forms.traits import TraitEndForm, TraitForm, choice_lines

__all__ = [
    "EndCodeForm",
    "LabelForm",
    "MunicipalityForm",
    "NewCodeForm",
    "PartForm",
    "RolesField",
    "SetUpForm",
    "SettingForm",
    "TestMailForm",
    "TraitEndForm",
    "TraitForm",
    "choice_lines",
    "clean_cbs_code",
]
