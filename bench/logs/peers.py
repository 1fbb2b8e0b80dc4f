# SPDX-License-Identifier: Apache-2.0
"""Programs that debar is compared with, where they are installed, and what they are told to do."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

RIPGREP = "DEBAR_RG"
"""Variable of the environment with another ripgrep than that on PATH; newer ones are several times faster."""
COUNT = "count"
"""File that a counting peer writes its result to."""


class Peer(NamedTuple):
    """A command that others than debar run."""

    name: str
    command: tuple[str, ...]
    package: str
    """Where it is from, for whoever does not have it: its name in Debian, or in the index of Python packages."""
    is_exact: bool = False
    """It prints how many rows hit, and that must be the right number."""
    is_slow: bool = False
    """No goal speaks of it, so one round is enough."""


def plain(file: Path, folder: Path) -> list[Peer]:
    """Give what reads, and what searches a log of JSON lines."""
    names, expressions = str(folder / "plain.txt"), str(folder / "json.txt")
    grep = os.environ.get(RIPGREP, "rg")
    duckdb = (sys.executable, "-m", "bench.logs.with_duckdb")
    found = [
        Peer("cat", ("cat", str(file)), "coreutils"),
        Peer("wc -l", ("wc", "-l", str(file)), "coreutils"),
        Peer("rg -i -f expressions", (grep, "-c", "-i", "-f", expressions, str(file)), "ripgrep", is_exact=True),
        Peer("duckdb", (*duckdb, str(file), names), "PyPI duckdb", is_exact=True),
        Peer("rg -i -F -f plain", (grep, "-c", "-i", "-F", "-f", names, str(file)), "ripgrep", is_slow=True),
        Peer(
            "rg -i -f, not mapped",
            (grep, "-c", "-i", "--no-mmap", "-f", expressions, str(file)),
            "ripgrep",
            is_exact=True,
            is_slow=True,
        ),
        Peer("grep -F -f plain", ("grep", "-c", "-F", "-f", names, str(file)), "grep", is_slow=True),
    ]
    return list(_there(found))


def reading(*files: Path) -> list[Peer]:
    """Give only what reads files."""
    return [Peer("cat", ("cat", *map(str, files)), "coreutils")]


def unpacking(file: Path) -> list[Peer]:
    """Give what decompresses a file, by its name."""
    if file.suffix == ".zst":
        return list(_there([Peer("zstd -dc", ("zstd", "-q", "-dc", str(file)), "zstd")]))
    commands = {"gzip": "gzip", "igzip": "isal", "pigz": "pigz"}
    return list(_there([Peer(f"{name} -dc", (name, "-dc", str(file)), where) for name, where in commands.items()]))


def is_there(peer: Peer) -> bool:
    """Tell whether a peer can be run."""
    if peer.command[0] == sys.executable:
        return find_spec(peer.package.rpartition(" ")[2]) is not None
    return shutil.which(peer.command[0]) is not None


def _there(many: Iterable[Peer]) -> Iterable[Peer]:
    for peer in many:
        if is_there(peer):
            yield peer
        else:
            print(f"  {peer.name} is not there: {peer.package}")
