"""Bringing the database up to date: whoever waits for another that does it finds nothing left to do."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from opstap.audit.selectors import latest_recording
from opstap.config.commands import migrate_command

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("after_waiting", "written"), [(True, False), (False, True)])
def test_it_is_looked_at_again_after_waiting(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, after_waiting: bool, written: bool
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    answers = iter([False, after_waiting])
    monkeypatch.setattr(migrate_command, "is_up_to_date", lambda: next(answers))
    before = latest_recording()
    migrate_command.ensure_up_to_date()
    assert (latest_recording() > before) is written
