# SPDX-License-Identifier: Apache-2.0
"""What a paper has told of its speakers up to a sentence: whom "she", "the company", "the ministry" and a surname mean there."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.intake.placed import begun
from debar.intake.said.phrases import is_capital

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from debar.intake.mentions.names import Mention
    from debar.intake.said.words import Speech
    from debar.intake.seen import Seen
    from debar.intake.sentences import Sentence

_ANY = frozenset({"agency", "regulator", "authority", "watchdog", "body", "authorities", "regulators", "institution"})
"""Nouns that stand for an authority whatever its name."""
_BUYERS = frozenset(
    {"operator", "carrier", "telco", "retailer", "bank", "insurer", "utility", "store", "chain", "employer"}
)
"""Nouns of companies that buy from a supplier: "the Polish operator" is none."""
_NAMED = re.compile(r"\b([A-Z][\w'-]{1,20}(?: [A-Z]\.)?) (?=([\w'.&-]{0,40}\w)(?!\w)(?! [A-Z]))")
"""A word with a capital, and what stands behind it, unless another such word does."""
_INNER = re.compile(r"(?<=\w)[^\w]")
_SURNAME = 3
"""Letters of the shortest surname that is completed."""


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


def pronoun(word: str, known: Known) -> Speaker | None:
    """Give whom a pronoun means among those heard so far."""
    if word in ("he", "she", "his", "her", "him"):
        return known.last("person", "spokesperson") or known.last("source")
    if word in ("they", "their", "them"):
        return known.last("source", "authority", "company", "spokesperson")
    return known.last("company", "authority", "name", "outlet")


def meant(text: Sequence[str], kind: str, known: Known, speech: Speech) -> Speaker | None:
    """Give whom "the company", "the ministry", "the newspaper" means; a name beside the noun names another."""
    head, of_whom = text[-1].lower(), text[:-1]
    if head not in speech.nouns or len(of_whom) > 2:
        return None
    if kind == "company" and of_whom and head in _BUYERS:
        return None
    if kind == "company":  # "the Russian company" is still the one
        return Speaker(known.near, "company", "company") if known.near else known.last("company")
    if head == "side":  # the Chinese side
        return known.last("authority", "company")
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
    of_kind: dict[str, Speaker | None] = {
        "document": (known.last("company", "authority") or known.last("name")) if head == "statement" else None,
        "authority": same or _named_before(head, known) or (known.last("authority", "name") if head in _ANY else None),
        "outlet": known.last("outlet"),
        "source": same,
        "spokesperson": same or known.last("person"),
        "person": same or _titled(head, known) or known.last("person"),
    }
    return of_kind.get(kind)


def _named_before(head: str, known: Known) -> Speaker | None:
    """Give the authority of which a paper gives a name with that noun, where it gives but one."""
    found = _with_noun(known.flat, head)
    names = {name.removeprefix("The ").removeprefix("In ") for name in found if " " in name}
    return Speaker(names.pop(), "authority", head) if len(names) == 1 else None


def _titled(head: str, known: Known) -> Speaker | None:
    """Give the person of whom a paper says that noun beside the name, where it says it of one only."""
    found = {name.rpartition(" ")[2]: name for name in sorted(_with_title(known.flat, head), key=len)}
    return Speaker(full_name(found.popitem()[1], known), "person", head) if len(found) == 1 else None


@lru_cache(maxsize=8)
def _with_title(flat: str, head: str) -> tuple[str, ...]:
    """Give the names that a text gives behind or before a noun: Judge Ada Brekke; Ada Brekke, the judge."""
    one = r"[A-Z][a-z][\w'-]{0,20}"
    behind = re.findall(rf"\b(?:{head}|{head.capitalize()}) ({one}(?: {one}){{0,2}})", flat)
    before = re.findall(rf"\b({one}(?: {one}){{1,2}}), (?:the |an? )?(?:[\w'-]{{1,20}} ){{0,3}}{head}\b", flat)
    return (*behind, *before)


@lru_cache(maxsize=8)
def _with_noun(flat: str, head: str) -> tuple[str, ...]:
    """Give the names in a text that end with a noun, or go on behind it: Ministry of Commerce, Federal Trade Agency."""
    return tuple(
        re.findall(
            rf"\b(?:[A-Z][\w&'-]{{1,20}} ){{0,4}}{head.capitalize()}\b(?: of(?: the)?(?: [A-Z][\w-]{{1,20}}){{1,3}}(?: and [A-Z][\w-]{{1,20}})?)?",
            flat,
        )
    )


def full_name(shown: str, known: Known) -> str:
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
