# SPDX-License-Identifier: Apache-2.0
"""A text with its typography made plain, character for character, so that offsets stay what they are."""

from __future__ import annotations

import calendar
import re

_PLAIN = str.maketrans(
    {
        **dict.fromkeys(
            "\n\r\t\f\v\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006", " "
        ),
        **dict.fromkeys("\u2007\u2008\u2009\u200a\u200b\ufeff\u2060", " "),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u00b4\uff07", "'"),
        **dict.fromkeys("\u2010\u2011\u2012\u00ad", "-"),
        **dict.fromkeys("\u201e\u201f\uff02", "\u201c"),
    }
)

_MARKS = re.compile(
    r"^[ \t]{0,8}(?:>[ \t]{0,3}){1,6}(?:#{1,6}(?=[ \t]))?|^[ \t]{0,3}#{1,6}(?=[ \t])"
    r"|\*{1,3}(?=[^\s*])|(?<=[^\s*])\*{1,3}|(?<!\w)_{1,3}(?=[^\W_])|(?<=[^\W_])_{1,3}(?!\w)|(?<!`)`(?!`)",
    re.MULTILINE,
)
"""Marks of Markdown and of quoted mail: angles and number signs that begin a line, stars and underlines around words."""

_BROKEN = re.compile(
    r"(?P<day>[0-9](?:st|nd|rd|th)? {1,3})?\b(?P<word>"
    + "|".join(
        rf"{month[:cut]}-\r?\n[ \t>]{{0,8}}{month[cut:]}"
        for month in calendar.month_name[1:]
        for cut in range(2, len(month) - 1)
    )
    + r")\b"
)
"""A month broken over two lines: Sep-, and tember on the next."""
_BREAK = re.compile(r"-\r?\n[ \t>]*")


def _joined(found: re.Match[str]) -> str:
    """Give a broken month as one word, with the space that is left before it if a day stands there, else behind it."""
    day, broken = found["day"] or "", found["word"]
    word = _BREAK.sub("", broken)
    return f"{day}{word:>{len(broken)}}" if day else f"{word:<{len(broken)}}"


def flat(text: str) -> str:
    """Give the text with line ends and odd spaces as spaces, apostrophes and hyphens as on a keyboard; as long as it was.

    Marks of emphasis and of quoted lines become spaces too: "shall **not** use" says what "shall not use" says.
    Double quotation marks and dashes stay: they tell where a quotation or an insertion begins and ends.
    """
    if "-\n" in text or "-\r\n" in text:
        text = _BROKEN.sub(_joined, text)
    return _MARKS.sub(lambda found: " " * len(found.group()), text).translate(_PLAIN)
