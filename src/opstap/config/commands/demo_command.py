"""`opstap demo`: builds the demo municipality once, prints its sign-ins, and serves it."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections

from opstap.accounts.logic import roles
from opstap.audit.permissions import demo_builder
from opstap.config.arguments import Arguments
from opstap.config.command import Refusal
from opstap.config.commands import serve_command
from opstap.config.commands.logging import say_put_back
from opstap.config.commands.migrate_command import bring_up_to_date, ensure_up_to_date
from opstap.config.programs import run_apart
from opstap.config.safety import faults_of_demo
from opstap.config.starting import refuse
from opstap.demo.logic.calendar import EARLIEST_UNTIL, Span, before_history
from opstap.demo.logic.choices import DEFAULT_CLIENTS, DEFAULT_SEED, Choices
from opstap.demo.operations import build_demo, give_sign_ins
from opstap.demo.selectors import Found, Holding, built_from, what_is_there
from opstap.foundation import appendonly, dates

LAST_MONTH_OF_THE_YEAR = 12
LEAST_CLIENTS, MOST_CLIENTS = 30, 50_000


def run(arguments: list[str]) -> int:
    """Build when there is nothing yet or `--fresh` asks it, say how to sign in, serve."""
    given = _parser().parse_args(arguments)
    refuse(faults_of_demo())
    if not given.no_serve:
        serve_command.refuse_taken(given.host, given.port)  # before anything is built
    found = _found()
    if found.holding is Holding.SOMETHING_ELSE:
        raise Refusal(
            f"deze database is niet van de demo: hij bevat de gemeente {found.name}. Er is niets gewist of veranderd. "
            "Kies voor de demo een eigen map met --data MAP, of een andere DATABASE_URL."
        )
    if found.holding is Holding.DEMO and not given.fresh:
        ensure_up_to_date()
        say_put_back()
        _refuse_other_choices(given)
        _print_sign_ins()
    elif given.no_serve:
        _build(_choices(given))
        _print_sign_ins()
    else:
        code = _build_apart(_choices(given))
        if code:
            return code
    if given.no_serve:
        return 0
    sys.stdout.write(f"Opstap draait op http://{_address(given.host)}:{given.port}/ (stoppen: Ctrl+C)\n")
    return serve_command.serve(given.host, given.port, given.workers, works=not given.pages_only)


def _parser() -> Arguments:
    parser = Arguments("demo", "Bouwt de voorbeeldgemeente Voorbeeldstad en laat haar zien.")
    parser.add_argument("--fresh", action="store_true", help="maak de demo leeg en bouw haar opnieuw")
    parser.add_argument("--clients", type=_clients, metavar="N", help=f"mensen in begeleiding ({DEFAULT_CLIENTS})")
    parser.add_argument("--seed", type=_seed, metavar="S", help=f"andere trekking van het toeval ({DEFAULT_SEED})")
    parser.add_argument("--until", type=_until, metavar="DATUM", help="laatste dag van de geschiedenis (vandaag)")
    parser.add_argument("--no-serve", action="store_true", help="bouw alleen, start geen server")
    serve_command.add_arguments(parser)
    return parser


def _clients(text: str) -> int:
    if not text.isdecimal() or not LEAST_CLIENTS <= int(text) <= MOST_CLIENTS:
        message = f"'{text}' kan niet: kies een aantal van {LEAST_CLIENTS} tot en met {MOST_CLIENTS}"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _seed(text: str) -> int:
    if not text.isdecimal():
        message = f"'{text}' kan niet: kies een geheel getal van 0 of hoger"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def _until(text: str) -> date:
    try:
        day = dates.parse_day(text)
    except ValueError:
        message = f"'{text}' is geen datum: schrijf 31-12-2025 of 2025-12-31"
        raise argparse.ArgumentTypeError(message) from None
    if not EARLIEST_UNTIL <= day <= dates.today():
        message = f"'{text}' kan niet: kies een dag van {EARLIEST_UNTIL:%d-%m-%Y} tot en met vandaag"
        raise argparse.ArgumentTypeError(message)
    return day


def _choices(given: argparse.Namespace) -> Choices:
    return Choices(
        until=given.until or dates.today(),
        clients=DEFAULT_CLIENTS if given.clients is None else given.clients,
        seed=DEFAULT_SEED if given.seed is None else given.seed,
    )


def _found() -> Found:
    try:
        return what_is_there()
    except DatabaseError as error:
        raise Refusal(f"de database is niet te lezen ({error}). Er is niets gewist of veranderd.") from None


def _refuse_other_choices(given: argparse.Namespace) -> None:
    """A demo that is there is served as it is; other choices need building again."""
    built = built_from()
    if built is None:
        return
    asked = {"clients": given.clients, "seed": given.seed, "until": given.until}
    other = [name for name, value in asked.items() if value is not None and value != getattr(built, name)]
    if other:
        options = ", ".join(f"--{name}" for name in other)
        raise Refusal(
            f"de demo is al gebouwd met --clients {built.clients} --seed {built.seed} --until {built.until}; "
            f"{options} verandert daar niets aan. Voeg --fresh toe om haar leeg te maken en opnieuw te bouwen."
        )


def _build_apart(choices: Choices) -> int:
    """Build and say how to sign in, in a program of its own: it counts with many threads, and the processes that a
    server forks from one that has counted wait for those threads for ever.
    """
    connections.close_all()
    sys.stdout.flush()
    chosen = ["--clients", str(choices.clients), "--seed", str(choices.seed), "--until", choices.until.isoformat()]
    return run_apart(Path(settings.DATA), "demo", "--fresh", "--no-serve", *chosen)


def _build(choices: Choices) -> None:
    began = time.monotonic()
    sys.stdout.write(f"Voorbeeldstad wordt gebouwd: {choices.clients} mensen in begeleiding, zes jaar …\n")
    _empty()
    with before_history(Span(choices.until)):
        bring_up_to_date()

    def say_year(day: date, rows: int) -> None:
        if day == choices.until or day.month == LAST_MONTH_OF_THE_YEAR:
            sys.stdout.write(f"  tot en met {day:%d-%m-%Y}: {rows} regels\n")
            sys.stdout.flush()

    build_demo(by=demo_builder(), choices=choices, progress=say_year)
    sys.stdout.write(f"Klaar in {time.monotonic() - began:.0f} seconden.\n")


def _empty() -> None:
    """Take away a demo, or code lists without a municipality: history must be recorded from its first day on."""
    if connection.vendor == "sqlite":
        connections.close_all()
        names = [str(database["NAME"]) for database in settings.DATABASES.values()]
        for file in (name + suffix for name in names for suffix in ("", "-wal", "-shm")):
            Path(file).unlink(missing_ok=True)
    elif connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
        appendonly.remove(connection)
        call_command("flush", verbosity=0, interactive=False)
        appendonly.install(connection)
    shutil.rmtree(settings.OPSTAP_LOG_HEADS, ignore_errors=True)  # the log of the demo went with it


def _print_sign_ins() -> None:
    lines = [
        f"  {roles()[one.role].name_nl:<24}{one.sign_in_name:<38}{one.password}\n"
        for one in give_sign_ins(by=demo_builder(), folder=Path(settings.DATA))
    ]
    sys.stdout.write("Aanmelden kan als:\n" + "".join(lines))


def _address(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - said, not listened on  # nosec B104
