"""The users of a municipality by reference, and a client by what a request names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from opstap.accounts.logic.told import told_of
from opstap.accounts.models import User
from opstap.accounts.selectors.towns import workers_of
from opstap.audit.models import Access
from opstap.audit.selectors import remembered
from opstap.clients.models import Client
from opstap.clients.selectors.merged import holder_of

WITHOUT_A_NAME = frozenset({"command", "log"})  # what no user did


@remembered
def user_names(latest: int, municipality_id: int) -> dict[str, str]:
    """Names by reference, in order of name."""
    del latest
    rows = workers_of(municipality_id).order_by("name", "pk")
    return dict(rows.values_list("reference", "name"))


def names_in(records: Iterable[Access], users: Mapping[str, str]) -> Mapping[str, str]:
    """These names, with those of whom entries tell and who need never have worked here: who tried from another
    municipality, or did something there, and with whose account.
    """
    told = [(record.user, told_of(record.why)[1]) for record in records if record.source not in WITHOUT_A_NAME]
    missing = {one for who_and_about in told for one in who_and_about if one} - users.keys()
    if not missing:
        return users
    return {**users, **dict(User.objects.filter(reference__in=missing).values_list("reference", "name"))}


def reference_at(municipality_id: int, number: str) -> str:
    """The reference of the client with this client number; empty for nobody. Not by BSN: who reviews the log finds
    nobody by that, nor learns whether somebody is a client.
    """
    own = Client.objects.filter(municipality=municipality_id, number=number)
    return own.values_list("reference", flat=True).first() or ""


def reference_for(municipality_id: int, typed: str) -> str:
    """For the administrator of the machine: by client number or BSN."""
    bsn = "".join(sign for sign in typed if sign.isdecimal())
    found = reference_at(municipality_id, typed)
    if found or not bsn:
        return found
    own = Client.objects.filter(municipality=municipality_id, pk=holder_of(municipality_id, bsn.zfill(9)) or 0)
    return own.values_list("reference", flat=True).first() or ""


def number_of(municipality_id: int, reference: str) -> str:
    """The client number at a reference; empty for nobody."""
    own = Client.objects.filter(municipality=municipality_id, reference=reference)
    return own.values_list("number", flat=True).first() or ""
