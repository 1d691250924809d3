"""The sign-ins of the demo: one for each role, with a password made by chance and kept readable in the data folder."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from opstap.accounts.models import User
from opstap.accounts.operations import set_password
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.demo.logic.staff import BESIDE, OFFICES, WORKERS
from opstap.demo.operations.staffing import DOMAIN
from opstap.foundation.references import ALPHABET

FILE = "demo-sign-ins.json"
PARTS, PART_LENGTH = 4, 4


@dataclass(frozen=True)
class SignIn:
    """A name, a role, and a password in the clear: of invented people in an invented town.

    `opens` is what the database stores of that password: while it stores the same, nobody needs to try it. Trying takes
    a quarter of a second each, as it should.
    """

    role: str
    name: str
    sign_in_name: str
    password: str
    opens: str = ""


def give_sign_ins(*, by: Actor, folder: Path) -> list[SignIn]:
    """The sign-ins kept in the folder, made to open this database; new ones when there are none."""
    by.require("manage_accounts")
    read = _read(folder / FILE)
    kept = {one.sign_in_name: one for one in read}
    wanted = [kept.get(sign_in) or SignIn(role, name, sign_in, _password()) for role, name, sign_in in _everyone()]
    users = _users(wanted)
    shut = [one for one in wanted if not _opens(one, users.get(one.sign_in_name))]
    if shut:
        with writing(by=by, verb="give_sign_ins", count=len(shut)):
            for one in shut:
                set_password(by=by, user=users[one.sign_in_name], password=one.password)
        users = _users(wanted)
    given = [replace(one, opens=users[one.sign_in_name].password) for one in wanted]
    if given != read:
        _write(folder / FILE, given)
    return given


def _users(wanted: Sequence[SignIn]) -> dict[str | None, User]:
    return {user.sign_in_name: user for user in User.objects.filter(sign_in_name__in=[x.sign_in_name for x in wanted])}


def _everyone() -> list[tuple[str, str, str]]:
    workers = [(who.role, who.name, who.sign_in_name(DOMAIN)) for who in WORKERS if who.sign_in]
    return [*workers, *((one.role, one.name, f"{one.sign_in}@{DOMAIN}") for one in (*OFFICES, *BESIDE))]


def _password() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(PART_LENGTH)) for _ in range(PARTS))


def _opens(one: SignIn, user: User | None) -> bool:
    """One who never had a password isn't tried: that takes as long as trying one."""
    if user is None or not user.has_usable_password():
        return False
    return user.password == one.opens or user.check_password(one.password)


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
