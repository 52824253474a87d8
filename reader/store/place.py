"""The disk under the library: a spare file for when it is full, and whether it is a network drive."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

SPARE_BYTES: Final = 2 * 1024 * 1024
"""On a full disk SQLite cannot even delete; giving this up makes room for the write-ahead log of that."""
_ROOM_BYTES: Final = 16 * SPARE_BYTES
"""A spare is only kept where there is room for many."""
_NETWORK: Final = frozenset(
    {"9p", "afs", "ceph", "cifs", "davfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb3", "smbfs"}
)


def reserve(path: Path) -> None:
    """Keep a spare file beside the library, unless the disk has little room or cannot be written."""
    spare = _spare(path)
    with suppress(OSError):
        if not spare.exists() and _free_bytes(path.parent) > _ROOM_BYTES:
            spare.write_bytes(b"\0" * SPARE_BYTES)


def give_up_spare(path: Path) -> bool:
    """Delete the spare file to make room; tell whether there was one."""
    try:
        _spare(path).unlink()
    except OSError:
        return False
    return True


def network_warning(path: Path, mounts: Path = Path("/proc/self/mountinfo")) -> str:
    """Return a sentence when ``path`` lies on a network drive, where locks and shared memory may not hold; else nothing."""
    try:
        lines = mounts.read_text(errors="replace").splitlines()
    except OSError:
        return ""  # no Linux: nothing is known
    kind, deepest = "", ""
    for line in lines:
        fields, _, rest = line.partition(" - ")
        mount = fields.split(" ")[4].replace("\\040", " ") if fields.count(" ") > 4 else ""
        if len(mount) >= len(deepest) and mount and _contains(mount, path):
            kind, deepest = rest.split(" ")[0], mount
    if kind not in _NETWORK and not kind.startswith("fuse.sshfs"):
        return ""
    return (
        f"The library lies on a network drive ({kind} at {deepest}), where it may be damaged when two machines use it. "
        "Move it to a local disk: set BROADSHEET_HOME."
    )


def _free_bytes(folder: Path) -> int:
    import shutil  # with all its archive formats, for the first start alone

    return shutil.disk_usage(folder).free


def _contains(mount: str, path: Path) -> bool:
    return os.path.commonpath([mount, str(path.absolute())]) == mount


def _spare(path: Path) -> Path:
    return path.with_name(path.name + ".spare")
