# SPDX-License-Identifier: Apache-2.0
"""E-mails (.eml, mbox): which gateways and programs they passed, told from the names of their headers (RFC 5322).

Bodies and attachments are passed over, and of the headers no value but the program that wrote the mail, the host that
received it last, and when it was sent: who wrote to whom is nobody's business here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.model.inventory import Observable, Observation
from debar.model.vocab import Kind, Meaning, Medium
from debar.readers import identifiers
from debar.text import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from debar.readers.inputs import Input

HEADERS = 1 << 10
"""Headers looked at of one mail; servers refuse more than a thousand."""
VALUE = 1 << 12
"""Characters kept of one value with its further lines; RFC 5322 has a line end at 998."""
SEEN = 1 << 16
"""Pairs of a host and a header that are remembered, to tell each once."""
_FIELD = re.compile(r"([!-9;-~]{1,76})[ \t]*:(.*)", re.DOTALL)
_BY = re.compile(r"\bby\s+([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}))")
_PROGRAMS = frozenset({"x-mailer", "user-agent", "x-newsreader"})
_VALUES = _PROGRAMS | {"received", "date"}
_ORDINARY = re.compile(
    r"return-path|received(?:-spf)?|delivered-to|x-original-to|message-id|mime-version|from|to|cc|bcc|subject|date|sender|"
    r"reply-to|in-reply-to|references|content-[a-z-]+|dkim-signature|arc-[a-z-]+|authentication-results|x?-?status|list-[a-z-]+|"
    r"precedence|x-priority|importance|x-mailer|x-newsreader|user-agent|errors-to|auto-submitted|feedback-id|thread-[a-z]+|lines|"
    r"path|newsgroups|organization|comments|keywords|resent-[a-z-]+"
)
"""Headers that mails have whatever they passed (IANA, message headers), and those whose value says all."""


class _Mail(NamedTuple):
    """The headers of one mail."""

    number: int
    """Of its first line."""
    names: dict[str, str]
    """In small letters -> as written."""
    values: dict[str, str]
    """The first of each that is looked at."""


def read(source: Input) -> Iterator[Observation]:
    """Yield one observation for each mail that shows a header not seen before on a mail of the same host."""
    seen: set[tuple[str, str]] = set()
    for mail in _mails(source):
        source.tally["mails"] += 1
        asset = _receiver(mail) or source.asset
        found = [
            Observable(Kind.MAIL_HEADER, text) for name, text in mail.names.items() if not _ORDINARY.fullmatch(name)
        ]
        found += [Observable(Kind.TEXT, _decoded(mail.values[name])) for name in _PROGRAMS if name in mail.values]
        fresh = [o for o in found if o.value and (asset, o.value.lower()) not in seen]
        if len(seen) < SEEN:
            seen.update((asset, o.value.lower()) for o in fresh)
        if fresh:
            yield Observation(
                source=source.id,
                locator=f"line {mail.number}",
                asset=asset,
                label=f"mail to {asset}",
                medium=Medium.FILES,
                # A gateway was at work on this mail; whose it was, the sender's or one's own, no header tells.
                meaning=Meaning.SERVICE_USE,
                observables=tuple(fresh),
                observed_at=_sent_at(mail.values.get("date", "")),
            )


def _mails(source: Input) -> Iterator[_Mail]:
    """Yield the headers of each mail; in a mailbox each begins below a line with "From ", behind a blank one."""
    is_mailbox = is_head = False
    is_blank, number_of_first = True, 0
    lines: list[str] = []
    for number, line in source.lines():
        text = line.rstrip("\r")
        if not number_of_first and text.strip():
            number_of_first, is_head = number, True
            is_mailbox = text.startswith("From ")
        elif is_mailbox and is_blank and text.startswith("From "):
            number_of_first, is_head, lines = number, True, []
        if is_head and text.strip():
            _add(lines, text)
        elif is_head and number_of_first:
            yield _parsed(number_of_first, lines)
            is_head, lines = False, []
        is_blank = not text.strip()
    if lines:
        yield _parsed(number_of_first, lines)


def _add(lines: list[str], text: str) -> None:
    """Add a line to those of a mail; one that begins with a blank goes on with the header above it."""
    if text[:1] in {" ", "\t"} and lines:
        if len(lines[-1]) < VALUE:
            lines[-1] += " " + text.strip()[:VALUE]
    elif len(lines) < HEADERS:
        lines.append(text[:VALUE])


def _parsed(number: int, lines: list[str]) -> _Mail:
    names: dict[str, str] = {}
    values: dict[str, str] = {}
    for line in lines:
        if found := _FIELD.fullmatch(line):
            name = found[1].lower()
            names.setdefault(name, found[1])
            if name in _VALUES:
                values.setdefault(name, found[2].strip())
    return _Mail(number, names, values)


def _receiver(mail: _Mail) -> str:
    """Give the host that received the mail last: each writes its line above those of the others."""
    found = _BY.search(mail.values.get("received", ""))
    return identifiers.hostname(found[1]) if found else ""


def _decoded(value: str) -> str:
    """Give a value whose words may be encoded (RFC 2047)."""
    if "=?" in value:
        from email.errors import MessageError  # only for the few that are
        from email.header import decode_header, make_header

        try:
            value = str(make_header(decode_header(value)))
        except (MessageError, ValueError, LookupError):
            return ""
    return printable(value)[:VALUE]


def _sent_at(value: str) -> str:
    """Give when a mail was sent according to whoever wrote it, or nothing."""
    from email.utils import parsedate_to_datetime  # a slow import for one format

    try:
        return parsedate_to_datetime(value).isoformat() if value else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
