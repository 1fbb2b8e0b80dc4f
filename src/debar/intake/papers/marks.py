# SPDX-License-Identifier: Apache-2.0
"""By what the forms of files are told: their first characters, never their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from debar.intake.papers.files import File

_GAZETTE = re.compile(r"<(?:RULE|NOTICE|PRORULE|PRESDOCU|FEDREG)[\s>]")
_GAZETTE_PARTS = re.compile(r"<(?:PREAMB|AGENCY|SUBJECT|FRDOC|PRNOTICE|EXECORD)[\s>]")
_FEED = re.compile(r"<(?:[a-z]{1,10}:)?(?:rss|feed|RDF)[\s>]")
_HTML = re.compile(
    r"<(?:!doctype\s{1,9}html|html|head|body|article|main|div|p|table|h[1-6]|pre|section|span|br|ul|meta|title|script|style)[\s/>]",
    re.IGNORECASE,
)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:(?:[ \t].{0,2000}|)")
_MAIL = (
    "from",
    "date",
    "subject",
    "to",
    "message-id",
    "mime-version",
    "received",
    "return-path",
    "content-type",
    "delivered-to",
)
_SURE_MAIL = {"message-id", "mime-version", "received", "return-path", "content-type", "delivered-to"}


def is_pdf(file: File) -> bool:
    """Tell a PDF; the mark may stand a little way into the file."""
    return b"%PDF-" in file.head[:1024]


def is_gazette(file: File) -> bool:
    """Tell XML of the Federal Register."""
    head = file.text[: 1 << 16]
    return head.lstrip().startswith("<") and bool(_GAZETTE.search(head)) and bool(_GAZETTE_PARTS.search(head))


def is_feed(file: File) -> bool:
    """Tell a feed by its root element."""
    head = file.text[: 1 << 13]
    return head.lstrip().startswith("<") and not is_html_head(head) and bool(_FEED.search(head[:4096]))


def is_html_head(head: str) -> bool:
    """Tell a page by its first element."""
    return bool(
        re.match(
            r"\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,200})?(?:<!--.{0,400}?-->\s{0,200})?<(?:!doctype html|html)\b",
            head,
            re.IGNORECASE | re.DOTALL,
        )
    )


def is_mail(file: File) -> bool:
    """Tell a mail by its header: From, Date or Subject among its first lines, and one that only programs write.

    A mail printed to text has From, Sent and Subject alone; it is taken for text, whose cleaner knows such lines.
    """
    names: list[str] = []
    for line in file.text[: 1 << 14].splitlines()[:200]:
        if line.startswith((" ", "\t")) and names:
            continue
        if not line.strip() or not (_HEADER.fullmatch(line) or (not names and line.startswith("From "))):
            break
        names.append(line.partition(":")[0].lower())
    known = [name for name in names if name in _MAIL]
    return (
        len(known) >= 2
        and ("from" in known or "received" in known)
        and ("date" in known or not _SURE_MAIL.isdisjoint(known))
    )


def is_html(file: File) -> bool:
    """Tell a page, or a piece of one: it begins as one, or has several tags of pages early on."""
    head = file.text[: 1 << 14]
    if is_html_head(head):
        return True
    return head.lstrip().startswith("<") and len(_HTML.findall(head)) >= 2


def is_anything(file: File) -> bool:
    """Tell nothing: what is left is plain text."""
    return isinstance(file.text, str)
