# SPDX-License-Identifier: Apache-2.0
"""A mail to a paper: its subject, and the text in it."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.utils import parseaddr, parsedate_to_datetime
from typing import TYPE_CHECKING

from debar.errors import SourceError
from debar.intake.papers import made, page
from debar.intake.papers.days import days, grammar
from debar.intake.papers.decoding import decoded
from debar.intake.papers.visible import visible
from debar.model.intake import Published

if TYPE_CHECKING:
    from email.message import Message

    from debar.intake.papers.files import File
    from debar.model.intake import Paper
    from debar.model.lexicon import Lexicon

_MOST = 500
"""Parts of a mail that are looked at."""
_FORWARDED = re.compile(
    r"^(?:\s{0,3}(?:re|fwd?|aw|wg|tr|sv|vs)\s{0,2}(?:\[[0-9]{1,3}\])?\s{0,2}:\s{0,3})", re.IGNORECASE
)
_TOO_SHORT = 0.2
"""Share of the HTML's words below which a plain part is only a hint to open the other."""


def read(file: File, lexicon: Lexicon) -> tuple[Paper, ...]:
    """Give the paper that a mail is: its subject is the title, and the paper's text is the subject and the body."""
    try:
        message = message_from_bytes(file.content)
        parts = [part for _, part in zip(range(_MOST), message.walk(), strict=False)]
    except (RecursionError, MessageError, ValueError) as e:
        raise SourceError("is a mail that cannot be taken apart", path=file.path, hint="save its text alone") from e
    subject = _FORWARDED.sub("", _header(message, "Subject"))
    plain, markup = _text(file, parts, "text/plain"), _text(file, parts, "text/html")
    if not plain.strip() and not markup.strip():
        raise SourceError("is a mail without any text", path=file.path, hint="save its attachment alone")
    name, address = parseaddr(_header(message, "From"))
    head = f"{subject}\n\n" if subject else ""
    raw = made.Raw(
        path=file.path,
        sha256=file.sha256,
        form="mail",
        text=head + plain,
        title_span=(0, len(subject)) if subject else None,
        published=_published(message, plain, lexicon),
        publisher=name or address.rpartition("@")[2].lower(),
        sender=address.rpartition("@")[2].lower(),
        notes=tuple(_attached(parts)),
    )
    if markup and len(plain.split()) < len(markup.split()) * _TOO_SHORT:
        inner = page.raw(file.path, file.sha256, markup, visible(markup), lexicon)
        raw = raw._replace(
            text=head + inner.text,
            kept=tuple((start + len(head), end + len(head)) for start, end in inner.kept or ()) or None,
        )
    return (made.paper(raw, lexicon),)


def _header(message: Message, name: str) -> str:
    """Give a header as people read it, in one line."""
    try:
        pieces = decode_header(str(message.get(name, ""))[:4000])
    except (MessageError, ValueError):
        return ""
    words = [piece if isinstance(piece, str) else _characters(piece, charset or "ascii") for piece, charset in pieces]
    return " ".join("".join(words).split())


def _characters(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset, "replace")
    except (LookupError, UnicodeError):
        return decoded("", content).text


def _text(file: File, parts: list[Message], kind: str) -> str:
    """Give the first part of a kind that is no attachment."""
    for part in parts:
        if part.get_content_type() == kind and not _name(part):
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                charset = part.get_content_charset()
                text = _characters(content, charset) if charset else decoded(file.path, content).text
                return text.replace("\r\n", "\n")
    return ""


def _name(part: Message) -> str:
    """Give the name under which a part is attached."""
    try:
        given = part.get_filename() or ""
    except (LookupError, UnicodeError, ValueError):
        given = "?"
    return " ".join(given.split())[:200] or ("?" if part.get_content_disposition() == "attachment" else "")


def _attached(parts: list[Message]) -> list[str]:
    names = [name for part in parts if (name := _name(part))]
    return [f"attached, and not read: {', '.join(names)}"] if names else []


def _published(message: Message, plain: str, lexicon: Lexicon) -> Published | None:
    """Give the day of a mail, in the zone of whoever sent it.

    1. Of one that was passed on and says nothing else first, the day in the head of what was passed on.
    2. The Date header; where there is none, what the first machine on its way noted.
    """
    inner = _PASSED_ON.match(plain)
    if inner and (
        found := [day for day in days(inner["date"], grammar(lexicon.languages)) if len(day.values) == 1]
    ):  # 1.
        day = found[0].values[0]
        return Published(value=day, earliest=day, latest=day, basis="the head of the mail that was passed on")
    stamps = [str(one).rpartition(";")[2] for one in message.get_all("Received", [])]
    for name, value in (("Date", str(message.get("Date", ""))), *(("Received", one) for one in stamps[-1:])):  # 2.
        try:
            day = parsedate_to_datetime(value.strip()[:200]).date().isoformat()
        except (ValueError, TypeError, IndexError, OverflowError):
            told = [one for one in days(value[:200], grammar(lexicon.languages)) if len(one.values) == 1]
            if not told:
                continue
            day = told[0].values[0]  # As programs write it that print a mail: 10 March 2026 at 11:20:33 CET.
        return Published(value=day, earliest=day, latest=day, basis=f"the {name} header of the mail")
    return None


_PASSED_ON = re.compile(
    r"\s{0,20}-{3,20} ?(?:Forwarded message|Original Message|Weitergeleitete Nachricht|Message transféré|Mensaje reenviado) ?-{3,20}\s{1,4}"
    r"(?:(?:From|Von|De|To|Subject)\s?:[^\n]{0,200}\n){0,3}(?:Date|Sent|Datum|Gesendet|Fecha|Envoyé)\s?:(?P<date>[^\n]{6,80})",
    re.IGNORECASE,
)
