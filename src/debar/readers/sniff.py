# SPDX-License-Identifier: Apache-2.0
"""Which reader an input is for, told from its first bytes.

A file's name is asked only where a format's text alone is too plain to tell (requirements.txt); such
a mark asks for both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from debar.readers import READERS, encodings, named
from debar.readers.rows import Form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from debar.readers.inputs import Input
    from debar.readers.rows import Mark, Reader

_compiled = lru_cache(maxsize=512)(re.compile)
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
UNREAD = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xca\xfe\xba\xbe\x00\x00\x00", "a compiled Java class"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"MSCF", "a cabinet archive"),
)
"""First bytes of formats that are recognised and not read; telling so beats "unknown"."""


def find_reader(source: Input) -> tuple[Reader | None, str]:
    """Give the reader for an input and why, or nothing and what the input looks like instead."""
    raw = source.head()
    if not raw.strip():
        return None, "the file is empty"
    for reader, mark in _marks(Form.BYTES):
        if raw.startswith(mark.first, mark.offset) and _fits_name(mark, source):
            return reader, mark.why
    for magic, name in UNREAD:
        if raw.startswith(magic):
            return None, f"recognised as {name}, which this version does not read"
    head = encodings.to_text(raw).lstrip("\ufeff \t\r\n")
    if head[:1] in ("{", "["):
        return _json(source, head)
    if head[:1] == "<":
        found = _by_text(source, head, Form.XML)
        return found if found[0] else _lines(source, head, "XML of a kind that no reader knows")
    return _lines(source, head, "")


@lru_cache(maxsize=len(Form))
def _marks(form: Form) -> tuple[tuple[Reader, Mark], ...]:
    """Give all marks of a form, in the order of the table."""
    return tuple((reader, mark) for reader in READERS for mark in reader.marks if mark.form is form)


def _fits_name(mark: Mark, source: Input) -> bool:
    return not mark.name or _compiled(mark.name).search(source.name) is not None


def _fits(mark: Mark, head: str, source: Input) -> bool:
    return (
        (not mark.needs or mark.needs in head)
        and _fits_name(mark, source)
        and _compiled(mark.pattern, re.MULTILINE).search(head) is not None
    )


def _by_text(source: Input, head: str, form: Form) -> tuple[Reader | None, str]:
    for reader, mark in _marks(form):
        if _fits(mark, head, source):
            return reader, mark.why
    return None, ""


def _json(source: Input, head: str) -> tuple[Reader | None, str]:
    """Look at the text of the beginning and, where a row asks for keys, at the first object's own."""
    frame: dict[str, str] | None = None
    fault = ""
    for reader in READERS:
        for mark in reader.marks:
            if mark.form is Form.JSON and _fits(mark, head, source):
                return reader, mark.why
            if mark.form is Form.KEYS and _fits_name(mark, source):
                if frame is None:
                    frame, fault = _frame(source, head)
                if _has(frame, mark.keys):
                    return reader, mark.why
    shown = ", ".join(sorted(frame or ())[:6])
    return _lines(
        source,
        head,
        f"JSON that no reader knows ({fault})" if fault else f"JSON that no reader knows; its keys are {shown}",
    )


def _has(frame: dict[str, str], keys: tuple[str, ...]) -> bool:
    for key in keys:
        name, equals, begins = key.partition("=")
        if name not in frame or (equals and not frame[name].startswith(begins)):
            return False
    return True


def _frame(source: Input, head: str) -> tuple[dict[str, str], str]:
    """Give keys and the beginnings of raw values of a document, of its first element, or of its first line."""
    first, newline, _ = head.partition("\n")
    attempts: list[Callable[[], Any]] = []
    if newline and first.rstrip().endswith("}"):
        attempts.append(lambda: msgspec.json.decode(first, type=dict[str, msgspec.Raw]))
    if head[0] == "[":
        attempts.append(lambda: _first_element(head))
        attempts.append(lambda: next(iter(msgspec.json.decode(source.document(), type=list[msgspec.Raw])), b"{}"))
    else:
        attempts.append(lambda: msgspec.json.decode(source.document(), type=dict[str, msgspec.Raw]))
    fault = ""
    for attempt in attempts:
        try:
            found = attempt()
            if not isinstance(found, dict):
                found = msgspec.json.decode(found, type=dict[str, msgspec.Raw])
        except _UNREADABLE as e:
            fault = str(e)
        else:
            return {name: bytes(value)[:80].decode(errors="replace").lstrip() for name, value in found.items()}, ""
    return {}, fault


def _first_element(head: str) -> bytes:
    """Give the first element of an array as JSON; DecodeError when the head does not hold it whole."""
    import json

    try:
        element, _ = json.JSONDecoder().raw_decode(head, len(head) - len(head[1:].lstrip()))
    except ValueError as e:
        raise msgspec.DecodeError(str(e)) from e
    return msgspec.json.encode(element)


def _lines(source: Input, head: str, otherwise: str) -> tuple[Reader | None, str]:
    """Try marks of text, then the tables that layouts know: both may begin like JSON or XML."""
    reader, why = _by_text(source, head, Form.TEXT)
    if reader:
        return reader, why
    if otherwise:
        return None, otherwise
    for reader, why in _layouts(source, head):
        return reader, why
    if "\0" in head:
        return None, "binary, of a kind that no reader knows"
    return None, "text that no reader knows; a table is read once a file in register/layouts names its columns"


def _layouts(source: Input, head: str) -> Iterator[tuple[Reader, str]]:
    from debar.readers.business import table  # only when nothing else fits

    if table.fits(head, source.layouts):
        yield named("table"), "a header that a column layout knows"
