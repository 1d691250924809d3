"""The one file of a backup: a compressed tar, manifest first, sealed with the key for backups."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from opstap.config.backups.contents import NAME, Manifest, digest_of, read_manifest
from opstap.config.command import Refusal
from opstap.foundation.crypto import Key, KeyUnknown, SealBroken, SealedReader, SealedWriter

CONTEXT = "opstap backup"
QUICK = 1  # compression: twice as large as with the best, ten times as quick
BUFFER = 1 << 20


def write_archive(path: Path, key: Key, manifest: Manifest, folder: Path) -> None:
    """Write all parts from a folder; the file is new, for its owner only, and on the disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        sealed = SealedWriter(stream, key, CONTEXT)
        with (
            gzip.GzipFile(fileobj=sealed, mode="wb", compresslevel=QUICK) as packed,
            tarfile.open(fileobj=packed, mode="w|") as archive,
        ):
            content = manifest.as_bytes()
            header = tarfile.TarInfo(NAME)
            header.size = len(content)
            archive.addfile(header, io.BytesIO(content))
            for part in manifest.parts:
                archive.add(folder / part.name, part.name, recursive=False, filter=_nameless)
        sealed.finish()
        stream.flush()
        os.fsync(stream.fileno())


def _nameless(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Without the names of whoever made it on this machine."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def unpack_archive(path: Path, find_key: Callable[[str], Key | None], into: Path) -> Manifest:
    """Every part into a folder, after the whole file was found as it was made; Refusal when it was not."""
    with _in_words(path), path.open("rb") as stream:
        sealed = SealedReader(stream, find_key, CONTEXT)
        with tarfile.open(fileobj=io.BufferedReader(sealed, BUFFER), mode="r|gz") as archive:
            manifest = _unpack(archive, into)
        while sealed.read(BUFFER):
            pass  # the last piece has to be seen as the last
    _compare_sums(path, manifest, into)
    return manifest


def _unpack(archive: tarfile.TarFile, into: Path) -> Manifest:
    """The manifest, and into the folder the parts that it names."""
    members = iter(archive)
    first = archive.extractfile(next(members))
    manifest = read_manifest(first.read() if first else b"")
    names = {part.name for part in manifest.parts}
    for member in members:
        packed = archive.extractfile(member)
        if packed is None or member.name not in names:
            continue
        place = into / member.name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with place.open("wb") as stream:
            place.chmod(0o600)
            shutil.copyfileobj(packed, stream, BUFFER)
        os.utime(place, (member.mtime, member.mtime))
    return manifest


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise Refusal(f"het bestand {path} is er niet.") from None
    except KeyUnknown as unknown:
        raise Refusal(
            f"{path} is gesloten met de sleutel {unknown.identifier!a}, die niet in het sleutelbestand staat. Zet "
            "OPSTAP_KEYS_FILE op het sleutelbestand van toen; anders is het bestand beschadigd. Er is niets veranderd."
        ) from None
    except (SealBroken, tarfile.TarError, EOFError, StopIteration):
        raise _damaged(path) from None
    except OSError as error:
        raise Refusal(f"{path} is niet te lezen: {error.strerror or error}. Er is niets veranderd.") from None


def _compare_sums(path: Path, manifest: Manifest, folder: Path) -> None:
    for part in manifest.parts:
        place = folder / part.name
        if not place.is_file() or digest_of(place) != (part.sha256, part.size):
            raise _damaged(path)


def _damaged(path: Path) -> Refusal:
    return Refusal(
        f"{path} is beschadigd of geen reservekopie van Opstap: er is iets aan veranderd nadat hij gemaakt is, of hij "
        "is niet heel overgekomen. Er is niets teruggezet. Neem een andere reservekopie."
    )
