"""Signing in with the organisation: a provider that is whole and safe, and somebody who gets in when it is down."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from opstap.accounts.models import User
from opstap.config.safety.keys import OTHERS
from opstap.foundation.openid.connection import SECRET_FILE

WORDS = {
    "issuer_not_https": "OPSTAP_OPENID_ISSUER moet met https:// beginnen: zo is niet te zien wie er antwoordt.",
    "client_id_missing": "OPSTAP_OPENID_CLIENT_ID ontbreekt: de provider noemt dit het client-ID of de toepassings-ID.",
    "secret_missing": f"Het geheim bij de provider ontbreekt: zet het in OPSTAP_OPENID_SECRET of in {SECRET_FILE}.",
    "scope_without_openid": "OPSTAP_OPENID_SCOPE moet openid noemen; zonder die variabele is het openid profile.",
}


def openid_faults() -> list[str]:
    """What is missing or unsafe in how the provider was set."""
    faults = [WORDS[code] for code in settings.OPSTAP_OPENID.faults()]
    path = Path(settings.KEYS_FILE).parent / SECRET_FILE
    if path.exists() and path.stat().st_mode & OTHERS:
        faults.append(
            f"Het bestand {path} is leesbaar voor anderen: geef alleen de eigenaar toegang (chmod 600 {path})."
        )
    return faults


def emergency_faults() -> list[str]:
    """When everybody signs in at the provider: an account that can do without it must be there."""
    names = settings.OPSTAP_LOCAL_SIGN_IN
    if not settings.OPSTAP_OPENID.is_set or not names:
        return []
    found = User.objects.filter(sign_in_name__in=names, is_active=True)
    if any(user.has_usable_password() for user in found):
        return []
    named = ", ".join(sorted(names))
    return [
        f"Niemand van OPSTAP_LOCAL_SIGN_IN ({named}) kan zich aanmelden als de provider niet werkt: maak dat account."
    ]
