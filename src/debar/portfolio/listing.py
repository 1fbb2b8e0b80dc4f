# SPDX-License-Identifier: Apache-2.0
"""A list of parties that was uploaded, made ready for names in a process of its own with limits.

What it holds is hostile, and it is read while somebody waits: whatever it does, it does to that process, and the service goes on.

    python -m debar.portfolio.listing

It hears on standard input which file, and for whom it works, and says on standard output what the list came to.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar.errors import SourceError
from debar.portfolio import limits_of_work
from debar.portfolio.limits_of_work import Limits

if TYPE_CHECKING:
    from debar.screen.index import NameIndex

LIMITS = Limits(memory=1 << 30, cpu=30, clock=45)
"""Of one list; some tens of thousands of parties take a few seconds."""
LARGEST = 64 << 20
"""Bytes of a list that was made ready, as the service holds it."""
_HINT = "debar screen reads larger lists, from the file itself"


class Order(msgspec.Struct, frozen=True, array_like=True):
    """What is to be read."""

    file: str
    limits: Limits
    parent: int


class Came(msgspec.Struct, frozen=True, array_like=True):
    """What a list came to."""

    index: bytes = b""
    fault: str = ""
    """Why it is none."""
    hint: str = ""


def ready(file: Path, limits: Limits = LIMITS) -> bytes:
    """Give the index of the list in a file, as it is kept; SourceError where it is none, or costs too much."""
    order = Order(str(file), limits, os.getpid())
    command = [sys.executable, "-m", "debar.portfolio.listing"]
    try:
        done = subprocess.run(  # noqa: S603 - debar itself
            command,
            input=msgspec.msgpack.encode(order),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.clock,
            check=False,
        )
    except subprocess.TimeoutExpired as e:
        raise SourceError(limits.about_clock, hint=_HINT) from e
    if done.returncode:
        status = -done.returncode if done.returncode < 0 else done.returncode << 8
        raise SourceError(limits_of_work.ended(status, limits), hint=_HINT)
    came = msgspec.msgpack.decode(done.stdout, type=Came)
    if came.fault:
        raise SourceError(came.fault, hint=came.hint)
    return came.index


def index_of(kept: bytes) -> NameIndex:
    """Give the index that `ready` gave."""
    from debar.screen import index  # where names are compared

    return index.load(kept)


def main() -> int:
    """Say what the list came to that standard input names."""
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    limits_of_work.confine(order.limits, order.parent)
    sys.stdout.buffer.write(msgspec.msgpack.encode(_came(Path(order.file), order.limits)))
    sys.stdout.buffer.flush()
    return 0


def _came(file: Path, limits: Limits) -> Came:
    from debar.screen import index
    from debar.screened import lists

    try:
        kept = index.kept(lists.of_file(file))
    except SourceError as e:
        return Came(fault=e.message, hint=e.hint)
    except (MemoryError, RecursionError):
        return Came(fault=limits.about_memory, hint=_HINT)
    if len(kept) > LARGEST:
        return Came(fault=f"comes to more than {LARGEST >> 20} MB", hint=_HINT)
    return Came(index=kept)


if __name__ == "__main__":
    sys.exit(main())
