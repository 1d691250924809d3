"""Settings. The data folder and the database come from the environment; nothing secret stands here."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF

from opstap.config.first_keys import nothing_recorded
from opstap.config.log_term import years_of_log
from opstap.foundation.crypto import load_keys
from opstap.foundation.mail.address import mail_settings
from opstap.foundation.openid.connection import connection_from

ROOT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
env = environ.Env()

DATA = Path(os.environ.get("OPSTAP_DATA") or ROOT / "data").absolute()
EMBEDDED = not os.environ.get("DATABASE_URL")
KEYS_FILE = Path(os.environ.get("OPSTAP_KEYS_FILE") or DATA / "keys.json")

DEBUG = False
ALLOWED_HOSTS = env.list("OPSTAP_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
OPSTAP_PROXIES = os.environ.get("OPSTAP_PROXIES") or "127.0.0.1,::1"  # who may say by what and for whom it asks
# Who is told of a hole in the security, in /.well-known/security.txt: addresses by commas; and the page that says how.
OPSTAP_SECURITY_CONTACT = env.list("OPSTAP_SECURITY_CONTACT", default=[])
OPSTAP_SECURITY_POLICY = env.str("OPSTAP_SECURITY_POLICY", default="")
ROOT_URLCONF = os.environ.get("OPSTAP_ROOT_URLCONF", "opstap.config.urls")  # benchmarks add a page
WSGI_APPLICATION = "opstap.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "opstap.foundation.ui",
    "opstap.foundation.jobs",
    "opstap.audit",
    "opstap.municipality",
    "opstap.accounts",
    "opstap.clients",
    "opstap.ladder",
    "opstap.contacts",
    "opstap.plans",
    "opstap.selections",
    "opstap.facts",
    "opstap.reporting",
    "opstap.dossier",
    "opstap.administration",
    "opstap.exchange",
    "opstap.privacy",
    "opstap.demo",
    "opstap.config",
]

MIDDLEWARE = [
    "opstap.config.headers.safe_headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "opstap.config.unwritable.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "opstap.config.middleware.no_store",
    "opstap.accounts.middleware.AccessLog",
    "opstap.config.resuming.SentAfterAll",
    "opstap.config.middleware.SessionLimits",
    "opstap.config.middleware.EveryPage",
    "opstap.config.one_town.OneTown",
    "opstap.config.sent_once.SentOnce",
    "axes.middleware.AxesMiddleware",
]


def _database(address: str, file: str) -> dict[str, Any]:
    if not EMBEDDED:
        return {**env.db_url_config(address), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "ATOMIC_REQUESTS": False}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / file,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456;"
            ),
        },
    }


_main = os.environ.get("DATABASE_URL", "")
DATABASES = {
    "default": _database(_main, "opstap.sqlite3"),
    # Who looked: a connection of its own, on SQLite a file of its own, so that it waits for no import.
    "log": _database(os.environ.get("OPSTAP_LOG_DATABASE_URL") or _main, "log.sqlite3"),
}
# Keys are made where the data folder is ours alone, or where asked to; never beside something that other keys sealed.
_may_make = os.environ.get("OPSTAP_MAY_MAKE_KEYS", "1" if EMBEDDED else "0") == "1"
if _may_make and not KEYS_FILE.exists():
    _may_make = nothing_recorded(DATABASES)
OPSTAP_KEYS = load_keys(KEYS_FILE, may_make=_may_make)
SECRET_KEY = OPSTAP_KEYS.secret_text
SECRET_KEY_FALLBACKS = OPSTAP_KEYS.former_secret_texts
# Whether the log has tables of its own, or only a connection of its own to the same database.
OPSTAP_LOG_APART = EMBEDDED or os.environ.get("OPSTAP_LOG_DATABASE_URL", _main) not in {"", _main}
DATABASE_ROUTERS = ["opstap.config.databases.LogApart"]
# The processing log: where the register of processing stands, and who asks with a trace of their own, both as a URI.
OPSTAP_REGISTER_URI = os.environ.get("OPSTAP_REGISTER_URI") or "urn:x-opstap:verwerkingsactiviteit:"
OPSTAP_CALLER_URI = os.environ.get("OPSTAP_CALLER_URI") or "urn:x-opstap:aanroepende-organisatie"
# Who was erased, by a keyed mark: outside the database, so that a backup that is put back brings nobody back.
OPSTAP_ERASURES = Path(os.environ.get("OPSTAP_ERASURES") or DATA / "erasures.ledger")
OPSTAP_ERASURES_HEAD = DATA / "erasures.head"
OPSTAP_LOG_HEADS = Path(os.environ.get("OPSTAP_LOG_HEADS") or DATA / "log-heads")
# How long both logs are kept: no law names a term for a municipality, care has five years (decision record 52).
OPSTAP_LOG_YEARS = years_of_log(os.environ.get("OPSTAP_LOG_YEARS", ""))

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["opstap.foundation.ui.templatetags.ui_form_keys"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "opstap.config.navigation.shell",
            ],
        },
    }
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "opstap.accounts.forms.passwords.LongEnough"},
    {"NAME": "opstap.accounts.forms.passwords.HardToGuess"},
]
# Signing in with the organisation (OPSTAP_OPENID_ISSUER and what goes with it), and who may still sign in without it.
OPSTAP_OPENID = connection_from(os.environ, KEYS_FILE.parent)
OPSTAP_LOCAL_SIGN_IN = frozenset(one.strip().casefold() for one in env.list("OPSTAP_LOCAL_SIGN_IN", default=[]))
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25  # hours
# Mistakes count for a name at an address: nobody shuts a colleague out from elsewhere. Behind the server in front the
# address is what that server says, else it would be one for everybody. A browser in which that name signed in before is
# counted apart (`counted_name`): a whole town hall may sit behind one address. Trying while one waits prolongs nothing.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "opstap.foundation.ui.visitors.address_of_visitor"
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "opstap.accounts.permissions.counted_name"
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True  # who signed in stands in our own log, by pseudonym
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "passkey", "next", "csrfmiddlewaretoken"]

# Behind HTTPS everything goes by HTTPS: the server in front says so with X-Forwarded-Proto, believed of it alone.
SECURE_SSL_REDIRECT = env.bool("OPSTAP_HTTPS", default=False)
OPSTAP_BROWSER_COOKIE = "opstap-browser"  # that somebody signed in in this browser before
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_SSL_REDIRECT
if SECURE_SSL_REDIRECT:  # bound to this very host by their name
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-opstap-session", "__Host-opstap-csrf"
    LANGUAGE_COOKIE_NAME, OPSTAP_BROWSER_COOKIE = "__Host-opstap-language", "__Host-opstap-browser"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT

# How long somebody stays signed in without doing anything, and how long at all; both within bounds (`opstap check`).
OPSTAP_IDLE_LIMIT = timedelta(minutes=env.int("OPSTAP_IDLE_MINUTES", default=30))
OPSTAP_SESSION_LENGTH = timedelta(hours=env.int("OPSTAP_SESSION_HOURS", default=10))
SESSION_ENGINE = "opstap.accounts.operations.session_store"
SESSION_COOKIE_AGE = int(OPSTAP_SESSION_LENGTH.total_seconds()) + 3600  # the server decides, and says so
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "opstap.foundation.ui.told.Told"
CSRF_FAILURE_VIEW = "opstap.config.views.expired_form"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# What is done in the background is put by in the database itself, with the transaction that asks for it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Outgoing mail: OPSTAP_MAIL=smtp+tls://name:password@mail.zeist.example:587 (or smtp+ssl://; smtp:// on this machine).
OPSTAP_ADDRESS = os.environ.get("OPSTAP_ADDRESS", "")  # of this site, as it stands in messages
DEFAULT_FROM_EMAIL = os.environ.get("OPSTAP_MAIL_FROM", "")
_mail = mail_settings(os.environ.get("OPSTAP_MAIL", ""))
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.by_starttls, _mail.by_tls
EMAIL_TIMEOUT = 15

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = sorted(str(path) for path in (PACKAGE / "foundation").glob("*/locale"))
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_MAX_MEMORY_SIZE = 2**31  # a file too large is refused in words by the reader, not silently here
DATA_UPLOAD_MAX_MEMORY_SIZE = 60 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # no upload touches the disk

SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without_persons": {"()": "opstap.config.error_log.WithoutPersons"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "without_persons"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # A page that is refused or not there is no fault of the server, and its address is nobody else's business.
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
