# SPDX-License-Identifier: Apache-2.0
"""The table of forms made ready for some languages: names of months put in, patterns compiled, cues gathered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.dating.forms import FORMS, PARTS
from debar.intake.dating.hits import Names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.dating.forms import Form
    from debar.model.lexicon import Language


class Ready(NamedTuple):
    """The grammar for some languages: rows with their compiled patterns, and the cues of sentences."""

    names: Names
    rows: tuple[tuple[Form, re.Pattern[str]], ...]
    cues: dict[str, str]
    """Words, with the letters of the rows that need one of them."""


def ready(languages: Sequence[Language]) -> Ready:
    """Compile the grammar for some languages; where two use one name, the earlier language has it."""
    names = Names(
        _numbered([each.months for each in languages], 1), _numbered([each.weekdays for each in languages], 0)
    )
    short = {
        name
        for each in languages
        for forms in (*each.months, *each.weekdays)
        for name in forms[1:]
        if len(name) <= _SHORT and name not in {full for other in (*each.months, *each.weekdays) for full in other[:1]}
    }
    months, weekdays = _either(names.months, short), _either(names.weekdays, short)
    parts = {
        **PARTS,
        "MON": rf"(?P<mon>{months})(?!\w)",
        "MON2": rf"(?P<mon2>{months})(?!\w)",
        "DAY2": r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?",
        "YY2": r"(?P<year2>(?:19|20)\d\d)(?!\d)",
        "WEEK": rf"(?:{weekdays})(?!\w)",
        "WEEKDAY": rf"(?P<weekday>{weekdays})(?!\w)",
        "WEEKDAY2": rf"(?P<weekday2>{weekdays})(?!\w)",
        "WEEKDAYS": rf"(?P<weekday>{weekdays})s(?!\w)",
    }
    if languages and languages[0].id == "en":
        parts["DM"] = parts["DM"].replace(r"|\.)?", r"|\.(?= of ))?")  # "3. May an operator" is an item of a list
    rows = tuple((form, re.compile(_expanded(form.pattern, parts))) for form in FORMS)
    return Ready(names, rows, _cues(names))


def _cues(names: Names) -> dict[str, str]:
    """Give each word that a row needs with the letters of the rows."""
    cues = dict.fromkeys("0123456789", "d")
    for letter, listed in (
        *_CUES.items(),
        ("m", " ".join(names.months)),
        ("w", " ".join((*names.weekdays, *(f"{name}s" for name in names.weekdays)))),
    ):
        for word in listed.split():
            cues[word] = cues.get(word, "") + letter
    return cues


_CUES = {
    "u": "hour hours day days night nights week weeks fortnight fortnights month months quarter quarters year years decade decades weekend date",
    "s": "spring summer autumn fall winter",
    "q": "quarter half trimester semester",
    "t": "today yesterday tomorrow tonight morning afternoon evening night now",
    "a": "christmas eve easter friday monday sunday wednesday thursday pentecost whitsun ascension thanksgiving boxing stephen epiphany saints halloween valentine time point moment then that thereafter thenceforth date day deadline",
    "i": "signed published issued adopted announced posted publication issuance announcement release signing signature adoption promulgation notification",
    "n": "new",
    "y": "twenty",
}
"""Words without which the rows that need their letter find nothing."""
_PART = re.compile(r"<[A-Z]{2,}2?>")
_SHORT = 5
"""Letters of names that may be abbreviated: thurs, sept."""
_SPACES = {" ": "[ ]{1,40}", "~": "[ ]{0,40}"}
_SPACE = re.compile(r"\[[^\]]{1,40}\]| |~")


def _expanded(pattern: str, parts: dict[str, str]) -> str:
    """Give a pattern with its parts put in, and its spaces as those of texts."""
    for _ in range(2):  # <DAYNAME> holds <WEEK>
        pattern = _PART.sub(lambda part: parts[part.group()[1:-1]], pattern)
    return _SPACE.sub(lambda found: _SPACES.get(found.group(), found.group()), pattern)


def _numbered(of_languages: list[tuple[tuple[str, ...], ...]], first: int) -> dict[str, int]:
    """Give names with their numbers; names with digits belong to the forms of their script."""
    numbered: dict[str, int] = {}
    for names in of_languages:
        for number, forms in enumerate(names, start=first):
            for name in forms:
                if not any(letter.isdecimal() for letter in name):
                    numbered.setdefault(name, number)
    return numbered


def _either(names: dict[str, int], short: set[str]) -> str:
    """Give a pattern of names, the longest first; abbreviations may have a full stop."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name) + (r"(?:\.|\b)" if name in short else "") for name in ordered) or r"(?!)"
