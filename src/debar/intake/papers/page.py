# SPDX-License-Identifier: Apache-2.0
"""HTML to a paper: what people read of the page, of that the article, and where each word stands in the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.papers import cleaning, kinds, made, publishers, sorting
from debar.intake.papers.aligned import aligned
from debar.intake.papers.days import days, grammar
from debar.intake.papers.extracted import extracted
from debar.intake.papers.units import units
from debar.intake.papers.visible import visible
from debar.model.intake import Published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.papers.files import File
    from debar.intake.papers.visible import Visible
    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon

_LEAST = 0.5
"""Share of a paragraph's words that must be in the extract for the whole of it to be main text."""
_TOO_LITTLE = 0.25
"""Share of what the cleaner for plain text keeps, below which the extract has missed the article."""
_GAP, _GAP_SHARE = 600, 0.3
"""Characters, and share of the extract, that may stand between two of its paragraphs and belong to the text."""
_LARGEST = 3_000_000
_MOST_TAGS = 30_000
"""Characters and tags of a page that is given to the library; a larger one is cleaned as plain text is."""
_SITE = re.compile(r"\s{1,3}[|–—·•»«-]\s{1,3}[^|–—·•»«]{2,60}$")


def read(file: File, lexicon: Lexicon) -> tuple[Paper, ...]:
    """Give the paper that a page is."""
    seen = visible(file.text)
    return (made.paper(raw(file.path, file.sha256, file.text, seen, lexicon)._replace(notes=file.notes), lexicon),)


def raw(path: str, sha256: str, markup: str, seen: Visible, lexicon: Lexicon) -> made.Raw:
    """Give the text of a page with what its head says.

    1. A page of the gazette is one text that was set by a machine: it is read as plain text is.
    2. The title is the heading that the head also names, else the first great one.
    3. The main text is what the library finds, in whole paragraphs of ours; where it finds next to nothing, the cleaner's.
    """
    title = _title(seen)
    start, end = title or (0, 0)
    common = made.Raw(
        path=path,
        sha256=sha256,
        form="html",
        text=seen.text,
        runs=seen.runs,
        title_span=title,
        title="" if title else _named(seen),
        claimed=_claimed(seen, lexicon),
        publisher=seen.meta.get("og:site_name", "") or _site(seen),
        url=_address(seen),
    )
    if kinds.is_printed(seen.text, common.url, common.publisher, lexicon):  # 1.
        return common._replace(form="federal-register", title="", title_span=None)
    words = extracted(markup) if len(markup) <= _LARGEST and markup.count("<") <= _MOST_TAGS else ""
    found = _paragraphs(seen.text, aligned(words, seen.text)) if words else ()
    own = cleaning.cleaned(seen.text, lexicon, is_judged=False).kept
    if _size(found) < _size(own) * _TOO_LITTLE:
        return common._replace(kept=tuple(one for one in own if one[1] <= start or one[0] >= end))
    known = sorting.sorts(seen.text, found, lexicon)
    kept = tuple(
        one for one, is_text in zip(found, known, strict=True) if is_text and (one[1] <= start or one[0] >= end)
    )
    return common._replace(kept=_with_gaps(kept or found, own, title))


def _with_gaps(
    found: Sequence[tuple[int, int]], own: Sequence[tuple[int, int]], title: tuple[int, int] | None
) -> tuple[tuple[int, int], ...]:
    """Give the paragraphs of an extract with what the cleaner keeps between them: the library drops short items and headings.

    A gap is filled where it is small beside the whole; what stands before the title or after the last paragraph is not.
    """
    most = max(_GAP, _size(found) * _GAP_SHARE)
    filled = list(found)
    before = title[1] if title and found and title[1] <= found[0][0] else found[0][0] if found else 0
    n = 0
    for start, end in found:
        between = []
        while n < len(own) and own[n][0] < start:
            if own[n][0] >= before and own[n][1] <= start:
                between.append(own[n])
            n += 1
        if _size(between) <= most:
            filled += between
        before = end
    return tuple(sorted(set(filled)))


def _size(spans: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans)


def _paragraphs(text: str, spans: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Give the paragraphs of a text that are in an extract for the most part."""
    found = []
    n = 0
    for unit in units(text):
        while n < len(spans) and spans[n][1] <= unit.start:
            n += 1
        covered, k = 0, n
        while k < len(spans) and spans[k][0] < unit.end:
            covered += min(spans[k][1], unit.end) - max(spans[k][0], unit.start)
            k += 1
        if covered >= (unit.end - unit.start) * _LEAST:
            found.append((unit.start, unit.end))
    return tuple(found)


def _title(seen: Visible) -> tuple[int, int] | None:
    """Give where the title stands: the heading that the head names, else the first great one that has the words of a headline."""
    exact = {_plain(seen.meta[name]) for name in ("og:title", "ld:headline", "twitter:title") if seen.meta.get(name)}
    whole = _plain(seen.meta.get("title", ""))
    best, found = 1, None
    for heading in seen.headings:
        own = _plain(seen.text[heading.start : heading.end])
        words = len(own.split())
        score = 5 if own in exact else 4 if own == whole else 3 if words > 1 and whole.startswith(own) else 0
        # A page's title ends with the name of the site, which stands in a heading of its own on many.
        score += (words >= 4) - (words < 3) * 2 - (0 < words < 4 and whole.endswith(own) and own != whole) * 2
        score += (3 - heading.level) if heading.level < 3 else 0
        if own and score > best:
            best, found = score, (heading.start, heading.end)
    return found


def _named(seen: Visible) -> str:
    """Give the title that the head names, without the name of the site."""
    for name in ("og:title", "ld:headline", "twitter:title", "title"):
        if title := seen.meta.get(name, ""):
            return _SITE.sub("", title)
    return ""


def _site(seen: Visible) -> str:
    """Give the name of the site that stands after the title in the head."""
    match = _SITE.search(seen.meta.get("title", ""))
    name = match.group().strip(" |–—·•»«-\t") if match else ""
    return name if name[:1].isupper() and len(name.split()) <= 6 else ""


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _address(seen: Visible) -> str:
    """Give the address that a page gives itself."""
    for name in ("canonical", "og:url", "ld:url", "ld:mainEntityOfPage"):
        if publishers.host(address := seen.meta.get(name, "")) and address.startswith("http"):
            return address
    return ""


_MADE = re.compile(r"publish|publication|pubdate|created|issued|release", re.IGNORECASE)
_LATER = re.compile(r"modif|update|updating|expir|publisher|review|event", re.IGNORECASE)
"""Names that a page gives the day on which it was made in its own way, and those of other days."""


def _claimed(seen: Visible, lexicon: Lexicon) -> Published | None:
    """Give the day that the metadata claim, those names first that mean nothing else; without any, the first time of the article."""
    names = (
        "article:published_time", "og:article:published_time", "ld:datepublished", "ld:datePublished", "datepublished", "pubdate",
        "publishdate", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created",
        "dcterms.issued", "citation_publication_date", "article.published", "originalpublicationdate", "cxenseparse:recs:publishtime",
        "article_date_original", "dc.date", "dcterms.date", "date",
    )  # fmt: skip
    given = [(name, seen.meta[name]) for name in names if seen.meta.get(name)]
    given += [(name, value) for name, value in seen.meta.items() if _MADE.search(name) and not _LATER.search(name)]
    if not given and seen.times:
        given = [("time", seen.times[0])]
    for name, value in given:
        for day in days(value, grammar(lexicon.languages)):
            if len(day.values) == 1:
                return Published(
                    value=day.values[0],
                    earliest=day.values[0],
                    latest=day.values[0],
                    basis=f"metadata of the page ({name})",
                )
    return None
