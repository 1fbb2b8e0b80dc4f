# SPDX-License-Identifier: Apache-2.0
"""Bytes of a file to the characters in which offsets are counted, within limits."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from debar.errors import SourceError
from debar.readers.encodings import detect

LARGEST = 64 << 20
"""Bytes of a file: a notice of a thousand pages has a tenth of it."""
LONGEST = 10_000_000
"""Characters of a text."""
_HEAD = 4096
_DECLARED = re.compile(
    rb"(?:charset\s{0,9}=\s{0,9}[\"']?|<\?xml[^>]{0,200}encoding\s{0,9}=\s{0,9}[\"'])([A-Za-z0-9_.:-]{2,40})"
)
_OTHER = (
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document or a mail of Outlook"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"II*\x00", "an image"),
    (b"MM\x00*", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"(\xb5/\xfd", "a compressed file"),
    (b"\xfd7zXZ", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})


class Decoded(NamedTuple):
    """A file as characters."""

    text: str
    notes: tuple[str, ...] = ()


def refuse_other(path: str, content: bytes) -> None:
    """Raise SourceError for a file that holds no text in any form that is read here."""
    if len(content) > LARGEST:
        raise SourceError(
            f"is larger than {LARGEST >> 20} MB",
            path=path,
            hint="save the article or notice alone, without attachments",
        )
    for mark, what in _OTHER:
        if content.startswith(mark):
            raise SourceError(f"is {what}, which is not read", path=path, hint="save it as text, HTML or PDF")


def decoded(path: str, content: bytes) -> Decoded:
    """Give a file as characters, without the mark of its encoding; SourceError where it is no text."""
    name = _encoding(content)
    text = content.decode(name, "replace")
    if name == "utf-8" or name.startswith(("utf-16", "utf-32")):
        text = text.removeprefix("\ufeff")
    if len(text) > LONGEST:
        raise SourceError(f"has more than {LONGEST:,} characters", path=path, hint="save the article or notice alone")
    head = text[: 1 << 16]
    if sum(map(head.count, map(chr, _CONTROLS))) > len(head) // 20 + 8:
        raise SourceError("is no text", path=path, hint="save it as text, HTML or PDF")
    broken = text.count("\ufffd")
    notes = (f"{broken} characters could not be decoded as {name}",) if broken else ()
    return Decoded(text, notes)


def _encoding(content: bytes) -> str:
    """Give the encoding: what the bytes can only be, else what the document declares, else Windows' for the West."""
    found = detect(content[: 1 << 16])
    if found != "utf-8" and (found.startswith("utf") or _is_utf8(content)):
        return found if found.startswith("utf") else "utf-8"
    if found == "utf-8" and _is_utf8(content):
        return "utf-8"
    if declared := _DECLARED.search(content[:_HEAD]):
        try:
            info = codecs.lookup(declared.group(1).decode("ascii"))
        except LookupError:
            return found
        # Codecs that are no encodings of text (zlib, base64) are not decoded here, whatever a page declares;
        # and a page whose declaration could be read is in no encoding of two bytes.
        if getattr(info, "_is_text_encoding", False) and not info.name.startswith(
            ("utf", "idna", "punycode", "unicode", "raw")
        ):
            return info.name
    return found


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
