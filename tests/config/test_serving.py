"""What happens when the server starts, before it answers anybody."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest

from opstap.config.commands import serve_command
from opstap.config.headers import HEADERS
from tests.config.installed import Installed
from tests.config.test_safety import serving


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


def test_what_the_server_answers_by_itself_has_the_headers_of_every_answer(town: Installed) -> None:
    with serving(town, "serve", "--pages-only") as port:
        for asked, status, said in (
            (f"GET /{'langadres' * 600}/ HTTP/1.1\r\n\r\n", 414, "Dit adres is te lang"),
            (f"GET / HTTP/1.1\r\nX-Veel: {'a' * 9000}\r\n\r\n", 431, "stuurt te veel mee"),
            ("GET /langadres HTTP/9.9\r\n\r\n", 400, "kon niet lezen"),
        ):
            head, _, page = answered_to(port, asked).partition("\r\n\r\n")
            first, *lines = head.split("\r\n")
            told = dict(line.split(": ", 1) for line in lines)
            assert first.split()[1] == str(status), head
            assert said in page
            assert "langadres" not in page, "what was asked is not repeated"
            assert HEADERS.items() <= told.items()
            assert int(told["Content-Length"]) == len(page.encode())


def answered_to(port: int, asked: str) -> str:
    """All that the server says to these bytes."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as line:
        line.sendall(asked.encode())
        said = b""
        while more := line.recv(65536):
            said += more
    return said.decode()
