# SPDX-License-Identifier: Apache-2.0
"""What each sentence by itself says of its speakers, and whom those that follow may mean by "she" and "the company"."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from debar.intake.said.frames import frames
from debar.intake.said.knowing import beside, known
from debar.intake.said.naming import name
from debar.intake.said.quotes import between
from debar.intake.said.topics import topic
from debar.register.phrases import small

if TYPE_CHECKING:
    from debar.intake.said.frames import Framed
    from debar.intake.said.knowing import Known, Speaker
    from debar.intake.said.phrases import Frame
    from debar.intake.said.words import Speech
    from debar.intake.seen import Seen

_HEARD = 30
"""Speakers that are remembered: "she" and "the ministry" mean nobody further back."""
_NEAR = 4
"""Words between a verb of saying and a speaker within what it reports."""
_LATE = 3
"""Words behind which a pronoun may mean the subject of its own sentence."""
_PLACES = ("origin", "speaker", "through", "outer")


class Own(NamedTuple):
    """What a sentence itself says of its speakers."""

    chain: tuple[str, ...] = ()
    is_backward: bool = False
    """It tells who said what stands before it."""
    covers: bool = False
    """It begins with "according to" a paper or outlet, which goes on telling."""
    is_reported: bool = False
    """It reports in other words what somebody said."""


def own(seen: Seen, words: Speech) -> list[Own]:
    """Give what each sentence of a paper says of its speakers."""
    lower = small(seen.flat)
    state = known(seen, words)
    found = []
    for number, sentence in enumerate(seen.sentences):
        quoted = between(seen.quotes, sentence.start, sentence.end)
        state = beside(state, seen, sentence, words)
        framed = frames(seen.flat, lower, (sentence.start, sentence.end), quoted, words)
        chain, state = _chain(framed, state, words, _near(seen, number))
        found.append(chain)
    return found


def _near(seen: Seen, number: int) -> tuple[tuple[int, int], ...]:
    """Give where the sentence and the one before it stand, if that is of the paragraph or the one above."""
    sentence, before = seen.sentences[number], seen.sentences[max(0, number - 1)]
    own = (sentence.start, sentence.end)
    is_near = number and sentence.paragraph - before.paragraph <= 1 and before.paragraph
    return (own, (before.start, before.end)) if is_near else (own,)


def _chain(framed: Framed, state: Known, words: Speech, near: tuple[tuple[int, int], ...]) -> tuple[Own, Known]:
    """Give the chain of a sentence, and what is known after it."""
    named: list[tuple[Frame, Speaker]] = []
    for frame in framed.frames:
        speaker = name(frame.phrase, framed.words, state, words)
        if frame.phrase.kind == "pronoun":
            pronoun = framed.words.small[frame.phrase.first]
            speaker = topic(pronoun, near[1:], state, words) or speaker
            if speaker is None and frame.phrase.first > _LATE:
                speaker = topic(pronoun, near[:1], state, words)
        if speaker is None:
            continue
        prints = frame.place == "through" and speaker.kind == "name"  # who is told something and has a name prints it
        heard = speaker._replace(kind="outlet") if prints else speaker
        named.append((frame, heard))
        if frame.place != "through" or prints or heard.kind == "outlet":
            state = state._replace(heard=(*state.heard[-_HEARD:], heard))
    chain: list[str] = []
    named = _nested_first(named)
    for place in _PLACES:
        for frame, speaker in named:
            if frame.place == place:
                chain += [one for one in (speaker.name, speaker.behind) if one and one not in chain]
    told = Own(
        tuple(chain),
        is_backward=any(frame.is_backward for frame, _ in named),
        covers=any(
            frame.holds
            or (frame.place == "outer" and frame.at == 0 and one.kind in ("document", "outlet", "authority"))
            for frame, one in named
        ),
        is_reported=any(frame.place in ("speaker", "outer") for frame, _ in named),
    )
    return told, state


def _nested_first(named: list[tuple[Frame, Speaker]]) -> list[tuple[Frame, Speaker]]:
    """Give speakers so that in "X said that Y said" Y comes first: the words are Y's."""
    ordered: list[tuple[Frame, Speaker]] = []
    for one in named:
        last = ordered[-1][0] if ordered else None
        is_inside = (
            last is not None and last.place == one[0].place == "speaker" and 0 < one[0].phrase.first - last.at <= _NEAR
        )
        ordered.insert(len(ordered) - is_inside, one)
    return ordered
