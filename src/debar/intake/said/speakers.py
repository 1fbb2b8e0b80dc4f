# SPDX-License-Identifier: Apache-2.0
"""Who says each sentence: the chain from the origin to the paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.said.chains import Own
from debar.intake.said.chains import own as chains_of
from debar.intake.said.headings import under
from debar.intake.said.issuers import company, speaks, without_issuer
from debar.intake.said.knowing import known
from debar.intake.said.quotes import between
from debar.intake.said.words import speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.quotes import Quoted
    from debar.intake.said.words import Speech
    from debar.intake.seen import Seen
    from debar.intake.sentences import Sentence
    from debar.model.lexicon import Lexicon

_SCARE = 25
"""Characters of a quotation up to which it may be a word that somebody keeps at a distance."""
_WORDS = 2
"""Spaces in a quotation from which it, and not the sentence around it, is the utterance."""
_LEAD = 2
"""Paragraphs in which a paper tells whom it repeats."""
_GOES_ON = re.compile(
    r"(?:It|They|He|She|These|This|That|And|In addition,? \w{1,20}|The \w{1,20})(?: also)? (?:would|had)\b"
)
_WOULD = re.compile(r"\bwould\b")
"""In English prose a mark of speech that goes on in other words."""
_SAID_THAT = re.compile(r"(?:[^,:\u201c\"]{1,100}? that |(?:According|As per|Per|In)\b[^,]{1,80}, )")


class Utterance(NamedTuple):
    """A quotation or reported speech with its speaker, for finding what is said in other words elsewhere."""

    start: int
    end: int
    speaker: str
    is_direct: bool
    through: str = ""
    """Names of those who pass it on."""


def speakers(seen: Seen, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """Give for each sentence who says it, origin first; empty where the paper itself does.

    1. What each sentence says of its speakers.
    2. "This was reported by X" tells it of the sentence before, and in a lead of the paragraph after.
    3. A quotation of several sentences has one speaker, named before or after it.
    4. "It would ..." goes on with what somebody is reported to have said, and so does what follows "according to the order".
    5. Under a heading such as "Question by X" X speaks.
    6. What an authority tells in its own paper the paper itself says.
    """
    words = speech(lexicon)
    own = _own_voice(seen, chains_of(seen, words), words)  # 1.
    chains = [one.chain for one in own]
    for number, one in enumerate(own):
        if one.is_backward and one.chain:
            _cover_around(seen, chains, own, number)  # 2.
    for number, chain in enumerate(chains):
        if not chain:
            chains[number] = _from_quotation(seen, chains, own, number) or _continued(
                seen, chains, own, number
            )  # 3. 4.
    return tuple(without_issuer(seen, under(seen, chains, words)))  # 5. 6.


def _own_voice(seen: Seen, own: list[Own], words: Speech) -> list[Own]:
    """Give what sentences say; in a paper of a company's own what nobody else says is told by that company."""
    name = company(seen, known(seen, words).supplier)
    if not name:
        return own
    return [
        Own((name,)) if not one.chain and speaks(seen, sentence, name) else one
        for one, sentence in zip(own, seen.sentences, strict=True)
    ]


def _cover_around(seen: Seen, chains: list[tuple[str, ...]], own: Sequence[Own], number: int) -> None:
    """Give the chain of "This was reported by X" to the sentence before, and in a lead to the paragraph after."""
    if number and not chains[number - 1]:
        chains[number - 1] = chains[number]
    lead = seen.sentences[number].paragraph
    if lead > _LEAD:
        return
    for after in range(number + 1, len(chains)):
        if own[after].chain or seen.sentences[after].paragraph > lead + 1 or _quotation(seen, seen.sentences[after]):
            return
        chains[after] = chains[number]


def _quotation(seen: Seen, sentence: Sentence) -> Quoted | None:
    """Give the quotation that a sentence begins with or stands in."""
    for quote in between(seen.quotes, sentence.start, sentence.end):
        if quote.start - 3 <= sentence.start < quote.end:
            is_whole = sentence.start <= quote.start + 1 and sentence.end <= quote.end + 2
            if is_whole or quote.end - quote.start > _SCARE:
                return quote
    return None


def _from_quotation(seen: Seen, chains: Sequence[tuple[str, ...]], own: Sequence[Own], number: int) -> tuple[str, ...]:
    """Give the chain of a quotation of several sentences, or of one whose speaker was named before."""
    sentence = seen.sentences[number]
    quote = _quotation(seen, sentence)
    if quote is None:
        return ()
    for other in range(number + 1, len(chains)):  # ", X said" after its end
        if seen.sentences[other].start > quote.end + 3 or seen.sentences[other].paragraph != sentence.paragraph:
            break
        if own[other].chain:
            return own[other].chain
    for other in range(number - 1, -1, -1):  # named before it, in its paragraph or at the end of the one above
        if sentence.paragraph - seen.sentences[other].paragraph > 1:
            break
        if chains[other]:
            return chains[other]
    return ()


def _continued(seen: Seen, chains: Sequence[tuple[str, ...]], own: list[Own], number: int) -> tuple[str, ...]:
    """Give the chain of a sentence that goes on with what the one before reports."""
    sentence = seen.sentences[number]
    if not number or seen.sentences[number - 1].paragraph != sentence.paragraph or not chains[number - 1]:
        return ()
    if own[number - 1].covers:
        own[number] = own[number]._replace(covers=True)
        return chains[number - 1]
    is_shifted = _GOES_ON.match(seen.flat, sentence.start, sentence.end) or _WOULD.search(
        seen.flat, sentence.start, sentence.end
    )
    if own[number - 1].is_reported and is_shifted and not between(seen.quotes, sentence.start, sentence.end):
        own[number] = own[number]._replace(is_reported=True)
        return chains[number - 1]
    return ()


def utterances(seen: Seen, speakers: tuple[tuple[str, ...], ...]) -> tuple[Utterance, ...]:
    """Give what somebody is said to have said, in order: quotations sentence by sentence, and reported speech."""
    found = []
    for sentence, chain in zip(seen.sentences, speakers, strict=True):
        speaker, through = (chain[0], " ".join(chain[1:])) if chain else ("", "")
        spans = [
            (max(one.start, sentence.start), min(one.end, sentence.end))
            for one in between(seen.quotes, sentence.start, sentence.end)
        ]
        direct = [(start, end) for start, end in spans if start < end]
        found += [Utterance(start, end, speaker, is_direct=True, through=through) for start, end in direct]
        is_around = any(
            start <= sentence.start + 1 or seen.flat.count(" ", start, end) >= _WORDS for start, end in direct
        )
        if chain and not is_around:
            start = _content(seen.flat, sentence)
            found.append(Utterance(start, sentence.end, speaker, is_direct=False, through=through))
    return tuple(sorted(found))


def _content(flat: str, sentence: Sentence) -> int:
    """Give where what is reported begins, after "X said that" or "according to X,"."""
    match = _SAID_THAT.match(flat, sentence.start, sentence.end)
    return match.end() if match and sentence.end - match.end() > _SCARE else sentence.start
