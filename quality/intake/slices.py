# SPDX-License-Identifier: Apache-2.0
"""Slices of texts, found whatever way their white space stands."""

from __future__ import annotations

import email
import email.policy
from bisect import bisect_left
from html.parser import HTMLParser
from typing import TYPE_CHECKING, NamedTuple

from debar.model.intake import Span

if TYPE_CHECKING:
    from email.message import EmailMessage

_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_HIDDEN = frozenset({"script", "style", "template"})
_INLINE = frozenset({"a", "abbr", "b", "code", "em", "font", "i", "span", "strong", "sub", "sup", "time", "u"})


class Folded(NamedTuple):
    """A text with each run of white space as one space, and where each of its characters stood."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Give where a slice of the folded text stands in the text itself."""
        return Span(self.places[start], self.places[end - 1] + 1)

    def place(self, offset: int) -> int:
        """Give where an offset of the text itself stands in the folded text."""
        return bisect_left(self.places, offset)


def fold(text: str) -> Folded:
    """Fold a text."""
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character in _UNSEEN:
            continue
        is_space = character.isspace()
        if is_space and (not kept or kept[-1] == " "):
            continue
        kept.append(" " if is_space else character)
        places.append(place)
    return Folded("".join(kept), tuple(places))


def find(folded: Folded, words: str, begin: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """Give where a slice stands in a folded text, not inside a longer word or number; None when it does not."""
    wanted = fold(words).text.strip()
    limit = len(folded.text) if end is None else end
    start = folded.text.find(wanted, begin, limit) if wanted else -1
    while start >= 0:
        stop = start + len(wanted)
        if not (_joins(folded.text, start) or _joins(folded.text, stop)):
            return start, stop
        start = folded.text.find(wanted, start + 1, limit)
    return None


def _joins(text: str, place: int) -> bool:
    """Tell whether two letters or figures meet at a place."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


def visible(name: str, content: bytes) -> str:
    """Give the text that a person sees of a paper, read with nothing of what is measured."""
    if name.endswith((".html", ".htm", ".xml")):
        return _without_marks(content.decode("utf-8"))
    if name.endswith(".eml"):
        return _mail(email.message_from_bytes(content, policy=email.policy.default))
    return content.decode("utf-8")


def _mail(mail: EmailMessage) -> str:
    body = mail.get_body(("plain", "html"))
    text = str(body.get_content()) if body else ""
    is_html = bool(body) and body is not None and body.get_content_subtype() == "html"
    return f"{mail['subject'] or ''}\n{_without_marks(text) if is_html else text}"


def _without_marks(text: str) -> str:
    reader = _Visible()
    reader.feed(text)
    reader.close()
    return "".join(reader.kept)


class _Visible(HTMLParser):
    """Collects what stands between tags."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base class gives it
        self.hidden += tag in _HIDDEN
        if tag not in _INLINE:
            self.kept.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _HIDDEN
        if tag not in _INLINE:
            self.kept.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.kept.append(data)
