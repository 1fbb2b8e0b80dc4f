# SPDX-License-Identifier: Apache-2.0
"""A page as people read it: its words in lines, where each stands in the file, and what its head says about it."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.tokens import attributes, pieces

if TYPE_CHECKING:
    from debar.intake.papers.tokens import Piece

_HIDDEN = frozenset(
    ("script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "canvas", "audio", "video", "head",
     "datalist", "select", "textarea", "noframes", "noembed", "xmp")
)  # fmt: skip
_APART = frozenset(
    ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section", "main", "header", "footer", "nav", "aside", "blockquote", "pre",
     "ul", "ol", "dl", "table", "form", "fieldset", "figure", "figcaption", "address", "details", "summary", "hr", "body", "html", "title",
     "center", "legend", "caption", "button", "dialog", "hgroup", "menu", "search")
)  # fmt: skip
"""Elements before and after which people see a space between paragraphs."""
_LINES = frozenset(("br", "li", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot"))
_CELLS = frozenset(("td", "th"))
_VOID = frozenset(
    ("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "param", "source", "track", "wbr")
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_CUT = re.compile(rf"({_ENTITY.pattern})|([ \t\n\r\f]+)")
_WORDS = re.compile(r"[^&\s]+(?: [^&\s]+)*")


class Heading(NamedTuple):
    """A heading of a page, by its offsets in the text."""

    start: int
    end: int
    level: int


class Visible(NamedTuple):
    """What people read of a page."""

    text: str
    runs: tuple[tuple[int, int, int, int], ...]
    """Start and length in the text, start and length in the file; where the lengths differ it is one entity or space."""
    headings: tuple[Heading, ...]
    meta: dict[str, str]
    """What the head says, by the names that it uses: title, og:title, article:published_time, canonical ..."""
    times: tuple[str, ...]
    """Values of datetime attributes, in order, without those of the margins and those that say when the page was changed."""


_ASIDE = frozenset({"aside", "nav", "footer"})
"""Margins of a page, whose times are those of other papers."""
_SIDES = (1, -1)
"""What the beginning and the end of an element add to how deep a page is in them."""


class Writing:
    """The text under way: pieces, their runs, and the space that is owed before the next word."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.parts: list[str] = []
        self.runs: list[tuple[int, int, int, int]] = []
        self.length = 0
        self.owed = ""
        self.mark = ""
        """Owed before the next word: the sign before an item of a list, which the page does not hold but people see."""
        self.is_spaced = True

    def apart(self, space: str) -> None:
        """Owe a space between lines or cells; the greater of several is given."""
        order = ("", " ", "\t", "\n", "\n\n")
        if order.index(space) > order.index(self.owed):
            self.owed = space

    @property
    def text(self) -> str:
        """Give what was written."""
        return "".join(self.parts)

    def put(self, words: str, start: int, size: int) -> None:
        """Write words that stand in the file from start on, at a length."""
        if self.owed:
            if self.length:
                self._add(self.owed)
            self.owed = ""
        if self.mark and not words.isspace():
            self._add(self.mark)
            self.mark = ""
        if self.runs:
            first, length, place, width = self.runs[-1]
            if first + length == self.length and length == width and place + width == start and len(words) == size:
                self.runs[-1] = (first, length + size, place, width + size)
                self._add(words)
                return
        self.runs.append((self.length, len(words), start, size))
        self._add(words)

    def _add(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)
        self.is_spaced = words[-1:] in " \t\n\r"


def visible(markup: str) -> Visible:
    """Give what people read of a page, in time that grows with its length alone."""
    writing = Writing()
    hidden, preformed = "", 0
    depth = 0
    meta: dict[str, str] = {}
    times: list[str] = []
    aside = 0
    headings: list[Heading] = []
    opened: tuple[str, int] = ("", 0)
    raw = ""
    for piece in pieces(markup):
        if not piece.tag:
            if raw == "title":
                meta.setdefault("title", _folded(markup[piece.start : piece.end]))
            elif raw == "script":
                _structured(markup[piece.start : piece.end], meta)
            elif not hidden:
                write(markup, piece, writing, is_kept=preformed > 0)
            raw = ""
            continue
        tag, is_end = piece.tag, piece.is_end
        raw = tag if tag in ("title", "script") and not is_end else ""
        aside = max(0, aside + _SIDES[is_end] * (tag in _ASIDE))
        if tag in ("meta", "link", "time") and not is_end and not (aside and tag == "time"):
            _noted(attributes(markup, piece), tag, meta, times)
        if hidden:
            depth, hidden = _within(piece, markup, hidden, depth)
            continue
        if not is_end and tag not in _VOID and (tag in _HIDDEN or tag == "title" or _is_hidden(markup, piece)):
            # The head is left open by pages that have no body: what cannot stand in it closes it.
            if tag != "head" and markup[piece.end - 2] != "/":
                hidden, depth = tag, 1
            continue
        if tag == "pre":
            preformed = max(0, preformed + (-1 if is_end else 1))
        if re.fullmatch(r"h[1-6]", tag):
            writing.apart("\n\n")
            if is_end and opened[0] == tag and writing.length > opened[1]:
                headings.append(Heading(opened[1], writing.length, int(tag[1])))
            opened = ("", 0) if is_end else (tag, writing.length)
        if tag == "li":
            writing.mark = "" if is_end else "• "
        writing.apart("\n\n" if tag in _APART else "\n" if tag in _LINES else "\t" if tag in _CELLS else "")
    text = writing.text
    return Visible(text, tuple(writing.runs), tuple(_trimmed(text, one) for one in headings), meta, tuple(times))


def _within(piece: Piece, markup: str, hidden: str, depth: int) -> tuple[int, str]:
    """Give how deep in a hidden element the page is after a tag, and the element while it lasts."""
    if piece.tag == hidden and markup[piece.end - 2] != "/":
        depth += -1 if piece.is_end else 1
    return depth, hidden if depth > 0 else ""


def _is_hidden(markup: str, piece: Piece) -> bool:
    """Tell whether a tag says that people do not see its element."""
    written = markup[piece.start : min(piece.end, piece.start + 2000)].lower()
    if "hidden" not in written and "display" not in written:
        return False
    found = attributes(markup, piece)
    style = found.get("style", "").replace(" ", "").lower()
    return "hidden" in found or "display:none" in style or "visibility:hidden" in style


def write(markup: str, piece: Piece, writing: Writing, *, is_kept: bool) -> None:
    """Write the characters between two tags: entities as what they stand for, white space as one space.

    Where white space is kept, as in <pre>, only entities are resolved.
    """
    at = piece.start
    cut = _ENTITY if is_kept else _CUT
    for match in cut.finditer(markup, piece.start, piece.end):
        if match.start() > at:
            writing.put(markup[at : match.start()], at, match.start() - at)
        at = match.end()
        if not is_kept and match.group(2):
            if not writing.is_spaced and not writing.owed:
                writing.put(" ", match.start(), at - match.start())
        else:
            writing.put(unescape(match.group()), match.start(), at - match.start())
    if piece.end > at:
        writing.put(markup[at : piece.end], at, piece.end - at)


def _noted(found: dict[str, str], tag: str, meta: dict[str, str], times: list[str]) -> None:
    """Keep what a tag of the head, or a time, says about the page."""
    if tag == "time":
        said = found.get("itemprop", "").lower()
        if said == "datepublished":
            meta.setdefault(said, found.get("datetime", "")[:40])
        elif said != "datemodified" and found.get("datetime"):
            times.append(found["datetime"][:40])
    elif tag == "link" and found.get("rel", "").lower() == "canonical":
        meta.setdefault("canonical", found.get("href", "")[:1000])
    elif name := (found.get("property") or found.get("name") or found.get("itemprop") or "").lower()[:80]:
        meta.setdefault(name, _folded(found.get("content", "")[:1000]))


_MEMBER = re.compile(
    r"\"(headline|datePublished|dateModified|mainEntityOfPage|url)\"\s{0,20}:\s{0,20}\"([^\"\\]{1,400})\""
)


def _structured(script: str, meta: dict[str, str]) -> None:
    """Keep what a page says about itself in linked data: only plain members, the first of each name."""
    if "schema.org" not in script[:200_000]:
        return
    for match in _MEMBER.finditer(script[:200_000]):
        meta.setdefault("ld:" + match.group(1), match.group(2))


def _folded(words: str) -> str:
    return " ".join(unescape(words[:2000]).split())


def _trimmed(text: str, heading: Heading) -> Heading:
    """Give a heading without the white space around it."""
    inner = text[heading.start : heading.end]
    start = heading.start + len(inner) - len(inner.lstrip())
    return Heading(start, max(start, heading.start + len(inner.rstrip())), heading.level)
