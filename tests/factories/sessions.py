"""A browser in which somebody signed in, and time that passes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client

from opstap.accounts.models import Session, User
from opstap.accounts.operations import set_password
from opstap.audit.permissions import command_line
from opstap.foundation import dates

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0"
PASSWORD = "een zin om te onthouden"


def after(**passed: float) -> Any:
    """So much later."""
    return dates.clock_at(dates.now() + timedelta(**passed))


def entered(user: User, agent: str = FIREFOX) -> Client:
    """A browser in which somebody typed their name and password."""
    set_password(by=command_line(), user=user, password=PASSWORD)
    browser = Client(headers={"User-Agent": agent})
    sent = {"username": user.sign_in_name, "password": PASSWORD}
    assert browser.post("/aanmelden/", sent).status_code == 302
    return browser


def session_of(browser: Client) -> Session:
    return Session.objects.get(session_key=browser.session.session_key)
