"""The file of the key ring: made once, completed, changed in one move that is on the disk when it is done."""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from opstap.foundation.crypto.keys import USES, KeyRing, KeysMissing, as_stored, fresh_key, fresh_ring, read_keys


def load_keys(path: Path, *, may_make: bool) -> KeyRing:
    """Read the key file; make it (readable by its owner only) where that is allowed, and what a later version added."""
    if not path.exists():
        if not may_make:
            raise KeysMissing(str(path))
        _make(path)
    ring = read_keys(path)
    return change_keys(path, _completed) if may_make and _missing(ring) else ring


def change_keys(path: Path, change: Callable[[KeyRing], KeyRing]) -> KeyRing:
    """The file with another ring, made of the one in it; two that change at once come one after the other."""
    with _alone_with(path):
        ring = read_keys(path)
        changed = change(ring)
        if changed != ring:
            _written(path, changed, path.stat()).replace(path)
            _settle(path.parent)
    return changed


def _missing(ring: KeyRing) -> Collection[str]:
    return [use for use in USES if use not in ring.keys]


def _completed(ring: KeyRing) -> KeyRing:
    """With keys for new uses beside the old ones."""
    return KeyRing(ring.keys | {use: fresh_key(use) for use in _missing(ring)}, ring.former, ring.path)


@contextmanager
def _alone_with(path: Path) -> Iterator[None]:
    with path.with_name(f".{path.name}.lock").open("w") as lock:
        with suppress(OSError):  # it is another's, who let us write in it
            _give(lock.fileno(), path.stat())
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = _written(path, fresh_ring())
    try:
        os.link(temporary, path)  # atomic, and never over a file that another start made meanwhile
    except FileExistsError:
        pass
    finally:
        temporary.unlink()


def _written(path: Path, ring: KeyRing, like: os.stat_result | None = None) -> Path:
    """A ring in a temporary file beside its place, on the disk; readable by whom the file of before was, or nowhere."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)  # of a process with this number that was killed at it
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        try:
            if like is not None:
                _give(descriptor, like)
            stream.write(as_stored(ring))
            stream.flush()
            os.fsync(descriptor)
        except OSError:
            temporary.unlink()
            raise
    return temporary


def _give(descriptor: int, like: os.stat_result) -> None:
    """To the owner and group of another file, with its mode: the server may run as somebody else than the command."""
    os.fchown(descriptor, like.st_uid, like.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(like.st_mode))


def _settle(folder: Path) -> None:
    """A new name is on the disk when the folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
