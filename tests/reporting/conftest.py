"""The published caseload, imported as an administrator would."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from opstap.accounts.models import Team, User
from opstap.accounts.operations import NewUser, create_user
from opstap.audit.models import RecordingCounter
from opstap.audit.permissions import command_line
from opstap.config.commands import import_command, report_command
from opstap.foundation.dates import clock_at
from opstap.municipality.models import Municipality

SNEEK = Path(__file__).resolve().parents[1] / "examples" / "sneek-2010" / "clienten.csv"
Report = Callable[..., dict[str, Any]]
Load = Callable[..., None]
HEAD = (
    "Klantnummer;Achternaam;Geboortedatum;Begin uitkering;Einde uitkering;Uitkering;Datum meting;Trede;Groeipotentieel"
)


@pytest.fixture
def sneek(db: None) -> Municipality:
    """The 1,166 people of the example, loaded by the command."""
    assert import_command.run([str(SNEEK)]) == 0
    return Municipality.objects.get()


@pytest.fixture
def report(capsysbinary: pytest.CaptureFixture[bytes]) -> Report:
    """Runs `opstap report … --format json` and reads what it prints."""

    def run(*arguments: str) -> dict[str, Any]:
        capsysbinary.readouterr()
        assert report_command.run([*arguments, "--format", "json"]) == 0
        found: dict[str, Any] = json.loads(capsysbinary.readouterr().out)
        return found

    return run


@pytest.fixture
def signed_in(client: Client) -> Callable[..., Client]:
    """The pages as somebody with a role sees them."""

    def sign_in(
        municipality: Municipality, role: str, *, worker: User | None = None, team: Team | None = None
    ) -> Client:
        user = worker
        if user is None:
            new = NewUser(f"Een {role}", f"{role}@example.nl", role=role, team=team)
            user = create_user(by=command_line(), municipality=municipality, new=new, since=date(2010, 1, 1))
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def load(db: None, tmp_path: Path) -> Load:
    """Imports rows on a day of our choosing."""
    RecordingCounter.objects.update(last_at=None)  # the shipped lists were recorded this minute

    def run(day: str, *rows: str, **options: Any) -> None:
        file = tmp_path / f"{day}.csv"
        file.write_text("\r\n".join([HEAD, *rows]), encoding="utf-8")
        year, month, number = (int(part) for part in day.split("-"))
        with clock_at(datetime(year, month, number, 12, tzinfo=UTC)):
            assert import_command.run([str(file), "--accept-large-change"]) == 0

    return run
