# SPDX-License-Identifier: Apache-2.0
"""Files in storage that is no folder of this machine, by their addresses: s3://bucket/key, gs://, abfss://, hdfs://, file://.

Only a scan on a cluster comes here: the libraries that open such addresses connect to where they lie.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from debar.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def is_address(source: str) -> bool:
    """Tell that a source is an address, and no path."""
    return _ADDRESS.match(source) is not None


def shown(address: str) -> str:
    """Give an address without what may be secret: who connects, and how."""
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], unquote(parts.path), "", ""))


def listed(address: str) -> Iterator[tuple[str, int]]:
    """Yield (address, bytes) of the files at and below an address, in order; SourceError where nothing is there."""
    from pyarrow import fs  # a library for storage, not for every command

    found, path = _place(address)
    try:
        (about,) = found.get_file_info([path])
        if about.type == fs.FileType.File:
            yield address, about.size
            return
        below = found.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, ValueError) as e:
        raise _fault(e, address) from e
    parts = urlsplit(address)
    # What stands before the path in an address, such as a bucket, is the beginning of the path in storage.
    before = len(path.rstrip("/"))
    for about in sorted((each for each in below if each.type == fs.FileType.File), key=lambda each: str(each.path)):
        inside = quote(about.path[before:].lstrip("/"))
        yield urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{inside}")), about.size


def stored(address: str) -> BinaryIO:
    """Open a file for reading in any order; SourceError where it cannot be."""
    found, path = _place(address)
    try:
        return cast("BinaryIO", found.open_input_file(path))
    except (OSError, ValueError) as e:
        raise _fault(e, address) from e


def _place(address: str) -> tuple[Any, str]:
    """Give the storage of an address, and the path in it."""
    parts = urlsplit(address)
    try:
        found, root = _storage(urlunsplit(parts._replace(path="/" if not parts.netloc else "")))
    except (OSError, ValueError, NotImplementedError) as e:
        raise _fault(e, address) from e
    return found, f"{root.rstrip('/')}/{unquote(parts.path).lstrip('/')}"


@lru_cache(maxsize=16)
def _storage(address: str) -> tuple[Any, str]:
    """Give a storage, opened once, and its root."""
    from pyarrow import fs  # a library for storage, not for every command

    return cast("tuple[Any, str]", fs.FileSystem.from_uri(address))


def _fault(e: Exception, address: str) -> SourceError:
    reason = " ".join(str(e).split())[:300]
    return SourceError(f"not readable in storage: {reason}", path=shown(address), hint="see docs/how-to/spark.md")
