"""Second factors: adding, using up, removing, and taking all of them away from who lost them."""

from __future__ import annotations

import base64
import secrets
from datetime import datetime

from django.db import transaction

from opstap.accounts.enums import FactorKind
from opstap.accounts.logic.totp import step_of
from opstap.accounts.models import SecondFactor, User
from opstap.accounts.operations.mailing import tell_taken_away
from opstap.accounts.operations.sessions import end_sessions_of
from opstap.accounts.operations.telling import tell_changed
from opstap.accounts.permissions import require_keeping, require_other
from opstap.accounts.selectors.factors import (
    digest_of_recovery,
    digests_of_recovery,
    factor_cipher,
    factors_of,
    needs_factor,
    plain_code,
    recovery_codes_before,
    secret_of,
)
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.foundation.references import ALPHABET

CODES, HALF = 10, 5
LONGEST = 64  # of what somebody can have typed as a code


class FactorRefused(Exception):
    """A second factor that can't be added or removed so; `code` says why. Nothing was changed."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


def add_app(*, by: Actor, user: User, secret: str, code: str) -> None:
    """Let an app make codes from now on, once it has shown that it can; one that was there is replaced."""
    _require_own(by, user)
    step = step_of(base64.b32decode(secret), plain_code(code), dates.now(), after=0)
    if step is None:
        raise FactorRefused("wrong_code")
    with writing(by=by, verb="add_factor", about=user.reference):
        SecondFactor.objects.filter(user=user, kind=FactorKind.APP).delete()
        _create(user, FactorKind.APP, factor_cipher().encrypt(secret), counter=step)


def add_passkey(*, by: Actor, user: User, name: str, credential: bytes, counter: int) -> None:
    """Let a passkey that this browser or device made be used from now on."""
    _require_own(by, user)
    with writing(by=by, verb="add_factor", about=user.reference):
        sealed = factor_cipher().encrypt(base64.b64encode(credential).decode())
        _create(user, FactorKind.PASSKEY, sealed, name=name[:60], counter=counter)


def remove_factor(*, by: Actor, user: User, factor: SecondFactor) -> None:
    """Take one away; not the last while one is asked. With the last one the recovery codes go."""
    _require_own(by, user)
    with writing(by=by, verb="remove_factor", about=user.reference):
        others = [one for one in factors_of(user) if one.pk != factor.pk]
        if not others and needs_factor(user):
            raise FactorRefused("last_factor")
        factor.delete()
        if not others:
            SecondFactor.objects.filter(user=user).delete()


def renew_recovery_codes(*, by: Actor, user: User) -> list[str]:
    """Make ten new codes, each for one time, and return them: they are shown once. The old ones stop."""
    _require_own(by, user)
    made = ["-".join("".join(secrets.choice(ALPHABET) for _ in range(HALF)) for _ in range(2)) for _ in range(CODES)]
    with writing(by=by, verb="renew_recovery_codes", about=user.reference):
        SecondFactor.objects.filter(user=user, kind=FactorKind.RECOVERY).delete()
        for code in made:
            _create(user, FactorKind.RECOVERY, digest_of_recovery(user, code))
    return made


def prove_by_code(*, by: Actor, user: User, code: str) -> FactorKind | None:
    """Whether this is a code of the app or a recovery code that was not used yet; it is used up by this.

    Of one that is wrong nothing is recorded as done by its owner.
    """
    _require_own(by, user)
    with transaction.atomic():
        kind = _proved_by(by, user, plain_code(code[:LONGEST]))
        if kind is None:
            transaction.set_rollback(True)
    return kind


def _proved_by(by: Actor, user: User, typed: str) -> FactorKind | None:
    with writing(by=by, verb="prove_factor", about=user.reference):
        for app in SecondFactor.objects.filter(user=user, kind=FactorKind.APP):
            step = step_of(secret_of(app), typed, dates.now(), after=app.counter)
            if step is not None and _used_up(app, step):
                return FactorKind.APP
        recovery = SecondFactor.objects.filter(user=user, kind=FactorKind.RECOVERY)
        gone, _models = recovery.filter(content__in=digests_of_recovery(user, typed)).delete()
    return FactorKind.RECOVERY if gone else None


def prove_by_passkey(*, by: Actor, user: User, factor: SecondFactor, counter: int) -> bool:
    """Note that a passkey signed; one whose count does not go up was copied, and is refused. Some count nothing."""
    _require_own(by, user)
    if counter <= factor.counter and (counter or factor.counter):
        return False
    with transaction.atomic():
        with writing(by=by, verb="prove_factor", about=user.reference):
            signs = _used_up(factor, counter) if counter else _used(factor)
        if not signs:
            transaction.set_rollback(True)
    return signs


def reset_factors(*, by: Actor, user: User) -> None:
    """Take away every second factor of somebody who lost them, and end their sessions; they set one up anew."""
    by.require("manage_accounts")
    require_keeping(by, user)
    require_other(by, user)
    with writing(by=by, verb="reset_factors", about=user.reference):
        SecondFactor.objects.filter(user=user).delete()
        end_sessions_of(by=by, user=user)
        tell_taken_away(user)
    tell_changed(by, user)


def drop_recovery_codes(*, by: Actor, made_before: datetime) -> int:
    """Let recovery codes end that were made with keys that go: they can't be sealed anew. Returns how many."""
    by.require("change_keys")
    with writing(by=by, verb="drop_recovery_codes"):
        return recovery_codes_before(made_before).delete()[0]


def _used_up(app: SecondFactor, step: int) -> bool:
    """Only the first of two that send one code gets in."""
    earlier = SecondFactor.objects.filter(pk=app.pk, counter__lt=step)
    return bool(earlier.update(counter=step, used_at=dates.now()))


def _used(passkey: SecondFactor) -> bool:
    """One that counts nothing, and is still there."""
    return bool(SecondFactor.objects.filter(pk=passkey.pk, counter=0).update(used_at=dates.now()))


def _create(user: User, kind: FactorKind, content: bytes, name: str = "", counter: int = 0) -> None:
    SecondFactor.objects.create(user=user, kind=kind, content=content, name=name, counter=counter, made_at=dates.now())


def _require_own(by: Actor, user: User) -> None:
    """Nobody sets up, or proves, for somebody else: a right that no role has."""
    if by.user_id is None or by.user_id != user.pk:
        by.require("prove_who_somebody_else_is")
