# SPDX-License-Identifier: Apache-2.0
"""Headings that say who speaks below them: "Question by Deputy X", "Statement of the Ministry", "Minister X:"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from debar.intake.said.following import after
from debar.intake.said.grammar import BY_AUTHOR
from debar.intake.said.knowing import known
from debar.intake.said.naming import name
from debar.intake.said.phrases import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.said.phrases import Phrase, Words
    from debar.intake.said.words import Speech
    from debar.intake.seen import Seen
    from debar.intake.sentences import Sentence

_LONGEST = 110
"""Characters of a heading."""
_EARLY = 3
"""Words in which a heading says that it is over a speech."""
_SPEAKS = frozenset({"person", "spokesperson", "authority", "company"})


def under(seen: Seen, chains: Sequence[tuple[str, ...]], speech: Speech) -> tuple[tuple[str, ...], ...]:
    """Give chains with those who speak below a heading, up to the next one, wherever nobody else is named."""
    heads = {number: (text, phrase) for number, text, phrase in _headed(seen, speech)}
    if not any(phrase for _, phrase in heads.values()):
        return tuple(chains)
    state = known(seen, speech)
    chain: tuple[str, ...] = ()
    found: list[tuple[str, ...]] = []
    for number, own in enumerate(chains):
        if number in heads:
            text, phrase = heads[number]
            speaker = name(phrase, text, state, speech) if phrase else None
            chain = tuple(one for one in (speaker.name, speaker.behind) if one) if speaker else ()
            found.append(own)
        else:
            chain = () if _is_parted(seen, number) else chain
            found.append(own or chain)
    return tuple(found)


def _is_parted(seen: Seen, number: int) -> bool:
    """Tell whether words that are no sentence stand before a sentence: a heading such as "Reply", or a table."""
    before = seen.sentences[number - 1].end if number else 0
    return any(sign.isalpha() for sign in seen.flat[before : seen.sentences[number].start])


def _headed(seen: Seen, speech: Speech) -> Iterator[tuple[int, Words, Phrase | None]]:
    """Yield the headings by the number of their sentence, each with who speaks below it, or None for nobody."""
    alone = Counter(sentence.paragraph for sentence in seen.sentences)
    for number, sentence in enumerate(seen.sentences):
        if alone[sentence.paragraph] > 1 or not sentence.paragraph or not _is_heading(seen.flat, sentence):
            continue
        text = words(seen.flat, sentence.start, sentence.end)
        if text.small:
            yield number, text, _speaker(text, speech)


def _is_heading(flat: str, sentence: Sentence) -> bool:
    return sentence.end - sentence.start <= _LONGEST and flat[sentence.end - 1] not in '.!?;,\u201d\u00bb"'


def _speaker(text: Words, speech: Speech) -> Phrase | None:
    """Give who speaks below a heading."""
    place = next((at for at, word in enumerate(text.small[:_EARLY]) if word in speech.speeches), None)
    if place is None:
        return _only(text, speech)
    for at in range(place + 1, min(place + 1 + _EARLY, len(text.small))):
        if text.small[at] in BY_AUTHOR or text.small[at] in {":", ",", "-", "\u2013", "\u2014", "("}:
            phrase = after(text, at + 1, speech)
            return phrase if phrase and phrase.kind in _SPEAKS else None
    return None


def _only(text: Words, speech: Speech) -> Phrase | None:
    """Give the person whose name and a colon are the whole heading."""
    if text.text[-1] != ":":
        return None
    phrase = after(text, 0, speech)
    return phrase if phrase and phrase.kind == "person" and phrase.last == len(text.text) - 1 else None
