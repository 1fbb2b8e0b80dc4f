# SPDX-License-Identifier: Apache-2.0
"""Where evidence lies, as addresses and lines that other programs can open."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import sha1
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from debar import dates

if TYPE_CHECKING:
    from datetime import datetime

_LINE = re.compile(r"\bline (\d{1,9})\b")
_SAFE = "/-._~"
_URLS = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")
"""Name space of URLs (RFC 9562, section 6.6)."""
_BASE_OF_UUIDS = "https://debar.invalid/"
"""Names under which ids become UUIDs; .invalid is no address (RFC 2606)."""
NEVER = dates.FIRST
"""What is no time of any evidence."""
WEB = ("https://", "http://")


class Place(NamedTuple):
    """A file, and what is meant inside it."""

    uri: str
    """Relative to whatever was scanned from, or file: for a path from the root."""
    is_relative: bool
    member: str
    """Path inside an archive or image; empty for the file itself."""


@lru_cache(maxsize=4096)
def place(path: str) -> Place:
    """Give the address of a source's path; for a member of an archive that of the archive."""
    file, _, member = path.partition("!")
    windows = PureWindowsPath(file)
    if windows.drive and windows.root:
        return Place(
            f"file:///{windows.drive}{quote(windows.as_posix()[len(windows.drive) :], safe=_SAFE)}", False, member
        )
    if file.startswith("/"):
        return Place(f"file://{quote(file, safe=_SAFE)}", False, member)
    plain = PurePosixPath(file).as_posix()
    return Place(quote("standard-input" if plain == "-" else plain, safe=_SAFE), True, member)


def line_of(locator: str) -> int:
    """Give the line that a locator names, or 0 where it names none."""
    found = _LINE.search(locator)
    return int(found.group(1)) if found else 0


def link(url: str) -> str:
    """Give an address of the web, or nothing: no other scheme leaves debar as a link."""
    plain = url.strip()
    return quote(plain, safe="/-._~:?#[]@!$&'()*+,;=%") if plain.lower().startswith(WEB) else ""


def uuid_of(*parts: str) -> str:
    """Give a UUID (version 5, RFC 9562, of a URL) of what a thing is: the same in every report."""
    name = _BASE_OF_UUIDS + "\x1f".join(parts)
    # SHA-1 is what version 5 is made of: it names, and protects nothing.
    digest = bytearray(sha1(_URLS + name.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    digits = digest.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def instant(text: str, otherwise: datetime) -> datetime:
    """Give a time of the evidence as an instant, or another one where it is none: a bare date begins in UTC."""
    try:
        return dates.begins(text, "UTC")
    except (ValueError, OverflowError):
        return otherwise


def asked_at(as_of: str) -> datetime:
    """Give the day or instant asked about as an instant, to the second: what a report has for a time of its own."""
    return dates.ends(as_of, "UTC").replace(microsecond=0)
