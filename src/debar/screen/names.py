# SPDX-License-Identifier: Apache-2.0
"""A name as the words that it is made of, and what each word is there: a legal form, a place, a brand."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.screen import native, scripts, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LONGEST = 400
"""Characters of a name that are looked at; the longest names on lists have 300."""
_WORDS = 60
"""Words of a name that are looked at."""
_GLUED = 3
"""Letters of a word that may stand behind another without a space: "CNOOCLimited", and not all that ends in "sa"."""
_TENS = frozenset(str(ten) for ten in range(20, 100, 10))
_CUT = 5
"""Letters that are left of a legal form that was cut off, at least."""
_LEADING = frozenset({"ao", "pt", "ip", "sia", "uab", "ste", "ets", "ud"})
"""Legal forms that are words elsewhere, and stand in front of names; the others stand behind them."""
_REFERENCE = 4
"""Digits from which a number is taken for a reference and not for a part of a name, as in "INV 22391"."""
_INITIALS = re.compile(r"\b(\w)\.(?=\w\b)")
"""The dot between two single letters: "Z.T.E." is one word, "Co.Ltd" is two."""
_MODEL = re.compile(r"\b(?<=[A-Za-z]{2})-(?=[A-Za-z]*\d)(?=\w{5})")
"""The hyphen in the number of a model: "DS-2CD2143" is one word, and no part of a name."""
_RUN_INTO = re.compile(r"\b([a-z]{3,})(\d{4,})\b")
"""A word that runs into a reference: "inn44513065"."""
_KEPT = frozenset("0123456789abcdefghijklmnopqrstuvwxyz ")
_ASCII = {code: " " for code in range(128) if chr(code).lower() not in _KEPT} | {ord(c): None for c in "'`\""}
_APART = re.compile(r"[\W_]+")
_DELETED = re.compile("['\u2019\u2018`\u00b4\u02bc\"\u201c\u201d\u201e\u00ab\u00bb\u05f4\u05f3]")
"""Apostrophes and quotation marks of all scripts: what they part is one word."""


class Role(IntEnum):
    """What a word is in a name."""

    OWN = 0
    """A word that only this name and its relatives have, as far as lists of words tell."""
    ORDINARY = 1
    """A word of every day, or a name that people bear."""
    MARKET = 2
    STRUCTURE = 3
    """Says where in a group somebody stands: "holding", "international"."""
    PLACE = 4
    TRADE = 5
    """Says that somebody is in another line of business: "bank", "restaurant"."""
    NUMBER = 6
    LEGAL = 7
    REFERENCE = 8
    """What ledgers write beside a name."""


CORE = frozenset({Role.OWN, Role.ORDINARY})
"""What can tell one name from another."""
SILENT = frozenset({Role.LEGAL, Role.REFERENCE})
"""What no name is compared by."""


class Name(NamedTuple):
    """A name, word by word; `shown`, `words` and `roles` are as long as each other."""

    text: str
    shown: tuple[str, ...]
    """Each word as it is written, in small letters."""
    words: tuple[str, ...]
    """The same in the form in which it is compared: "technologies" and "tech" are "technology"."""
    roles: tuple[Role, ...]
    is_foreign: bool = False
    """Some of it was written in another script, and is compared by its sound."""


def core(name: Name) -> list[int]:
    """Give the places of the words that tell a name from others; of a name of market words all of them."""
    own = [at for at, role in enumerate(name.roles) if role in CORE]
    return own or [at for at, role in enumerate(name.roles) if role not in SILENT]


def split(text: str) -> list[str]:
    """Give the words of a name in small Latin letters, as far as they can be told apart without knowing any."""
    text = text[:LONGEST]
    if "&" in text or "+" in text:
        text = text.replace("&", " and ").replace("+", " and ")
    if "-" in text:
        text = _MODEL.sub("", text)
    if not text.isascii():
        return _foreign(text)
    text = _RUN_INTO.sub(r"\1 \2", text.lower())
    if "." in text:
        text = _INITIALS.sub(r"\1", text)
    found = text.translate(_ASCII).split()
    return _joined(found) if any(len(word) == 1 for word in found) else found


def _foreign(text: str) -> list[str]:
    """Give the words of a name that is not all ASCII; Han, Kana and Hangul are kept together as they stand."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = _DELETED.sub("", _INITIALS.sub(r"\1", text))
    found: list[str] = []
    for word in _APART.sub(" ", native.apart(text)).split():
        found += native.parts(word) if native.is_native(word) else scripts.latin(word[:LONGEST]).split()
    return _joined(found)


def _joined(found: Sequence[str]) -> list[str]:
    """Give the same with runs of single letters as one word: "d j i" is "dji"."""
    whole: list[str] = []
    is_run = False
    for word in found:
        is_single = len(word) == 1 and word.isalpha() and word.isascii()
        if is_single and is_run:
            whole[-1] += word
        else:
            whole.append(word)
        is_run = is_single
    return whole


@lru_cache(maxsize=1 << 16)
def parse(text: str, *, is_listed: bool = False) -> Name:
    """Give a name word by word; of a name on a list numbers are parts, whatever their length."""
    return told(text, split(text), is_listed=is_listed)


def told(text: str, found: Sequence[str], *, is_listed: bool = False) -> Name:
    """Give the same of a name whose words were told apart already, and mended where they were misspelt."""
    every = _counted([*_known(found[:_WORDS], is_listed=is_listed)])
    roles = _of_a_ledger(every) if any(role is Role.REFERENCE for _, _, role in every) else [r for _, _, r in every]
    if not set(roles) - SILENT:
        # Never stripped to nothing: "AMBA" and "Coop" are names as well.
        roles = [Role.REFERENCE if role is Role.REFERENCE and len(roles) > 1 else Role.OWN for role in roles]
    return Name(
        text,
        tuple(shown for shown, _, _ in every),
        tuple(word for _, word, _ in every),
        tuple(roles),
        is_foreign=not text.isascii(),
    )


def _counted(every: list[tuple[str, str, Role]]) -> list[tuple[str, str, Role]]:
    """Give the same with tens and units as one number: "forty-four" is 44."""
    for at in range(len(every) - 1, 0, -1):
        (ten, tens, role), (unit, units, other) = every[at - 1], every[at]
        if role is other is Role.NUMBER and tens in _TENS and len(units) == 1 and not ten.isdigit():
            every[at - 1 : at + 1] = [(f"{ten} {unit}", str(int(tens) + int(units)), Role.NUMBER)]
    return every


def _of_a_ledger(every: Sequence[tuple[str, str, Role]]) -> list[Role]:
    """Give the roles of the words of a name beside which a ledger may have written something."""
    roles = [role for _, _, role in every]
    numbers = [at for at, (_, word, role) in enumerate(every) if role is Role.REFERENCE and word.isdigit()]
    if not numbers:
        # Without a number beside them these are words of names: "Purchase Power".
        return [
            Role.ORDINARY if role is Role.REFERENCE and _may_be_of_a_name(word) else role
            for (_, word, _), role in zip(every, roles, strict=True)
        ]
    before = numbers[-1] - 1
    if before > 0 and roles[before] is Role.PLACE and set(roles[:before]) - SILENT:
        roles[before] = Role.REFERENCE  # card statements name the town of the shop: "CIMEX S.A. - LONDON 390150"
    return roles


def _known(found: Sequence[str], *, is_listed: bool) -> Iterable[tuple[str, str, Role]]:
    """Yield (as written, as compared, role) of each word, or of some that stand together."""
    phrases, singles = _phrases(), known_words()
    ends, references = words.load().legal_ends, words.load().references
    first, last, at = next((n for n, word in enumerate(found) if word not in references), 0), _last(found), 0
    while at < len(found):
        word = found[at]
        for size, phrase, meant in phrases.get(word, ()):
            is_there = at == first or at + size >= last or " ".join(phrase) not in ends
            if is_there and tuple(found[at : at + size]) == phrase:
                yield " ".join(phrase), *meant
                at += size
                break
        else:
            known = singles.get(word)
            if known is not None and known[1] is Role.LEGAL and word in ends:
                # Between other words a form says little, and may be a word.
                is_there = at >= last or (at == first and word in _LEADING)
                known = known if is_there else (word, Role.STRUCTURE)
            if known is None and at and (cut := _cut_off(found[at:])):
                yield from ((each, each, Role.LEGAL) for each in cut)
                return
            yield word, *(known or _unknown(word, is_listed=is_listed))
            at += 1


def _cut_off(rest: Sequence[str]) -> Sequence[str]:
    """Give the last words of a name if they are the beginning of a legal form that was cut off: "Joint Stock C"."""
    text = " ".join(rest)
    return rest if len(text) >= _CUT and text in _beginnings() else ()


@cache
def _beginnings() -> frozenset[str]:
    """Give all beginnings of long legal forms."""
    known = words.load()
    every = (*known.legal, *(" ".join(phrase) for phrase in known.legal_phrases))
    return frozenset(form[:size] for form in every if len(form) > _CUT for size in range(_CUT, len(form)))


def _may_be_of_a_name(word: str) -> bool:
    """Tell whether a word that ledgers write is a word of names as well: "payment", but neither "paypal" nor "and"."""
    known = words.load()
    return word in known.references and len(word) > _REFERENCE


def _last(found: Sequence[str]) -> int:
    """Give the place from which nothing but legal forms and what ledgers add follows."""
    known = words.load()
    at = len(found)
    while at and (found[at - 1].isdigit() or found[at - 1] in known.legal or found[at - 1] in known.references):
        at -= 1
    return at


def _unknown(word: str, *, is_listed: bool) -> tuple[str, Role]:
    if word.isdigit():
        # Ledgers add numbers; what is longer than a year is no part of a name.
        return word.lstrip("0") or "0", Role.NUMBER if is_listed or len(word) < _REFERENCE else Role.REFERENCE
    if native.is_native(word):
        return word, Role.OWN
    has_digit = any(letter.isdigit() for letter in word)
    return word, Role.REFERENCE if has_digit and not is_listed and len(word) > _REFERENCE else Role.OWN


@cache
def known_words() -> Mapping[str, tuple[str, Role]]:
    """Give (as compared, role) of each known word; what stands in several lists is what the last says."""
    known = words.load()
    found: dict[str, tuple[str, Role]] = {word: (word, Role.ORDINARY) for word in known.ordinary}
    found |= {word: (number, Role.NUMBER) for word, number in known.numbers.items()}
    for role, table in (
        (Role.REFERENCE, {word: word for word in (*known.references, *known.processors, *known.particles)}),
        (Role.MARKET, known.market),
        (Role.TRADE, known.trades),
        (Role.STRUCTURE, known.structure),
        (Role.PLACE, known.places),
        (Role.LEGAL, known.legal),
        (Role.MARKET, {word: known.market.get(word, word) for word in known.market_native}),
        (Role.TRADE, {word: known.trades.get(word, word) for word in known.trades_native}),
        (Role.STRUCTURE, {word: known.structure.get(word, word) for word in known.structure_native}),
        (Role.PLACE, known.places_native),
        (Role.LEGAL, {word: known.legal.get(word, word) for word in known.legal_native}),
    ):
        found |= {word: (canonical, role) for word, canonical in table.items()}
    # "Company" says no more than a legal form does.
    return found | {word: ("company", Role.LEGAL) for word, (meant, _) in found.items() if meant == "company"}


def is_word(text: str) -> bool:
    """Tell whether what follows a brand without a space may: "soft", "ltd", anything in a script without spaces."""
    if native.is_native(text):
        return True
    _, role = known_words().get(text, ("", Role.REFERENCE))
    return len(text) >= _GLUED and role in {Role.MARKET, Role.STRUCTURE, Role.LEGAL, Role.PLACE, Role.TRADE}


@cache
def _phrases() -> Mapping[str, tuple[tuple[int, tuple[str, ...], tuple[str, Role]], ...]]:
    """Give, by their first word, the known phrases: how many words, which, and what they are; the longest first."""
    known = words.load()
    found: dict[str, list[tuple[int, tuple[str, ...], tuple[str, Role]]]] = {}
    for role, table in (
        (Role.MARKET, known.market_phrases),
        (Role.TRADE, known.trades_phrases),
        (Role.STRUCTURE, known.structure_phrases),
        (Role.PLACE, known.places_phrases),
        (Role.LEGAL, known.legal_phrases),
        (Role.REFERENCE, {phrase: " ".join(phrase) for phrase in known.processor_phrases | known.reference_phrases}),
    ):
        for phrase, canonical in table.items():
            found.setdefault(phrase[0], []).append((len(phrase), phrase, (canonical, role)))
    return {first: tuple(sorted(every, reverse=True)) for first, every in found.items()}
