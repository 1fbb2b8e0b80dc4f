# SPDX-License-Identifier: Apache-2.0
"""Speakers after a verb of saying or "according to": their phrases are read from the beginning towards the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.said.grammar import (
    AFTER_HEAD,
    CLAUSE,
    DETERMINERS,
    MARKS,
    NAME_JOINS,
    NOT_ADJECTIVES,
    NUMBERS,
)
from debar.intake.said.phrases import (
    Phrase,
    belongs,
    is_capital,
    is_named,
    is_nation,
    is_possessive,
    is_pronoun,
    looks_personal,
    name_kind,
)

if TYPE_CHECKING:
    from debar.intake.said.phrases import Words
    from debar.intake.said.words import Speech

_LONGEST = 16
"""Words of a phrase."""
_FOLLOWING = 9
"""Words that describe a noun after it."""
_MARKED = 6
"""Words of a name in quotation marks."""
_NAMES = 4
"""Words of the name of a person."""


def after(sentence: Words, at: int, speech: Speech) -> Phrase | None:
    """Give the speaker whose phrase begins with a word; None where no speaker stands there."""
    small, text = sentence.small, sentence.text
    if at < len(small) and is_pronoun(sentence, at):
        return Phrase(at, at + 1, "pronoun", at)
    while at < len(small) and small[at] in DETERMINERS - NUMBERS and not is_capital(text[at]):
        at += 1
    if at + 1 < len(small) and text[at] == "The" and is_capital(text[at + 1]):
        at += 1
    is_outlet = False
    while at + 1 < len(small) and speech.nouns.get(small[at]) == "outlet" and is_capital(text[at + 1]):  # newspaper X
        at, is_outlet = at + 1, True
    end, kind = _extent(sentence, at, speech)
    if named := _marked(sentence, end, kind):
        return named
    kind = "outlet" if is_outlet and kind else kind
    if not kind or _is_only_whose(sentence, at, end, kind):
        return None
    name_at = _name_start(sentence, at, end, speech)
    is_office = name_at == at and kind in ("person", "spokesperson") and not looks_personal(text[end - 1])
    if is_office and (name := _apposed(sentence, _office_end(sentence, end), speech)):
        return Phrase(at, name[1], "person", name[0])
    return Phrase(at, end, "person" if name_at > at and kind != "source" else kind, name_at)


def _marked(sentence: Words, opening: int, kind: str) -> Phrase | None:
    """Give the name in quotation marks behind a noun: the newspaper "Harbour Post", as translations write."""
    if kind not in ("company", "outlet", "source", "authority") or sentence.text[opening : opening + 1] == ():
        return None
    if sentence.text[opening] not in MARKS:
        return None
    for at in range(opening + 1, min(opening + 1 + _MARKED, len(sentence.text))):
        if sentence.text[at] in MARKS:
            told = "outlet" if kind == "source" else kind
            return Phrase(opening + 1, at, told, opening + 1) if at > opening + 1 else None
        if not is_named(sentence, at) and sentence.small[at] not in NAME_JOINS:
            return None
    return None


def _office_end(sentence: Words, at: int) -> int:
    """Give the comma behind "the president of the office", by where "of" stands; the same place where there is none."""
    if sentence.small[at : at + 1] == () or sentence.small[at] not in ("of", "for", "at", "in"):
        return at
    for place in range(at + 1, min(at + _FOLLOWING, len(sentence.small))):
        if sentence.text[place] == ",":
            return place
        if sentence.small[place] in CLAUSE or not sentence.text[place][0].isalnum():
            return at
    return at


def _apposed(sentence: Words, comma: int, speech: Speech) -> tuple[int, int] | None:
    """Give where the name between commas stands that tells whom an office means: "the minister, Ada Brekke,"."""
    text, small = sentence.text, sentence.small
    first = comma + 1
    if text[comma:first] != (",",):
        return None
    end = first
    while end < len(text) and end - first < _NAMES and looks_personal(text[end]):
        if small[end] in speech.not_speakers or small[end] in speech.titles or speech.kind(small[end]):
            return None
        end += 1
    is_closed = end == len(text) or text[end] in {",", ".", ";"} or text[end] in MARKS
    return (first, end) if end - first > 1 and is_closed else None


def _extent(sentence: Words, first: int, speech: Speech) -> tuple[int, str]:
    """Give where a phrase ends and what kind of speaker it names; an empty kind where it names none."""
    end, kind = first, ""
    while end < len(sentence.small) and end - first < _LONGEST:
        if _is_adjective(sentence, end, kind, speech):
            end += 1
        elif is_named(sentence, end):
            if not _begins_name(sentence, end, speech):
                break
            end = _run_end(sentence, end, speech)
            told = name_kind(sentence, _name_start(sentence, first, end, speech), end, speech)
            kind = told if told != "name" or not kind else kind
        elif noun := speech.kind(sentence.small[end]):
            kind = noun
            end += 1
        elif _is_described(sentence, end, kind, speech):
            return _tail(sentence, end), kind
        elif name := _office(sentence, end, kind):
            end = name
        else:
            break
    return end, kind


def _office(sentence: Words, at: int, kind: str) -> int:
    """Give where the name begins after "of internal affairs", which tells the office of a person; 0 for anything else."""
    small, text = sentence.small, sentence.text
    if kind != "person" or small[at] not in ("of", "for"):
        return 0
    for place in range(at + 1, min(at + 6, len(text) - 1)):
        if small[place] in CLAUSE or not text[place][0].isalnum():
            return 0
        if is_capital(text[place]):
            return place if looks_personal(text[place]) and looks_personal(text[place + 1]) else 0
    return 0


def _begins_name(sentence: Words, at: int, speech: Speech) -> bool:
    small = sentence.small[at]
    return not small.isdigit() and (small not in speech.not_speakers or is_nation(sentence, at))


def _is_only_whose(sentence: Words, first: int, end: int, kind: str) -> bool:
    """Tell whether a phrase is only "Oslo's" of something that speaks nothing."""
    is_whose = end - first == 1 and kind == "name" and sentence.text[first].endswith("'s")
    return is_whose and end < len(sentence.text) and not is_capital(sentence.text[end])


def _is_adjective(sentence: Words, at: int, kind: str, speech: Speech) -> bool:
    """Tell whether a word only describes the noun or name for a speaker that comes soon."""
    small, text = sentence.small, sentence.text
    if not text[at][0].isalpha() or small[at] in NOT_ADJECTIVES:
        return False
    ahead = range(at + 1, min(at + 4, len(small)))
    if kind:  # "Bloomberg news agency", "Oslo's trade ministry"
        is_whose = at > 0 and is_possessive(text[at - 1])
        is_plain = (kind == "name" or is_whose) and not is_capital(text[at]) and not speech.kind(small[at])
        return is_plain and small[at] not in DETERMINERS and any(small[place] in speech.nouns for place in ahead[:1])
    is_adjective = speech.is_nation(small[at]) if is_capital(text[at]) else not speech.kind(small[at])
    return is_adjective and any(
        text[place][0].isalpha() and (speech.kind(small[place]) or is_capital(text[place])) for place in ahead
    )


def _run_end(sentence: Words, at: int, speech: Speech) -> int:
    """Give where a run of capitalised words ends, with the small words that join them."""
    text, small = sentence.text, sentence.small
    end = at + 1
    while end < len(text):
        if belongs(sentence, end, speech):
            end += 1
            continue
        joined = end + 2 if small[end + 1 : end + 2] != () and small[end + 1] in NAME_JOINS else end + 1
        if small[end] not in NAME_JOINS or joined >= len(text) or is_possessive(text[end - 1]):
            break
        if not is_named(sentence, joined) or small[joined] in speech.not_speakers:
            break
        if small[end] == "and" and {"of", "for"}.isdisjoint(small[at:end]):
            break
        end = joined + 1
    return end


def _name_start(sentence: Words, first: int, end: int, speech: Speech) -> int:
    """Give where the name of a person begins after its titles; `first` where there is none."""
    small, text = sentence.small, sentence.text
    start = first
    for at in range(first, end - 1):
        is_title = small[at] in speech.titles or speech.nouns.get(small[at]) in ("person", "spokesperson")
        if is_title and is_capital(text[at + 1]) and small[at + 1] not in speech.titles:
            start = at + 1
    run = end
    while run > first and looks_personal(text[run - 1]):
        run -= 1
    has_title = any(word in speech.titles for word in small[first : max(first, end - 2)])
    if start == first and has_title and "of" in small[first:end] and end - run > 1:
        # "the minister of internal affairs Ada Brekke", "Secretary of Commerce Ada Brekke"
        return run if small[run - 1] not in NAME_JOINS else end - 2 if end - run > 2 else first
    rest = text[start:end]
    return start if start > first and all(is_capital(word) or word in NAME_JOINS for word in rest) else first


def _is_described(sentence: Words, at: int, kind: str, speech: Speech) -> bool:
    """Tell whether the words after a noun describe it, and do not tell when or where it spoke."""
    small = sentence.small
    if (
        not kind
        or kind in ("person", "outlet", "name", "document")
        or small[at] not in AFTER_HEAD
        or at + 1 >= len(small)
    ):
        return False
    if small[at] in ("in", "on", "at"):
        return small[at + 1] == "the" and small[at + 2 : at + 3] != () and small[at + 2] in speech.nouns
    return small[at + 1] not in speech.not_speakers or small[at + 1] in DETERMINERS | {"with"}


def _tail(sentence: Words, at: int) -> int:
    """Give where the words that describe a noun end."""
    end = at + 1
    while end < len(sentence.small) and end - at < _FOLLOWING:
        if not sentence.text[end][0].isalnum() or sentence.small[end] in CLAUSE:
            break
        end += 1
    return end
