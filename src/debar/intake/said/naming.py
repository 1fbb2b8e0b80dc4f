# SPDX-License-Identifier: Apache-2.0
"""Names of speakers as readers know them: titles off, surnames completed, "the company" and "she" given their names."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from debar.intake.said.grammar import ARTICLES, DEFINITE, NUMBERS
from debar.intake.said.knowing import Known, Speaker, full_name, meant, pronoun, short
from debar.intake.said.phrases import is_capital

if TYPE_CHECKING:
    from collections.abc import Sequence

    from debar.intake.said.phrases import Phrase, Words
    from debar.intake.said.words import Speech

_DOTS = re.compile(r"(?<=[A-Z])\.(?=[A-Z])|(?<=\.[A-Z])\.(?=\s|$)")
"""Of abbreviations; that of one initial stays."""
_WORD = re.compile(r"[\w'-]+")
_INSIDE = re.compile(rf"(?<=[a-z,] ){_WORD.pattern}")


def name(phrase: Phrase, sentence: Words, known: Known, speech: Speech) -> Speaker | None:
    """Give the speaker that a phrase names; None for a pronoun that stands for nobody heard of."""
    small, text = sentence.small, sentence.text
    if phrase.kind == "pronoun":
        return pronoun(small[phrase.first], known)
    if phrase.name_at > phrase.first:
        return _person(_joined(text[phrase.name_at : phrase.last]), phrase, known, speech, sentence)
    first = phrase.first
    while first < phrase.last - 1 and small[first] in ARTICLES:
        first += 1
    is_definite = first > 0 and small[first - 1] in DEFINITE
    if is_definite and (found := meant(text[first : phrase.last], phrase.kind, known, speech)):
        return found
    if phrase.kind == "name" and phrase.last == 1 and _is_common(text[0], known.flat):
        return None
    shown = _shown(phrase, sentence, first, speech)
    if phrase.kind == "document" and is_definite:
        return Speaker(f"the {shown}", "document")
    return _named(shown, phrase, first, sentence, known, speech)


@lru_cache(maxsize=1024)
def _is_common(word: str, flat: str) -> bool:
    """Tell whether a word has its capital only because it begins a sentence: the paper writes it small elsewhere."""
    return _is_inside(word.lower(), flat) and not _is_inside(word, flat)


def _is_inside(word: str, flat: str) -> bool:
    """Tell whether a paper has a word inside a sentence: behind a small letter or a comma, and a space."""
    if _WORD.fullmatch(word):
        return word in _inside(flat)
    return re.search(rf"(?<=[a-z,] ){re.escape(word)}(?![\w'-])", flat) is not None


@lru_cache(maxsize=4)
def _inside(flat: str) -> frozenset[str]:
    """Give all words inside sentences at once: a paper may ask for thousands, and each would read all of it."""
    return frozenset(_INSIDE.findall(flat))


def _shown(phrase: Phrase, sentence: Words, first: int, speech: Speech) -> str:
    """Give a phrase as it is shown: in small letters where only its sentence gave it a capital, an outlet with its article."""
    small, text = sentence.small, sentence.text
    shown = _joined(text[first : phrase.last])
    is_noun = small[0] not in speech.ends and (speech.kind(small[0]) or small[0] in NUMBERS)
    if first == 0 and is_noun and not (phrase.last > 1 and is_capital(text[1])):
        return shown[0].lower() + shown[1:]
    if phrase.kind == "outlet" and first > 0 and text[first - 1] == "The":
        return f"The {shown}" if first > 1 or f"the {shown.lower()}" in speech.outlets else shown
    return shown


def _named(shown: str, phrase: Phrase, first: int, sentence: Words, known: Known, speech: Speech) -> Speaker:
    """Give the speaker whom a phrase names or describes by itself."""
    small = sentence.small
    head = next((word for word in small[first : phrase.last] if word in speech.nouns), "")
    if "spokesperson" in (phrase.kind, speech.nouns.get(small[phrase.last - 1])):
        return Speaker(shown, "spokesperson", head, _behind(sentence, first, phrase.last, known, speech))
    if phrase.kind == "person" and (phrase.about != (0, 0) or phrase.last - first == 1):
        return _person(shown, phrase, known, speech, sentence)
    if phrase.kind in ("company", "name") and (found := _supplier(shown, known, speech)):
        return Speaker(found, "company", "company")
    if phrase.kind == "name" and phrase.last - first == 1 and (full := full_name(shown, known)) != shown:
        return Speaker(full, "person", head)
    return Speaker(shown, phrase.kind, head or ("company" if phrase.kind == "company" else ""))


def _joined(parts: Sequence[str]) -> str:
    """Give words as a name: no spaces before marks, U.S. as US, no possessive at the end."""
    shown = " ".join(parts)
    shown = _DOTS.sub("", shown)
    return shown.removesuffix("'s").removesuffix("'").strip(" ,.")


def _person(shown: str, phrase: Phrase, known: Known, speech: Speech, sentence: Words) -> Speaker:
    titles = sentence.small[phrase.first : phrase.name_at]
    head = next((word for word in reversed(titles) if word in speech.titles or word in speech.nouns), "")
    behind = ""
    if speech.nouns.get(head) == "spokesperson":
        behind = _behind(sentence, phrase.first, phrase.name_at, known, speech)
    return Speaker(full_name(shown, known), "person", head, behind or _about(phrase, sentence, known, speech))


def _about(phrase: Phrase, sentence: Words, known: Known, speech: Speech) -> str:
    """Give the organisation of which the words beside a name make somebody the spokesperson."""
    first, last = phrase.about
    if not any(speech.nouns.get(word) == "spokesperson" for word in sentence.small[first:last]):
        return ""
    return _behind(sentence, first, last, known, speech)


def _behind(sentence: Words, first: int, last: int, known: Known, speech: Speech) -> str:
    """Give the organisation for which somebody speaks: in capitals in the phrase, or "company" for the supplier."""
    capitals = [
        at for at in range(first, last) if sentence.text[at][0].isupper() and sentence.small[at] not in speech.titles
    ]
    if capitals:
        shown = _joined(sentence.text[capitals[0] : capitals[-1] + 1])
        return _supplier(shown, known, speech) or shown
    return known.supplier if any(speech.nouns.get(word) == "company" for word in sentence.small[first:last]) else ""


def _supplier(shown: str, known: Known, speech: Speech) -> str:
    """Give the short name of a company that the register knows."""
    name = short(shown, speech)
    return name if name.lower() in known.suppliers else ""
