"""Forms that are sent once: the key that each gets when it is shown, and what makes two sendings the same.

What was done with a form, and in which transaction, is not known here.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from opstap.foundation.crypto import LookUp

FIELD = "once"  # the name of the hidden field
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field; it differs each time that a page is shown
KEY_BYTES = 16
_KEY = re.compile(r"[A-Za-z0-9_-]{22}")


def new_key() -> str:
    """For a form that is shown now: random, and of no meaning."""
    return secrets.token_urlsafe(KEY_BYTES)


def take_field(request: HttpRequest, name: str) -> str:
    """A hidden field of the form that is sent, taken out of it so that no view keeps it; nothing when it has none, or
    was cut off while it came in.
    """
    try:
        if request.method != "POST" or name not in request.POST:
            return ""
    except OSError:
        return ""
    sent: Any = request.POST.copy()
    taken = str(sent.pop(name)[-1])
    request.POST = sent
    return taken


def take_key(request: HttpRequest) -> str:
    """The key that a form came with, taken out of it; nothing when it is none."""
    key = take_field(request, FIELD)
    return key if _KEY.fullmatch(key) else ""


def digest_of(key: str, request: HttpRequest, whose: str) -> bytes:
    """The same for what is sent again from the same form by the same person, letter for letter; else another.

    It tells nothing to who has no key of the installation.
    """
    fields = [(name, values) for name, values in request.POST.lists() if name != TOKEN]
    files = [(name, [_sum(file) for file in found]) for name, found in request.FILES.lists()]
    said = json.dumps([whose, request.get_full_path(), key, fields, files])
    return LookUp(settings.OPSTAP_KEYS.key("links"), "sent-form").digest(said)


def _sum(file: Any) -> list[str]:
    summed = hashlib.sha256()
    for part in file.chunks():
        summed.update(part)
    file.seek(0)
    return [str(file.name), summed.hexdigest()]
