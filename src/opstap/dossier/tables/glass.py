"""Emergency access in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from opstap.clients.enums import GlassVerdict

REFUSALS: dict[str, Any] = {
    "within_reach": _("This client is within your own reach: open the dossier in the ordinary way."),
    "known": _("You said that you know this person. Ask a colleague to open the dossier."),
    "reason": _("This reason can't be chosen any more. Choose another."),
    "why": _("Say in a few words why it can't wait."),
}
VERDICT_WORDS: dict[GlassVerdict, Any] = {
    GlassVerdict.IN_ORDER: _("in order"),
    GlassVerdict.NOT_IN_ORDER: _("not in order"),
}
