# SPDX-License-Identifier: Apache-2.0
"""Markup to pieces with their offsets: tags, and the characters between them. Nothing is nested, so nothing can be too deep."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:_-]{0,60})")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z_:@][\w:.@-]{0,80})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]{1,2000})))?"
)
_RAW = ("script", "style", "textarea", "title", "xmp", "noframes", "iframe", "noembed", "noscript")
"""Elements in which a tag is no tag until their own end."""


class Piece(NamedTuple):
    """A tag, or characters that stand between tags."""

    start: int
    end: int
    tag: str = ""
    """Name in small letters; empty for characters."""
    is_end: bool = False


def pieces(markup: str, *, is_page: bool = True) -> Iterator[Piece]:
    """Yield the pieces of a page, or of other markup, in order; comments, declarations and instructions are left out.

    The time it takes grows with the length alone, whatever the page holds: what is looked for once and not found is not looked for again.
    """
    at, size, last = 0, len(markup), markup.rfind(">")
    absent: set[str] = set()
    while at < size:
        opening = markup.find("<", at)
        if opening < 0 or opening > last:
            yield Piece(at, size)
            return
        if opening > at:
            yield Piece(at, opening)
        name = _TAG.match(markup, opening)
        if name is None:
            at = _past(markup, opening, absent)
            if at == opening + 1:
                yield Piece(opening, at)
            continue
        at = _close(markup, name.end(), absent)
        tag, is_end = name.group(1).lower(), markup[opening + 1] == "/"
        yield Piece(opening, at, tag, is_end)
        if is_page and tag in _RAW and not is_end and markup[at - 2] != "/":
            end = _raw_end(markup, at, tag, absent)
            if end > at:
                yield Piece(at, end)
            at = end


def attributes(markup: str, piece: Piece) -> dict[str, str]:
    """Give the attributes of a tag, names in small letters, values as people would read them; the first of each name counts."""
    found: dict[str, str] = {}
    begin = piece.start + 1 + len(piece.tag)
    for match in _ATTRIBUTE.finditer(markup, begin, min(piece.end - 1, begin + 8000)):
        value = match.group(2) or match.group(3) or match.group(4) or ""
        found.setdefault(match.group(1).lower(), unescape(value))
    return found


def _find(markup: str, what: str, at: int, absent: set[str]) -> int:
    """Give where something stands next, or -1; what stands nowhere ahead is remembered."""
    if what in absent:
        return -1
    found = markup.find(what, at)
    if found < 0:
        absent.add(what)
    return found


def _past(markup: str, opening: int, absent: set[str]) -> int:
    """Give where a comment, a declaration or an instruction ends; one past the sign where it is none of these."""
    if markup.startswith("<!--", opening):
        end = _find(markup, "-->", opening + 4, absent)
        return end + 3 if end >= 0 else opening + 1
    if markup.startswith("<![CDATA[", opening):
        # What it holds is text: only its marks are left out.
        return opening + 9
    if markup[opening + 1 : opening + 2] in ("!", "?", "/"):
        end = _find(markup, ">", opening, absent)
        return end + 1 if end >= 0 else opening + 1
    return opening + 1


def _close(markup: str, at: int, absent: set[str]) -> int:
    """Give where a tag ends: at the first > outside of quotation marks that belong to an attribute."""
    while True:
        end = _find(markup, ">", at, absent)
        if end < 0:
            return len(markup)
        quote = _opening_quote(markup, at, end)
        if quote < 0:
            return end + 1
        closing = _find(markup, markup[quote], quote + 1, absent)
        if closing < 0:
            return end + 1
        at = closing + 1


def _opening_quote(markup: str, at: int, end: int) -> int:
    """Give where a value in quotation marks begins before the end, or -1."""
    marks = [place for place in (markup.find('="', at, end), markup.find("='", at, end)) if place >= 0]
    spaced = re.compile(r"=\s{1,20}[\"']").search(markup, at, end)
    places = [place + 1 for place in marks] + ([spaced.end() - 1] if spaced else [])
    return min(places) if places else -1


def _raw_end(markup: str, at: int, tag: str, absent: set[str]) -> int:
    """Give where the content of an element ends in which tags are no tags."""
    key = f"</{tag}"
    if key in absent:
        return at
    match = re.compile(f"</{tag}(?![a-zA-Z0-9])", re.IGNORECASE).search(markup, at)
    if match is None:
        absent.add(key)
        # An element that is never closed: its content is read as if it had not been opened.
        return at
    return match.start()
