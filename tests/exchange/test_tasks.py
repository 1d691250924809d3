"""What is done in the background of imports."""

from __future__ import annotations

from datetime import timedelta

import pytest

from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.operations import stage_file
from opstap.exchange.tasks import empty_staging
from opstap.foundation import dates
from tests.exchange.imports import BY, lines, town
from tests.factories.jobs import do_all

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "left"), [(31, 0), (29, 1)])
def test_rows_that_waited_thirty_days_are_emptied(days: int, left: int) -> None:
    content = lines("Klantnummer;Achternaam;Begin uitkering", "K1;Bakker;01-01-2020")
    stage_file(by=BY, municipality=town(), content=content, file_name="oud.csv")
    ImportBatch.objects.update(made_at=dates.now() - timedelta(days=days))
    empty_staging.enqueue()
    do_all()
    assert StagedRow.objects.count() == left
