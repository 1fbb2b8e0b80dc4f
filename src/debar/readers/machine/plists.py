# SPDX-License-Identifier: Apache-2.0
"""Property lists of Apple, as XML and binary: decoded once, here, with every error the library raises."""

from __future__ import annotations

import plistlib
from xml.parsers.expat import ExpatError

from debar.errors import SourceError

LARGEST = 1 << 28
"""Bytes of a property list that is decoded; reports of system_profiler reach 50 MB."""
_UNREADABLE = (
    plistlib.InvalidFileException,
    ExpatError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    OverflowError,
    RecursionError,
)
"""What plistlib raises for faulty lists; it declares none of it. Declared entities are among its refusals."""


def decoded(data: bytes) -> object:
    """Give the root of a property list; SourceError when it is none, or declares entities."""
    if len(data) > LARGEST:
        raise SourceError(f"more than {LARGEST >> 20} MiB, too large for a property list")
    try:
        return plistlib.loads(data)
    except _UNREADABLE as e:
        raise SourceError(f"not readable as a property list: {str(e) or type(e).__name__}") from e
