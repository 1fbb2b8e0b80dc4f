# SPDX-License-Identifier: Apache-2.0
"""What the words before a day at the head of a paper make of it: publication, a later change, or something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.papers.once import once
from debar.register import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.model.lexicon import Lexicon

PUBLISHED, CHANGED = "words before the day of publication", "words before the day of a later change"
"""Purposes of lists in the lexicon."""
OTHER = re.compile(
    r"\b(?:passed|signed|adopted|effective|applies|applicable|entry into force|in force|into force|ended|ending|valid|expir\w{1,4}|deadline|due|hearing|tabled|filed|received|replaces|supersedes|repeals|amend\w{1,6}|founded|established|born|version of|law of|act of|decision of|order of|regulation of|taken down|removed|embargo\w{0,2}|vigueur|kraft|vigor|vigore|wejścia|jusqu\w{1,3}|hasta|gültig|valable|not before|last day|next|meeting of|minutes of|rates?)\b[^0-9]{0,40}$|\b(?:as of|since|until|till|by|from|after|before)(?: the)? {1,3}$",
    re.IGNORECASE,
)
"""Before a day at the head that is that of something else."""
ISSUE = re.compile(
    r"\b(?:gazette|gaceta|journal|moniteur|monitorul|bulletin|federal register|staatscourant|bundesanzeiger)\b[^\n]{0,80}$",
    re.IGNORECASE,
)
"""A number of the gazette in which a text is printed."""
DONE_AT = re.compile(
    r"^[ \t]{0,20}(?:Done|Given|Made|Signed|Adopted|Dated|Issued)(?: (?:and signed|under my hand))?(?: (?:at|in) [A-ZÀ-Þ][\w .,'’-]{1,40}?)?,? (?:on |this )?(?:the )?(?=[0-9]|[A-Z][a-z]{2,8}\.? [0-9])",
    re.MULTILINE,
)
"""How an instrument ends: Done at Brussels, 11 March 2026."""
_NEAR = r"[^0-9]{0,40}$"
_MOST = 240
"""Characters before a day that are looked at."""


class Cues(NamedTuple):
    """The words of a lexicon before days, compiled."""

    published: re.Pattern[str]
    changed: re.Pattern[str]


@once
def cues(lexicon: Lexicon) -> Cues:
    """Give the words that say when a paper was published, and when it was changed."""
    return Cues(_before(words_for(lexicon, PUBLISHED)), _before(words_for(lexicon, CHANGED)))


def words_for(lexicon: Lexicon, purpose: str) -> list[str]:
    """Give the words of a lexicon for a purpose."""
    return [word for one in lexicon.words if one.purpose == purpose for word in one.words]


def _before(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile((phrases.any_of(words) if words else r"(?!)") + _NEAR)


def is_published(before: str, known: Cues) -> bool:
    """Tell whether words before a day say that the paper was published on it."""
    return bool(known.published.search(phrases.small(before[-_MOST:])))


def is_changed(before: str, known: Cues) -> bool:
    """Tell whether words before a day say that the paper was changed, read or saved on it."""
    return bool(known.changed.search(phrases.small(before[-_MOST:])))
