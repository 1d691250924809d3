"""What happens when the server starts, before it answers anybody."""

from __future__ import annotations

import socket
from datetime import timedelta

import pytest

from opstap.config.commands import serve_command
from opstap.exchange.models import ImportBatch, StagedRow
from opstap.exchange.operations import stage_file
from opstap.foundation import dates
from tests.exchange.imports import BY, lines, town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "left"), [(31, 0), (29, 1)])
def test_rows_that_waited_thirty_days_are_emptied_at_start(
    monkeypatch: pytest.MonkeyPatch, days: int, left: int
) -> None:
    content = lines("Klantnummer;Achternaam;Begin uitkering", "K1;Bakker;01-01-2020")
    stage_file(by=BY, municipality=town(), content=content, file_name="oud.csv")
    ImportBatch.objects.update(made_at=dates.now() - timedelta(days=days))
    monkeypatch.setattr(serve_command._Server, "run", lambda _: None)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert serve_command.serve("127.0.0.1", port, 1) == 0
    assert StagedRow.objects.count() == left


@pytest.mark.parametrize(("missing", "said"), [(["libpango-1.0-0"], "libpango-1.0-0; al het andere werkt"), ([], "")])
def test_a_start_names_what_pdf_forms_lack(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: list[str], said: str
) -> None:
    monkeypatch.setattr(serve_command, "missing_packages", lambda: missing)
    serve_command.say_what_documents_need()
    heard = capsys.readouterr()
    assert said in heard.err
    assert bool(heard.err) is bool(said)
    assert not heard.out
