"""What the source never does, and what documents say that the settings bear out: rows of the ASVS lean on it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import get_resolver

from opstap.accounts.logic import roles
from opstap.foundation.openid.client import client_class
from opstap.foundation.spreadsheets.tables import Limits
from tests.architecture.house import PACKAGE, ROOT, modules
from tests.architecture.test_urls import leaves

STARTS_PROGRAMS = {
    "opstap.config.programs": "Opstap itself: the worker, the building of a demo, what makes a copy",
    "opstap.foundation.snapshots.tools": "pg_dump and pg_restore",
    "opstap.foundation.spreadsheets.workbooks": "the reader of files, apart",
}
HTTP_CLIENTS = {"urllib.request", "http.client", "requests", "httpx", "urllib3", "aiohttp", "httplib2", "authlib"}
ASKS_OVER_HTTP = {"foundation/openid/client.py", "foundation/openid/provider.py"}  # the provider, by one client
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "system", "popen", "literal_eval"}
FORBIDDEN_MODULES = {"pickle", "marshal", "shelve", "yaml", "dill", "cffi", "ftplib", "telnetlib"}
READS_NO_XML = {"xml.sax.saxutils"}  # writes text into XML, reads none
APPROVED = {"sha256", "sha512", "file_digest", "sha1"}
SHA1_FOR = "accounts/logic/totp.py"  # codes of an app: RFC 6238, and what the apps can do


def named(node: ast.Call) -> str:
    called = node.func
    return called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield f"{path.relative_to(PACKAGE).as_posix()}:{node.lineno}", node


def imported() -> Iterator[tuple[str, str]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            yield from ((path.relative_to(PACKAGE).as_posix(), name) for name in names)


def said(page: str) -> str:
    return " ".join((ROOT / page).read_text(encoding="utf-8").split())


def test_nothing_of_what_comes_in_is_run_or_made_into_objects() -> None:
    assert [place for place, node in calls() if named(node) in FORBIDDEN_CALLS and not _of_a_pattern(node)] == []
    wrong = FORBIDDEN_MODULES | {"xml"}
    assert [one for one in imported() if one[1].split(".")[0] in wrong and one[1] not in READS_NO_XML] == []


def _of_a_pattern(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re"


def test_programs_are_started_in_three_places_with_a_list_and_no_shell() -> None:
    starting = {place.removesuffix(".py").replace("/", ".") for place, name in imported() if name == "subprocess"}
    assert {f"opstap.{place}" for place in starting} == set(STARTS_PROGRAMS)
    shells = [place for place, node in calls() for word in node.keywords if word.arg == "shell"]
    assert shells == []


def test_no_statement_of_sql_has_a_value_put_into_its_text() -> None:
    """A name of a table or column that we wrote may be; a value goes apart. Ruff's S608 asks a reason of each."""
    wrong = []
    for place, node in calls():
        if named(node) not in {"execute", "executemany", "raw", "RawSQL"} or not node.args:
            continue
        text = node.args[0]
        if isinstance(text, ast.BinOp) and isinstance(text.op, ast.Mod):
            wrong.append(place)
        if isinstance(text, ast.Call) and named(text) == "format":
            wrong.append(place)
    assert wrong == []


def test_only_approved_digests_are_made() -> None:
    made = {
        (place.split(":")[0], node.attr)
        for place, call in calls()
        for node in [call.func, *call.args]
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "hashlib"
    }
    assert {digest for _, digest in made} <= APPROVED
    assert {place for place, digest in made if digest == "sha1"} == {SHA1_FOR}


def test_ciphers_are_those_of_one_library_and_one_kind() -> None:
    places = {place for place, name in imported() if name.startswith("cryptography.hazmat.primitives.ciphers")}
    assert places
    assert all(place.startswith("foundation/crypto/") for place in places)
    named_so = {
        name
        for module in modules("foundation")
        if "ciphers" in module.text
        for name in re.findall(r"\b(AES\w*|ChaCha\w*|TripleDES|Blowfish|ARC4)\b", module.text)
    }
    assert named_so <= {"AES", "AESGCM"}


def test_the_script_of_pages_makes_no_objects_out_of_what_is_typed() -> None:
    for name in ("opstap.js", "session.js", "passkeys.js"):
        script = (PACKAGE / "foundation" / "ui" / "static" / "ui" / name).read_text(encoding="utf-8")
        assert not re.search(
            r"\beval\(|new Function|innerHTML|outerHTML|document\.write|__proto__|\.prototype\b", script
        )
        assert not re.search(r"Object\.assign\(|\bfor \(.* in ", script), name


def test_the_server_asks_the_provider_alone_over_http_and_follows_nothing() -> None:
    asking = {
        place
        for place, name in imported()
        for client in HTTP_CLIENTS
        if name == client or name.startswith(f"{client}.")
    }
    assert asking == ASKS_OVER_HTTP
    clients = {place for place, name in imported() if name.startswith("authlib.integrations.") and "_client" in name}
    assert clients - {"foundation/openid/provider.py"} == {"foundation/openid/client.py"}
    assert ("foundation/openid/provider.py", "authlib.integrations.django_client") not in set(imported())
    assert client_class().client_cls().max_redirects == 0


def test_no_address_lists_a_folder() -> None:
    for name, _route, pattern in leaves(get_resolver().url_patterns):
        assert "django.views.static" not in getattr(pattern.callback, "__module__", ""), name


def test_an_upload_never_touches_the_disk() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]


def test_names_of_downloads_are_our_own() -> None:
    """A name of a file holds what the program made: a day, a kind, a reference; nothing that somebody typed."""
    parts = {
        re.sub(r"[^\w.()]", "", part)
        for module in modules()
        for name in re.findall(r'filename="([^"]*)"', module.text)
        for part in re.findall(r"\{([^}]*)\}", name)
    }
    assert parts
    assert parts <= {
        "asked.desk.day.isoformat()", "chosen", "dates.today().isoformat()", "kind", "made.reference",
        "name", "today.isoformat()"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("docs/manual/aanmelden.md", "Na acht keer fout wacht u een kwartier"),
        ("docs/manual/aanmelden.md", "minstens 12 tekens"),
        ("docs/manual/aanmelden.md", "als u een half uur niets doet, en na tien uur"),
        ("docs/manual/aanmelden.md", "*Mijn account* noemt elke browser"),
        ("docs/manual/aanmelden.md", "U kunt op zoveel computers tegelijk aangemeld zijn als u wilt"),
        ("docs/manual/aanmelden.md", "woorden van uw werk"),
        ("docs/manual/aanmelden.md", "**Afmelden** meldt u ook bij uw organisatie af."),
        ("docs/manual/aanmelden.md", "Hoe lang u aangemeld blijft, bepaalt Opstap en niet uw organisatie."),
        ("docs/manual/importeren.md", "Hoogstens 50 MB, 500 kolommen en 250.000 rijen"),
        ("docs/security/inrichten.md", "to the municipality's OpenID provider, and to nothing else"),
        ("docs/manual/beheer.md", "Een rol verandert voor iemand bij het volgende aanmelden"),
        ("docs/security/inrichten.md", "a hole that is being used is closed within two days"),
        ("docs/security/inrichten.md", "who saw, asked or did what"),
        ("docs/quality.md", "Seconds say something about a machine; ratios in one run say something about the program"),
        ("docs/manual/importeren.md", "twee rijen spreken elkaar tegen over dezelfde persoon"),
        ("SECURITY.md", "is encrypted with AES-GCM and found by a keyed digest"),
    ],
)
def test_what_must_be_documented_is(page: str, words: str) -> None:
    assert words in said(page)


def test_what_the_documents_say_is_how_it_is_set() -> None:
    assert settings.AXES_FAILURE_LIMIT == 8
    assert settings.AXES_COOLOFF_TIME * 60 == 15
    assert settings.OPSTAP_IDLE_LIMIT.total_seconds() == 30 * 60
    assert settings.OPSTAP_SESSION_LENGTH.total_seconds() == 10 * 3600
    limits = Limits()
    assert (limits.file_bytes, limits.columns, limits.rows) == (50_000_000, 500, 250_000)


def test_every_role_and_every_right_of_a_field_is_documented() -> None:
    page = said("docs/manual/rollen.md")
    assert len(roles()) >= 14
    for role in roles().values():
        assert f"| {role.name_nl} |" in page
    for word in ("BSN", "geheim"):
        assert word in page


def test_the_heads_and_the_log_go_where_it_is_written() -> None:
    handlers: Any = settings.LOGGING["handlers"]
    assert set(handlers) == {"stderr"}
    assert "log" in settings.DATABASES
    assert Path(settings.OPSTAP_LOG_HEADS).is_absolute()
    for name in ("OPSTAP_LOG_DATABASE_URL", "OPSTAP_LOG_HEADS", "standard error"):
        assert name in said("docs/security/inrichten.md")


def test_types_are_checked_strictly() -> None:
    types = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert types["strict"] is True
    assert {"src/opstap", "tests"} <= {str(one) for one in types["files"]}
    assert 'beside "mypy"' in said("test")
