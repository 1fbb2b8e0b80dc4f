# SPDX-License-Identifier: Apache-2.0
"""Which folders are the file tree of an installed system, and what such a system calls itself."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from debar.readers import places

if TYPE_CHECKING:
    from collections.abc import Iterator

_SYSTEMS = (
    (
        4,
        frozenset(
            {"bin", "sbin", "lib", "lib64", "usr", "etc", "var", "opt", "boot", "proc", "sys", "dev", "root", "srv"}
        ),
    ),
    (4, frozenset({"bin", "sbin", "lib", "lib64", "libexec", "share", "local", "include", "games", "src"})),
    (3, frozenset({"Windows", "Program Files", "Program Files (x86)", "ProgramData", "Users"})),
    (3, frozenset({"Applications", "Library", "System", "Users", "private"})),
)
"""A folder with this many of these is the root of a system, or its /usr."""
_PARTS = frozenset({"site-packages", "dist-packages", "node_modules"})
"""Folders of installed modules."""
_PART = re.compile(r"(?:.*?(?=/Program)|.*(?=/(?:usr|opt|var|etc|Applications|Library)(?:/|$)))(?P<inside>/.*)")
"""A part of a system that somebody put elsewhere: the last of these names in a path begins the system's own path."""
_OWN = ("/usr/", "/opt/", "/var/", "/etc/", "/srv/", "/home/", "/Applications/", "/Library/")
"""Paths that are those of the system itself."""
PSEUDO = frozenset({"proc", "sys", "dev", "run"})
"""File systems in the root of a tree that hold no files."""
_PSEUDO_TYPES = frozenset(
    {
        "autofs",
        "binder",
        "binfmt_misc",
        "bpf",
        "cgroup",
        "cgroup2",
        "configfs",
        "debugfs",
        "devpts",
        "devtmpfs",
        "efivarfs",
        "fusectl",
        "hugetlbfs",
        "mqueue",
        "nfsd",
        "nsfs",
        "proc",
        "pstore",
        "resctrl",
        "rpc_pipefs",
        "securityfs",
        "selinuxfs",
        "smackfs",
        "sysfs",
        "tracefs",
    }
)
"""Types of file systems that hold no files: what is in them is made when it is asked for."""
_NETWORK_TYPES = frozenset(
    {
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "fuse.ceph",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "orangefs",
        "smb3",
        "smbfs",
    }
)
"""Types of file systems whose files lie on another machine."""
MOUNTS = "/proc/self/mountinfo"
"""Where Linux tells what is mounted: number, device, folder and type of each, after proc(5)."""
_OCTAL = re.compile(rb"\\([0-7]{3})")
LAYOUT = frozenset({"oci-layout", "index.json", "blobs"})
"""Names in a folder that is one container image: the mark stands for all of it."""


def is_tree(path: str, names: set[str]) -> bool:
    """Tell whether a folder is the root of an installed system, or a folder of installed modules."""
    return os.path.basename(path) in _PARTS or any(len(names & kind) >= count for count, kind in _SYSTEMS)  # noqa: PTH119 - text that may be shown differently


def is_root(names: set[str]) -> bool:
    """Tell whether a folder is the root of a Unix system: of a container or a chroot, where it lies in another tree."""
    return {"etc", "usr", "var"} <= names and not names.isdisjoint({"bin", "sbin", "lib"})


def inside(path: str, names: set[str]) -> str:
    """Give where a folder lies in its own system: nothing for a root, "/opt" for a part such as /mnt/disk/opt."""
    if is_root(names):
        return ""
    if f"{path}/".startswith(_OWN):
        return path
    found = _PART.fullmatch(path)
    return found["inside"] if found else ""


def host(place: str) -> str:
    """Give the name that a system gives itself, else that of its folder."""
    name = Path(place, "etc", "hostname")
    try:
        if name.is_file() and not name.is_symlink():
            with name.open(encoding="utf-8", errors="replace") as file:
                if first := file.readline(256).strip():
                    return first
    except OSError:
        pass
    return places.shown(Path(place).resolve().name) or "host"


class _Mount(NamedTuple):
    """One file system, where it was mounted."""

    device: int
    place: str
    type: str


def pseudo_devices() -> frozenset[int]:
    """Give the devices of file systems that hold no files, wherever they are mounted; none where nobody tells them."""
    return frozenset(mount.device for mount in _mounts() if mount.type in _PSEUDO_TYPES)


def network(folder: str) -> Iterator[str]:
    """Yield each file system of another machine that a folder lies in or holds, with its type, by place."""
    top = os.path.realpath(folder).rstrip("/") + "/"
    for mount in sorted(_mounts(), key=lambda one: one.place):
        place = mount.place.rstrip("/") + "/"
        if mount.type in _NETWORK_TYPES and (place.startswith(top) or top.startswith(place)):
            yield f"{places.shown(mount.place)} ({mount.type})"


def _mounts() -> Iterator[_Mount]:
    try:
        with open(MOUNTS, "rb") as file:  # noqa: PTH123 - a file of the kernel, not of the tree
            lines = file.read().splitlines()
    except OSError:
        return
    for line in lines:
        head, _, tail = line.partition(b" - ")
        fields, kinds = head.split(b" "), tail.split(b" ")
        major, _, minor = fields[2].partition(b":") if len(fields) > 4 else (b"", b"", b"")
        if major.isdigit() and minor.isdigit():
            place = _OCTAL.sub(lambda found: bytes([int(found[1], 8) & 0xFF]), fields[4])
            yield _Mount(os.makedev(int(major), int(minor)), os.fsdecode(place), kinds[0].decode("ascii", "replace"))
