"""What free text beside figures may not hold: whoever may see publications reads it, and it stays for good."""

from __future__ import annotations

import re
from typing import Final

from opstap.clients.logic import bsn_is_valid
from opstap.municipality.logic import kinds_not_recorded

NAMES_SOMEBODY, NOT_RECORDED = "names_somebody", "not_recorded"
_DAY: Final = re.compile(r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}-\d{2}-\d{2})(?!\d)")
_NUMBER: Final = re.compile(r"(?<!\d)\d(?:[ .]?\d){8}(?!\d)|(?<!\d)\d{8}(?!\d)")
_PHONE: Final = re.compile(r"(?<!\d)(?:(?:\+|00)31[\s.-]?(?:\(0\))?|\(?0)(?:[\s.()-]{0,2}\d){9}(?!\d)")
_MAIL: Final = re.compile(r"[^\s@,;<>\"()]+@[^\s@,;<>\"()]+\.[^\W\d_]{2,}")


def fault_of(*texts: str) -> str:
    """Why these texts can't stand: a BSN, telephone number or e-mail address in them, or what is not recorded about a
    person; nothing when they can.
    """
    if any(_names_somebody(_DAY.sub(";", text)) for text in texts):
        return NAMES_SOMEBODY
    return NOT_RECORDED if kinds_not_recorded(*texts) else ""


def _names_somebody(text: str) -> bool:
    numbers = (re.sub(r"\D", "", found).zfill(9) for found in _NUMBER.findall(text))
    return bool(_PHONE.search(text) or _MAIL.search(text)) or any(map(bsn_is_valid, numbers))
