# SPDX-License-Identifier: Apache-2.0
"""Lines of a calendar (RFC 5545), without a library: text, days and moments, and how lines are folded."""

from __future__ import annotations

from datetime import UTC, datetime, time

from debar import dates
from debar.text import printable

OCTETS = 75
"""Of a line, without its end; RFC 5545, section 3.1."""
LAST = time(23, 59, 59, 999999)


def day_of(moment: datetime, zone: str) -> str:
    """Give when an event is: a whole day where its moment is the first or last of one in its zone, else the moment."""
    local = moment.astimezone(dates.zone(zone))
    return f"DTSTART;VALUE=DATE:{local:%Y%m%d}" if local.time() in (time(), LAST) else f"DTSTART:{utc(moment)}"


def utc(when: datetime) -> str:
    """Give a moment in UTC (section 3.3.5)."""
    return f"{when.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text(value: str) -> str:
    """Give a value of type TEXT (RFC 5545, section 3.3.11): control characters shown, the rest escaped."""
    lines = "\n".join(printable(line) for line in value.split("\n"))
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        lines = lines.replace(plain, escaped)
    return lines


def folded(line: str) -> str:
    """Give a content line in pieces of at most 75 octets, none of which cuts a character in two."""
    pieces: list[str] = []
    piece, size, room = "", 0, OCTETS
    for character in line:
        width = len(character.encode("utf-8", "surrogatepass"))
        if size + width > room:
            pieces.append(piece)
            piece, size, room = "", 0, OCTETS - 1
        piece, size = piece + character, size + width
    return "\r\n ".join((*pieces, piece)) + "\r\n"
