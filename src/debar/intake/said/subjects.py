# SPDX-License-Identifier: Apache-2.0
"""Whose verb of saying it is: the subject before it, over what stands between, or after it where the order is turned round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.said.following import after
from debar.intake.said.grammar import (
    BEFORE_TIMES,
    CLAUSE,
    CLOSES_INVERSION,
    DEFINITE,
    IN,
    MARKS,
    OPENS_INVERSION,
    PAIRS,
    TIMES,
)
from debar.intake.said.phrases import is_capital
from debar.intake.said.preceding import before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.phrases import Phrase, Words
    from debar.intake.said.words import Speech

_STEPS = 14
"""Words and insertions that may stand between a speaker and the verb."""
_BRACKETS = 12
"""Words in brackets."""
_INSERTED = 30
"""Words of an insertion between commas."""
_WRITTEN = 5
"""Words from "in" to "statement"."""
_RELATIVE = 14
"""Words of a relative clause without commas."""
_TOLD = 3
"""Words from "said to" to the noun for those who are told."""
_APPOSED = 7
"""Words of an apposition that are looked at."""


def preceding(sentence: Words, at: int, speech: Speech) -> Phrase | None:
    """Give the subject before a verb, over an apposition or insertion between commas."""
    back = step_back(sentence, at, speech)
    if back is None or back < 0 or sentence.small[back] in ("and", "but"):
        return None
    if sentence.text[back] not in PAIRS:
        phrase = _after_name(sentence, before(sentence, back + 1, speech), speech)
        return phrase or _before_relative(sentence, back, speech)
    opening = _opening(sentence, back)
    if opening is None:
        return None
    outer, inner = before(sentence, opening, speech), before(sentence, back, speech)
    if (
        inner
        and inner.first == opening + 1
        and is_capital(sentence.text[inner.first])
        and _is_apposed(sentence, outer, inner, speech)
    ):
        return inner
    return outer._replace(about=(opening + 1, back)) if outer else None


def _before_relative(sentence: Words, back: int, speech: Speech) -> Phrase | None:
    """Give the subject of which "who ..." tells more before the verb: "a manager who would not be named said"."""
    for at in range(back, max(0, back - _RELATIVE), -1):
        if sentence.small[at] == "who":
            return before(sentence, at, speech)
        if not sentence.text[at][0].isalnum():
            return None
    return None


def _is_apposed(sentence: Words, outer: Phrase | None, inner: Phrase, speech: Speech) -> bool:
    """Tell whether a name between commas names whom the noun before it means: "the minister, Ada Brekke, said"."""
    if inner.kind not in ("person", "name", "company"):
        return False
    if outer is None:
        if sentence.small[max(0, inner.first - 4) : inner.first - 2] == (
            "one",
            "of",
        ):  # "one of them, Ada Brekke, said"
            return True
        return any(
            word in speech.titles for word in sentence.small[max(0, inner.first - _RELATIVE - 2) : inner.first - 1]
        )
    return outer.name_at == outer.first and _has_noun(sentence, outer, speech)


def _after_name(sentence: Words, phrase: Phrase | None, speech: Speech) -> Phrase | None:
    """Give the name before an office of which the closing comma is missing: "Ada Brekke, trade minister said"."""
    if phrase is None or phrase.kind != "person" or phrase.name_at != phrase.first or phrase.first < 2:
        return phrase
    if sentence.text[phrase.first - 1] != "," or not _has_noun(sentence, phrase, speech):
        return phrase
    name = before(sentence, phrase.first - 1, speech)
    return name if name and name.kind == "person" and name.first == 0 else phrase


def _has_noun(sentence: Words, phrase: Phrase, speech: Speech) -> bool:
    """Tell whether a phrase calls a speaker by a noun rather than by name."""
    places = range(phrase.first, phrase.last)
    return any(sentence.small[at] in speech.nouns and not is_capital(sentence.text[at]) for at in places)


def _opening(sentence: Words, closing: int) -> int | None:
    """Give the mark that opens an insertion, by the one that closes it."""
    for at in range(closing - 1, max(0, closing - _INSERTED), -1):
        if sentence.text[at] in MARKS - {"'"}:
            return None
        if sentence.text[at] == sentence.text[closing]:
            return at
    return None


def step_back(sentence: Words, at: int, speech: Speech) -> int | None:
    """Give the word before a verb, over auxiliaries, adverbs, times and "in a statement"; None where nothing is said."""
    back = at - 1
    for _ in range(_STEPS):
        if back < 0:
            break
        is_month = sentence.small[back] in speech.days and is_capital(sentence.text[back])
        if sentence.small[back] in speech.not_saying and not is_month:
            return None
        further = _over(sentence, back, speech)
        if further == back:
            break
        back = further
    return back


def _over(sentence: Words, back: int, speech: Speech) -> int:
    """Give the word before one thing that may stand between a speaker and the verb; the same word for anything else."""
    small = sentence.small
    word, previous = small[back], small[back - 1] if back else ""
    if word in speech.between:
        return back - 1
    if word in speech.days or (word in TIMES and back > 0) or (word.isdigit() and previous in speech.days):
        back -= 1
        while back > 0 and small[back] in BEFORE_TIMES:
            back -= 1
        return back
    if speech.nouns.get(word) == "document" and (start := _preposition(small, back)) is not None:
        return start - 1
    if word == "," and back > 1 and previous in speech.between and small[back - 2] == ",":
        return back - 3
    if word == ")" and "(" in small[max(0, back - _BRACKETS) : back]:
        return max(place for place in range(max(0, back - _BRACKETS), back) if small[place] == "(") - 1
    return back


def _preposition(small: Sequence[str], at: int) -> int | None:
    """Give where "in a written statement" begins, by its last word."""
    for place in range(at - 1, max(-1, at - 1 - _WRITTEN), -1):
        if small[place] in IN:
            return place
        if not small[place].isalpha():
            return None
    return None


def inverted(sentence: Words, at: int, stop: int, speech: Speech) -> Phrase | None:
    """Give who speaks where the verb stands first: "...", said X."""
    text, small = sentence.text, sentence.small
    back = at - 1
    while back >= 0 and small[back] in speech.between:
        back -= 1
    if back >= 0 and text[back] not in OPENS_INVERSION:
        return None
    start = _past_audience(small, stop, speech)
    phrase = after(sentence, start, speech) or _late(sentence, stop, speech)
    if phrase is None or (back < 0 and phrase.kind == "pronoun"):
        return None
    is_after_quote = back >= 0 and not MARKS.isdisjoint(text[max(0, back - 1) : back + 1])
    follows = small[phrase.last] if phrase.last < len(small) else "."
    if follows == ",":
        phrase = phrase._replace(about=(phrase.last + 1, min(len(small), phrase.last + 1 + _APPOSED)))
    if is_after_quote:
        return phrase
    is_closed = follows in CLOSES_INVERSION or follows in speech.days or (start > stop and follows == "that")
    return phrase if phrase.kind != "document" and is_closed else None


def _past_audience(small: Sequence[str], at: int, speech: Speech) -> int:
    """Give where the subject begins after those who are told, as translations have it: "said to journalists the minister"."""
    if small[at : at + 1] != ("to",):
        return at
    told = (place + 1 for place in range(at + 1, min(at + 1 + _TOLD, len(small))) if small[place] in speech.audience)
    return next(told, at)


def _late(sentence: Words, stop: int, speech: Speech) -> Phrase | None:
    """Give the person who speaks behind when or where it was, as translations have it: "said on Monday the minister X"."""
    if sentence.small[stop : stop + 1] == () or sentence.small[stop] not in BEFORE_TIMES | IN | {"to", "for"}:
        return None
    for at in range(stop + 2, min(stop + _TOLD + 4, len(sentence.small))):
        if not sentence.text[at][0].isalnum() or sentence.small[at] in CLAUSE:
            return None
        if sentence.small[at] in DEFINITE or sentence.small[at] in speech.titles:
            phrase = after(sentence, at, speech)
            if phrase and phrase.kind in ("person", "spokesperson") and (phrase.name_at > phrase.first):
                return phrase
    return None


def first(sentence: Words, limit: int, speech: Speech) -> Phrase | None:
    """Give the subject with which a sentence begins, if its phrase ends before a word."""
    start = 1 if sentence.text[0] in MARKS or sentence.text[0] in "\u2022-*" else 0
    phrase = after(sentence, start, speech)
    if phrase is None or phrase.last >= limit or phrase.first > start + 1:
        return None
    return phrase if sentence.small[phrase.last] not in PAIRS - {","} else None


def inside(sentence: Words, at: int, speech: Speech) -> Phrase | None:
    """Give who speaks in "In Norvik answered", where a translation has lost "they"."""
    back = step_back(sentence, at, speech)
    if back is None or back < 1 or sentence.small[0] not in ("in", "at"):
        return None
    is_marked = sentence.text[1] in MARKS and sentence.text[back] in MARKS
    phrase = after(sentence, 1 + is_marked, speech)
    return phrase if phrase and phrase.last == back + 1 - is_marked else None


def inside_them(sentence: Words, at: int, speech: Speech) -> Phrase | None:
    """Give who speaks in "in the ministry they say", as translations have it."""
    back = step_back(sentence, at, speech)
    if back is None or back < 2 or sentence.small[back] != "they":
        return None
    end = back - 1 if sentence.small[back - 1] == "," else back
    while end > 1 and sentence.small[end - 1] in speech.between:
        end -= 1
    for start in range(end - 1, max(-1, end - 8), -1):
        if sentence.small[start] in ("in", "at"):
            phrase = after(sentence, start + 1, speech)
            return phrase if phrase and phrase.last == end else None
    return None
