# SPDX-License-Identifier: Apache-2.0
"""XML of the Federal Register to papers: one of each rule, proposed rule, notice or presidential document."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from debar.errors import SourceError
from debar.intake.papers import made
from debar.intake.papers.days import days, grammar
from debar.intake.papers.tokens import pieces
from debar.intake.papers.visible import Writing, write
from debar.model.intake import Published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.intake.papers.files import File
    from debar.intake.papers.tokens import Piece
    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon

_DOCUMENTS = frozenset(("rule", "prorule", "notice", "presdocu"))
_INLINE = frozenset(("e", "su", "i", "b", "ac", "fr", "url", "ls", "stars", "d", "sup", "sub", "em", "strong", "a"))
_ABOUT = frozenset(
    ("agency", "subagy", "cfr", "depdoc", "rin", "frdoc", "bilcod", "prtpage", "tnote", "docket", "pnotice")
)
"""Elements around the text: who issues it, under which numbers."""
_LABELLED = frozenset(("agy", "act", "sum", "dates", "effdate", "effdates", "add", "furinf", "suplinf"))
"""Elements in which a heading such as DATES: begins the paragraph that follows it."""
_FILED = re.compile(r"Filed\s{1,3}([0-9]{1,2})[-–]([0-9]{1,2})[-–]([0-9]{2});")
_ISSUE = re.compile(r"<DATE>([^<]{8,60})</DATE>")
_MOST = 2000
"""Documents of one file: a whole issue has a few hundred."""


class Element(NamedTuple):
    """An element that people read, by its offsets in the text."""

    tag: str
    start: int
    end: int


def read(file: File, lexicon: Lexicon) -> tuple[Paper, ...]:
    """Give the papers in XML of the Federal Register, in order."""
    if "<!ENTITY" in file.text[: 1 << 16]:
        raise SourceError(
            "declares entities, which no notice needs",
            path=file.path,
            hint="save it once more from federalregister.gov or govinfo.gov",
        )
    found = list(_documents(file))
    if len(found) > _MOST:
        raise SourceError(f"holds more than {_MOST} documents", path=file.path, hint="save the document alone")
    issue = _ISSUE.search(file.text[:20_000])
    return tuple(
        made.paper(
            _raw(file, number if len(found) > 1 else 0, within, lexicon, issue.group(1) if issue else ""), lexicon
        )
        for number, within in enumerate(found, 1)
    )


def _documents(file: File) -> Iterator[list[Piece]]:
    """Yield the pieces of each document."""
    inside: list[Piece] = []
    name = ""
    for piece in pieces(file.text, is_page=False):
        if not name and piece.tag in _DOCUMENTS and not piece.is_end:
            name, inside = piece.tag, []
        elif name and piece.tag == name and piece.is_end:
            yield inside
            name = ""
        elif name:
            inside.append(piece)
    if name:
        yield inside


def _raw(file: File, number: int, within: list[Piece], lexicon: Lexicon, issue: str) -> made.Raw:
    """Give the text of a document with what stands around it."""
    writing, elements = Writing(), list[Element]()
    opened: list[tuple[str, int]] = []
    for piece in within:
        if not piece.tag:
            if opened or file.text[piece.start : piece.end].strip():
                write(file.text, piece, writing, is_kept=False)
            continue
        if piece.tag in _INLINE:
            continue
        is_label = piece.is_end and piece.tag == "hd" and any(tag in _LABELLED for tag, _ in opened[-2:])
        if not (is_label and writing.parts and "".join(writing.parts[-3:]).rstrip().endswith(":")):
            writing.apart(" " if piece.tag == "p" and not piece.is_end and writing.owed == " " else "\n\n")
        elif not writing.is_spaced:
            writing.apart(" ")
        if piece.is_end:
            while opened and len(opened) > 0:
                tag, start = opened.pop()
                elements.append(Element(tag, start, writing.length))
                if tag == piece.tag:
                    break
        elif file.text[piece.end - 2] != "/":
            opened.append((piece.tag, writing.length))
    return _made(file, number, writing, elements, lexicon, issue)


def _made(file: File, number: int, writing: Writing, elements: list[Element], lexicon: Lexicon, issue: str) -> made.Raw:
    text = writing.text
    about = [one for one in elements if one.tag in _ABOUT]
    subject = next(
        (one for one in elements if one.tag in ("subject", "hd") and text[one.start : one.end].strip()), None
    )
    title = _inner(text, subject) if subject else None
    agencies = [" ".join(text[one.start : one.end].split()) for one in elements if one.tag in ("agency", "subagy")]
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    kept = tuple(
        (start, end)
        for start, end in lines
        if (title is None or end <= title[0] or start >= title[1])
        and not any(one.start <= start and end <= one.end + 2 for one in about)
    )
    return made.Raw(
        path=file.path,
        sha256=file.sha256,
        form="federal-register",
        text=text,
        number=number,
        runs=tuple(writing.runs),
        kept=kept,
        title_span=title,
        published=_published(text, lexicon, issue),
        publisher=_capitalised(agencies[-1]) if agencies else "Federal Register",
        notes=file.notes,
    )


def _inner(text: str, one: Element) -> tuple[int, int]:
    words = text[one.start : one.end]
    return one.start + len(words) - len(words.lstrip()), one.start + len(words.rstrip())


def _capitalised(name: str) -> str:
    """Give a name that is printed in capitals as it is written elsewhere."""
    if not name.isupper():
        return name
    small = {"of", "and", "the", "for", "on", "in"}
    return " ".join(word.lower() if word.lower() in small else word.capitalize() for word in name.split())


_PRINTED_WITHIN = 14
"""Days after filing within which the Federal Register prints a document: the next working day as a rule, later where it was filed ahead for inspection."""


def _published(text: str, lexicon: Lexicon, issue: str) -> Published:
    """Give the day of the issue; of a document alone only the day on which it was filed, before which it was not published."""
    known = grammar(lexicon.languages)
    for day in days(issue, known):
        return Published(
            value=day.values[0], earliest=day.values[0], latest=day.values[0], basis="the date of the issue"
        )
    filed = _FILED.search(text[-2000:])
    if not filed:
        return Published()
    month, day_, year = (int(part) for part in filed.groups())
    for one in days(f"20{year:02d}-{month:02d}-{day_:02d}", known):
        last = date.fromisoformat(one.values[0]) + timedelta(days=_PRINTED_WITHIN)
        return Published(
            earliest=one.values[0],
            latest=last.isoformat(),
            basis="the day on which it was filed; it is published after that, as a rule within days",
        )
    return Published()
