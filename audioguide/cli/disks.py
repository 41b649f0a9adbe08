"""On what kind of file system a folder lies, and what that means for a database (Linux)."""

from __future__ import annotations

import os
import re
from pathlib import Path

from audioguide.db import sqlite_file
from audioguide.errors import Message, message
from audioguide.settings import Settings

MOUNTS = Path("/proc/self/mountinfo")
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "ceph", "glusterfs", "davfs"}
_NETWORK |= {"afs", "lustre", "ncpfs", "ocfs2", "gfs2", "vboxsf", "prl_fs"}
_NETWORK_BY_FUSE = {"sshfs", "rclone", "s3fs", "goofys", "gcsfuse", "blobfuse", "blobfuse2"}
_NETWORK_BY_FUSE |= {"mount-s3", "juicefs", "ceph", "ceph-fuse", "glusterfs", "davfs", "davfs2"}
_NETWORK_BY_FUSE |= {"curlftpfs", "smbnetfs", "gvfsd-fuse", "vmhgfs-fuse", "mfs", "onedriver"}
_FAT = {"vfat", "msdos", "exfat", "umsdos"}
_OF_CONTAINERS = {"overlay", "aufs"}
_OF_MEMORY = {"tmpfs", "ramfs"}
_OCTAL = re.compile(r"\\([0-7]{3})")


def warnings(settings: Settings, mounts: Path = MOUNTS) -> tuple[Message, ...]:
    """Warn, once for each folder, where the data or the database are not safe as they lie."""
    file = sqlite_file(settings.database_url)
    folders = {file.parent: "AUDIOGUIDE_DATABASE_URL"} if file else {}
    folders |= {settings.data: "AUDIOGUIDE_DATA"}
    known = _mounts(mounts)
    said = (_warning(folder, _kind(folder, known), named) for folder, named in folders.items())
    return tuple(each for each in said if each is not None)


def _warning(folder: Path, kind: str, setting: str) -> Message | None:
    if kind in _NETWORK or kind.removeprefix("fuse.") in _NETWORK_BY_FUSE:
        return message(
            "{folder} lies on a network drive ({kind}): a database can be damaged there. "
            "Name a place on a disk of this machine in {setting}.",
            folder=folder,
            kind=kind,
            setting=setting,
        )
    if kind in _FAT:
        return message(
            "{folder} lies on a disk of the kind {kind}, which a loss of power can damage. "
            "Name a place on another disk of this machine in {setting}.",
            folder=folder,
            kind=kind,
            setting=setting,
        )
    if kind in _OF_CONTAINERS:
        return message(
            "{folder} goes with the container ({kind}). Mount a volume there to keep it.",
            folder=folder,
            kind=kind,
        )
    if kind in _OF_MEMORY:
        return message(
            "{folder} lies in the memory ({kind}) and is gone after a restart of the machine.",
            folder=folder,
            kind=kind,
        )
    return None


def _kind(folder: Path, known: dict[str, str]) -> str:
    """Return the kind of the file system at the longest mount point above a folder, or ""."""
    real = os.path.realpath(folder)
    while real not in known:
        above = os.path.dirname(real)  # noqa: PTH120
        if above == real:
            return ""
        real = above
    return known[real]


def _mounts(file: Path) -> dict[str, str]:
    """Read mount points and kinds (proc_pid_mountinfo(5)); of two on one place the last holds."""
    try:
        lines = os.fsdecode(file.read_bytes()).splitlines()
    except OSError:  # another system
        return {}
    found = {}
    for line in lines:
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) > 4 and after:
            found[_OCTAL.sub(_letter, fields[4])] = after.split(" ")[0]
    return found


def _letter(found: re.Match[str]) -> str:
    return chr(int(found.group(1), 8))
