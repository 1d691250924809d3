"""The beginning of an installation: its municipality and its first administrator, on an empty database only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from opstap.accounts.models import User
from opstap.accounts.operations import NewUser, create_user, set_password
from opstap.audit.operations import writing
from opstap.audit.permissions import Actor
from opstap.foundation import dates
from opstap.municipality.enums import Environment
from opstap.municipality.operations import create_municipality, drop_setup_code
from opstap.municipality.selectors import is_set_up

FIRST_ROLE = "functional_administrator"


class AlreadySetUp(Exception):
    """There is a municipality already; nothing was changed."""


@dataclass(frozen=True)
class NewInstallation:
    """What an installation begins with."""

    municipality: str
    administrator: str
    sign_in_name: str
    password: str
    cbs_code: str = ""
    default_scale: str = "vng"
    environment: str = Environment.PRODUCTION
    must_change_password: bool = False


def set_up_installation(*, by: Actor, new: NewInstallation, since: date) -> User:
    """Make the municipality and its first administrator; AlreadySetUp when somebody was first.

    The lock of writing is held from here on, so of two who begin at once one finds the other's municipality.
    """
    by.require("configure_municipality")
    with writing(by=by, verb="set_up_installation", about=new.municipality):
        if is_set_up():
            raise AlreadySetUp
        municipality = create_municipality(
            by=by,
            name=new.municipality,
            cbs_code=new.cbs_code,
            environment=new.environment,
            default_scale=new.default_scale,
            since=dates.FIRST_DAY,
        )
        somebody = NewUser(new.administrator, new.sign_in_name, role=FIRST_ROLE)
        user = create_user(by=by, municipality=municipality, new=somebody, since=since)
        set_password(by=by, user=user, password=new.password, must_change=new.must_change_password)
        drop_setup_code(by=by)
    return user
