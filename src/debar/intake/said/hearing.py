# SPDX-License-Identifier: Apache-2.0
"""Where something is heard that nobody is named for: "it said from the ministry", "on the site of the company it is reported"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.said.authors import author
from debar.intake.said.following import after
from debar.intake.said.grammar import BE

if TYPE_CHECKING:
    from debar.intake.said.phrases import Phrase, Words
    from debar.intake.said.words import Speech

HEARD = frozenset(
    [
        "say",
        "says",
        "said",
        "stated",
        "noted",
        "reported",
        "heard",
        "told",
        "written",
        "mentioned",
        "announced",
        "confirmed",
        "stressed",
        "emphasised",
        "emphasized",
        "explained",
        "recalled",
        "added",
        "assured",
        "believed",
    ]
)
"""Words for what is heard."""
_ANYBODY = frozenset({"it", "one"})
_FROM = frozenset({"from", "at", "in", "inside"})
_ON = frozenset({"on", "in", "at", "from"})
_BACK, _AHEAD = 3, 3
"""Words from "it" to the verb, and from the verb to "from"."""
_FRONT = 12
"""Words from the beginning to "it"."""
_SPEAKS = frozenset({"authority", "company", "outlet", "source", "spokesperson"})
_WRITTEN = frozenset({"document", "matter"})


def heard(sentence: Words, at: int, stop: int, speech: Speech) -> Phrase | None:
    """Give who is behind "it is said" and "one says", by where that is said."""
    small = sentence.small
    anybody = next((place for place in range(at - 1, max(-1, at - 1 - _BACK), -1) if small[place] in _ANYBODY), None)
    if anybody is None or any(small[place] not in BE | speech.between for place in range(anybody + 1, at)):
        return None
    for place in range(stop, min(stop + _AHEAD, len(small))):
        if small[place] in _FROM:
            return _speaker(sentence, place + 1, speech)
    if 0 < anybody <= _FRONT and small[0] in _ON:
        return _speaker(sentence, 1, speech)
    return None


def _speaker(sentence: Words, at: int, speech: Speech) -> Phrase | None:
    phrase = after(sentence, at, speech)
    if phrase is None:
        return None
    if phrase.kind in _WRITTEN or phrase.kind == "outlet":  # the site of the company
        made = author(sentence, phrase, speech)
        return made or (phrase if phrase.kind != "matter" else None)
    return phrase if phrase.kind in _SPEAKS else None
