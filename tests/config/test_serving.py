"""What happens when the server starts, before it answers anybody."""

from __future__ import annotations

import pytest

from opstap.config.commands import serve_command


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
