"""Rows of the postcode table, and addresses within it, made by the operations."""

from __future__ import annotations

from datetime import date

from opstap.audit.permissions import command_line
from opstap.clients.logic import AddressRow
from opstap.clients.models import Address, Client
from opstap.clients.operations import record_addresses
from opstap.municipality.logic import DistrictRow, Replacement
from opstap.municipality.models import Municipality
from opstap.municipality.operations import replace_districts
from tests.factories.clients import FOLLOWED_SINCE
from tests.factories.municipality import LONG_AGO


def a_postcode(
    town: Municipality, postcode: str, district: str, neighbourhood: str = "", *, since: date = LONG_AGO,
    until: date | None = None, code: str = "",
) -> DistrictRow:  # fmt: skip
    """A row of the table."""
    return DistrictRow(town.pk, postcode, district, since, until, district_code=code, neighbourhood_name=neighbourhood)


def a_table(town: Municipality, *rows: DistrictRow, since: date = LONG_AGO) -> Replacement:
    """The table as it is from a day on."""
    return replace_districts(by=command_line(), municipality=town, rows=rows, since=since)


def living_at(
    client: Client, postcode: str, since: date = FOLLOWED_SINCE, until: date | None = None, *, secret: bool = False,
    replaces: Address | None = None,
) -> Address:  # fmt: skip
    """An address of which the postcode matters."""
    row = AddressRow(
        client.pk, since, until, postcode=postcode, is_secret=secret, replaces_id=replaces.pk if replaces else None
    )
    record_addresses(by=command_line(), rows=[row])
    return Address.objects.filter(client=client).latest("pk")
