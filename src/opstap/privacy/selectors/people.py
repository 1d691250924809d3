"""The users of a municipality by reference, and a client by what a request names."""

from __future__ import annotations

from opstap.accounts.models import User
from opstap.audit.selectors import remembered
from opstap.clients.models import Client
from opstap.clients.selectors.merged import holder_of


@remembered
def user_names(latest: int, municipality_id: int) -> dict[str, str]:
    """Names by reference, in order of name."""
    del latest
    rows = User.objects.filter(municipality=municipality_id).order_by("name", "pk")
    return dict(rows.values_list("reference", "name"))


def reference_for(municipality_id: int, typed: str) -> str:
    """The reference of the client with this client number or BSN; empty for nobody."""
    own = Client.objects.filter(municipality=municipality_id)
    found = own.filter(number=typed).values_list("reference", flat=True).first()
    bsn = "".join(sign for sign in typed if sign.isdecimal())
    if found is None and bsn:
        found = own.filter(pk=holder_of(municipality_id, bsn.zfill(9)) or 0).values_list("reference", flat=True).first()
    return found or ""


def number_of(municipality_id: int, reference: str) -> str:
    """The client number at a reference; empty for nobody."""
    own = Client.objects.filter(municipality=municipality_id, reference=reference)
    return own.values_list("number", flat=True).first() or ""
