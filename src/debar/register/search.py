# SPDX-License-Identifier: Apache-2.0
"""Words in the register: which measures, provisions and parties have all of them, the likeliest first.

Case, accents and widths make no difference. A word is found at the beginning of another ("prohibit" in
"prohibited"); one of a script that writes without spaces is found anywhere.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from debar.model.results.found import Result
from debar.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from debar.model.measures import Authority, Measure, Party, Provision
    from debar.register import Register

_TOKEN = re.compile(r"[^\W_]+")
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "\u0131": "i"})
"""Letters that are read as plain ones but have no accent to take off."""
_NAME, _ALIAS, _MAIN, _SIDE, _FRAME = 100, 80, 40, 10, 2
"""How much a word weighs in a name, in a further name or citation, in the main text, beside it, and in the measure
that a provision belongs to."""
_WHOLE, _PART = 3, 2
"""How much more a whole word weighs than the beginning of one."""
_EXACT = 100_000
"""For a name that is just what was asked for."""
_PLACES = 3
"""Shown of each hit, at most."""
_AROUND = 50
"""Characters shown before and after a word."""
_KINDS = ("party", "measure", "provision")


class Place(Result, frozen=True, kw_only=True):
    """Where words were found."""

    field: str
    context: str


class Hit(Result, frozen=True, kw_only=True):
    """A noun that has all words."""

    kind: str
    """party, measure or provision."""
    id: str
    title: str
    score: int
    places: tuple[Place, ...]


class Text(NamedTuple):
    """A text of a noun."""

    field: str
    weight: int
    text: str


class Noun(NamedTuple):
    """Something that can be found."""

    kind: str
    id: str
    title: str
    texts: tuple[Text, ...]


def words_of(text: str) -> list[str]:
    """Give the words of a text in the form in which they are compared."""
    return _plain(text).split()


def search(register: Register, words: Iterable[str]) -> list[Hit]:
    """Give the nouns that have all words, the likeliest first; words as words_of gives them."""
    asked = tuple(dict.fromkeys(words))
    hits = [hit for noun in nouns(register) if (hit := _hit(noun, asked))]
    return sorted(hits, key=lambda hit: (-hit.score, _KINDS.index(hit.kind), hit.id))


def vocabulary(register: Register) -> list[str]:
    """Give every word of the register, in order."""
    return sorted({word for noun in nouns(register) for text in noun.texts for word in words_of(text.text)})


def nouns(register: Register) -> Iterator[Noun]:
    """Yield everything that can be found, with its texts."""
    for party in register.parties.values():
        yield Noun("party", party.id, party.name, tuple(_party(party)))
    for measure in register.measures.values():
        yield Noun(
            "measure", measure.id, measure.title, tuple(_measure(measure, register.authorities[measure.authority]))
        )
        frame = Text("measure", _FRAME, f"{measure.id} {measure.title} {measure.cite} {measure.authority}")
        for provision in measure.provisions:
            yield Noun("provision", f"{measure.id}#{provision.id}", provision.text, (*_provision(provision), frame))


def _party(party: Party) -> Iterator[Text]:
    yield Text("id", _NAME, party.id)
    yield Text("name", _NAME, party.name)
    for name in (*party.legal_names, *party.aliases, *party.former_names):
        yield Text("also called", _ALIAS, name)
    for kind, value in party.identifiers.items():
        yield Text(kind, _ALIAS, value)
    for product in party.products:
        yield Text("product", _MAIN, ", ".join((product.name, *product.aliases)))
    for relation in party.relations:
        yield Text(str(relation.kind), _SIDE, f"{relation.text} {relation.printed_as} {relation.to}".strip())
    for other in party.unrelated:
        yield Text("somebody else", _SIDE, f"{other.name} {other.text}")
    for text in (party.country, party.note, *party.blind_spots):
        yield Text("note", _SIDE, text)


def _measure(measure: Measure, authority: Authority) -> Iterator[Text]:
    yield Text("id", _NAME, measure.id)
    yield Text("title", _NAME, measure.title)
    yield Text("cite", _ALIAS, measure.cite)
    yield Text("authority", _MAIN, f"{authority.short} {authority.name} {measure.jurisdiction}")
    yield Text("summary", _MAIN, measure.summary)
    yield Text("instrument", _SIDE, f"{measure.instrument} {measure.status}")
    for event in measure.history:
        yield Text(f"history, {event.day}", _SIDE, event.text)
    yield from (Text("waiver", _SIDE, waiver.text) for waiver in measure.waivers)
    yield from (Text("halt", _SIDE, halt.text) for halt in measure.interruptions)
    yield from (Text("note", _SIDE, note.text) for note in measure.notes)


def _provision(provision: Provision) -> Iterator[Text]:
    yield Text("id", _NAME, provision.id)
    yield Text("text", _MAIN, provision.text)
    yield Text("what", _MAIN, f"{provision.modality}: {', '.join(provision.acts)}")
    yield Text("who", _SIDE, ", ".join((*provision.addressees, *provision.counterparties)))
    yield Text("action", _SIDE, provision.action)
    yield Text("consequence", _SIDE, provision.consequence)
    yield from (Text("exemption", _SIDE, exemption.text) for exemption in provision.exemptions)
    yield from (Text("halt", _SIDE, halt.text) for halt in provision.interruptions)
    yield from (Text("condition", _SIDE, condition.needs) for condition in provision.conditions)
    yield from (Text("doubt", _SIDE, doubt.text) for doubt in provision.doubts)
    yield from (Text("quote", _SIDE, citation.quote) for citation in provision.citations)


def _hit(noun: Noun, words: tuple[str, ...]) -> Hit | None:
    """Give a noun as a hit if it has all words, and not only through the measure it belongs to."""
    folded = [f" {_plain(text.text)} " for text in noun.texts]
    best: list[tuple[int, int]] = []
    for word in words:
        scores = [_weight(word, plain) * text.weight for text, plain in zip(noun.texts, folded, strict=True)]
        if not any(scores):
            return None
        best.append((max(scores), scores.index(max(scores))))
    where = [number for number in dict.fromkeys(n for _, n in best) if noun.texts[number].weight != _FRAME]
    if not where:
        return None
    named = [noun.id, *(text.text for text in noun.texts if text.weight >= _ALIAS)]
    return Hit(
        kind=noun.kind,
        id=noun.id,
        title=noun.title,
        score=sum(score for score, _ in best) + _EXACT * any(words_of(name) == list(words) for name in named),
        places=tuple(_place(noun.texts[number], words) for number in where[:_PLACES]),
    )


def _place(text: Text, words: tuple[str, ...]) -> Place:
    return Place(field=text.field, context=_context(text.text, words))


def _weight(word: str, folded: str) -> int:
    """Give how well a word stands in a folded text with a space at both ends; 0 when it does not."""
    if f" {word} " in folded:
        return _WHOLE
    return _PART if (word if not word.isascii() else f" {word}") in folded else 0


def _plain(text: str) -> str:
    """Give words in lower case without accents, with single spaces between them."""
    if text.isascii():
        return fold(text)
    return fold(_ACCENTS.sub("", unicodedata.normalize("NFKD", text.translate(_LETTERS))))


def _context(text: str, words: tuple[str, ...]) -> str:
    """Give the stretch of a text around the first place where one of the words stands."""
    for token in _TOKEN.finditer(text):
        folded = f" {_plain(token.group())} "
        if any(_weight(word, folded) for word in words):
            begin, end = max(0, token.start() - _AROUND), token.end() + _AROUND
            # Not in the middle of a word, unless the text has none that are that short.
            begin = text.find(" ", begin, token.start()) + 1 or begin if begin else 0
            end = max(text.rfind(" ", token.end(), end), token.end()) if end < len(text) else len(text)
            return f"{'... ' * (begin > 0)}{text[begin:end].strip()}{' ...' * (end < len(text))}"
    return text[: 2 * _AROUND]
