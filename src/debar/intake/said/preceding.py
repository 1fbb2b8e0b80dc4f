# SPDX-License-Identifier: Apache-2.0
"""Speakers before a verb of saying: their phrases are read from the end towards the beginning.

Names in capitals with what joins them, nouns for speakers with what describes them, pronouns. What is no such phrase names no
speaker: rather nobody than somebody wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from debar.intake.said.grammar import (
    AFTER_HEAD,
    CLAUSE,
    DETERMINERS,
    HEAD_JOINS,
    MARKS,
    NAME_JOINS,
    NOT_ADJECTIVES,
    RELATIVES,
)
from debar.intake.said.phrases import (
    Phrase,
    belongs,
    is_capital,
    is_name,
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
_DESCRIBING = 7
"""Words that describe a noun before it."""
_FOLLOWING = 13
"""Words that describe it after it."""
_FROM = frozenset(("from", "at", "with"))
_PLACED = 4
"""Words for where somebody works."""
_FULL = 3
"""Words of a name."""
_MARKED = 6
"""Words of a name in quotation marks."""


def before(sentence: Words, at: int, speech: Speech) -> Phrase | None:
    """Give the speaker whose phrase ends before a word; None where no speaker stands there."""
    last = _antecedent(sentence, at)
    if last <= 0 or is_possessive(sentence.text[last - 1]):
        return None
    if sentence.text[last - 1] in MARKS:
        return _marked(sentence, last - 1, speech)
    is_it = sentence.text[last - 1] == "IT"  # those who look after computers
    if is_it or is_pronoun(sentence, last - 1):
        return Phrase(last - 1, last, "authority" if is_it else "pronoun", last - 1)
    if is_capital(sentence.text[last - 1]) and is_name(sentence, last - 1, speech):
        return _named(sentence, last, speech)
    if kind := speech.kind(sentence.small[last - 1]):
        people = _described(sentence, last, speech) if kind in ("document", "matter") else None
        is_them = people is not None and people.kind in ("source", "person", "spokesperson")
        return people if is_them else _headed(sentence, last - 1, last, speech)
    return _described(sentence, last, speech) or _placed(sentence, last, speech)


def _placed(sentence: Words, last: int, speech: Speech) -> Phrase | None:
    """Give the name before where somebody works: "Karen from procurement", "Ada Brekke at customs"."""
    for at in range(last - 2, max(0, last - 1 - _PLACED), -1):
        if sentence.small[at] in _FROM:
            is_person = looks_personal(sentence.text[at - 1]) and is_name(sentence, at - 1, speech)
            first = _run_start(sentence, at - 1, speech) if is_person else 0
            begins = first == 0 or not sentence.text[first - 1][0].isalnum()
            return Phrase(first, at, "person", first) if is_person and begins and at - first <= _FULL else None
        if not sentence.text[at].isalpha() or sentence.small[at] in NOT_ADJECTIVES:
            return None
    return None


def _marked(sentence: Words, closing: int, speech: Speech) -> Phrase | None:
    """Give the name in quotation marks that ends at a mark behind a noun: the company "Norvik", as translations write."""
    for at in range(closing - 1, max(0, closing - 1 - _MARKED), -1):
        if sentence.text[at] in MARKS:
            kind = speech.nouns.get(sentence.small[at - 1], "")
            is_name = at + 1 < closing and kind in ("company", "outlet", "source", "authority")
            return Phrase(at + 1, closing, "outlet" if kind == "source" else kind, at + 1) if is_name else None
        if not is_named(sentence, at) and sentence.small[at] not in NAME_JOINS:
            return None
    return None


def _antecedent(sentence: Words, at: int) -> int:
    """Give where a phrase ends: before "who" and its comma, if one stands there."""
    if at > 1 and sentence.small[at - 1] in RELATIVES:
        return at - 2 if sentence.small[at - 2] == "," else at - 1
    return at


def _named(sentence: Words, last: int, speech: Speech) -> Phrase | None:
    """Give the phrase that ends with a name in capitals."""
    small = sentence.small
    first = _run_start(sentence, last - 1, speech)
    name_at = first
    for at in range(first, last - 1):  # a title within the run: "Commerce Secretary Gina Raimondo"
        if small[at] in speech.titles or speech.nouns.get(small[at]) == "spokesperson":
            name_at = at + 1
    if small[name_at] in NAME_JOINS:  # "Secretary of Commerce Gina Raimondo"
        is_office = last - name_at > 3 and looks_personal(sentence.text[last - 2])
        name_at = last - 2 if is_office else first
    head = first - 1
    if head >= 0 and small[head] in speech.titles:  # "journalist Kim Zetter"
        return Phrase(_describing(sentence, head, speech), last, "person", name_at)
    if head >= 0 and small[head] == "the":
        head -= 1
    if head >= 1 and small[head] in HEAD_JOINS - {"and"}:  # "the head of the ministry"; a name after "in" is no subject
        noun = small[head - 1]
        is_small = head == 1 or not is_capital(sentence.text[head - 1])
        is_noun = noun in speech.titles or (noun in speech.nouns and is_small)
        return _headed(sentence, head - 1, last, speech) if is_noun else None
    kind = "person" if name_at > first else name_kind(sentence, first, last, speech)
    return _member(sentence, first, speech) or Phrase(first, last, kind, name_at)


def _member(sentence: Words, first: int, speech: Speech) -> Phrase | None:
    """Give the person before "from the chain" and a name: "director Ada Brekke from the chain Norvik"."""
    for at in range(first - 1, max(0, first - 1 - _MARKED), -1):
        if sentence.small[at] in _FROM:
            is_person = looks_personal(sentence.text[at - 1]) and is_name(sentence, at - 1, speech)
            person = _named(sentence, at, speech) if is_person else None
            return person if person and person.kind == "person" else None
        if is_named(sentence, at) or not sentence.text[at].isalpha() or sentence.small[at] in NOT_ADJECTIVES:
            return None
    return None


def _run_start(sentence: Words, at: int, speech: Speech) -> int:
    """Give where a run of capitalised words that ends with a word begins, with the small words that join them."""
    while at > 0:
        if belongs(sentence, at - 1, speech):
            at -= 1
        elif (joined := _joined(sentence, at, speech)) is not None:
            at = joined
        else:
            break
    return at


def _joined(sentence: Words, first: int, speech: Speech) -> int | None:
    """Give the word of the same name before "of the"; None where the name begins after it."""
    text, small = sentence.text, sentence.small
    join = first - 1
    if join < 1 or small[join] not in NAME_JOINS:
        return None
    at = join - 2 if small[join - 1] in NAME_JOINS and join > 1 else join - 1
    if not is_capital(text[at]) or not is_name(sentence, at, speech):
        return None
    if small[join] == "and" and not _is_one_name(sentence, at):
        return None
    return None if text[at].endswith("'s") and small[join] != "the" else at


def _is_one_name(sentence: Words, at: int) -> bool:
    """Tell whether "and" stands within one name, as in "Bureau of Industry and Security"."""
    return not {"of", "for"}.isdisjoint(sentence.small[max(0, at - 4) : at + 1])


def _headed(sentence: Words, head: int, last: int, speech: Speech) -> Phrase | None:
    """Give the phrase around a noun for a speaker that ends before `last`."""
    small = sentence.small
    first = _describing(sentence, head, speech)
    before_it = small[first - 1] if first else ""
    if before_it in HEAD_JOINS | {"by"} and first > 1 and small[first - 2] in speech.nouns and last - first < _LONGEST:
        return _headed(sentence, first - 2, last, speech)  # "the head of the ministry": the first noun speaks
    if before_it in HEAD_JOINS | {"by"} and first == head:
        return None
    return Phrase(first, last, speech.kind(small[head]) or "person", first)


def _describing(sentence: Words, head: int, speech: Speech) -> int:
    """Give where the words that describe a noun begin: "a senior Commerce Department official"."""
    at = head
    while at > 0 and head - at < _DESCRIBING:
        if sentence.small[at - 1] in DETERMINERS:
            return at - 1
        if not _describes(sentence, at - 1, speech):
            break
        at -= 1
    return at


def _describes(sentence: Words, at: int, speech: Speech) -> bool:
    """Tell whether a word can stand before a noun that it describes."""
    word, text = sentence.small[at], sentence.text
    if not text[at][0].isalnum() or word in speech.between:
        return word == "&"
    if word in NOT_ADJECTIVES:  # "Industry and Security officials"
        return word in {"of", "and"} and at > 0 and is_capital(text[at - 1]) and is_capital(text[at + 1])
    if not is_named(sentence, at):
        return word not in speech.say
    return word not in speech.not_speakers or is_nation(sentence, at) or speech.is_nation(word)


def _described(sentence: Words, last: int, speech: Speech) -> Phrase | None:
    """Give the phrase of a noun that more words follow: "two people familiar with the matter"."""
    small, text = sentence.small, sentence.text
    for at in range(last - 2, max(-1, last - 1 - _FOLLOWING), -1):
        is_close_to = small[at - 1 : at + 1] == ("close", "to")
        if (small[at] in CLAUSE and not is_close_to) or not (text[at][0].isalnum() or text[at] == "&"):
            return None
        if small[at] in speech.nouns and small[at + 1] in AFTER_HEAD and (at == 0 or not is_capital(text[at])):
            return _headed(sentence, at, last, speech)
    return None
