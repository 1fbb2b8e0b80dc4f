# SPDX-License-Identifier: Apache-2.0
"""Which reader an input is for, told from its first bytes.

A file's name is asked only where a format's text alone is too plain to tell (requirements.txt); such
a mark asks for both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import msgspec

from debar.readers import READERS, encodings, named
from debar.readers.rows import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.readers.inputs import Input
    from debar.readers.rows import Mark, Reader

_compiled = lru_cache(maxsize=512)(re.compile)
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)
_OPAQUE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]")
_JSON = re.compile(r"\{|\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*[,\]]|(?:true|false|null)\s*[,\]]|\Z)")
"""Beginnings that JSON can have; a log may begin with [INFO] or [2024-01-31."""
_GROUP = re.compile(r"\([^()]*\)")
BLOCK = 512
"""Bytes that an expression for first bytes is compared with: a header of tar."""
FIRST = 8
"""Bytes by which programs are told in a file tree."""
UNREAD = (
    (b"%PDF-", "PDF"),
    (b"SQLite format 3\x00", "an SQLite database"),
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
        if _begins(mark, raw) and _fits_name(mark, source) and _is_confirmed(mark, source):
            return reader, mark.why
    for magic, name in UNREAD:
        if raw.startswith(magic):
            return None, f"recognised as {name}, which this version does not read"
    head = encodings.to_text(raw).lstrip("\ufeff \t\r\n")
    if _JSON.match(head):
        return _json(source, head)
    if head[:1] == "<":
        found = _by_text(source, head, Form.XML)
        return found if found[0] else _lines(source, head, "XML of a kind that no reader knows")
    return _lines(source, head, "")


def marks_of_name(name: str) -> frozenset[str]:
    """Give the expressions for names that a base name fits: files of the same content and the same of these have one reader."""
    return frozenset(expression for expression in _of_names() if _compiled(expression).search(name))


@lru_cache(maxsize=1)
def _of_names() -> frozenset[str]:
    return frozenset(mark.name for reader in READERS for mark in reader.marks if mark.name)


def is_of_a_tree(path: str, first: bytes) -> bool:
    """Tell whether a file of an installed system can tell a maker, by its name, its folder or its first bytes."""
    names, folders, firsts = _tree_marks()
    if first and first.startswith(firsts):
        return True
    *_above, folder, name = ("", "", *path.rsplit("/", 2))
    return bool(name) and (names.fullmatch(name) is not None or folder in folders)


@lru_cache(maxsize=1)
def _tree_marks() -> tuple[re.Pattern[str], frozenset[str], tuple[bytes, ...]]:
    rows = [reader for reader in READERS if reader.in_trees]
    names = "|".join(f"(?:{reader.tree_names})" for reader in rows if reader.tree_names)
    marks = (mark for reader in rows for mark in reader.marks if mark.form is Form.BYTES and not reader.tree_names)
    folders = frozenset(folder for reader in rows for folder in reader.tree_folders)
    return re.compile(names), folders, tuple({mark.first for mark in marks if mark.first and not mark.offset})


@lru_cache(maxsize=len(Form))
def _marks(form: Form) -> tuple[tuple[Reader, Mark], ...]:
    """Give all marks of a form, in the order of the table."""
    return tuple((reader, mark) for reader in READERS for mark in reader.marks if mark.form is form)


def _begins(mark: Mark, raw: bytes) -> bool:
    if not raw.startswith(mark.first, mark.offset):
        return False
    block = raw[:BLOCK]
    # No text has a NUL in it, and only a text would cost an expression for nothing.
    return not mark.pattern or (b"\0" in block and _compiled(mark.pattern).match(block.decode("latin-1")) is not None)


def _fits_name(mark: Mark, source: Input) -> bool:
    return not mark.name or _compiled(mark.name).search(source.name) is not None


def _is_confirmed(mark: Mark, source: Input) -> bool:
    """Ask the module that knows what the container must hold."""
    return not mark.fits or import_module(mark.fits).fits(source)


def _fits(mark: Mark, head: str, source: Input) -> bool:
    if (mark.needs and mark.needs not in head) or not _fits_name(mark, source):
        return False
    if lines := _at_lines(mark.pattern):
        return lines.search(f"\n{head}") is not None
    return _compiled(mark.pattern, re.MULTILINE).search(head) is not None


@lru_cache(maxsize=512)
def _at_lines(pattern: str) -> re.Pattern[str] | None:
    """Give what finds a mark that begins with a line behind the end of the line before, ten times as fast; else nothing."""
    if not pattern.startswith("^"):
        return None
    # What is left without escapes, classes and groups shows whether a bar offers something that begins anywhere.
    bare, inner = _OPAQUE.sub("", pattern), ""
    while bare != inner:
        bare, inner = _GROUP.sub("", bare), bare
    return None if "|" in bare else re.compile(f"\n{pattern[1:]}", re.MULTILINE)


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
    """Try marks of text, then logs and tables that layouts know: they may begin like JSON or XML."""
    # Tables and logs in a file tree are its programs' own, not what somebody exported.
    for find in (_by_mark,) if source.in_tree else (_by_mark, _by_log_layout, _by_table_layout):
        name, why = find(source, head)
        if name:
            return named(name), why
    if otherwise:
        return None, otherwise
    if "\0" in head:
        return None, "binary, of a kind that no reader knows"
    return None, "text that no reader knows; if it is a table, name its columns: --columns ROLE=HEADER"


def _by_mark(source: Input, head: str) -> tuple[str, str]:
    reader, why = _by_text(source, head, Form.TEXT)
    return (reader.name, why) if reader else ("", "")


def _by_log_layout(source: Input, head: str) -> tuple[str, str]:
    from debar.readers.loglines import loglayouts  # only when no mark fits

    return loglayouts.recognised(head, source.log_layouts), "lines or fields that a layout of logs knows"


def _by_table_layout(source: Input, head: str) -> tuple[str, str]:
    """Ask what knows tables: layouts first, then what can be guessed."""
    if _JSON.match(head):
        from debar.readers.business import json_table

        why = json_table.fits(source)
        return ("json-table", why) if why else ("", "")
    from debar.readers.business import table

    if table.fits(head, source.layouts):
        return "table", "a header that a column layout knows"
    why = "" if head[:1] == "<" else table.guessed(head)
    return ("table", why) if why else ("", "")
