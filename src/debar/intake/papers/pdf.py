# SPDX-License-Identifier: Apache-2.0
"""PDF to a paper: the text layer of its pages, without what every page repeats."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from debar import workers
from debar.errors import SourceError
from debar.intake.papers import made
from debar.intake.papers.decoding import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.papers.files import File
    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon

PAGES = 2000
_MEMORY, _SECONDS = 1 << 30, 60
"""Bytes and seconds that reading one PDF may take; a rule of a thousand pages takes a twentieth."""
_EDGE = 3
"""Lines at the top and foot of a page that can be its running head."""
_HYPHEN = re.compile(r"[\ufffe\u00ad\u0002]\s{0,4}\r?\n?\s{0,8}")
_DIGITS = re.compile(r"[0-9]+|\b[ivxlc]{1,6}\b")


def read(file: File, lexicon: Lexicon) -> tuple[Paper, ...]:
    """Give the paper that a PDF is; SourceError where it is locked, broken, or a picture of a text."""
    pages = [page.replace("\r\n", "\n").replace("\r", "\n") for page in _pages(file)]
    if not any(page.strip() for page in pages):
        raise SourceError(
            "has no text: its pages are images", path=file.path, hint="run text recognition (OCR) over it first"
        )
    # Pages follow one another without a blank line: sentences run over their edges.
    text = "\n".join(_HYPHEN.sub("", page) for page in _without_heads(pages))
    raw = made.Raw(path=file.path, sha256=file.sha256, form="pdf", text=text.replace("\x00", ""))
    return (made.paper(raw, lexicon),)


def _pages(file: File) -> tuple[str, ...]:
    """Give the text of each page, read by a copy of this process where the system lets.

    The library is native code that reads whatever it is handed: a file of a thousand bytes may ask for all memory there
    is, or bring it down. The copy has limits, and takes nothing else along.
    """
    if not workers.can_work():
        return tuple(_read(file))
    team = workers.Workers(lambda _: _limited(file), 1)
    try:
        ((_, answer),) = team.answers([(file.path, b"?")])
    finally:
        team.close()
    if answer is None:
        raise SourceError(
            "brought down what reads PDF, or asked for too much of it",
            path=file.path,
            hint="print it to a new PDF, or save its text",
        )
    told = msgspec.msgpack.decode(answer, type=_Told)
    if told.fault:
        raise SourceError(told.fault, path=file.path, locator=told.locator, hint=told.hint)
    return told.pages


class _Told(msgspec.Struct, frozen=True):
    """What a copy of this process sends back."""

    pages: tuple[str, ...] = ()
    fault: str = ""
    locator: str = ""
    hint: str = ""


def _limited(file: File) -> bytes:
    """Give the pages or the fault, within limits that hold until this process ends."""
    import resource  # where processes are copied there is one

    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    spent = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_AS, int(pages) * resource.getpagesize() + _MEMORY)
    _limit(resource.RLIMIT_CPU, int(spent.ru_utime + spent.ru_stime) + _SECONDS)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        told = _Told(tuple(_read(file)))
    except SourceError as e:
        told = _Told(fault=e.message, locator=e.locator, hint=e.hint)
    return msgspec.msgpack.encode(told)


def _limit(what: int, most: int) -> None:
    import resource

    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, hard))


def _read(file: File) -> Iterator[str]:
    """Yield the text of each page."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file.content)
    except pypdfium2.PdfiumError as e:
        what = "is locked with a password" if "assword" in str(e) else "is no PDF that can be read"
        raise SourceError(what, path=file.path, hint="save it once more without a password, or save its text") from e
    try:
        if len(document) > PAGES:
            raise SourceError(f"has more than {PAGES} pages", path=file.path, hint="save the pages that matter alone")
        length = 0
        for number in range(len(document)):
            text = _page(document, number)
            length += len(text)
            if length > LONGEST:
                raise SourceError(
                    f"has more than {LONGEST:,} characters", path=file.path, hint="save the pages that matter alone"
                )
            yield text
    except pypdfium2.PdfiumError as e:
        raise SourceError("is broken", path=file.path, locator=f"page {number + 1}", hint="save it once more") from e
    finally:
        document.close()


def _page(document: object, number: int) -> str:
    page = document[number]  # type: ignore[index]
    try:
        words = page.get_textpage()
        try:
            return str(words.get_text_range())
        finally:
            words.close()
    finally:
        page.close()


def _without_heads(pages: Sequence[str]) -> Iterator[str]:
    """Yield pages without running heads and feet: lines at their edges that stand on most pages, but for numbers."""
    edges: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        edges.update({_form(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    often = {form for form, count in edges.items() if count >= 3 and count * 2 > len(pages)}
    for page in pages:
        lines = page.split("\n")
        solid = [n for n, line in enumerate(lines) if line.strip()]
        ends = {*solid[:_EDGE], *solid[-_EDGE:]}
        yield "\n".join(line for n, line in enumerate(lines) if n not in ends or _form(line) not in often)


def _form(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.lower().split()))
