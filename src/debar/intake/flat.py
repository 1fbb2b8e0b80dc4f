# SPDX-License-Identifier: Apache-2.0
"""A text with its typography made plain, character for character, so that offsets stay what they are."""

from __future__ import annotations

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


def flat(text: str) -> str:
    """Give the text with line ends and odd spaces as spaces, apostrophes and hyphens as on a keyboard; as long as it was.

    Double quotation marks and dashes stay: they tell where a quotation or an insertion begins and ends.
    """
    return text.translate(_PLAIN)
