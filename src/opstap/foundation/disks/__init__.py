"""On what kind of disk a file stands. SQLite's locks and journal can't be trusted over a network."""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/mounts")
OVER_A_NETWORK = {
    "9p", "afs", "beegfs", "ceph", "cifs", "davfs", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2",
    "smb3", "smbfs", "vboxsf",
    "fuse.davfs", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
    "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse",
}  # fmt: skip


def network_disk(path: Path) -> str | None:
    """The kind and place of the network disk that holds a path; None for a disk of this machine, or when unknown."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return network_disk_among(lines, path.resolve())


def network_disk_among(mounts: list[str], path: Path) -> str | None:
    """The same for the lines of a list of mounts: the last of the longest that holds the path counts."""
    kind, holding = "", Path("/")
    for line in mounts:
        fields = line.split()
        if len(fields) < 3:
            continue
        place = Path(_plain(fields[1]))
        if (place == path or place in path.parents) and len(place.parts) >= len(holding.parts):
            kind, holding = fields[2], place
    return f"{kind} op {holding}" if kind in OVER_A_NETWORK else None


def _plain(place: str) -> str:
    r"""A space in a place stands there as \040."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), place)
