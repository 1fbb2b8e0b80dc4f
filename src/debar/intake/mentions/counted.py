# SPDX-License-Identifier: Apache-2.0
"""Numbers as they are written, in digits and in words, and what they come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# fmt: off
_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL = {**{word: n for n, word in enumerate(_ONES)}, **{word: 10 * n for n, word in enumerate(_TENS, 2)}}
_SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "lakh": 10**5, "crore": 10**7}
_WORD = "|".join(sorted((*_SMALL, *_SCALES), key=len, reverse=True))
COUNTED = re.compile(
    r"(?<![\w.,])(?:(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,3}(?: \d{3}){1,3}|\d{1,12})(?:\.\d{1,3})?(?![\d,]\d|\.\d)"
    rf"(?:\s?(?:{'|'.join(_SCALES)}|k|mn?|bn|lakh|crore)\b)?"
    rf"|(?:half a dozen|(?:an? (?=hundred|thousand|million|dozen))?(?:{_WORD})(?:(?:[ -]|, )(?:and )?(?:{_WORD})){{0,7}}))(?![\w])",
    re.IGNORECASE,
)
"""A number: digits in threes or not, or words, each with a scale after it or not."""
_DIGITS = re.compile(r"([\d, ]{1,24})(\.\d{1,3})?\s?([a-z]{0,8})")


def counted(text: str) -> int | None:
    """Give what a number comes to; nothing for one that is no whole number."""
    words = text.casefold()
    if words[0].isdigit():
        return _of_digits(words)
    if words == "half a dozen":
        return 6
    return _of_words(word for word in re.split(r"[ ,-]+", words) if word not in ("and", "a", "an"))


def _of_digits(text: str) -> int | None:
    found = _DIGITS.fullmatch(text)
    if not found:
        return None
    scale = {**_SCALES, **_SHORT, "": 1}.get(found[3])
    whole = int(re.sub(r"[, ]", "", found[1]))
    decimals = (found[2] or ".0")[1:]
    if scale is None:
        return None
    part, rest = divmod(int(decimals) * scale, 10 ** len(decimals))
    return None if rest else whole * scale + part


def _of_words(words: Iterable[str]) -> int:
    """Give what words come to: two hundred and fifty thousand is (2 x 100 + 50) x 1000."""
    total = current = 0
    for word in words:
        if word in _SMALL:
            current += _SMALL[word]
        elif _SCALES[word] <= 100:
            current = max(current, 1) * _SCALES[word]
        else:
            total, current = total + max(current, 1) * _SCALES[word], 0
    return total + current
