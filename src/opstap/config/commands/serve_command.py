"""`opstap serve`: the pages, by gunicorn."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger

from opstap.audit.permissions import command_line
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal, WrongUse
from opstap.config.commands.logging import say_put_back
from opstap.config.commands.migrate_command import ensure_up_to_date
from opstap.config.error_log import WithoutPersons
from opstap.config.programs import Program, StillGoing, begin_beside
from opstap.config.safety import faults_of_start
from opstap.config.server_answers import answer_in_our_words
from opstap.config.starting import refuse
from opstap.foundation.documents import missing_packages
from opstap.municipality.operations import issue_setup_code
from opstap.municipality.selectors import is_set_up

DEFAULT_PORT, LAST_PORT = 8000, 65_535
MOST_WORKERS = 64
BEGUN_AGAIN_AFTER, FINISHES_WITHIN = 10, 20


def run(arguments: list[str]) -> int:
    """Serve until stopped."""
    parser = Arguments("serve")
    add_arguments(parser)
    given = parser.parse_args(arguments)
    ensure_up_to_date()
    say_put_back()
    refuse(faults_of_start())
    say_how_to_set_up(f"http://{given.host}:{given.port}")
    return serve(given.host, given.port, given.workers, works=not given.pages_only)


def say_how_to_set_up(address: str) -> None:
    """Of an empty installation: where it is set up on screen, and the code that only whoever reads this has."""
    if is_set_up():
        return
    code = issue_setup_code(by=command_line())
    sys.stdout.write(
        f"Deze installatie is nog leeg. Richt haar in op {address}/inrichten/ met deze code, die 24 uur geldt:\n\n"
        f"  {code}\n\nOf stop (Ctrl+C) en gebruik `opstap init`.\n"
    )


def say_what_documents_need() -> None:
    """In one sentence, and only when something lacks: everything but PDF forms works without it."""
    missing = missing_packages()
    if missing:
        sys.stderr.write(
            f"Voor PDF-formulieren ontbreken de Debian-pakketten {' '.join(missing)}; al het andere werkt.\n"
        )


def add_arguments(parser: Arguments) -> None:
    """Where to listen, and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=_port, default=DEFAULT_PORT)
    parser.add_argument("--workers", type=_workers, default=2)
    parser.add_argument("--pages-only", action="store_true", help="zonder de achtergrondtaken: die doet opstap work")


def _port(text: str) -> int:
    return _number(text, "een poort", LAST_PORT)


def _workers(text: str) -> int:
    return _number(text, "een aantal processen", MOST_WORKERS)


def _number(text: str, what: str, most: int) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= most:
        message = f"'{text}' kan niet: kies {what} van 1 tot en met {most}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def serve(host: str, port: int, workers: int, *, works: bool = True) -> int:
    """Start the server, with the worker beside it; returns when it stops."""
    refuse_taken(host, port)
    say_what_documents_need()
    answer_in_our_words()
    sys.stdout.flush()
    worker = _WorkerBeside() if works else None
    _Server(
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": 4,
            "timeout": 120,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112 - gunicorn's heartbeat
            "accesslog": None,
            "errorlog": "-",
            "logger_class": ServerLog,
            "forwarded_allow_ips": settings.OPSTAP_PROXIES,
            "loglevel": "warning",
            "control_socket_disable": True,
            **({"on_exit": worker.end} if worker else {}),
        },
        worker,
    ).run()
    return 0


def refuse_taken(host: str, port: int) -> None:
    """Say so when nobody can listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            raise WrongUse(f"'{host}' is geen adres van deze computer. Schrijf het als 127.0.0.1 of 0.0.0.0.") from None
        except PermissionError:
            raise Refusal(f"poort {port} mag u niet gebruiken. Kies er een boven 1023 met --port.") from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                message = f"'{host}' is geen adres van deze computer. Schrijf het als 127.0.0.1 of 0.0.0.0."
                raise WrongUse(message) from None
            raise Refusal(f"poort {port} is al in gebruik. Kies een andere met --port.") from None


class _WorkerBeside:
    """`opstap work` beside the pages: begun when they are served, begun again when it falls, stopped with them."""

    def __init__(self) -> None:
        self.going: Program | None = None
        self.begun_at = 0.0

    def keep_going(self) -> None:
        """Asked every second by the process that begins the pages: one that is forked meanwhile by another thread
        would hold on to what tells that the program was begun.
        """
        falls = self.going is None or self.going.poll() is not None
        if falls and time.monotonic() - self.begun_at >= BEGUN_AGAIN_AFTER:
            self.begun_at = time.monotonic()
            self.going = begin_beside(Path(settings.DATA), "work", "--parent", str(os.getpid()))

    def end(self, _server: object) -> None:
        """It finishes what it is at, for a while."""
        if self.going is None:
            return
        self.going.terminate()
        try:
            self.going.wait(FINISHES_WITHIN)
        except StillGoing:
            self.going.kill()


class ServerLog(Logger):  # type: ignore[misc]  # as below
    """Gunicorn's own lines: they name the address of a request that broke."""

    def setup(self, cfg: object) -> None:
        """As gunicorn does, and then without persons."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutPersons())


class _Master(Arbiter):  # type: ignore[misc]  # as below
    """The process that begins the pages, which looks after the worker as well."""

    def __init__(self, app: BaseApplication, beside: _WorkerBeside | None) -> None:
        self.beside = beside
        super().__init__(app)

    def manage_workers(self) -> None:
        """Every second."""
        super().manage_workers()
        if self.beside is not None:
            self.beside.keep_going()


class _Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with our options, and the worker beside it."""

    def __init__(self, options: dict[str, Any], beside: _WorkerBeside | None) -> None:
        self.options, self.beside = options, beside
        super().__init__()

    def run(self) -> None:
        """Until it is stopped."""
        _Master(self, self.beside).run()

    def load_config(self) -> None:
        for key, value in self.options.items():
            if key in self.cfg.settings:
                self.cfg.set(key, value)

    def load(self) -> Any:
        return get_wsgi_application()
