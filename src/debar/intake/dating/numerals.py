# SPDX-License-Identifier: Apache-2.0
"""Numbers as people write them before days, weeks and months: 90, ninety, thirty (30), a couple of, a fortnight."""

from __future__ import annotations

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"  # fmt: skip
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"  # fmt: skip

_VALUES = {
    **{word: number for number, word in enumerate(_ONES.split(), start=1)},
    **{word: number * 10 for number, word in enumerate(_TENS.split(), start=2)},
    "a": 1,
    "an": 1,
    "a single": 1,
    "a couple of": 2,
    "a few": 0,
    "several": 0,
    "many": 0,
    "some": 0,
    "a number of": 0,
    "hundred": 100,
    "a hundred": 100,
    "one hundred": 100,
}
_DAYS = {
    **{word: number for number, word in enumerate(_ORDINALS.split(), start=1)},
    **{f"twenty-{word}": 20 + number for number, word in enumerate(_ORDINALS.split()[:9], start=1)},
    "thirtieth": 30,
    "thirty-first": 31,
}

NUMBER = (
    r"(?:\d{1,4}(?![\d.,]\d)|(?:one |a )?hundred(?: and)?(?: (?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))?"
    rf"|(?:{'|'.join(_TENS.split())})(?:[- ](?:{'|'.join(_ONES.split()[:9])}))?|(?:{'|'.join(reversed(_ONES.split()))})"
    r"|(?:one|two|three|four) and a half|half an?|a couple of|a few|several|many|some|a number of|a single|an?)(?:~\(\d{1,4}\))?"
)
"""What may stand before a unit of time; ~ is a space or none, as in all patterns of the grammar."""
NTH = "|".join(
    sorted((*_DAYS, "fortieth", "forty-fifth", "fiftieth", "sixtieth", "ninetieth", "hundredth"), key=len, reverse=True)
)
"""Ordinals in words before a day that is counted: the tenth day after publication."""
DAY_WORD = "|".join(sorted(_DAYS, key=len, reverse=True))
"""Days of a month in words: the fifteenth day of March."""


_COUNTED = {"fortieth": 40, "forty-fifth": 45, "fiftieth": 50, "sixtieth": 60, "ninetieth": 90, "hundredth": 100}


def number(words: str) -> int:
    """Give the number that words name in small letters; 0 where they name none, as in "a few"."""
    bare = " ".join(words.partition("(")[0].split())
    if ordinal := _DAYS.get(bare) or _COUNTED.get(bare):
        return ordinal
    if bare.isdecimal():
        return int(bare)
    if bare in _VALUES:
        return _VALUES[bare]
    apart = bare.replace("one hundred", "hundred").replace("-", " ").split()
    return sum(_VALUES[word] for word in apart if word in _VALUES and word != "a")


def day(words: str) -> int:
    """Give the day of a month that digits or words name; 0 for none."""
    return _DAYS.get(words) or (int(words) if words.isdecimal() else 0)
