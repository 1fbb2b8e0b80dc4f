# SPDX-License-Identifier: Apache-2.0
"""RSS, RDF and Atom feeds to papers: one of each entry that has a text."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from html import unescape
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.intake.papers import made
from debar.intake.papers.days import days, grammar
from debar.intake.papers.tokens import attributes, pieces
from debar.intake.papers.visible import visible
from debar.model.intake import Published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.intake.papers.files import File
    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon

_ENTRIES = frozenset(("item", "entry"))
_BODIES = ("content:encoded", "content", "description", "summary")
"""Where the text of an entry stands, the fullest first."""
_TIMES = ("pubdate", "published", "dc:date", "date", "updated")
_MOST = 2000


def read(file: File, lexicon: Lexicon) -> tuple[Paper, ...]:
    """Give the papers of a feed, in its order."""
    if "<!ENTITY" in file.text[: 1 << 16]:
        raise SourceError("declares entities, which no feed needs", path=file.path, hint="save the articles as pages")
    name, entries = "", list[dict[str, str]]()
    for is_entry, fields in _elements(file.text):
        if is_entry:
            entries.append(fields)
        else:
            name = name or _words(fields.get("title", ""))
    if not entries:
        raise SourceError(
            "is a feed without entries", path=file.path, hint="save it once more, or save the articles as pages"
        )
    if len(entries) > _MOST:
        raise SourceError(f"is a feed of more than {_MOST} entries", path=file.path, hint="save a shorter one")
    return tuple(
        made.paper(_raw(file, number, name, fields, lexicon), lexicon) for number, fields in enumerate(entries, 1)
    )


def _elements(markup: str) -> Iterator[tuple[bool, dict[str, str]]]:
    """Yield the fields of each entry as markup, and those of the feed itself, which stand outside of entries."""
    fields: dict[str, str] = {}
    inside, field, start, depth = "", "", 0, 0
    for piece in pieces(markup, is_page=False):
        tag = piece.tag
        if not tag:
            continue
        if field:
            depth += (tag == field) * (-1 if piece.is_end else 0 if markup[piece.end - 2] == "/" else 1)
            if depth == 0:
                fields.setdefault(field, markup[start : piece.start])
                field = ""
        elif tag in _ENTRIES:
            yield bool(inside) and piece.is_end, fields
            fields, inside = {}, "" if piece.is_end else tag
        elif tag == "link" and not piece.is_end and (address := attributes(markup, piece).get("href")):
            fields.setdefault("link", address)
        elif not piece.is_end and markup[piece.end - 2] != "/" and (inside or tag == "title") and tag != "author":
            field, start, depth = tag, piece.end, 1


def _raw(file: File, number: int, name: str, fields: dict[str, str], lexicon: Lexicon) -> made.Raw:
    """Give an entry: its title, and its text as people read it."""
    title = _words(fields.get("title", ""))
    body = next((fields[one] for one in _BODIES if fields.get(one, "").strip()), "")
    text = visible(_markup(body)).text
    head = f"{title}\n\n" if title else ""
    return made.Raw(
        path=file.path,
        sha256=file.sha256,
        form="feed",
        text=head + text,
        number=number,
        title_span=(0, len(title)) if title else None,
        published=_published(fields, lexicon),
        publisher=_words(fields.get("source", "")) or name,
        url=_words(fields.get("link", "")),
        notes=file.notes,
    )


def _markup(field: str) -> str:
    """Give the markup of a field: as it stands in CDATA, or with its escapes resolved."""
    inner = field.strip()
    if inner.startswith("<![CDATA["):
        return inner[9:].removesuffix("]]>")
    # Atom may hold elements as they are (type="xhtml"); everything else is escaped once.
    return inner if inner.startswith("<") else unescape(inner)


def _words(field: str) -> str:
    return " ".join(visible(_markup(field)).text.split())


def _published(fields: dict[str, str], lexicon: Lexicon) -> Published | None:
    """Give the day on which an entry says it was published."""
    for name in _TIMES:
        given = _words(fields.get(name, ""))[:100]
        day = next(
            (one.values[0] for one in days(given, grammar(lexicon.languages)) if len(one.values) == 1), ""
        ) or _of_mail(given)
        if day:
            return Published(value=day, earliest=day, latest=day, basis=f"{name} of the feed")
    return None


def _of_mail(given: str) -> str:
    try:
        return parsedate_to_datetime(given).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
