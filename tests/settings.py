"""Settings of the tests: fresh keys, a database of their own, quick password hashes."""

import os
import tempfile
from typing import Any

os.environ.setdefault("OPSTAP_DATA", tempfile.mkdtemp(prefix="opstap-tests-"))
os.environ["OPSTAP_MAY_MAKE_KEYS"] = "1"

from opstap.config.settings import *  # noqa: F403
from opstap.config.settings import TEMPLATES
from tests.undefined import Undefined

_options: Any = TEMPLATES[0]["OPTIONS"]

TEMPLATES[0] = {**TEMPLATES[0], "OPTIONS": {**_options, "string_if_invalid": Undefined()}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AXES_ENABLED = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

if os.environ.get("OPSTAP_TEST_DATABASE") == "postgres":
    from tests.postgres import database

    DATABASES = {"default": database(), "log": database()}
    OPSTAP_LOG_APART = False
else:
    from opstap.config.settings import DATABASES

    DATABASES["default"]["TEST"] = {"NAME": None}
    DATABASES["log"]["TEST"] = {"NAME": None, "MIGRATE": False}
