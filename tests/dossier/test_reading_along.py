"""After a hand-over the former worker reads along where the municipality says so, until a day, and writes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from opstap.audit.models import Access
from opstap.clients.operations import (
    accept_handover,
    merge_clients,
)
from opstap.foundation.dates import clock_at
from tests.dossier.test_handing_over import TODAY, asked
from tests.factories.accounts import acting
from tests.factories.desk import Office
from tests.factories.municipality import a_setting

pytestmark = pytest.mark.django_db


def test_nobody_reads_along_unless_the_municipality_says_so(office: Office) -> None:
    client = office.of(office.jo)
    accept_handover(by=acting(office.kim), batch=asked(office, client))
    assert office.sign_in(office.jo).browser.get(f"/clienten/{client.reference}/").status_code == 404


def test_the_former_worker_reads_along_until_the_day_and_writes_nothing(office: Office) -> None:
    a_setting(office.town, "former_reads_days", 14, TODAY)
    client = office.of(office.jo)
    batch = asked(office, client)
    accept_handover(by=acting(office.kim), batch=batch)
    office.sign_in(office.jo)
    page = office.page(f"/clienten/{client.reference}/")
    assert "U hebt deze cliënt overgedragen en mag meelezen tot" in page
    assert f"/plaatsen/{client.reference}/" not in page
    assert f"/contact/{client.reference}/" not in page
    assert client.reference in office.page(f"/overdracht/{batch}/")
    assert client.reference not in office.page("/clienten/")
    for path in (
        f"/contact/{client.reference}/",
        f"/plaatsen/{client.reference}/",
        f"/clienten/{client.reference}/sluiten/",
    ):
        assert office.browser.get(path).status_code == 404, path
    seen = Access.objects.filter(user=office.jo.reference, action="dossier:client").order_by("-pk")[0]
    assert (seen.why, seen.result) == ("handed_over", "done")
    last = datetime.combine(TODAY + timedelta(days=13), datetime.min.time(), UTC) + timedelta(hours=12)
    with clock_at(last):  # by then the session has ended
        assert office.sign_in(office.jo).browser.get(f"/clienten/{client.reference}/").status_code == 200
    with clock_at(last + timedelta(days=1)):
        assert office.sign_in(office.jo).browser.get(f"/clienten/{client.reference}/").status_code == 404


def test_the_former_worker_of_a_merged_dossier_reads_along_and_no_more(office: Office) -> None:
    a_setting(office.town, "former_reads_days", 14, TODAY)
    client, kept = office.of(office.jo, "Dubbel"), office.of(office.kim, "Gebleven")
    accept_handover(by=acting(office.kim), batch=asked(office, client))
    merge_clients(by=acting(office.leader), client=client, kept=kept, why="dubbel")
    page = office.sign_in(office.jo).page(f"/clienten/{kept.reference}/")
    assert "U hebt deze cliënt overgedragen en mag meelezen tot" in page
    assert f"/plaatsen/{kept.reference}/" not in page
    seen = Access.objects.filter(user=office.jo.reference, action="dossier:client").order_by("-pk")[0]
    assert seen.why == "handed_over"
