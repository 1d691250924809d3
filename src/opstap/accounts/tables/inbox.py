"""The entries of the inbox that this room tells: a list of authorisations that waits for a signature."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from opstap.accounts.selectors.authorisations import reviews_to_sign
from opstap.accounts.selectors.inbox import InboxEntry
from opstap.audit.permissions import Actor


def authorisation_entries(actor: Actor) -> list[InboxEntry]:
    """One at a time is open; who prepared it does not sign it."""
    if not actor.may("sign_off_authorisations"):
        return []
    return [
        InboxEntry(
            _("%(name)s prepared the list of authorisations. Look it through and sign it.")
            % {"name": one.prepared_by.name},
            one.prepared_at,
            reverse("accounts:authorisations"),
        )
        for one in reviews_to_sign(actor).select_related("prepared_by")
    ]
