# SPDX-License-Identifier: Apache-2.0
"""A name as the words that it is made of, and what each word is there: a legal form, a place, a brand."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from debar.screen import native, scripts, vocabulary, words
from debar.screen.vocabulary import CORE, SILENT, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONGEST = 400
"""Characters of a name that are looked at; the longest names on lists have 300."""
_WORDS = LONGEST // 2
"""Words of a name that are looked at."""
_TENS = frozenset(str(ten) for ten in range(20, 100, 10))
_LEADING = frozenset({"ao", "pt", "ip", "sia", "uab", "ste", "ets", "ud"})
"""Legal forms that are words elsewhere, and stand in front of names; the others stand behind them."""
_INITIALS = re.compile(r"\.(?<=\b\w\.)(?=\w\b)")
"""The dot between two single letters: "Z.T.E." is one word, "Co.Ltd" is two."""
_MODEL = re.compile(r"-(?<=[A-Za-z]{2}-)(?=[A-Za-z]*\d)(?=\w{5})")
"""The hyphen in the number of a model: "DS-2CD2143" is one word, and no part of a name."""
_RUN_INTO = re.compile(r"[0-9](?<=[a-z]{3}[0-9])[0-9]{3,}\b")
"""A word that runs into a reference: "inn44513065"."""
_KEPT = frozenset("0123456789abcdefghijklmnopqrstuvwxyz ")
_LINE = "\n"
"""Between names of which many are looked at together."""
_ASCII = {code: " " for code in range(128) if chr(code).lower() not in _KEPT} | {ord(c): None for c in "'`\""}
_ASCII[ord(_LINE)] = _LINE
_APART = re.compile(r"[\W_]+")
_DELETED = re.compile("['\u2019\u2018`\u00b4\u02bc\"\u201c\u201d\u201e\u00ab\u00bb\u05f4\u05f3]")
"""Apostrophes and quotation marks of all scripts: what they part is one word."""


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
    return split_all([text])[0]


def split_all(texts: Sequence[str]) -> list[list[str]]:
    """Give the words of many names: those in plain letters together, as fast as letters are read."""
    cut = [text if len(text) <= LONGEST else text[:LONGEST] for text in texts]
    if all(map(str.isascii, cut)):
        return _plain(cut)
    plain = iter(_plain([text for text in cut if text.isascii()]))
    return [next(plain) if text.isascii() else _foreign(text) for text in cut]


def _plain(texts: Sequence[str]) -> list[list[str]]:
    """Give the words of names in ASCII; all rules are about what stands in one line."""
    whole = _LINE.join([text.replace(_LINE, " ") for text in texts] if _LINE in "".join(texts) else texts)
    for joint in "&+":
        whole = whole.replace(joint, " and ")
    whole = _RUN_INTO.sub(r" \g<0>", _MODEL.sub("", whole).lower())
    every = [line.split() for line in _INITIALS.sub("", whole).translate(_ASCII).split(_LINE)] if texts else []
    return [_joined(found) if 1 in map(len, found) else found for found in every]


def _foreign(text: str) -> list[str]:
    """Give the words of a name that is not all ASCII; Han, Kana and Hangul are kept together as they stand."""
    for joint in "&+":
        text = text.replace(joint, " and ")
    text = scripts.unmixed(text)
    text = unicodedata.normalize("NFKC", _MODEL.sub("", text)).casefold()
    text = _DELETED.sub("", _INITIALS.sub("", text))
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
    found = found[:_WORDS]
    is_plain = vocabulary.open_beginnings().isdisjoint(found)
    every = _counted([*(_each if is_plain else _known)(found, is_listed=is_listed)])
    roles = [role for _, _, role in every]
    if Role.REFERENCE in roles:
        roles = _of_a_ledger(every)
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
            Role.ORDINARY if role is Role.REFERENCE and vocabulary.may_be_of_a_name(word) else role
            for (_, word, _), role in zip(every, roles, strict=True)
        ]
    before = numbers[-1] - 1
    if before > 0 and roles[before] is Role.PLACE and set(roles[:before]) - SILENT:
        roles[before] = Role.REFERENCE  # card statements name the town of the shop: "CIMEX S.A. - LONDON 390150"
    return roles


def _known(found: Sequence[str], *, is_listed: bool) -> Iterator[tuple[str, str, Role]]:
    """Yield (as written, as compared, role) of each word, or of some that stand together."""
    phrases, singles = vocabulary.phrases(), vocabulary.known_words()
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
            if known is not None and known[1] is Role.LEGAL and word in ends and known[0] not in vocabulary.COMPANY:
                # Between other words a form says little, and may be a word; "co" is never one.
                is_there = at >= last or (at == first and word in _LEADING)
                known = known if is_there else (word, Role.STRUCTURE)
            if known is None and at and (cut := _cut_off(found[at:])):
                yield from ((each, each, Role.LEGAL) for each in cut)
                return
            yield word, *(known or vocabulary.unknown(word, is_listed=is_listed))
            at += 1


def _each(found: Sequence[str], *, is_listed: bool) -> Iterator[tuple[str, str, Role]]:
    """Yield the same of words of which none is more together with others."""
    singles = vocabulary.known_words()
    for at, word in enumerate(found):
        known = singles.get(word)
        if known is None:
            if at and (cut := _cut_off(found[at:])):
                yield from ((each, each, Role.LEGAL) for each in cut)
                return
            known = vocabulary.unknown(word, is_listed=is_listed)
        yield word, *known


def _cut_off(rest: Sequence[str]) -> Sequence[str]:
    """Give the last words of a name if they are the beginning of a legal form that was cut off: "Joint Stock C"."""
    text = " ".join(rest)
    return rest if len(text) >= vocabulary.CUT and text in vocabulary.beginnings() else ()


def _last(found: Sequence[str]) -> int:
    """Give the place from which nothing but legal forms and what ledgers add follows."""
    known = words.load()
    at = len(found)
    while at and (found[at - 1].isdigit() or found[at - 1] in known.legal or found[at - 1] in known.references):
        at -= 1
    return at
