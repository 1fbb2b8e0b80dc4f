# SPDX-License-Identifier: Apache-2.0
"""A row of the grammar of dates, and the parts of which the patterns of rows are made.

Patterns are matched against small letters. In them a space is one or more spaces and ~ none or more; <WORDS> in capitals
are the parts named in `PARTS`. Every repeat is bounded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.eras import ERA
from debar.intake.dating.numerals import DAY_WORD, NTH, NUMBER

if TYPE_CHECKING:
    from collections.abc import Callable

    from debar.intake.dating.expression import DateWords
    from debar.intake.dating.hits import Hit

    Builder = Callable[[Hit], tuple[DateWords, ...]]


class Form(NamedTuple):
    """One row of the grammar."""

    name: str
    needs: str
    """What a sentence must hold for it to be tried, one of: d digit, m month, w weekday, or a letter of `_CUES`."""
    pattern: str
    build: Builder


PARTS = {
    "DD": rf"(?P<day>\d{{1,2}}|{DAY_WORD})(?:st|nd|rd|th|er|º|ª|-?го)?(?![\w%]|[.:]\d|,\d{{3}}(?!\d))",  # noqa: RUF001 - letters of the language
    "DM": rf"(?P<day>\d{{1,2}}|{DAY_WORD})(?:st|nd|rd|th|er|º|ª|-?го|\.)?(?!\w)",  # noqa: RUF001 - letters of the language
    "YY": r"(?P<year>(?:19|20)\d\d)(?!\d|-\d{3}|[.,]\d)",
    "YS": r"(?P<year>(?:19|20)\d\d|'\d\d)(?!\d|-\d{3}|[.,]\d)",
    "ERA": ERA,
    "YE": "(?:<YS>|<ERA>)",
    "OFYEAR": r"(?P<of>this|last|next|the same|that same|that|the following|the previous|the current|the coming|the next|the past)",
    "DAYNAME": r"(?:<WEEK>,?~(?:the )?)",
    "NUM": rf"(?P<number>{NUMBER})",
    "NTH": NTH,
    "UNIT": r"(?P<unit>hour|day|night|week|fortnight|month|quarter|year|decade)s?",
    "WORKING": r"(?P<business>(?:(?:full |consecutive |calendar )?(?:business|working|work|trading|banking)|calendar|consecutive|full|whole|short|additional|further|more)[ -])",
    "PART": (
        r"(?:(?P<part>(?:(?:very )?(?:early|late|later)(?: in)?|mid|end(?=-)|(?:the )?(?:very )?(?:beginning|start|end|middle|close|first half|"
        r"second half|latter half|latter part|first part|early part|first days|last days|final days|first week|second week|third week|"
        r"last week|final week|first weeks|last weeks|first fortnight) of)(?:-| )(?:the month of )?))"
    ),
}
HERE = r"(?<![\w.,/$€£-])"
"""No word, number, price or path stands directly before."""
