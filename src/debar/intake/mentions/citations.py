# SPDX-License-Identifier: Apache-2.0
"""Citations of law, normalised: FR, CFR, USC, public laws, orders, FAR, directives, acts, instruments of the EU and others.

Their forms are the rows of `forms.py`; acts are told by their names. What a citation holds is neither a date nor
a number: the 2022 of Regulation (EU) 2022/2065 is no year of anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.mentions.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.mentions.forms import Form
    from debar.intake.sentences import Sentence


class Cited(NamedTuple):
    """A citation in a text."""

    start: int
    end: int
    form: str
    """fr, cfr, usc, statute, public-law, executive-order, far, bod, omb, pspf, fcc, eu, uk, law, act, bill, case, document-number."""
    value: str
    """As the register writes it: 89 FR 52434."""


INSTRUMENTS = frozenset({"fr", "case", "document-number", "bod", "omb", "pspf", "eu", "uk"})
"""Forms of citations that name one instrument; codes, statutes and orders behind it are shared by many."""
_ACT = re.compile(r"\bAct\b(?:,? (?:of )?((?:19|20)[0-9]{2})\b)?")
_LEADS = re.compile(r"(?:[A-Z][\w'()\-]{0,24}|and|of|for|from|the|to|by|on|in|&|\([A-Z][\w ]{1,20}\))$")
_JOINS = frozenset({"and", "of", "for", "from", "the", "to", "by", "on", "in", "&"})
_OPENERS = frozenset({"The", "An", "A", "Under", "In", "This", "That", "By", "And", "If", "As"})
"""Words in capitals that begin a sentence, and no name."""
_LONGEST = 240
"""Characters of the name of an act."""
_WORDS = 14
"""Words of the name of an act; the longest that measures of the register rest on has ten."""


def find(flat: str, sentences: Sequence[Sentence]) -> tuple[Cited, ...]:
    """Give the citations in the sentences, in order, none overlapping another.

    Looked for by paragraphs: a full stop inside a citation (Pub. L. 118-50, div. H) may look like the end of a sentence.
    """
    paragraphs: dict[int, tuple[int, int]] = {}
    for one in sentences:
        first, last = paragraphs.get(one.paragraph, (one.start, one.end))
        paragraphs[one.paragraph] = min(first, one.start), max(last, one.end)
    rows = [row for row in FORMS if any(mark in flat for mark in row.marks)]
    return tuple(cited for start, end in sorted(paragraphs.values()) for cited in _between(flat, start, end, rows))


def _between(flat: str, start: int, end: int, rows: Sequence[Form]) -> Iterator[Cited]:
    part = flat[start:end]
    found = list(_acts(part)) if "Act" in part else []
    if rows and any(sign.isdigit() for sign in part):
        found += [
            Cited(match.start(), match.end(), row.form, _written(row, match))
            for row in rows
            if any(mark in part for mark in row.marks)
            for match in row.pattern.finditer(part)
        ]
    found.sort(key=lambda cited: (cited.start, -cited.end))
    last = 0
    for cited in found:
        if cited.start >= last:
            yield cited._replace(start=cited.start + start, end=cited.end + start)
            last = cited.end


def _written(row: Form, match: re.Match[str]) -> str:
    value = row.written(match) if callable(row.written) else row.written.format(*match.groups())
    return " ".join(value.replace("\u2013", "-").split())


def _acts(part: str) -> Iterator[Cited]:
    """Yield acts by their names, each with its year where it has one: the words in capitals before Act, and what joins them."""
    for match in _ACT.finditer(part):
        first = max(0, match.start() - _LONGEST)
        words = part[first : match.start()].split(" ")[:-1][-_WORDS:]
        name: list[str] = []
        while words and words[-1] != "Act" and _LEADS.fullmatch(words[-1]):
            name.insert(0, words.pop())
        while name and (name[0] in _JOINS or name[0] in _OPENERS):
            name.pop(0)
        begin = part.rfind(" ".join(name), first, match.start())
        if name and begin >= 0:
            title = " ".join([*name, "Act"])
            yield Cited(begin, match.end(), "act", f"{title} {match[1]}" if match[1] else title)
