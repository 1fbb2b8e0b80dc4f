# SPDX-License-Identifier: Apache-2.0
"""Whom a pronoun means that stands for nobody who spoke: the subject of its own sentence, or of the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.said.following import after
from debar.intake.said.grammar import BE, MARKS, PRONOUNS, listed
from debar.intake.said.naming import name
from debar.intake.said.phrases import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.knowing import Known, Speaker
    from debar.intake.said.words import Speech

_HEAD = 160
"""Characters in which a subject stands."""
_VERBS = BE | {"has", "have", "had", "will", "would", "can", "could", "may", "must", "who", "which", "and", ",", "("}
"""What follows a subject."""
_PAST = listed(
    "gave took told made put sent met went got held left won lost set let began wrote chose sold bought came saw kept"
)
_KINDS = {
    "he": ("person", "spokesperson", "source"),
    "she": ("person", "spokesperson", "source"),
    "they": ("source", "authority", "company"),
    "it": ("company", "authority", "name", "outlet", "document"),
}


def topic(word: str, spans: Sequence[tuple[int, int]], known: Known, speech: Speech) -> Speaker | None:
    """Give the subject that a pronoun can mean, of sentences from the nearest on."""
    kinds = _KINDS.get(word, ())
    for start, end in spans if kinds else ():
        found = subject(start, end, known, speech)
        if (
            found
            and found.kind in kinds
            and not (found.kind == "source" and word != "they" and found.name.endswith("s"))
        ):
            return found
    return None


def subject(start: int, end: int, known: Known, speech: Speech) -> Speaker | None:
    """Give whom a sentence tells of: the noun phrase with which it begins, if a verb follows."""
    head = words(known.flat, start, min(end, start + _HEAD))
    if not head.text or head.text[0] in MARKS or head.small[0] in PRONOUNS:
        return None
    phrase = after(head, 0, speech)
    if (
        phrase is None
        or "side" in head.small[phrase.first : phrase.last]
        or phrase.first > 1
        or phrase.last >= len(head.small)
        or phrase.kind == "matter"
    ):
        return None
    follows = head.small[phrase.last]
    is_verb = (
        follows in _VERBS | _PAST or follows in speech.between or follows.endswith(("ed", "s")) or follows in speech.say
    )
    return name(phrase, head, known, speech) if is_verb else None
