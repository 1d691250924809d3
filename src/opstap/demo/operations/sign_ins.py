"""The sign-ins of the demo: one for each role, with a password made by chance and kept readable in the data folder."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from opstap.accounts.models import User
from opstap.accounts.operations import set_password
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.demo.logic.staff import OFFICES, WORKERS
from opstap.demo.operations.staffing import DOMAIN
from opstap.foundation.references import ALPHABET

FILE = "demo-sign-ins.json"
PARTS, PART_LENGTH = 4, 4


@dataclass(frozen=True)
class SignIn:
    """A name, a role, and a password in the clear: of invented people in an invented town."""

    role: str
    name: str
    sign_in_name: str
    password: str


def give_sign_ins(*, by: Actor, folder: Path) -> list[SignIn]:
    """The sign-ins kept in the folder, made to open this database; new ones when there are none."""
    by.require("manage_accounts")
    kept = {one.sign_in_name: one for one in _read(folder / FILE)}
    wanted = [kept.get(sign_in) or SignIn(role, name, sign_in, _password()) for role, name, sign_in in _everyone()]
    shut = [one for one in wanted if not _opens(one)]
    if shut:
        with writing(by=by, verb="give_sign_ins", count=len(shut)):
            for one in shut:
                set_password(by=by, user=User.objects.get(sign_in_name=one.sign_in_name), password=one.password)
            _write(folder / FILE, wanted)
    return wanted


def _everyone() -> list[tuple[str, str, str]]:
    workers = [("case_manager", who.name, who.sign_in_name(DOMAIN)) for who in WORKERS if who.sign_in]
    return [*workers, *((office.role, office.name, f"{office.sign_in}@{DOMAIN}") for office in OFFICES)]


def _password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(PART_LENGTH)) for _ in range(PARTS))


def _opens(one: SignIn) -> bool:
    user = User.objects.filter(sign_in_name=one.sign_in_name).first()
    return user is not None and user.check_password(one.password)


def _read(path: Path) -> list[SignIn]:
    try:
        return [SignIn(**entry) for entry in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []


def _write(path: Path, made: list[SignIn]) -> None:
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(one) for one in made], file, indent=2, ensure_ascii=False)
