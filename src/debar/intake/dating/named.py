# SPDX-License-Identifier: Apache-2.0
"""Events that are dated in one place of a paper and named in another: two days before the hearing, six months after assent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from debar.intake.dating.anchors import Before, publication_of, words_of
from debar.intake.dating.context import bounds, paragraph, quoted
from debar.intake.dating.reckoning import as_day
from debar.model.vocab.statements import Precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from debar.intake.dating.context import Scene, Told
    from debar.intake.dating.expression import DateWords

_NOUN = re.compile(
    r" {0,3}(?:(?:the|its|their|this|that|his|her|of|date|day|royal|court's|public|oral|formal|official|final|first) ){0,4}(?P<noun>[a-z]{4,18})\b(?! (?:period|deadline|process))"
)
_ENDING = re.compile(
    r"(?:ification|ations?|itions?|tions?|sions?|ments?|ings?|als?|ures?|ances?|ences?|ice|ries|ry|ty|ed|es|s|y|e)$"
)
_ROOTS = {"entry": "enter", "entered": "enter", "hearing": "hear", "heard": "hear", "decision": "deci", "decided": "deci", "ruling": "rul", "ruled": "rul", "filing": "fil",
          "filed": "fil", "service": "serv", "served": "serv", "vote": "vot", "voted": "vot", "assent": "assent", "publication": "publi", "published": "publi", "judgment": "judgm", "judgement": "judgm", "receipt": "recei", "received": "recei", "signature": "sign", "signing": "sign", "signed": "sign", "printing": "print", "printed": "print"}  # fmt: skip
"""Nouns and verbs of one deed whose stems no ending tells."""
_NO_EVENT = frozenset({"that", "this", "then", "date", "there", "which", "when", "change", "purchase", "installation", "request", "years", "months", "weeks", "days", "each", "every", "such", "incident", "discovery", "passage", "sale", "shipment", "import"})  # fmt: skip
_KIN = {"enactment": "sign", "printing": "publi", "publication": "print", "issuance": "sign", "announcement": "unveil"}
"""What else is said of a deed where its own word is not: a bill is enacted when it is signed."""
_OF_SELF = re.compile(r" {1,3}(?:of this [a-z]{4,14}|hereof)\b")
"""The entry of this order is that of the text in which it stands."""
_WORD = re.compile(r"[a-z]{4,18}")
_LEAST = 3
"""Letters that a stem must have."""
_LONG = 4
"""Letters that a stem must have which is the beginning of another."""
_NEAR = 70
"""Characters between a date and the word for what happened on it, within one sentence."""


def event(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the one day on which, elsewhere in the paper, that happened from which a count goes; None where none or several."""
    match = _NOUN.match(at.low, words.end)
    if match and _OF_SELF.match(at.low, match.end()):
        return publication_of(at, is_self=True)
    if not match or at.low.startswith(("'", " is ", " are ", " becomes "), match.end()) or _ACTOR.search(match["noun"]):
        return None
    return of_noun(match["noun"], words, at, told)


_ACTOR = re.compile(r"(?:ee|or|ist|ian|(?<!ord)(?<!lett)(?<!off)(?<!sf)(?<!ov)er)s?$")
"""Who does something, and nothing that is done: eight days after the committee."""
_LAST_NOUN = re.compile(r"(?P<noun>[a-z]{3,18})(?: into (?:force|effect))?$")


def own_event(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the one day on which that happened which an expression itself names: the day of the vote."""
    match = _LAST_NOUN.search(at.low, words.start, words.end)
    return of_noun(match["noun"], words, at, told) if match else None


def of_noun(noun: str, words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the one day on which happened what a noun names; None where none or several are told."""
    root = _root(noun)
    if noun in _NO_EVENT or len(root) < _LEAST:
        return None
    found = {each.answer.value[:10]: each for each in _of(root, words, at, told)}
    if not found and noun in _KIN:
        found = {each.answer.value[:10]: each for each in _of(_KIN[noun], words, at, told)}
    nearest = {
        value: each for value, each in found.items() if paragraph(at, each.words.start) == paragraph(at, words.start)
    }
    among = found if len(found) == 1 else nearest
    if len(among) != 1:
        return None
    ((value, each),) = among.items()
    return Before(value, f"{words_of(each, at)}, the day of the {noun}")


_DEED = re.compile(
    r" {0,3}(?:(?:the|its|their|this|that|his|her|when|it|they|he|she) ){0,3}(?:[a-z'-]{2,16} ){0,4}?(?:(?:was|were|is|are|had been|has been) (?:[a-z]{2,14}ly )?)?(?P<verb>[a-z]{3,16}ed|came into|took|entered|went into)\b"
)
"""After a month after: the order was signed, the ministry published it."""


def done(words: DateWords, at: Scene, told: Sequence[Told]) -> Before | None:
    """Give the one day on which, elsewhere in the paper, that was done after or before which something else is."""
    match = _DEED.match(at.low, words.end, bounds(at, words)[1]) if words.counts in ("after", "before") else None
    if match and _IS_TO_COME.search(at.low, words.end, match.end()):
        return None
    if not match or match["verb"] in _NO_EVENT or _OWN.search(at.low, words.end, match.start("verb")):
        return None
    root = _root(match["verb"])
    days = {
        each.answer.value[:10]: each
        for each in _of(root, words, at, told)
        if not words.start <= each.words.start <= match.end()
    }
    if len(root) < _LEAST or len(days) != 1:
        return None
    ((value, each),) = days.items()
    return Before(value, f"{words_of(each, at)}, when it was {match['verb']}")


_IS_TO_COME = re.compile(r"\b(?:final|new|future|next|an?|any)\b.{0,60}\b(?:is|are) ")
"""After the final rule is published: it is not yet, whatever else was."""
_OWN = re.compile(r"\b(?:to|and|but|for|on|at|by|with|that|which|who)\b|[,;:]")
"""Words at which what was done before the count's own clause ends."""


def _of(root: str, words: DateWords, at: Scene, told: Sequence[Told]) -> Iterator[Told]:
    """Yield the whole days beside which a word of that root stands."""
    for each in told:
        if (
            each.words == words
            or each.words.form in ("event-day", "issuance-day")
            or not as_day(each.answer.value)
            or each.answer.precision is Precision.DURATION
            or quoted(at, each.words)
        ):
            continue
        first, last = bounds(at, each.words)
        beside = (
            (before := max(first, each.words.start - _NEAR), at.low[before : each.words.start]),
            (each.words.end, at.low[each.words.end : min(last, each.words.end + _NEAR)]),
        )
        if any(
            _is_same(_root(word.group()), root)
            and not piece[: word.start()].endswith(_IF)
            and _is_nearest(each, offset + word.start(), at, told)
            for offset, piece in beside
            for word in _WORD.finditer(piece)
        ):
            yield each


def _is_nearest(each: Told, word: int, at: Scene, told: Sequence[Told]) -> bool:
    """Tell whether no other date, counted ones among them, stands between a word and a date."""
    first, last = (word, each.words.start) if word < each.words.start else (each.words.end, word)
    if any(first < other.words.start < last for other in told if other is not each):
        return False
    if not _BORDER.search(at.low, first, last):
        return True
    # "... was held on the 3rd, and the verdict came a fortnight later": the verdict is of the date in its own clause.
    begun, ended = bounds(at, each.words)
    beyond = [
        other
        for other in told
        if other is not each
        and begun <= other.words.start < ended
        and (other.words.start > word) != (each.words.start > word)
    ]
    return not any(not _BORDER.search(at.low, *sorted((word, other.words.start))) for other in beyond)


_IF = ("if ", "once ", "unless ", "when ", " be ", "until ")
"""Before a deed that is not done: the bill of 9 July would, if enacted."""
_BORDER = re.compile(r"[,;:]| (?:and|but|while|whereas|when) ")
"""Words and signs at which another deed may begin."""


def _is_same(one: str, other: str) -> bool:
    """Tell whether two stems are of one word: adop of adoption, adopt of adopted."""
    return one == other or (min(len(one), len(other)) >= _LONG and (one.startswith(other) or other.startswith(one)))


def _root(word: str) -> str:
    """Give what noun and verb of one deed share: approv of approval and approved."""
    return _ROOTS.get(word) or _ENDING.sub("", word)
