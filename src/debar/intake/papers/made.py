# SPDX-License-Identifier: Apache-2.0
"""A paper made of a text and of what its file says about it; every form of file ends here."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from debar.identity import stable_id
from debar.intake.papers import cleaning, clutter, kinds, languages, publication, publishers
from debar.model.intake import Paper, Published, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.papers.cleaning import Cleaned
    from debar.model.lexicon import Lexicon


class Raw(NamedTuple):
    """A text, and what its file says about it beside the text."""

    path: str
    sha256: str
    form: str
    text: str
    number: int = 0
    """From 1 where a file holds several papers."""
    runs: tuple[tuple[int, int, int, int], ...] = ()
    kept: tuple[tuple[int, int], ...] | None = None
    """Paragraphs of the main text where the form tells them; else the cleaner for plain text does."""
    title: str = ""
    title_span: tuple[int, int] | None = None
    published: Published | None = None
    """From a header or a feed, which say it themselves."""
    claimed: Published | None = None
    """From metadata of a page: believed where the text says nothing else."""
    publisher: str = ""
    url: str = ""
    sender: str = ""
    """Host from which a mail says that it comes, which anybody can write."""
    notes: tuple[str, ...] = ()


def paper(raw: Raw, lexicon: Lexicon) -> Paper:
    """Give the paper.

    1. The text is taken apart; where the form of the file tells the main text, the cleaner only says what stands around it.
    2. Its language is told from the main text, for only some are read.
    3. When it was published, by whom, and what kind of paper it is are told from what stands around it.
    """
    parts = _parts(raw, lexicon)  # 1.
    body = "\n".join(raw.text[start:end] for start, end in parts.kept)
    language = languages.language(body, lexicon)  # 2.
    is_read = languages.is_read(language, lexicon.languages)
    around = tuple(raw.text[start:end] for start, end in sorted((*parts.dates, *parts.dropped)))
    top = parts.title[0] if parts.title else parts.kept[0][0] if parts.kept else 0
    body_at = parts.kept[0][0] if parts.kept else 0
    labels = clutter.patterns(lexicon)
    head = tuple(
        raw.text[start:end]
        for start, end in sorted((*parts.dropped, *parts.dates))
        if end <= top and not clutter.is_clutter(clutter.comparable(raw.text[start:end]), labels)
    )
    under = tuple(
        raw.text[start:end] for start, end in sorted((*parts.dropped, *parts.dates)) if top <= start < body_at
    )
    url = raw.url or publishers.own_address(around)
    kind, basis = kinds.kind(raw.form, url, raw.text, around, lexicon, raw.sender, raw.publisher)  # 3.
    return Paper(
        id=stable_id("doc", _name(raw.path), raw.sha256, *([str(raw.number)] if raw.number else [])),
        path=f"{raw.path}#{raw.number}" if raw.number else raw.path,
        sha256=raw.sha256,
        title=" ".join(raw.text[slice(*parts.title)].split()) if parts.title else raw.title,
        title_span=Span(*parts.title) if parts.title else None,
        publisher=raw.publisher or publishers.publisher(url, (head, under), around, body, lexicon),
        published=publication.published(raw.text, parts, raw.published, raw.claimed, lexicon, language, url),
        language=language,
        is_read=is_read,
        kind=kind,
        kind_basis=basis,
        url=url,
        form=raw.form,
        main=tuple(_joined(raw.text, parts.kept)),
        paragraphs=parts.kept,
        text=raw.text,
        runs=raw.runs,
        notes=(*raw.notes, *_notes(language, parts, around, lexicon, is_read=is_read)),
    )


def _name(path: str) -> str:
    """Give the name of a file without the way to it: whoever names it by another way means the same paper."""
    return path.replace("\\", "/").rpartition("/")[2] or path


def _parts(raw: Raw, lexicon: Lexicon) -> Cleaned:
    """Give the text taken apart, with title and main text of the form where it tells them."""
    found = cleaning.cleaned(raw.text, lexicon)
    if raw.kept is None:
        if raw.title_span is None:
            return found
        # A headline within the text stays a line of it where the file itself names the title.
        own = [found.title] if found.title else []
        kept = tuple(sorted(one for one in (*found.kept, *own) if not _meets(one, [raw.title_span])))
        return found._replace(title=raw.title_span, kept=kept)
    ends = [raw.title_span] if raw.title_span else []
    taken = sorted((*raw.kept, *ends))
    every = sorted((*found.kept, *found.dropped, *found.dates, *([found.title] if found.title else [])))
    around = tuple(one for one in every if not _meets(one, taken))
    said = frozenset(found.dates)
    kept = tuple(one for one in raw.kept if one != raw.title_span)
    return found._replace(
        title=raw.title_span,
        kept=kept,
        dates=tuple(one for one in around if one in said),
        dropped=tuple(one for one in around if one not in said),
    )


def _meets(one: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a span overlaps one of the sorted others, none of which overlaps another."""
    at = bisect_right(taken, (one[0], 1 << 60))
    return (at > 0 and taken[at - 1][1] > one[0]) or (at < len(taken) and taken[at][0] < one[1])


def _joined(text: str, kept: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield spans of the main text: paragraphs with nothing but white space between them are one."""
    start = end = -1
    for first, last in kept:
        if start >= 0 and not text[end:first].strip():
            end = last
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _notes(code: str, parts: Cleaned, around: Sequence[str], lexicon: Lexicon, *, is_read: bool) -> Iterator[str]:
    """Yield what could not be told or was left out, in words."""
    if not is_read:
        yield f"not read: {languages.called(code, lexicon.languages)}; dates only"
    elif not code and parts.kept:
        yield "its language could not be told; read as English"
    if not parts.kept:
        yield "no main text was found"
    for credit in publishers.named_sources(around):
        yield f"names as its source: {credit}"
