"""A worker with an app for codes, and signing in with it."""

from __future__ import annotations

import base64
import re
from datetime import timedelta

from django.test import Client

from opstap.accounts.logic.totp import code_of, step_at
from opstap.accounts.models import User
from opstap.accounts.operations import add_app
from opstap.foundation import dates
from tests.factories.accounts import acting

SECRET = base64.b32encode(b"twintig tekens lang!").decode()
PASSWORD = "een zin om te onthouden"
STEP = "/aanmelden/tweede-stap/"
CODE = re.compile(r'<code class="one-time">([^<]+)</code>')


def code_now(secret: str = SECRET, later: int = 0) -> str:
    return code_of(base64.b32decode(secret), step_at(dates.now()) + later)


def with_app(user: User) -> User:
    """Their app was set up a while ago."""
    with dates.clock_at(dates.now() - timedelta(hours=1)):
        add_app(by=acting(user), user=user, secret=SECRET, code=code_now())
    return user


def typed_password(user: User, browser: Client | None = None, following: str = "") -> Client:
    browser = browser or Client()
    answer = browser.post("/aanmelden/", {"username": user.sign_in_name, "password": PASSWORD, "next": following})
    assert answer.status_code == 302
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/mijn/account/").status_code == 200
