# SPDX-License-Identifier: Apache-2.0
"""A file of columns, opened for reading in any order; its digest is made beside the reading, not before it."""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from debar.errors import SourceError
from debar.readers.batches.spread import Spread

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

_BLOCK = 1 << 20


@contextmanager
def opened(source: Input) -> Iterator[BinaryIO]:
    """Open an input; digest and size are known afterwards, where they are asked for.

    A plain file is read twice at once, since columns are a small part of it: whatever is needed, and all of it for
    its digest; a large one is not digested unless that is asked for, in storage neither. Anything else is digested first.
    """
    if source.folder is None and isinstance(source, Spread) and source.place and not source.wants_digest:
        with source.glance() as file:
            source.size = source.disk_size()
            yield file
        return
    if source.folder is None or not source.is_plain():
        with source.seekable() as file:
            yield file
        return
    if not source.wants_digest:
        with source.glance() as file:
            source.size = os.fstat(file.fileno()).st_size
            yield file
        return
    with source.glance() as file, ThreadPoolExecutor(1) as beside:
        digest = beside.submit(_digest, file.fileno())
        try:
            yield file
        finally:
            try:
                source.sha256, source.size = digest.result()
            except OSError as e:
                raise SourceError(e.strerror or str(e)) from e


def _digest(handle: int) -> tuple[str, int]:
    """Give digest and size of a file, without moving the place at which others read it."""
    digest, at = hashlib.sha256(), 0
    block = bytearray(_BLOCK)
    while count := os.preadv(handle, [block], at):
        digest.update(memoryview(block)[:count])
        at += count
    return digest.hexdigest(), at
