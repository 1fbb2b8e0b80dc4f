# SPDX-License-Identifier: Apache-2.0
"""Which folders are the file tree of an installed system, and what such a system calls itself."""

from __future__ import annotations

import os
import re
from pathlib import Path

from debar.readers import places

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
