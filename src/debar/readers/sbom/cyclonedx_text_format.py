# SPDX-License-Identifier: Apache-2.0
"""CycloneDX 1.3 to 1.7 in the text format of protocol buffers (.textproto): name: value, and name { message }."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from debar.errors import SourceError
from debar.readers.boms import cyclonedx_messages
from debar.readers.boms.cyclonedx_messages import BY_NAME, DEPTH, LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.model.inventory import Observation
    from debar.readers.boms.cyclonedx_messages import Field
    from debar.readers.inputs import Input

_TOKEN = re.compile(
    r"""(?P<space>[\s,;]+|\#[^\n]*)"""
    r"""|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|(?P<word>[\w.+/-]+)"""
    r"""|(?P<sign>[{}<>\[\]:])""",
)
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))")
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PASSED = cyclonedx_messages.Field(0, "")
"""Stands for every field that is not read."""


class _Open:
    """A message that is being read."""

    __slots__ = ("field", "fields", "is_list", "name", "of")

    def __init__(self, name: str, of: Field | None) -> None:
        self.name, self.of = name, of
        self.fields: dict[str, Any] = {}
        self.field: Field | None = None
        """Field whose value is awaited."""
        self.is_list = False

    def take(self, value: object) -> None:
        """Take a value for the field that awaits one."""
        if self.field and self.field is not _PASSED:
            cyclonedx_messages.put(self.fields, self.field, value)
        if not self.is_list:
            self.field = None


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each component, service and subject; what stands before a break is read."""
    document = source.document()
    if len(document) > LARGEST:
        raise SourceError(f"more than {LARGEST >> 20} MiB, too large to decode as one document")
    text = document.decode(errors="replace")
    stack = [_Open("Bom", None)]
    at, fault = _parse(text, stack)
    bom = stack[0].fields
    if fault:
        place = f"line {text.count(chr(10), 0, at) + 1}"
        if "components" not in bom:
            raise SourceError(f"not a readable CycloneDX document: {fault}", locator=place)
        source.lose(place, fault)
    yield from cyclonedx_messages.told(source, bom)


def _parse(text: str, stack: list[_Open]) -> tuple[int, str]:
    """Fill in the fields of a document; give where it broke off and why, if it did."""
    at = 0
    texts: list[str] = []
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return at, f"{text[at]!r} where a name or a value was expected"
        kind, found = token.lastgroup, token[0]
        opened = stack[-1]
        if kind == "text":
            texts.append(_unescaped(found[1:-1]))
        elif kind != "space":
            if texts:  # texts side by side are one
                _take_text(opened, texts)
            if fault := _word(opened, found) if kind == "word" else _sign(stack, found):
                return at, fault
        elif texts and opened.is_list and "," in found:
            _take_text(opened, texts)
        at = token.end()
    if texts:
        _take_text(stack[-1], texts)
    return (at, "the text ends inside a message") if len(stack) > 1 else (at, "")


def _take_text(opened: _Open, texts: list[str]) -> None:
    """Give the texts to the field that awaits them, unless it holds something else than text."""
    field = opened.field
    if field and (field.message or field.words is not None or field.is_number):
        opened.field = field if opened.is_list else None
    else:
        opened.take("".join(texts))
    texts.clear()


def _word(opened: _Open, word: str) -> str:
    """Take a word: the name of a field where none awaits its value, else a number or a word of an enumeration."""
    field = opened.field
    if field is None:
        opened.field = BY_NAME[opened.name].get(word, _PASSED)
    elif field.words is not None:
        opened.take(int(word) if word.isdecimal() and len(word) < 10 else word)
    elif field.is_number and word.lstrip("-").isdecimal() and len(word) < 20:
        opened.take(int(word))
    elif not opened.is_list:
        opened.field = None  # a number for a text, or a field that is not read
    return ""


def _sign(stack: list[_Open], sign: str) -> str:
    """Open or close a message or a list; give the fault if that is not possible here."""
    opened = stack[-1]
    if sign in "{<":
        if opened.field is None:
            return "a message without the name of its field"
        if len(stack) > DEPTH:
            return f"nested deeper than {DEPTH}"
        stack.append(_Open(opened.field.message, opened.field))
    elif sign in "}>":
        if len(stack) == 1:
            return "a message ends that did not begin"
        stack.pop()
        if opened.of and opened.of.message:
            stack[-1].take(opened.fields)
        else:
            stack[-1].field = stack[-1].field if stack[-1].is_list else None
    elif sign == "[":
        if opened.field is None:
            return "a list without the name of its field"
        opened.is_list = True
    elif sign == "]" and opened.is_list:
        opened.is_list, opened.field = False, None
    return ""


def _unescaped(text: str) -> str:
    """Give a text without escapes; octal and hexadecimal ones are bytes of UTF-8."""
    if "\\" not in text:
        return text
    return _ESCAPE.sub(_meant, text).encode("utf-8", "surrogateescape").decode(errors="replace")


def _meant(escape: re.Match[str]) -> str:
    octal, digits, short, long, letter = escape.groups()
    if octal or digits:
        return bytes([int(octal, 8) & 0xFF if octal else int(digits, 16)]).decode("utf-8", "surrogateescape")
    if short or long:
        number = int(short or long, 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return _LETTERS.get(letter, letter)
