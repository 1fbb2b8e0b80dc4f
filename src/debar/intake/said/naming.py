# SPDX-License-Identifier: Apache-2.0
"""Names of speakers as readers know them: titles off, surnames completed, "the company" and "she" given their names."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.placed import begun
from debar.intake.said.grammar import ARTICLES, DEFINITE, NUMBERS
from debar.intake.said.phrases import is_capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.intake.mentions.names import Mention
    from debar.intake.said.phrases import Phrase, Words
    from debar.intake.said.words import Speech
    from debar.intake.seen import Seen
    from debar.intake.sentences import Sentence

_ANY = frozenset({"agency", "regulator", "authority", "watchdog", "body", "authorities", "regulators", "institution"})
"""Nouns that stand for an authority whatever its name."""
_NAMED = re.compile(r"\b([A-Z][\w'-]{1,20}(?: [A-Z]\.)?) (?=([\w'.&-]{0,40}\w)(?!\w)(?! [A-Z]))")
"""A word with a capital, and what stands behind it, unless another such word does."""
_INNER = re.compile(r"(?<=\w)[^\w]")
_SURNAME = 3
"""Letters of the shortest surname that is completed."""
_DOTS = re.compile(r"(?<=[A-Z])\.(?=[A-Z]|\s|$)")


class Speaker(NamedTuple):
    """Somebody who speaks."""

    name: str
    kind: str
    """person, company, authority, outlet, document, source, spokesperson, name."""
    head: str = ""
    """The noun for it, in small letters: by it "the ministry" is found again."""
    behind: str = ""
    """The organisation that a spokesperson speaks for."""


class Known(NamedTuple):
    """What a paper has told of its speakers up to a sentence."""

    supplier: str
    """The company that the paper is about; empty where it cannot be told."""
    suppliers: frozenset[str]
    """Names of companies that the register knows, in small letters."""
    flat: str
    mentions: tuple[Mention, ...] = ()
    """Of suppliers, in order."""
    own: tuple[Mention, ...] = ()
    """Those of them that are the company that the paper is about."""
    full: Mapping[str, str] = {}
    """Full names of people by their surnames, as the paper gives them first."""
    near: str = ""
    """The company that "the company" means here."""
    heard: tuple[Speaker, ...] = ()
    """Speakers so far, the last one last."""

    def last(self, *kinds: str) -> Speaker | None:
        """Give the last speaker of some kinds."""
        return next((one for one in reversed(self.heard) if one.kind in kinds), None)


def known(seen: Seen, speech: Speech) -> Known:
    """Give what is known before the first sentence."""
    mentions = tuple(one for one in seen.mentions if one.kind == "supplier")
    names = [short(seen.flat[one.start : one.end], speech) for one in mentions]
    counts = Counter(names)
    supplier = max(counts, key=lambda name: (counts[name], name), default="")
    own = tuple(one for one, name in zip(mentions, names, strict=True) if name == supplier)
    suppliers = frozenset(name.lower() for name in counts)
    return Known(supplier, suppliers, seen.flat, mentions, own, _full_names(seen.flat, speech), supplier)


def beside(known: Known, seen: Seen, sentence: Sentence, speech: Speech) -> Known:
    """Give what is known at a sentence: "the company" is the paper's own one, unless only another was named just before."""
    paragraphs = seen.paper.paragraphs
    for back in (0, 1):
        number = sentence.paragraph - back
        if not 0 < number <= len(paragraphs):
            break
        start = paragraphs[number - 1][0]
        if named := begun(known.mentions, start, sentence.start):
            is_own = bool(begun(known.own, start, sentence.start))
            last = known.flat[named[-1].start : named[-1].end]
            return known._replace(near=known.supplier if is_own else short(last, speech))
    return known._replace(near=known.supplier)


def short(name: str, speech: Speech) -> str:
    """Give the name of a company without its legal form: Kaspersky for "Kaspersky Lab, Inc."."""
    parts = name.replace(",", " ").split()
    while len(parts) > 1 and parts[-1].lower() in speech.legal_forms:
        parts.pop()
    return " ".join(parts)


def name(phrase: Phrase, sentence: Words, known: Known, speech: Speech) -> Speaker | None:
    """Give the speaker that a phrase names; None for a pronoun that stands for nobody heard of."""
    small, text = sentence.small, sentence.text
    if phrase.kind == "pronoun":
        return _pronoun(small[phrase.first], known)
    if phrase.name_at > phrase.first:
        return _person(_joined(text[phrase.name_at : phrase.last]), phrase, known, speech, sentence)
    first = phrase.first
    while first < phrase.last - 1 and small[first] in ARTICLES:
        first += 1
    is_definite = first > 0 and small[first - 1] in DEFINITE
    if is_definite and (meant := _meant(text[first : phrase.last], phrase.kind, known, speech)):
        return meant
    shown = _shown(phrase, sentence, first, speech)
    if phrase.kind == "document" and is_definite:
        return Speaker(f"the {shown}", "document")
    return _named(shown, phrase, first, sentence, known, speech)


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
    if phrase.kind == "name" and phrase.last - first == 1 and (full := _full(shown, known)) != shown:
        return Speaker(full, "person", head)
    return Speaker(shown, phrase.kind, head or ("company" if phrase.kind == "company" else ""))


def _joined(parts: Sequence[str]) -> str:
    """Give words as a name: no spaces before marks, U.S. as US, no possessive at the end."""
    shown = " ".join(parts)
    shown = _DOTS.sub("", shown)
    return shown.removesuffix("'s").removesuffix("'").strip(" ,.")


def _pronoun(word: str, known: Known) -> Speaker | None:
    if word in ("he", "she", "his", "her"):
        return known.last("person", "spokesperson")
    if word in ("they", "their"):
        return known.last("source", "authority", "company", "spokesperson")
    return known.last("company", "authority", "name", "outlet")


def _meant(text: Sequence[str], kind: str, known: Known, speech: Speech) -> Speaker | None:
    """Give whom "the company", "the ministry", "the newspaper" means; a name beside the noun names another."""
    head, of_whom = text[-1].lower(), text[:-1]
    if head not in speech.nouns or len(of_whom) > 2:
        return None
    if kind == "company":  # "the Russian company" is still the one
        return Speaker(known.near, "company", "company") if known.near else known.last("company")
    if of_whom and (len(of_whom) > 1 or is_capital(of_whom[0]) or of_whom[0].endswith("'s")):
        return None
    same = next(
        (
            one
            for one in reversed(known.heard)
            if one.kind != "document" and (one.head == head or head in one.name.lower())
        ),
        None,
    )
    meant: dict[str, Speaker | None] = {
        "document": (known.last("company", "authority") or known.last("name")) if head == "statement" else None,
        "authority": same or _named_before(head, known) or (known.last("authority", "name") if head in _ANY else None),
        "outlet": known.last("outlet"),
        "source": same,
        "spokesperson": same or known.last("person"),
        "person": same or known.last("person"),
    }
    return meant.get(kind)


def _named_before(head: str, known: Known) -> Speaker | None:
    """Give the authority of which a paper gives a name with that noun, where it gives but one."""
    found = _with_noun(known.flat, head)
    names = {name.removeprefix("The ").removeprefix("In ") for name in found if " " in name}
    return Speaker(names.pop(), "authority", head) if len(names) == 1 else None


@lru_cache(maxsize=8)
def _with_noun(flat: str, head: str) -> tuple[str, ...]:
    """Give the names in a text that end with a noun, or go on behind it: Ministry of Commerce, Federal Trade Agency."""
    return tuple(
        re.findall(
            rf"\b(?:[A-Z][\w&'-]{{1,20}} ){{0,4}}{head.capitalize()}\b(?: of(?: the)?(?: [A-Z][\w-]{{1,20}}){{1,3}}(?: and [A-Z][\w-]{{1,20}})?)?",
            flat,
        )
    )


def _person(shown: str, phrase: Phrase, known: Known, speech: Speech, sentence: Words) -> Speaker:
    titles = sentence.small[phrase.first : phrase.name_at]
    head = next((word for word in reversed(titles) if word in speech.titles or word in speech.nouns), "")
    behind = ""
    if speech.nouns.get(head) == "spokesperson":
        behind = _behind(sentence, phrase.first, phrase.name_at, known, speech)
    return Speaker(_full(shown, known), "person", head, behind or _about(phrase, sentence, known, speech))


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


def _full(shown: str, known: Known) -> str:
    """Give the full name of a person whom a sentence calls by surname, as the paper gives it elsewhere."""
    return known.full.get(shown, shown)


def _full_names(flat: str, speech: Speech) -> dict[str, str]:
    """Give the full names in a text by their last words; of several people of one surname the first."""
    found: dict[str, str] = {}
    for match in _NAMED.finditer(flat):
        first, surname = match.groups()
        if first.lower() in speech.before_places or first.lower() in speech.not_speakers:
            continue
        if first.lower() in speech.titles or first.lower() in speech.nouns or first.lower() in speech.ends:
            continue
        # Of Smith-Jones, Smith is a surname as well.
        for end in (*(cut.start() for cut in _INNER.finditer(surname)), len(surname)):
            if end >= _SURNAME:
                found.setdefault(surname[:end], f"{first} {surname[:end]}")
    return found
