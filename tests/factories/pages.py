"""Somebody who is signed in and looks at pages."""

from __future__ import annotations

from django.test import Client

from opstap.accounts.models import User


def signed_in(user: User) -> Client:
    """A browser in which this user has signed in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
