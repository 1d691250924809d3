"""Signing in with the organisation: a provider that is whole and safe, and somebody who gets in when it is down."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from opstap.accounts.logic import administrating_roles
from opstap.accounts.models import RoleHolding, User
from opstap.config.safety.keys import OTHERS
from opstap.foundation import dates
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
    by_hand = RoleHolding.objects.active_on(dates.today()).filter(
        role__in=administrating_roles(), from_organisation=False
    )
    found = User.objects.filter(sign_in_name__in=names, is_active=True, pk__in=by_hand.values("user"))
    if any(user.has_usable_password() for user in found):
        return []
    named = ", ".join(sorted(names))
    words = (
        f"Niemand van OPSTAP_LOCAL_SIGN_IN ({named}) kan als beheerder binnen als de provider niet werkt. Maak dat "
        "account, met een wachtwoord en met de hand de rol functioneel beheerder."
    )
    return [words]


def openid_remarks() -> list[str]:
    """What is allowed and better otherwise: a provider, and nobody named who gets in without it."""
    if not settings.OPSTAP_OPENID.is_set or settings.OPSTAP_LOCAL_SIGN_IN:
        return []
    words = (
        "OPSTAP_LOCAL_SIGN_IN is leeg: wie nog nooit met de organisatie binnenkwam, kan zich met een wachtwoord of "
        "passkey van Opstap aanmelden, en voor noodgevallen is geen account genoemd."
    )
    return [words]
