"""What the server answers by itself, to what never became a request: in our words, with the headers of every answer."""

from __future__ import annotations

import socket
from http import HTTPStatus

from gunicorn import util

from opstap.config.headers import HEADERS

WORDS = {
    HTTPStatus.REQUEST_URI_TOO_LONG: "Dit adres is te lang. Ga terug, en kies wat u zoekt op de pagina zelf.",
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: "De browser stuurt te veel mee. Wis de cookies van deze site.",
}
OTHERWISE = "De server kon niet lezen wat de browser vroeg. Ga terug en probeer het opnieuw."
PAGE = '<!doctype html><html lang="nl"><title>Opstap</title><h1>Dit lukte niet</h1><p>{words}</p></html>\n'


def answer_for_the_server(sock: socket.socket, status_int: int, reason: str, _said: str) -> None:
    """Instead of gunicorn's own page, which repeats what was asked; that stands in no answer of ours."""
    page = PAGE.format(words=WORDS.get(HTTPStatus(status_int), OTHERWISE)).encode()
    told = {
        "Connection": "close",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
        **HEADERS,
    }
    lines = [f"HTTP/1.1 {status_int} {reason}", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    util.write_nonblock(sock, "\r\n".join(lines).encode("ascii") + page)


def answer_in_our_words() -> None:
    """From now on, in this process and those it forks."""
    setattr(util, "write_error", answer_for_the_server)  # noqa: B010 - gunicorn has no other way to be given one
