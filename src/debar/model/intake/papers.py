# SPDX-License-Identifier: Apache-2.0
"""Papers, and places in their texts."""

from __future__ import annotations

import msgspec

from debar.model.vocab.statements import PaperKind


class Span(msgspec.Struct, frozen=True, order=True):
    """A slice of a text, half-open."""

    start: int
    end: int


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A slice of one paper."""

    document: str
    start: int
    end: int


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """When a paper was published: a day, or the window in which it must have been."""

    value: str = ""
    """ISO day or month; empty when only a window is known."""
    earliest: str = ""
    latest: str = ""
    basis: str = ""
    """Which words or metadata tell so."""
    span: Span | None = None


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One notice, article, release or letter that was read."""

    id: str
    path: str
    """As the user named it; of several in one file, with # and its number."""
    sha256: str
    """Of the file."""
    title: str = ""
    title_span: Span | None = None
    publisher: str = ""
    published: Published = Published()
    language: str = ""
    """ISO 639-1; empty when it cannot be told."""
    is_read: bool = True
    """Whether statements were looked for: False in languages that are not read."""
    kind: PaperKind = PaperKind.NEWS
    kind_basis: str = ""
    """Why it is taken for that kind."""
    url: str = ""
    form: str = "text"
    """text, html, pdf, mail, feed, federal-register."""
    main: tuple[tuple[int, int], ...] = ()
    """Where the main text stands, without title, clutter and date lines."""
    paragraphs: tuple[tuple[int, int], ...] = ()
    """The main text in paragraphs and items of lists, in order; a paragraph that was wrapped at a width is one."""
    text: str = ""
    """The whole text as people read it; offsets are counted in it."""
    runs: tuple[tuple[int, int, int, int], ...] = ()
    """Where that text stands in a file with markup: start and length in the text, start and length in the decoded file.

    Empty where the text is the decoded file itself, or where the file holds it in no readable form (PDF, mail).
    """
    notes: tuple[str, ...] = ()
    """What was left out or could not be told, in words."""
